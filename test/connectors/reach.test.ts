// Which endpoints may be told: nothing inside the bank's own network can be reached by registering it.
import { createServer, type Server } from 'node:http';
import { createPost } from '../../connectors/http.js';
import { isPublic, unreachable } from '../../connectors/reach.js';

it.each([
  ['93.184.216.34', true],
  ['2606:2800:220:1:248:1893:25c8:1946', true],
  ['127.0.0.1', false],
  ['10.1.2.3', false],
  ['172.31.0.1', false],
  ['192.168.1.1', false],
  ['169.254.169.254', false],
  ['100.64.0.1', false],
  ['0.0.0.0', false],
  ['::1', false],
  ['::', false],
  ['fd00::1', false],
  ['fe80::1', false],
  ['::ffff:127.0.0.1', false],
  ['::ffff:7f00:1', false],
  ['::ffff:93.184.216.34', true],
  ['2002:7f00:1::', false],
  ['nonsense', false],
])('%s is public: %s', (address, is) => expect(isPublic(address)).toBe(is));

const production = { hosts: ['hooks.bank.example'], inside: false };
it.each([
  ['https://hooks.bank.example/casegraph', null],
  ['http://hooks.bank.example/', 'must be https'],
  ['https://other.example/', 'is not among the hosts that webhooks may have'],
  ['https://127.0.0.1/', 'must name a host, not an address'],
  ['https://[::1]/', 'must name a host, not an address'],
  ['https://2130706433/', 'must name a host, not an address'],
  ['https://localhost/', 'is not among the hosts that webhooks may have'],
  ['https://user:pass@hooks.bank.example/', 'must have no user, password or fragment'],
  ['ftp://hooks.bank.example/', 'must be https'],
  ['hooks.bank.example', 'is not a URL'],
])('in production %s: %s', (url, wrong) => expect(unreachable(url, production)).toBe(wrong));

it('in production nothing may be told when no hosts are set', () =>
  expect(unreachable('https://hooks.bank.example/', { hosts: [], inside: false })).not.toBeNull());
it('in development a server on this machine may be told', () =>
  expect(unreachable('http://127.0.0.1:4000/', { hosts: [], inside: true })).toBeNull());

describe('a name that leads inside', () => {
  let server: Server;
  let asked = 0;
  let url: string;
  beforeAll(async () => {
    server = createServer((_, response) => void (asked++, response.end()));
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    url = `http://localhost:${(server.address() as { port: number }).port}/`;
  });
  afterAll(() => new Promise((closed) => server.close(closed)));

  it('is not connected to in production, and is in development', async () => {
    const send = (inside: boolean) => createPost({ inside, timeoutMs: 5_000 })(url, {}, '{}', AbortSignal.timeout(5_000));
    await expect(send(false)).rejects.toThrow('EADDRNOTPUBLIC');
    expect(asked).toBe(0);
    await send(true);
    expect(asked).toBe(1);
  });
});

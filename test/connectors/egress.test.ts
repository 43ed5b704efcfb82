// Where the gateway may connect to on behalf of a partner: to that partner's own host and public addresses, however the address is written.
import { createServer } from 'node:http';
import type { LookupAddress } from 'node:dns';
import { createHttp, statusOf } from '../../connectors/http.js';
import { isPublic, lookupOf, partnerUrlProblem } from '../../connectors/reach.js';
import type { PartnerSettings } from '../../connectors/contract.js';

const settings = (over: Partial<PartnerSettings>): PartnerSettings => ({
  id: 'p',
  url: 'https://partner.example',
  clientId: 'us',
  clientSecret: 's',
  publicOnly: true,
  timeoutMs: 2_000,
  ...over,
});
const call = () => ({ deliveryId: 'handoff_0000000000000000', signal: AbortSignal.timeout(2_000) });

const hosts = [
  '127.0.0.1',
  '127.1',
  '127.0.1',
  '2130706433',
  '0x7f000001',
  '0x7f.1',
  '0177.0.0.1',
  '017700000001',
  '0',
  '0.0.0.0',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '0xa9fea9fe',
  '2852039166',
  '100.100.100.200',
  '[::]',
  '[::1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::127.0.0.1]',
  '[64:ff9b::7f00:1]',
  '[2002:7f00:1::]',
  '[fd00:ec2::254]',
  '[fe80::1]',
  '[ff02::1]',
  'localhost',
  'LOCALHOST.',
];

describe('a server on this machine, whoever asks for it in production', () => {
  let connects = 0;
  let port = 0;
  const server = createServer((_, response) => response.end('{}'));
  server.on('connection', () => connects++);
  beforeAll(() => new Promise<void>((ready) => server.listen(0, () => ((port = (server.address() as { port: number }).port), ready()))));
  afterAll(() => (server.closeAllConnections(), new Promise((closed) => server.close(closed))));

  it.each(hosts)('is not connected to as %s', async (host) => {
    for (const scheme of ['http', 'https']) {
      const url = `${scheme}://${host}:${port}`;
      await expect(createHttp(settings({ url })).send('GET', '/x', call())).rejects.toMatchObject({ sent: 'no' });
      await expect(statusOf(settings({ url }))).rejects.toMatchObject({ sent: 'no' });
    }
    expect(connects).toBe(0);
  });

  it('is connected to where the partner is said to be inside', async () => {
    expect(await statusOf(settings({ url: `http://localhost:${port}`, publicOnly: false }))).toBe(200);
    expect(connects).toBeGreaterThan(0);
  });
});

it.each([
  ['https://user:pass@partner.example/', 'must have no user, password or fragment'],
  ['https://user@partner.example/', 'must have no user, password or fragment'],
  ['https://partner.example/#x', 'must have no user, password or fragment'],
  ['http://partner.example/', 'must be https'],
  ['gopher://partner.example/', 'must be https'],
  ['https://93.184.216.34/', 'must name a host, not an address'],
  ['https://partner.example/api', null],
])('in production %s: %s', (url, wrong) => expect(partnerUrlProblem(url, true)).toBe(wrong));

describe('a name that is resolved for a connection', () => {
  const answers = (...all: string[][]) => {
    let asked = 0;
    const resolve = (_: string, __: object, done: (error: null, addresses: LookupAddress[]) => void) =>
      done(
        null,
        all[Math.min(asked++, all.length - 1)]!.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    return { resolve, asked: () => asked };
  };
  const look = (lookup: ReturnType<typeof lookupOf>, name = 'partner.example') =>
    new Promise<string>((done) =>
      lookup(name, { all: true }, (error, found) =>
        done(error ? error.code! : (found as LookupAddress[]).map(({ address }) => address).join()),
      ),
    );

  it('that is public first and private then is connected to the first time only, at the address that was looked at', async () => {
    const { resolve, asked } = answers(['93.184.216.34'], ['169.254.169.254'], ['93.184.216.34', '127.0.0.1']);
    const lookup = lookupOf({ host: 'partner.example', inside: false }, resolve);
    expect(await look(lookup)).toBe('93.184.216.34');
    expect(asked()).toBe(1); // what was judged is what is connected to: nothing resolves it again
    expect(await look(lookup)).toBe('EADDRNOTPUBLIC');
    expect(await look(lookup)).toBe('EADDRNOTPUBLIC'); // one private address among public ones
  });

  it('is asked for under the name of the partner only', async () => {
    const { resolve, asked } = answers(['93.184.216.34']);
    expect(await look(lookupOf({ host: 'partner.example', inside: false }, resolve), 'metadata.internal')).toBe('EHOSTNOTALLOWED');
    expect(await look(lookupOf({ host: 'partner.example', inside: true }, resolve), 'other.example')).toBe('EHOSTNOTALLOWED');
    expect(asked()).toBe(0);
  });

  it('and has no address is refused', async () =>
    expect(await look(lookupOf({ host: null, inside: false }, answers([]).resolve))).toBe('EADDRNOTPUBLIC'));
});

it('the metadata servers of clouds are not public', () =>
  expect(['169.254.169.254', 'fd00:ec2::254', '100.100.100.200', '192.0.0.192', '168.63.129.16'].map(isPublic)).toEqual([
    false,
    false,
    false,
    false,
    false,
  ]));

it('a redirect is not followed, and no token goes with it', async () => {
  const told: (string | undefined)[] = [];
  const thief = createServer((request, response) => (told.push(request.headers.authorization), response.end('{}')));
  await new Promise<void>((ready) => thief.listen(0, '127.0.0.1', ready));
  const other = `http://127.0.0.1:${(thief.address() as { port: number }).port}/`;
  const partner = createServer((request, response) =>
    request.url === '/oauth/token'
      ? response.setHeader('content-type', 'application/json').end('{"access_token":"t","expires_in":60}')
      : response.writeHead(307, { location: other }).end(),
  );
  await new Promise<void>((ready) => partner.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${(partner.address() as { port: number }).port}`;
  try {
    const http = createHttp(settings({ url, publicOnly: false }));
    await expect(http.send('GET', '/x', call())).rejects.toThrow('HTTP 307');
    for (const path of [other, `//127.0.0.1:1/`, '/@elsewhere.example/', '\\\\elsewhere.example'])
      await expect(http.send('GET', path, call())).rejects.toThrow(/HTTP 307|another host/);
    expect(told).toEqual([]);
  } finally {
    for (const each of [thief, partner]) {
      each.closeAllConnections();
      await new Promise((closed) => each.close(closed));
    }
  }
});

// How a simulated partner tells its news: of one delivery in the order in which it happened, whatever the gateway answers at first.
import { createServer } from 'node:http';
import { openLedger } from '../../src/sandbox/partners/ledger.js';
import { createTeller } from '../../src/sandbox/partners/callbacks.js';
import { partnerSpecs } from '../../src/sandbox/partners/specs.js';
import { until } from '../support/until.js';

const taken: string[] = [];
let refusals = 2;
const door = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { type, deliveryId } = JSON.parse(Buffer.concat(chunks).toString());
  if (deliveryId === 'one' && refusals-- > 0) return void response.writeHead(503).end();
  taken.push(`${deliveryId} ${type}`);
  response.end();
});
beforeAll(() => new Promise<void>((listening) => door.listen(0, '127.0.0.1', listening)));
afterAll(() => new Promise((closed) => door.close(closed)));

it('tells the next news of a delivery when the one before is taken, and other deliveries do not wait for it', async () => {
  const spec = partnerSpecs.find(({ id }) => id === 'harbor-legal')!;
  const url = () => `http://127.0.0.1:${(door.address() as { port: number }).port}`;
  const teller = createTeller(spec, openLedger(null), () => ({}), 'whsec_b25seSBmb3IgdHJ5aW5nIGl0IG91dA==', url);
  for (const type of ['matter.demandSent', 'matter.filed', 'matter.judgmentGiven']) teller.tell('one', 'M-1', type);
  teller.tell('two', 'M-2', 'matter.filed');
  await until('all is told', async () => teller.waiting() === 0);
  expect(taken).toEqual(['two matter.filed', 'one matter.demandSent', 'one matter.filed', 'one matter.judgmentGiven']);
  teller.stop();
});

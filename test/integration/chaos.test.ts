// The short form of `npm run test:chaos`: gateway, broker and Postgres are killed while a book flows, and nothing is lost, doubled or different.
import { runChaos, wrongIn } from '../chaos/run.js';

const abort = new AbortController();
afterAll(() => abort.abort(new Error('the test is over')));

it('loses and doubles nothing when the gateway, the broker and the database are killed in the middle', async () => {
  const kills = { gateway: 3, broker: 1, postgres: 1 };
  const said: string[] = [];
  const figures = await runChaos({ messages: 6_000, months: 2, kills, signal: abort.signal, say: (line) => said.push(line) });
  expect(figures.parked).toBe(60);
  expect(figures.events).toBe(5_640);
  expect(wrongIn(figures, kills)).toEqual([]);
}, 300_000);

// The rows of a source transaction wait for one another over all partitions, and for nothing else.
import type { KafkaMessage } from 'kafkajs';
import { JoinedTransactions } from '../../src/events/joined-transactions.js';

type Said = { transaction: string; part: string; order: number | null } | { transaction: string; parts: Record<string, number> } | null;

const row = (transaction: string, part: string, order: number | null = null): Said => ({ transaction, part, order });
const end = (transaction: string, parts: Record<string, number>): Said => ({ transaction, parts });
let offset = 0;
const message = (said: Said): KafkaMessage =>
  ({ offset: String(offset++), key: null, value: Buffer.from(JSON.stringify(said)), headers: {} }) as KafkaMessage;

const at = (topic: string) => ({ topic, partition: 0 });

function ledger() {
  let nowMs = 0;
  const warned: object[] = [];
  const transactions = new JoinedTransactions({
    joined: { patienceMs: 50, endsOnly: () => false, of: ({ value }) => JSON.parse(value!.toString()) },
    log: { warn: (fields) => void warned.push(fields) },
    now: () => nowMs,
  });
  const free = (topic: string, messages: KafkaMessage[], { isFull = false, givenUp = (): boolean => false } = {}) =>
    transactions.free(at(topic), messages, () => isFull, givenUp);
  return { transactions, warned, free, pass: (ms: number) => (nowMs += ms) };
}

/** What has come of a promise when everything that can happen at once has happened. */
async function soon<T>(promise: Promise<T>): Promise<T | 'waiting'> {
  return Promise.race([promise, new Promise<'waiting'>((resolve) => setImmediate(() => resolve('waiting')))]);
}

it('a message that stands alone waits for nothing', async () => {
  const { transactions, free } = ledger();
  const alone = [message(null), message(null)];
  transactions.saw(at('a'), alone);
  expect(await soon(free('a', alone))).toEqual(alone);
});

it('rows wait until all rows and the end were seen, in whatever order these come', async () => {
  const { transactions, free, warned } = ledger();
  const [a, b] = [message(row('1', 'loan', 1)), message(row('1', 'line', 2))];
  const theEnd = message(end('1', { loan: 1, line: 1 }));
  transactions.saw(at('loan'), [a]);
  const waits = free('loan', [a]);
  expect(await soon(waits)).toBe('waiting');
  transactions.saw(at('transaction'), [theEnd]);
  expect(await soon(waits)).toBe('waiting');
  transactions.saw(at('line'), [b]);
  expect(await soon(waits)).toEqual([a]);
  expect(warned).toEqual([]);
});

it('what stands before an open transaction is taken, and what stands behind it is not', async () => {
  const { transactions, free } = ledger();
  const [before, open, behind] = [message(null), message(row('1', 'loan')), message(null)];
  transactions.saw(at('loan'), [before, open, behind]);
  expect(await soon(free('loan', [before, open, behind]))).toEqual([before]);
});

it('a row that the source sends twice is not taken for two', async () => {
  const { transactions, free } = ledger();
  const first = message(row('1', 'loan', 1));
  transactions.saw(at('loan'), [first, message(row('1', 'loan', 1))]);
  transactions.saw(at('transaction'), [message(end('1', { loan: 2 }))]);
  const waits = free('loan', [first]);
  expect(await soon(waits)).toBe('waiting');
  transactions.saw(at('loan'), [message(row('1', 'loan', 2))]);
  expect(await soon(waits)).toEqual([first]);
});

it('the end goes last, so that a restart in the middle reads it again', async () => {
  const { transactions, free } = ledger();
  const [one, theEnd] = [message(row('1', 'loan')), message(end('1', { loan: 1 }))];
  transactions.saw(at('loan'), [one]);
  transactions.saw(at('transaction'), [theEnd]);
  const waits = free('transaction', [theEnd]);
  expect(await soon(waits)).toBe('waiting');
  transactions.taken([one]);
  expect(await soon(waits)).toEqual([theEnd]);
  transactions.taken([theEnd]);
  const again = [message(row('1', 'loan'))];
  transactions.saw(at('loan'), again);
  expect(await soon(free('loan', again))).toEqual(again);
});

it('an end of rows that are not read waits for nobody', async () => {
  const { transactions, free } = ledger();
  const theEnd = message(end('1', {}));
  transactions.saw(at('transaction'), [theEnd]);
  expect(await soon(free('transaction', [theEnd]))).toEqual([theEnd]);
});

it('patience begins anew with whatever is heard of the transaction; when it is over the rows are taken with a warning that names what lacks', async () => {
  const { transactions, free, warned, pass } = ledger();
  const one = message(row('1', 'loan', 1));
  transactions.saw(at('loan'), [one]);
  pass(40);
  transactions.saw(at('transaction'), [message(end('1', { loan: 1, line: 2 }))]);
  pass(40);
  expect(await soon(free('loan', [one]))).toBe('waiting');
  pass(20);
  expect(await soon(free('loan', [one]))).toEqual([one]);
  expect(warned).toEqual([{ transaction: '1', at: 'loan 0', seen: { loan: 1 }, expected: { loan: 1, line: 2 } }]);
  expect(await soon(free('loan', [one]))).toEqual([one]);
  expect(warned).toHaveLength(1);
});

it('a transaction that fills its partition is taken in pieces, since no more of it would fit', async () => {
  const { transactions, free, warned } = ledger();
  const one = message(row('1', 'loan'));
  transactions.saw(at('loan'), [one]);
  expect(await soon(free('loan', [one], { isFull: true }))).toEqual([one]);
  expect(warned).toHaveLength(1);
});

it('gives up when the partition goes to another owner', async () => {
  const { transactions, free } = ledger();
  const one = message(row('1', 'loan'));
  transactions.saw(at('loan'), [one]);
  let gone = false;
  const waits = free('loan', [one], { givenUp: () => gone });
  expect(await soon(waits)).toBe('waiting');
  gone = true;
  transactions.saw(at('other'), []);
  expect(await soon(waits)).toEqual([]);
});

// Facts of one business day in any order, in any batches, from any partition, some of them twice, make the same world.
import fc from 'fast-check';
import { createCanonicalFormat } from '../../connectors/core-banking/canonical/format.js';
import { advanceBusinessDate } from '../../src/actions/advance-business-date.js';
import { recordLoanFacts, type SourceFact } from '../../src/actions/record-loan-facts.js';
import { readAlone } from '../../src/events/read-batch.js';
import { demoBook, generateBook } from '../../src/sandbox/book/generate.js';
import { digestOf } from '../../src/storage/digest.js';
import type { LoanCache } from '../../src/storage/loans.js';
import { nextOffsetOf } from '../../src/storage/progress.js';
import type { Store } from '../../src/storage/store.js';
import { openDatabase, type Database } from '../support/database.js';

let database: Database;
let store: Store;
const today = '2026-03-31';
const partitions = 3;

beforeAll(async () => {
  database = await openDatabase();
  ({ store } = database);
}, 60_000);
afterAll(() => database?.stop(), 60_000);

/** A handful of loans with all that a book says of them: late payments, reversals, charges, pauses, new schedules. */
function factsOf(seed: number): SourceFact[] {
  const format = createCanonicalFormat();
  const days = generateBook({ ...demoBook, seed, borrowers: 3, loans: 5, months: 6, until: today });
  return [...days]
    .flatMap(({ events }) => events)
    .flatMap(({ event }) => {
      const value = Buffer.from(JSON.stringify(event));
      const read = readAlone({ topic: 'loans', partition: 0, offset: '0', key: null, value, headers: {} }, format);
      if ('unreadable' in read) throw new Error(read.unreadable);
      return read.facts;
    });
}

async function emptied(): Promise<void> {
  await store.transaction(async (tx) => {
    const tables = await tx.query<{ name: string }>(
      `select format('%I', tablename) as name from pg_tables where schemaname = 'public' and tablename <> all(array['mikro_orm_migrations', 'connector'])`,
    );
    await tx.query(`truncate ${tables.map(({ name }) => name).join()} cascade`);
  });
  await advanceBusinessDate(store, demoBook.tenant, today);
}

/** Records batches in turn, each from the partition it names, and then opens the next day, so that what is decided counts as well. */
async function worldOf(batches: readonly { partition: number; facts: SourceFact[] }[]): Promise<string> {
  await emptied();
  const caches = Array.from({ length: partitions }, (): LoanCache => new Map());
  for (const { partition, facts } of batches) {
    const expectedOffset = await store.transaction((tx) => nextOffsetOf(tx, 'loans', partition));
    const nextOffset = expectedOffset + BigInt(facts.length);
    const batch = { topic: 'loans', partition, expectedOffset, nextOffset, facts, unreadable: [] };
    await recordLoanFacts(store, { ...batch, cache: caches[partition]! }).catch((error: Error) => {
      if (error.name !== 'Overtaken' && error.constructor.name !== 'Overtaken') throw error;
      caches[partition]!.clear(); // another partition has written the loan: read again, as the intake does
      return recordLoanFacts(store, { ...batch, cache: caches[partition]! });
    });
  }
  await advanceBusinessDate(store, demoBook.tenant, '2026-04-01');
  return store.transaction(async (tx) => JSON.stringify((await digestOf(tx)).tables));
}

it('is another world when a single fact is missing, so that equal digests mean something', async () => {
  const facts = factsOf(1);
  const whole = await worldOf([{ partition: 0, facts }]);
  const [posted] = facts.filter(({ type }) => type === 'LoanTransactionPosted');
  expect(await worldOf([{ partition: 0, facts: facts.filter((fact) => fact !== posted) }])).not.toBe(whole);
});

it('comes to the same digest in a hundred orders', async () => {
  let told = 0;
  const known = new Map<number, string>();
  const inOrder = async (seed: number): Promise<string> => {
    const is = known.get(seed) ?? (await worldOf([{ partition: 0, facts: factsOf(seed) }]));
    known.set(seed, is);
    return is;
  };
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 30 }).chain((seed) => {
        const facts = factsOf(seed);
        const order = fc.shuffledSubarray(facts, { minLength: facts.length });
        return fc.record({
          seed: fc.constant(seed),
          order,
          twice: fc.subarray(facts, { maxLength: 10 }),
          sizes: fc.array(fc.record({ size: fc.integer({ min: 1, max: 40 }), partition: fc.integer({ min: 0, max: partitions - 1 }) }), {
            minLength: 1,
            maxLength: 12,
          }),
        });
      }),
      async ({ seed, order, twice, sizes }) => {
        const all = [...order, ...twice];
        const batches: { partition: number; facts: SourceFact[] }[] = [];
        for (let at = 0, i = 0; at < all.length; i++) {
          const { size, partition } = sizes[i % sizes.length]!;
          batches.push({ partition, facts: all.slice(at, at + size) });
          at += size;
        }
        told += all.length;
        expect(await worldOf(batches)).toBe(await inOrder(seed));
      },
    ),
    { numRuns: 100, endOnFailure: true },
  );
  expect(told).toBeGreaterThan(1_000);
}, 300_000);

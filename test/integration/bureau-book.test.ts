// The demo book played day by day into the gateway, with the bureau's strict simulator at the other end: it takes everything, in time, and ends up holding what brute force says it should.
import type { CreditBureau, LedgerEntry } from '../../connectors/contract/credit-bureau.js';
import { reconcileBureau } from '../../src/delivery/reconcile-bureau.js';
import { demoBook, generateBook } from '../../src/sandbox/book/generate.js';
import { dateOf, decimalOf, flagsOfBook, type Beside } from '../support/book-oracle.js';
import type { Expected } from '../support/flag-oracle.js';
import { fillBook, openGraphWorld, type GraphWorld } from '../support/graph-world.js';
import { payLate } from '../support/late-payments.js';
import { openPartners, until, type Partners } from '../support/partner-world.js';

const book = { borrowers: 80, loans: 120, months: 8, until: '2026-03-31' };
const days = [...generateBook({ ...demoBook, ...book })];
const late: Beside[] = [];
const id = 'nusa-bureau';

let world: GraphWorld;
let partners: Partners;
let bureau: CreditBureau;
beforeAll(async () => {
  world = await openGraphWorld(false);
  partners = await openPartners(world.store);
  bureau = partners.plain.get(id) as CreditBureau;
  await partners.deliver({ only: id });
  const onDay = async (date: string) => {
    await payLate(world, date, late);
    // The bureau has answered before the day is over.
    await until(
      async () => !(await world.rows('select from bureau_report where acknowledgement_state is null limit 1')).length,
      `all of ${date} is answered`,
    );
  };
  await fillBook(world.store, { book, onDay });
}, 240_000);
afterAll(async () => {
  await partners?.stop();
  await world?.stop();
}, 60_000);

/** What the simulator calls each kind of report. */
const operations = { OVERDUE: 'reportOverdue', UPDATE: 'updateReport', CORRECTION: 'correctReport', WITHDRAWAL: 'withdrawReport' };
const counted = (names: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
};

/** How a loan must stand at the bureau after all that it was told. */
function heldAfter(said: readonly Expected[]): Partial<LedgerEntry> {
  const last = said.at(-1)!;
  const version = said.length;
  const none = { overdueSince: null, daysPastDue: null, overdue: null };
  if (last.kind === 'WITHDRAWAL') return { version, state: 'CURED', asOf: dateOf(last.on), ...none };
  const figures = { overdueSince: dateOf(last.since!), daysPastDue: last.days, overdue: decimalOf(last.overdue) as never };
  return { version, state: 'OVERDUE', asOf: dateOf(last.of), ...figures };
}

it('is taken whole by the strict bureau, which then holds of every account what brute force says', async () => {
  const told = [...flagsOfBook(days, late)].filter(([, said]) => said.length);
  const effects = await partners.ledger(id);
  expect(effects.filter(({ status }) => status !== 201)).toEqual([]);
  expect(new Set(effects.map(({ deliveryId }) => deliveryId)).size).toBe(effects.length);
  const counts = counted(effects.map(({ operation }) => operation));
  expect(counts).toEqual(counted(told.flatMap(([, said]) => said.map(({ kind }) => operations[kind]))));
  for (const operation of Object.values(operations)) expect([operation, counts[operation]! > 0]).toEqual([operation, true]);

  const numbers = new Map(
    (await world.rows<{ loan: string; no: string }>('select aggregate_id as loan, account_no as no from loan')).map(({ loan, no }) => [
      loan,
      no,
    ]),
  );
  const { entries, next } = await bureau.readLedger(null, AbortSignal.timeout(10_000));
  expect(next).toBeNull();
  const held = entries.map(({ accountRef, version, state, asOf, overdueSince, daysPastDue, overdue }): [string, object] => [
    accountRef,
    { version, state, asOf, overdueSince, daysPastDue, overdue: overdue && overdue.amount },
  ]);
  expect(Object.fromEntries(held)).toEqual(Object.fromEntries(told.map(([loan, said]) => [numbers.get(loan), heldAfter(said)])));

  const { accounts, differences } = await reconcileBureau(world.store, bureau);
  expect({ accounts, differences }).toEqual({ accounts: told.length, differences: [] });
  const states = counted(entries.map(({ state }) => state));
  console.info(`${JSON.stringify({ ...counts, accounts, ...states })}: 0 refused, 0 differences`);

  const { data } = await world.ask(
    'bureauReporter',
    `{ bureauKpis(bureauId: "${id}", from: "${days[0]!.businessDate}", to: "2026-04-01") { reports onTime late atRisk rejected corrections } }`,
  );
  const corrections = told.flatMap(([, said]) => said).filter(({ kind, reason }) => kind === 'CORRECTION' || reason === 'ERROR').length;
  expect(data.bureauKpis).toEqual({ reports: effects.length, onTime: effects.length, late: 0, atRisk: 0, rejected: 0, corrections });
}, 120_000);

// The demo book by the oracle: for every loan at each month's end the tables say what brute force over the source's own events says, and the bureau is told of each day what brute force would tell it.
import { generateBook, demoBook } from '../../src/sandbox/book/generate.js';
import { dateOf, dayOf, decimalOf, flagsOfBook, historiesOf, rules, type Beside } from '../support/book-oracle.js';
import { oracleOf, type Told } from '../support/delinquency-oracle.js';
import { fillBook, openGraphWorld, type GraphWorld } from '../support/graph-world.js';
import { payLate } from '../support/late-payments.js';

const book = { borrowers: 80, loans: 120, months: 8, until: '2026-03-31' };
/** What the source has told of each loan before a date, by aggregate. */
const toldBefore = (date: string): Map<string, { jurisdiction: string; told: Told[] }> =>
  new Map(
    [...historiesOf(days, late)].flatMap(([loan, { jurisdiction, history }]) => {
      const told = history.filter(({ arrived }) => arrived < dayOf(date)).map((each) => each.told);
      return told.length ? [[loan, { jurisdiction, told }]] : [];
    }),
  );

let world: GraphWorld;
const ran = { monthEnds: 0, loans: 0, pastDue: 0, inCases: 0 };

const days = [...generateBook({ ...demoBook, ...book })];
const late: Beside[] = [];

beforeAll(async () => {
  world = await openGraphWorld(false);
  const onDay = async (date: string) => {
    if (date.endsWith('-01')) await compare(date);
    await payLate(world, date, late);
  };
  await fillBook(world.store, { book, onDay });
}, 240_000);
afterAll(() => world?.stop(), 60_000);

async function compare(date: string): Promise<void> {
  const kept = await world.rows<Record<string, string | number | boolean>>(
    `select aggregate_id, result, overdue_since::text, coalesce(business_date(tenant) - overdue_since, 0) as days, overdue_minor::text, outstanding_minor::text, bucket, quality_class, in_arrears
     from loan where tenant = $1 order by aggregate_id`,
    demoBook.tenant,
  );
  const loans = toldBefore(date);
  expect(kept.map((each) => each['aggregate_id'])).toEqual([...loans.keys()].sort());
  for (const { aggregate_id, in_arrears, ...shown } of kept) {
    const { jurisdiction, told } = loans.get(aggregate_id as string)!;
    const seen = oracleOf(told, rules[jurisdiction]!)(dayOf(date));
    expect({ date, aggregate_id, ...shown }).toEqual({
      date,
      aggregate_id,
      result: seen.result,
      overdue_since: seen.overdueSince === null ? null : dateOf(seen.overdueSince),
      days: seen.daysPastDue,
      overdue_minor: String(seen.overdue),
      outstanding_minor: String(seen.outstanding),
      bucket: seen.bucket,
      quality_class: seen.class,
    });
    // In Indonesia and China a case is entered on the first day that counts; in a pause that day has not come.
    if (jurisdiction !== 'US' && seen.pausedDays === 0) {
      expect([date, aggregate_id, in_arrears]).toEqual([date, aggregate_id, seen.result === 'PAST_DUE']);
      ran.inCases += in_arrears ? 1 : 0;
    }
    ran.loans++;
    ran.pastDue += seen.result === 'PAST_DUE' ? 1 : 0;
  }
  ran.monthEnds++;
}

it('agrees with the tables for every loan of the demo book at each month end', () => {
  console.info(`${ran.monthEnds} month ends, ${ran.loans} standings, ${ran.pastDue} past due, ${ran.inCases} in cases: 0 differences`);
  expect(ran.monthEnds).toBe(book.months + 1);
  expect(ran.loans).toBeGreaterThan(600);
  expect(ran.pastDue).toBeGreaterThan(40);
});

it('tells the bureau of every loan what brute force would, on the same day: flags, updates, corrections, withdrawals', async () => {
  const loans = flagsOfBook(days, late);
  const kept = await world.rows<{ loan: string; said: unknown[] }>(
    `select l.aggregate_id as loan, json_agg(json_build_array(r.kind, r.said_on, h.payload->>'reason', h.payload->>'asOf', h.payload->>'overdueSince', (h.payload->>'daysPastDue')::int,
         h.payload->'overdue'->>'amount', h.payload->'outstanding'->>'amount', r.version) order by r.version) as said
     from bureau_report r join loan l on l.id = r.loan_id join handoff h on h.id = r.handoff_id group by 1`,
  );
  const told = new Map(kept.map(({ loan, said }) => [loan, said]));
  const count: Record<string, number> = { loans: loans.size };
  for (const [loan, said] of loans) {
    const expected = said.map((each, i) => {
      const kind = each.reason ? `${each.kind} ${each.reason}` : each.kind;
      count[kind] = (count[kind] ?? 0) + 1;
      // What is withdrawn is said with the day on which that is decided, and without figures.
      return each.kind === 'WITHDRAWAL'
        ? [each.kind, dateOf(each.on), each.reason, dateOf(each.on), null, null, null, null, i + 1]
        : [
            each.kind,
            dateOf(each.on),
            null,
            dateOf(each.of),
            dateOf(each.since!),
            each.days,
            decimalOf(each.overdue),
            decimalOf(each.outstanding),
            i + 1,
          ];
    });
    expect([loan, told.get(loan) ?? []]).toEqual([loan, expected]);
  }
  console.info(`${JSON.stringify(count)}: 0 differences`);
  for (const kind of ['OVERDUE', 'UPDATE', 'CORRECTION', 'WITHDRAWAL CURED', 'WITHDRAWAL ERROR'])
    expect([kind, (count[kind] ?? 0) > 0]).toEqual([kind, true]);
}, 240_000);

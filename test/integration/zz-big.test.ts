// The demo book by the oracle: for every loan at each month's end the tables say what brute force over the source's own events says, and the bureau is told of each day what brute force would tell it.
import { recordLateFacts } from '../../src/actions/record-loan-facts.js';
import { generateBook, demoBook, type BookDay } from '../../src/sandbox/book/generate.js';
import { flagsOf, type Arrival, type FlagRules } from '../support/flag-oracle.js';
import { oracleOf, type Line, type Rules, type Told } from '../support/delinquency-oracle.js';
import { fillBook, openGraphWorld, type GraphWorld } from '../support/graph-world.js';

const book = { borrowers: 300, loans: 500, months: 14, until: '2026-03-31' };
const buckets: Rules['buckets'] = [
  ['D1_30', 1, 30],
  ['D31_60', 31, 60],
  ['D61_90', 61, 90],
  ['D91_120', 91, 120],
  ['D121_180', 121, 180],
  ['D181_PLUS', 181, Infinity],
];
const rules: Record<string, Rules> = {
  ID: { buckets, classes: [0, 1, 91, 121, 181], watch: { performing: [90, 2], bad: [180, 3] } },
  CN: { buckets, classes: [0, 1, 91, 271, 361], watch: { performing: [365, 2], bad: [365, 3] } },
  US: { buckets, classes: [0, 31, 91, 181, 361], watch: null },
};

const dayOf = (date: string): number => Date.parse(date) / 86_400_000;
/** All of the book's currencies have two decimals. */
const minor = (text: string | undefined): number => (text === undefined ? 0 : Number(text.replace('.', '')));

const linesOf = (installments: any[]): Line[] =>
  installments.map((each) => ({
    number: each.installmentNumber,
    from: dayOf(each.fromDate),
    due: dayOf(each.dueDate),
    cells: ['penalty', 'fee', 'interest', 'principal'].map((part) => ({
      due: minor(each[part]?.due),
      paid: minor(each[part]?.paid),
      waived: 0,
      writtenOff: 0,
    })),
  }));

function toldBy({ type, data, sequence, effectivedate }: any): Told {
  const place = { at: Number(sequence), on: dayOf(effectivedate) };
  switch (type) {
    case 'LoanAccountSnapshotted': {
      const terms = { status: data.status, grace: data.graceOnArrearsAgeing, tolerance: minor(data.arrearsTolerance), judged: 1 };
      return { ...place, is: 'account', ...terms, lines: linesOf(data.installments) };
    }
    case 'RepaymentScheduleReplaced':
      return { ...place, is: 'schedule', lines: linesOf(data.installments), eased: data.reason === 'RESCHEDULE', wasBad: true };
    case 'LoanTransactionPosted':
      return { ...place, is: 'money', id: data.transactionId, kind: data.kind, amount: minor(data.amount) };
    case 'LoanTransactionReversed':
      return { ...place, is: 'undone', id: data.transactionId };
    case 'ChargeApplied':
      return { ...place, is: 'charge', id: data.chargeId, due: dayOf(data.dueDate), amount: minor(data.amount) };
    case 'DelinquencyPaused':
      return { ...place, is: 'pause', from: dayOf(data.startDate), until: dayOf(data.endDate) };
    default:
      throw new Error(`The oracle does not know ${type}`);
  }
}

/** What the source has told of each loan before a date, by aggregate. */
function toldBefore(days: readonly BookDay[], date: string): Map<string, { jurisdiction: string; told: Told[] }> {
  const loans = new Map<string, { jurisdiction: string; told: Told[] }>();
  for (const { businessDate, events } of days)
    for (const { key, event } of events as { key: string; event: any }[]) {
      if (businessDate >= date || event.type === 'BorrowerUpdated' || event.type === 'CollateralUpdated') continue;
      const known = loans.get(key) ?? { jurisdiction: '', told: [] };
      if (event.type === 'LoanAccountSnapshotted') known.jurisdiction = event.data.jurisdiction;
      known.told.push(toldBy(event));
      loans.set(key, known);
    }
  for (const { loan, businessDate, told } of late) if (businessDate < date) loans.get(loan)!.told.push(told);
  return loans;
}

let world: GraphWorld;
const ran = { monthEnds: 0, loans: 0, pastDue: 0, inCases: 0 };

const days = [...generateBook({ ...demoBook, ...book })];
/** Payments that are told late, beside the book: they prove flags wrong. */
const late: { loan: string; businessDate: string; told: Told }[] = [];

beforeAll(async () => {
  world = await openGraphWorld(false);
  const onDay = async (date: string) => {
    if (date.endsWith('-01')) await compare(date);
    if (/-(08|16|24)$/.test(date)) await payLate(date);
  };
  await fillBook(world.store, { book, onDay });
}, 240_000);
afterAll(() => world?.stop(), 60_000);

/** On two flagged loans: one pays half of what is overdue, the other all of it, two days before it was flagged. */
async function payLate(date: string): Promise<void> {
  const flags = await world.rows<{ loan: string; currency: string; overdue: string; on: string }>(
    `select l.aggregate_id as loan, f.currency, f.overdue_minor::text as overdue, (f.as_of - 2)::text as on from bureau_flag f join loan l on l.id = f.loan_id
     where f.state = 'RAISED' order by f.report_key limit 9`,
  );
  for (const [i, { loan, currency, overdue, on }] of flags.entries()) {
    const [at, id, amount] = [900_000 + late.length, `late-${late.length}`, i ? BigInt(overdue) : BigInt(overdue) / 2n];
    const data = { transactionId: id, kind: 'REPAYMENT', valueOn: on, postedOn: date, amount, currency, portions: null };
    const fact = { source: 'late', id, type: 'LoanTransactionPosted', tenant: demoBook.tenant, aggregateId: loan, sequence: BigInt(at) };
    const when = { effectiveOn: on, businessOn: date, occurredAt: new Date(`${date}T00:00:00Z`) };
    await world.store.transaction((tx) => recordLateFacts(tx, [{ ...fact, ...when, data } as never]));
    const told: Told = { is: 'money', at, on: dayOf(on), id, kind: 'REPAYMENT', amount: Number(amount) };
    late.push({ loan, businessDate: date, told });
  }
}

async function compare(date: string): Promise<void> {
  const kept = await world.rows<Record<string, string | number | boolean>>(
    `select aggregate_id, result, overdue_since::text, coalesce(business_date(tenant) - overdue_since, 0) as days, overdue_minor::text, outstanding_minor::text, bucket, quality_class, in_arrears
     from loan where tenant = $1 order by aggregate_id`,
    demoBook.tenant,
  );
  const loans = toldBefore(days, date);
  expect(kept.map((each) => each['aggregate_id'])).toEqual([...loans.keys()].sort());
  for (const { aggregate_id, in_arrears, ...shown } of kept) {
    const { jurisdiction, told } = loans.get(aggregate_id as string)!;
    const seen = oracleOf(told, rules[jurisdiction]!)(dayOf(date));
    expect({ date, aggregate_id, ...shown }).toEqual({
      date,
      aggregate_id,
      result: seen.result,
      overdue_since: seen.overdueSince === null ? null : new Date(seen.overdueSince * 86_400_000).toISOString().slice(0, 10),
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

const flagRules: Record<string, FlagRules> = {
  ID: { flagAt: 31, updateAt: [91, 121, 181], noticeDays: null },
  CN: { flagAt: 31, updateAt: [91, 271, 361], noticeDays: 5 },
  US: { flagAt: 31, updateAt: [91, 181, 361], noticeDays: null },
};

it('tells the bureau of every loan what brute force would, on the same day: flags, updates, corrections, withdrawals', async () => {
  const loans = new Map<string, { jurisdiction: string; history: Arrival[] }>();
  for (const { businessDate, events } of days)
    for (const { key, event } of events as { key: string; event: any }[]) {
      if (event.type === 'BorrowerUpdated' || event.type === 'CollateralUpdated') continue;
      const known = loans.get(key) ?? { jurisdiction: '', history: [] };
      if (event.type === 'LoanAccountSnapshotted') known.jurisdiction = event.data.jurisdiction;
      known.history.push({ arrived: dayOf(businessDate), told: toldBy(event) });
      loans.set(key, known);
    }
  for (const { loan, businessDate, told } of late) loans.get(loan)!.history.push({ arrived: dayOf(businessDate), told });
  const [first, last] = [dayOf(days[0]!.businessDate) + 1, dayOf(days.at(-1)!.businessDate) + 1];
  const kept = await world.rows<{ loan: string; said: unknown[] }>(
    `select l.aggregate_id as loan, json_agg(json_build_array(r.kind, r.said_on, h.payload->>'reason', h.payload->>'asOf', h.payload->>'overdueSince', (h.payload->>'daysPastDue')::int,
         h.payload->'overdue'->>'amount', h.payload->'outstanding'->>'amount', r.version) order by r.version) as said
     from bureau_report r join loan l on l.id = r.loan_id join handoff h on h.id = r.handoff_id group by 1`,
  );
  const told = new Map(kept.map(({ loan, said }) => [loan, said]));
  const count: Record<string, number> = { loans: loans.size };
  const date = (day: number | null) => (day === null ? null : new Date(day * 86_400_000).toISOString().slice(0, 10));
  const money = (amount: number) => `${amount < 100 ? '0' : String(amount).slice(0, -2)}.${String(amount).padStart(2, '0').slice(-2)}`;
  for (const [loan, { jurisdiction, history }] of loans) {
    const expected = flagsOf(history, first, last, rules[jurisdiction]!, flagRules[jurisdiction]!).map((each, i) => {
      const kind = each.reason ? `${each.kind} ${each.reason}` : each.kind;
      count[kind] = (count[kind] ?? 0) + 1;
      // What is withdrawn is said with the day on which that is decided, and without figures.
      return each.kind === 'WITHDRAWAL'
        ? [each.kind, date(each.on), each.reason, date(each.on), null, null, null, null, i + 1]
        : [each.kind, date(each.on), null, date(each.of), date(each.since), each.days, money(each.overdue), money(each.outstanding), i + 1];
    });
    expect([loan, told.get(loan) ?? []]).toEqual([loan, expected]);
  }
  console.info(`${JSON.stringify(count)}: 0 differences`);
  for (const kind of ['OVERDUE', 'UPDATE', 'CORRECTION', 'WITHDRAWAL CURED', 'WITHDRAWAL ERROR'])
    expect([kind, (count[kind] ?? 0) > 0]).toEqual([kind, true]);
}, 240_000);

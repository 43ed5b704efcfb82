// `npm run bench:aging`: one business date over a million loans, against a bare UPDATE of the same rows and columns, in turn.
import { advanceBusinessDate } from '../../src/actions/advance-business-date.js';
import { plusDays } from '../../src/domain/day.js';
import type { Store } from '../../src/storage/store.js';
import { flag, median, option, rounded, say, table } from './figures.js';
import { kindOfDay, makeLoans } from './make-loans.js';
import { inWorld } from './world.js';

const loans = option('loans', flag('quick') ? 20_000 : 1_000_000);
const days = option('days', 6);
const from = '2026-10-01';

interface Day {
  businessDate: string;
  gatewayMs: number;
  bareMs: number;
  rows: number;
  cases: number;
  crossings: number;
}

/** The columns that a day moves, as they stand after it: what the bare UPDATE writes again into the rows as they were before. */
const moved = `result, assessed_on, overdue_since, overdue_principal_minor, overdue_interest_minor, overdue_fee_minor, overdue_penalty_minor, overdue_minor, bucket, quality_class, next_due_on, next_step_on`;

async function ageOnce(store: Store, businessDate: string): Promise<Day> {
  const began = performance.now();
  await advanceBusinessDate(store, 'demo', businessDate);
  const gatewayMs = performance.now() - began;
  const [counts] = await store.transaction((tx) =>
    tx.query<{ rows: number; cases: number; crossings: number }>(
      `select (select count(*)::int from loan where assessed_on = $1) as rows, (select count(*)::int from recovery_case where opened_on = $1) as cases,
       (select count(*)::int from threshold_crossing where crossed_on = $1) as crossings`,
      [businessDate],
    ),
  );
  return { businessDate, gatewayMs, bareMs: await bareUpdate(store, businessDate), ...counts! };
}

/** Rows of the same number and place, found by the same index condition, in one transaction that is committed. */
async function bareUpdate(store: Store, businessDate: string): Promise<number> {
  await store.transaction(async (tx) => {
    await tx.query('truncate bare_loan_due');
    await tx.query(`insert into bare_loan_due select id from loan where assessed_on = $1`, [businessDate]);
    await tx.query(`update bare_loan set next_step_on = null where next_step_on <= $1`, [businessDate]);
    await tx.query(`update bare_loan b set next_step_on = $1 from bare_loan_due d where d.id = b.id`, [businessDate]);
  });
  await store.orm.em.getConnection().execute('vacuum bare_loan');
  const began = performance.now();
  await store.transaction((tx) =>
    tx.query(
      `update bare_loan set ${moved
        .split(', ')
        .map((column) => `${column} = ${values[column] ?? `${column}`}`)
        .join(', ')} where tenant = $1 and next_step_on <= $2::date`,
      ['demo', businessDate],
    ),
  );
  return performance.now() - began;
}

const values: Record<string, string> = {
  assessed_on: '$2::date',
  overdue_since: '$2::date',
  overdue_principal_minor: 'overdue_principal_minor + 1',
  overdue_minor: 'overdue_minor + 1',
  next_step_on: '$2::date + 30',
};

await inWorld({ kafka: false }, async (world) => {
  const { store } = await world.database('ageing');
  let began = performance.now();
  await makeLoans(store, { loans, businessDate: from, tenant: 'demo' });
  await store.orm.em
    .getConnection()
    .execute(
      `create table bare_loan (like loan including all); insert into bare_loan select * from loan; create table bare_loan_due (id text primary key);`,
    );
  await store.orm.em.getConnection().execute('vacuum analyze');
  await world.execute('checkpoint');
  say(`${loans} loans are there after ${rounded((performance.now() - began) / 1000, 0)} s`);
  const all: (Day & { kind: string })[] = [];
  for (let i = 1; i <= days; i++) {
    began = performance.now();
    const day = { ...(await ageOnce(store, plusDays(from, i))), kind: kindOfDay(i) };
    await store.orm.em.getConnection().execute('vacuum loan');
    all.push(day);
    say(
      `${day.businessDate} (${day.kind}): ${day.rows} loans moved, ${day.cases} cases, ${day.crossings} thresholds: ${Math.round(day.gatewayMs)} ms, bare UPDATE ${Math.round(day.bareMs)} ms`,
    );
  }
  const ratios = all.map(({ gatewayMs, bareMs }) => gatewayMs / bareMs);
  process.stdout.write(
    `${table([
      [
        'business date',
        'its instalments',
        'loans that move',
        'cases opened',
        'thresholds crossed',
        'bare UPDATE ms',
        'everything ms',
        'ratio',
      ],
      ...all.map((day, i) => [
        day.businessDate,
        day.kind,
        day.rows,
        day.cases,
        day.crossings,
        Math.round(day.bareMs),
        Math.round(day.gatewayMs),
        rounded(ratios[i]!),
      ]),
    ])}\n`,
  );
  process.stdout.write(
    `${JSON.stringify({
      bench: 'aging',
      loans,
      days: all.map((day, i) => ({
        ...day,
        gatewayMs: Math.round(day.gatewayMs),
        bareMs: Math.round(day.bareMs),
        ratio: rounded(ratios[i]!),
      })),
      medianRatio: rounded(median(ratios)),
    })}\n`,
  );
});

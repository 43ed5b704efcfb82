// Payments that are told late, beside the demo book: they prove flags wrong.
import { recordLateFacts } from '../../src/actions/record-loan-facts.js';
import { demoBook } from '../../src/sandbox/book/generate.js';
import { dayOf, type Beside } from './book-oracle.js';
import type { Told } from './delinquency-oracle.js';
import type { GraphWorld } from './graph-world.js';

/** Two flagged loans are told of on the 8th, 16th and 24th: one paid half of what is overdue, the other all of it, two days before it was flagged. */
export async function payLate({ store, rows }: Pick<GraphWorld, 'store' | 'rows'>, date: string, late: Beside[]): Promise<void> {
  if (!/-(08|16|24)$/.test(date)) return;
  const flags = await rows<{ loan: string; currency: string; overdue: string; on: string }>(
    `select l.aggregate_id as loan, f.currency, f.overdue_minor::text as overdue, (f.as_of - 2)::text as on from bureau_flag f join loan l on l.id = f.loan_id
     where f.state = 'RAISED' order by f.report_key limit 2`,
  );
  for (const [i, { loan, currency, overdue, on }] of flags.entries()) {
    const [at, id, amount] = [900_000 + late.length, `late-${late.length}`, i ? BigInt(overdue) : BigInt(overdue) / 2n];
    const data = { transactionId: id, kind: 'REPAYMENT', valueOn: on, postedOn: date, amount, currency, portions: null };
    const fact = { source: 'late', id, type: 'LoanTransactionPosted', tenant: demoBook.tenant, aggregateId: loan, sequence: BigInt(at) };
    const when = { effectiveOn: on, businessOn: date, occurredAt: new Date(`${date}T00:00:00Z`) };
    await store.transaction((tx) => recordLateFacts(tx, [{ ...fact, ...when, data } as never]));
    const told: Told = { is: 'money', at, on: dayOf(on), id, kind: 'REPAYMENT', amount: Number(amount) };
    late.push({ loan, businessDate: date, told });
  }
}

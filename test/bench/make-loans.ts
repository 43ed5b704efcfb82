// A book for the ageing bench: some loans go through the gateway's own actions, and are then multiplied by SQL with their cases.
import { advanceBusinessDate } from '../../src/actions/advance-business-date.js';
import { recordLoanFacts, type SourceFact } from '../../src/actions/record-loan-facts.js';
import { plusDays } from '../../src/domain/day.js';
import { toFact } from '../../src/events/to-fact.js';
import { randomOf } from '../../src/sandbox/book/random.js';
import type { Store } from '../../src/storage/store.js';
import { history, multiply } from './multiply.js';

interface Book {
  loans: number;
  businessDate: string;
  tenant: string;
}

const patterns = 2_000;

/**
 * Instalments every 28 days, so that one in 28 loans is asked on each day; some miss one or two. What the others do differs by the day, so that the days after the book's date are of three kinds in turn.
 * paid: nearly all have paid. behind: nearly all had missed one before and have a case, and miss another. unpaid: nearly all miss their first, as when a bank's direct debits fail.
 */
export const kindsOfDay = ['paid', 'behind', 'unpaid'] as const;
export const kindOfDay = (daysAfter: number): (typeof kindsOfDay)[number] => kindsOfDay[(daysAfter - 1) % kindsOfDay.length]!;

export async function makeLoans(store: Store, { loans, businessDate, tenant }: Book): Promise<void> {
  const facts = Array.from({ length: Math.min(patterns, loans) }, (_, i) => factsOf(tenant, i, businessDate)).flat();
  await recordLoanFacts(store, {
    topic: 'bench',
    partition: 0,
    expectedOffset: 0n,
    nextOffset: BigInt(facts.length),
    facts,
    unreadable: [],
  });
  await advanceBusinessDate(store, tenant, businessDate);
  await multiply(store, Math.ceil(loans / patterns), history);
}

function factsOf(tenant: string, number: number, businessDate: string): SourceFact[] {
  const random = randomOf(7, `loan ${number}`);
  const [account, borrowerId] = [`L${number}`, `B${number}`];
  const first = plusDays(businessDate, (number % 28) - 28 * random.int(2, 6));
  const event = (aggregate: string, type: string, sequence: number, data: object) => {
    const read = toFact({
      id: `${aggregate}/${sequence}`,
      source: '/core-banking/bench',
      type,
      time: `${businessDate}T01:00:00Z`,
      tenantid: tenant,
      aggregateid: `${tenant}/core/${aggregate}`,
      sequence: String(sequence),
      businessdate: businessDate,
      effectivedate: businessDate,
      data,
    });
    if (!('fact' in read)) throw new Error(JSON.stringify(read));
    return read.fact;
  };
  const dueDates = Array.from({ length: 12 }, (_, i) => plusDays(first, i * 28));
  const due = dueDates.filter((date) => date < businessDate).length;
  const others = { paid: 1, behind: -1, unpaid: 0 }[kindOfDay((number % 28) + 1)];
  const paid = due + { others, first: 0, second: -1, third: -2 }[random.weighted({ others: 92, first: 1, second: 4, third: 3 })];
  return [
    event(`borrower/${borrowerId}`, 'BorrowerUpdated', 1, {
      borrowerId,
      name: `Borrower ${number}`,
      jurisdiction: 'ID',
      language: 'id',
      timeZone: 'Asia/Jakarta',
      contactPoints: [{ channel: 'PHONE', value: '+62800000000', preferred: true, consent: true }],
    }),
    event(account, 'LoanAccountSnapshotted', 1, {
      loanAccountId: account,
      accountNo: account,
      borrowerId,
      productId: 'PL',
      productClass: 'CONSUMER',
      jurisdiction: 'ID',
      currency: 'USD',
      status: 'ACTIVE',
      principal: '1200.00',
      disbursedOn: plusDays(first, -28),
      arrearsTolerance: '1.00',
      installments: dueDates.map((dueDate, i) => ({
        installmentNumber: i + 1,
        dueDate,
        principal: { due: '100.00' },
        interest: { due: '9.75' },
      })),
    }),
    ...Array.from({ length: paid }, (_, i) =>
      event(account, 'LoanTransactionPosted', 2 + i, {
        transactionId: `T${i}`,
        kind: 'REPAYMENT',
        valueDate: dueDates[i]! < businessDate ? dueDates[i] : businessDate,
        postedDate: businessDate,
        amount: '109.75',
        currency: 'USD',
      }),
    ),
  ];
}

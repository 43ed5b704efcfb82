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

/** Instalments every 28 days, so that one in 28 loans moves on each day; most borrowers pay on the day, some late, some not at all. */
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
  const due = dueDates.filter((date) => date <= businessDate).length;
  const missed = random.weighted({ none: 93, one: 4, two: 2, ahead: 1 });
  const paid = Math.max(0, missed === 'ahead' ? due + 2 : due - { none: 0, one: 1, two: 2 }[missed]);
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
        valueDate: i < due ? dueDates[i] : businessDate,
        postedDate: businessDate,
        amount: '109.75',
        currency: 'USD',
      }),
    ),
  ];
}

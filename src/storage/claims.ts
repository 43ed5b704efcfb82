// What a partner is told of a case: the debtor, the claim loan by loan as of a date, and the rows that prove it.
import { minorToDecimal } from '../domain/money.js';
import type { CaseRow } from './cases.js';
import { Borrower, ContactPoint } from './definitions/borrowers.js';
import { Interaction } from './definitions/cases.js';
import { Instalment, Loan, Repayment } from './definitions/loans.js';
import { away } from './sales.js';
import type { InferEntity, Tx } from './store.js';

export type LoanEntity = InferEntity<typeof Loan>;

/** The loans of the case that are not cured and not sold, in order of account. */
export async function loansOf(tx: Tx, caseId: string): Promise<LoanEntity[]> {
  const rows = await tx.query<{ loan_id: string }>(
    `select distinct loan_id from case_loan c where case_id = $1 and cured_on is null and not exists (select from sale_loan s where s.loan_id = c.loan_id and ${away})`,
    [caseId],
  );
  return tx.em.find(Loan, { id: { $in: rows.map((row) => row.loan_id) } }, { orderBy: { accountNo: 'asc' } });
}

export async function debtorOf(tx: Tx, theCase: CaseRow) {
  const borrower = await tx.em.findOneOrFail(Borrower, { id: theCase.borrowerId });
  const phones = await tx.em.find(ContactPoint, { borrowerId: borrower.id, channel: 'PHONE' }, { orderBy: { ordinal: 'asc' } });
  return {
    ref: borrower.borrowerNo,
    name: borrower.name,
    ...(borrower.nationalId ? { nationalId: borrower.nationalId } : {}),
    ...(borrower.address ? { address: borrower.address } : {}),
    phones: phones.map(({ value }) => value),
  };
}

export function claimOf(loan: LoanEntity, asOf: string, daysPastDue: number) {
  const money = (minor: bigint) => ({ amount: minorToDecimal(minor, loan.currency!), currency: loan.currency! });
  return {
    accountRef: loan.accountNo!,
    asOf,
    overdueSince: loan.overdueSince ?? null,
    daysPastDue,
    principal: money(loan.outstandingPrincipalMinor),
    interest: money(loan.outstandingInterestMinor),
    fees: money(loan.outstandingFeeMinor),
    penalties: money(loan.outstandingPenaltyMinor),
    total: money(loan.outstandingMinor),
  };
}

export async function proofOf(tx: Tx, caseId: string, loans: readonly LoanEntity[]) {
  const ids = loans.map(({ id }) => id);
  return {
    instalments: await tx.em.find(Instalment, { loanId: { $in: ids } }, { orderBy: { loanId: 'asc', number: 'asc' } }),
    repayments: await tx.em.find(
      Repayment,
      { loanId: { $in: ids } },
      { orderBy: { loanId: 'asc', valueOn: 'asc', transactionRef: 'asc' } },
    ),
    contacts: await tx.em.find(Interaction, { caseId }, { orderBy: { at: 'asc', id: 'asc' } }),
  };
}

// The evidence bundle of a claim: contract reference, schedule, repayment record and contact log, rendered the same way each time, each with its hash.
import { stringify } from 'csv-stringify/sync';
import { sha256 } from '../domain/ids.js';
import type { DocumentKind } from '../domain/legal/rules.js';
import { minorToDecimal } from '../domain/money.js';
import { proofOf, type LoanEntity } from '../storage/claims.js';
import type { Tx } from '../storage/store.js';

export interface EvidenceDocument {
  name: string;
  mediaType: string;
  sha256: string;
  /** base64 */
  content: string;
}

/** What the documents that the bank has of itself are evidence of. */
export const kindOf: Readonly<Record<string, DocumentKind>> = {
  'loan-contracts.json': 'CONTRACT',
  'schedule.csv': 'SCHEDULE',
  'repayments.csv': 'REPAYMENTS',
  'contact-log.csv': 'CONTACT_LOG',
};

/** Of the bundle as it is frozen: the same bytes for the same documents, whatever their order. */
export const manifestOf = (documents: readonly Pick<EvidenceDocument, 'name' | 'mediaType' | 'sha256'>[]): string =>
  JSON.stringify(
    documents.map(({ name, mediaType, sha256: sum }) => ({ mediaType, name, sha256: sum })).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  );

export async function buildEvidence(tx: Tx, caseId: string, loans: readonly LoanEntity[]): Promise<EvidenceDocument[]> {
  const { instalments, repayments, contacts } = await proofOf(tx, caseId, loans);
  const accountOf = new Map(loans.map((loan) => [loan.id, loan.accountNo!]));
  const contracts = loans.map((loan) => ({
    account: loan.accountNo,
    product: loan.productId,
    currency: loan.currency,
    principal: minorToDecimal(loan.principalMinor, loan.currency!),
    disbursedOn: loan.disbursedOn,
  }));
  return [
    document('loan-contracts.json', 'application/json', `${JSON.stringify(contracts, null, 2)}\n`),
    document(
      'schedule.csv',
      'text/csv',
      stringify(
        instalments.map((each) => [
          accountOf.get(each.loanId),
          each.number,
          each.dueOn,
          each.currency,
          minorToDecimal(each.principalDueMinor, each.currency),
          minorToDecimal(each.interestDueMinor, each.currency),
          minorToDecimal(each.outstandingMinor, each.currency),
        ]),
        { header: true, columns: ['account', 'instalment', 'due_on', 'currency', 'principal_due', 'interest_due', 'outstanding'] },
      ),
    ),
    document(
      'repayments.csv',
      'text/csv',
      stringify(
        repayments.map((each) => [
          accountOf.get(each.loanId),
          each.transactionRef,
          each.kind,
          each.valueOn,
          each.postedOn,
          each.currency,
          minorToDecimal(each.amountMinor, each.currency),
          each.reversedOn ?? '',
        ]),
        { header: true, columns: ['account', 'transaction', 'kind', 'value_on', 'posted_on', 'currency', 'amount', 'reversed_on'] },
      ),
    ),
    document(
      'contact-log.csv',
      'text/csv',
      stringify(
        contacts.map((each) => [each.at.toISOString(), each.channel, each.direction, each.outcome, each.actor]),
        { header: true, columns: ['at', 'channel', 'direction', 'outcome', 'by'] },
      ),
    ),
  ];
}

const document = (name: string, mediaType: string, text: string): EvidenceDocument => ({
  name,
  mediaType,
  sha256: sha256(text),
  content: Buffer.from(text).toString('base64'),
});

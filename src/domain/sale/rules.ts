// What a policy says of the sale of claims: who must not be sold, how the debtor is notified, and within which days a loan may come back.
import type { PutBackReason } from './item.js';

export const noticeMethods = ['BAILIFF', 'WRITTEN_ACKNOWLEDGEMENT', 'REGISTERED_LETTER', 'ELECTRONIC', 'PUBLIC_NOTICE'] as const;
export type NoticeMethod = (typeof noticeMethods)[number];

/** Where a rule comes from, and whether counsel has confirmed it against the primary text. */
interface Basis {
  citation: string;
  verified: boolean;
}

export interface SaleRules {
  neverSell: {
    /** Types of holds. */
    holds: readonly string[];
    /** Out of ACCOUNT, DISBURSEMENT, SCHEDULE, IDENTITY. */
    documents: readonly string[];
  } & Basis;
  /** The fewest loans that may go in one sale. */
  least: { loans: number } & Basis;
  /** The assignment has no effect on the debtor before notice by one of these. */
  notice: { methods: readonly NoticeMethod[] } & Basis;
  /** Days after the assignment within which a loan may be put back, by reason, and in which the bank answers. */
  putBack: { withinDays: Readonly<Record<PutBackReason, number>>; answerDays: number } & Basis;
  /** Days after the assignment within which the bank may recall a loan; to buy it back it needs the buyer's word only. */
  recall: { withinDays: number } & Basis;
}

/** What is wrong with the rules, in words. */
export function faultsOfSale({ least, notice, putBack, recall, neverSell }: SaleRules): string[] {
  const faults: string[] = [];
  if (least.loans < 1) faults.push('a sale needs at least one loan');
  if (!notice.methods.length) faults.push('no debtor can be notified of a sale');
  for (const [reason, days] of Object.entries(putBack.withinDays))
    if (days < 0) faults.push(`a put-back for ${reason} ends before it begins`);
  if (putBack.answerDays < 1 || recall.withinDays < 0) faults.push('a put-back or recall has no time');
  if (!neverSell.holds.includes('DISPUTE')) faults.push('a loan in dispute may be sold');
  return faults;
}

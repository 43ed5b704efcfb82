// Which loans must not be sold, each with the rule that stands against it: the others of a pool stay in it.
import type { LocalDate } from '../fact.js';
import type { SaleRules } from './rules.js';

/** What is known of a loan when it is to be sold. */
export interface Saleable {
  status: string;
  currency: string | null;
  jurisdiction: string | null;
  /** The sale's. */
  wanted: { currency: string; jurisdiction: string };
  outstandingMinor: bigint;
  overdueSince: LocalDate | null;
  caseStatus: string;
  legal: string;
  placement: string;
  /** Of the holds of its case that are in force. */
  holds: readonly { type: string; scopes: readonly string[] }[];
  /** In another sale that is alive. */
  inSale: boolean;
  /** Which documents there are. */
  documents: readonly string[];
}

export interface Against {
  ruleId: string;
  message: string;
  citation?: string;
}

const words: Record<string, string> = {
  ACCOUNT: 'the account',
  DISBURSEMENT: 'its disbursement',
  SCHEDULE: 'the schedule',
  IDENTITY: "the borrower's identity",
};

/** @returns all rules that stand against it, in a fixed order; none when it may be sold */
export function againstSelling(at: Saleable, { neverSell }: SaleRules): Against[] {
  const against: Against[] = [];
  const say = (ruleId: string, message: string, stands: boolean, citation?: string) => {
    if (stands) against.push({ ruleId, message, ...(citation ? { citation } : {}) });
  };
  say('case-open', 'The case is closed', at.caseStatus !== 'OPEN');
  say('one-live-sale', 'The loan is in another sale', at.inSale);
  say('still-owned', 'Core banking has the loan as transferred', at.status === 'TRANSFERRED');
  say('sale-currency', `The sale is in ${at.wanted.currency}`, at.currency !== null && at.currency !== at.wanted.currency);
  say(
    'sale-jurisdiction',
    `The sale is of ${at.wanted.jurisdiction}`,
    at.jurisdiction !== null && at.jurisdiction !== at.wanted.jurisdiction,
  );
  say('not-paid', 'Nothing is owed', at.outstandingMinor <= 0n || ['CLOSED_OBLIGATIONS_MET', 'OVERPAID'].includes(at.status));
  say('in-arrears', 'Nothing is overdue', at.overdueSince === null && at.outstandingMinor > 0n);
  say('one-live-matter', 'A law firm has the case', at.legal !== 'NONE' && at.legal !== 'PRE_LEGAL');
  say('one-contact-owner', 'An agency has the case', at.placement !== 'NONE');
  for (const type of neverSell.holds)
    say(
      `no-${type.toLowerCase().replaceAll('_', '-')}`,
      `A hold of type ${type} is in force`,
      at.holds.some((hold) => hold.type === type),
      neverSell.citation,
    );
  say(
    'no-sale-hold',
    'A hold of scope SALE is in force',
    at.holds.some(({ scopes }) => scopes.includes('SALE')),
  );
  for (const document of neverSell.documents)
    say('documents-complete', `There is no proof of ${words[document] ?? document}`, !at.documents.includes(document), neverSell.citation);
  return against;
}

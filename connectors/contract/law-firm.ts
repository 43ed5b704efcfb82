// What a law firm is asked to do.
import type { Claim, Connector, Debtor, Money, Operation } from '../contract.js';

export interface LawFirm extends Connector {
  kind: 'LAW_FIRM';
  operations: {
    placeClaim: Operation<ClaimOrder>;
    addEvidence: Operation<MoreEvidence>;
    instruct: Operation<MatterInstruction>;
    reportDirectPayment: Operation<DirectPayment>;
    withdrawClaim: Operation<ClaimWithdrawal>;
    decideInvoice: Operation<InvoiceDecision>;
  };
}

export interface ClaimOrder {
  caseRef: string;
  jurisdiction: string;
  debtor: Debtor;
  claim: Claim[];
  evidence: EvidenceItem[];
  /** Hex, of the bundle's manifest: a JSON array of `{"mediaType","name","sha256"}` in order of name, without blanks. Claims of before it was kept have none. */
  manifestSha256?: string;
  instructions?: string;
}

/** One document of the evidence bundle: content travels inline as base64, `sha256` (hex) is of the bytes. */
export interface EvidenceItem {
  name: string;
  mediaType: string;
  sha256: string;
  content: string;
}

/** `orderDeliveryId` is the delivery that placed the claim that all of these are about. */
interface AboutMatter {
  orderDeliveryId: string;
  caseRef: string;
}

/** `kind` is what it is evidence of, e.g. CONTRACT, DEMAND_PROOF. */
export interface MoreEvidence extends AboutMatter {
  kind: string;
  document: EvidenceItem;
}

export const instructions = [
  'DEMAND',
  'LAWYER_LETTER',
  'PRESERVATION',
  'PRESERVATION_RENEWAL',
  'FILING',
  'SETTLEMENT',
  'APPEAL',
  'ENFORCEMENT',
  'RESUMPTION',
] as const;

/** The bank's word that something may be done. `amount` is of a settlement. */
export interface MatterInstruction extends AboutMatter {
  approve: (typeof instructions)[number];
  instructedOn: string;
  note?: string;
  amount?: Money;
}

/** Something was paid to the bank, or a payment was taken back; `claim` is what is claimed of the loan since. */
export interface DirectPayment extends AboutMatter {
  kind: 'PAYMENT' | 'REVERSAL';
  paymentRef: string;
  amount: Money;
  paidOn: string;
  /** By when the bank promised to tell of it. */
  dueOn: string;
  claim: Claim;
}

export interface ClaimWithdrawal extends AboutMatter {
  reason: string;
}

/** What a file of invoices holds: problems of its form, or the invoices. Amounts are decimal text as the firm wrote it, dates `YYYY-MM-DD`. */
export interface InvoiceFile {
  format: 'LEDES1998B' | 'LEDES98BI V2' | null;
  /** Hex, of the bytes. */
  sha256: string;
  /** The first hundred. */
  problems: InvoiceFileProblem[];
  problemCount: number;
  /** None where there is a problem. */
  invoices: SubmittedInvoice[];
}

export interface InvoiceFileProblem {
  line: number;
  column: string | null;
  code: string;
  words: string;
}

export interface SubmittedInvoice {
  number: string;
  date: string;
  billingFrom: string;
  billingTo: string;
  total: string;
  taxTotal: string | null;
  netTotal: string | null;
  /** Null where the format, or the firm, does not say it. */
  currency: string | null;
  lawFirmTaxId: string;
  lines: SubmittedLine[];
}

export interface SubmittedLine {
  /** Of the file. */
  line: number;
  number: string;
  /** Expense, fee, and adjustments of the whole invoice's fees or expenses. */
  type: 'E' | 'F' | 'IF' | 'IE';
  on: string;
  units: string | null;
  unitCost: string | null;
  adjustment: string | null;
  taxTotal: string | null;
  total: string;
  taskCode: string | null;
  expenseCode: string | null;
  activityCode: string | null;
  timekeeperId: string | null;
  classification: string | null;
  description: string;
  firmMatterId: string;
  clientMatterId: string | null;
}

/** What the bank pays of an invoice, and why not all; for a file that could not be read, its problems. */
export interface InvoiceDecision {
  orderDeliveryId: string;
  caseRef: string;
  /** Ours. */
  invoiceRef: string;
  /** The firm's; null where its file could not be read. */
  invoiceNumber: string | null;
  fileSha256: string;
  decision: 'APPROVED' | 'SHORT_PAID' | 'REJECTED';
  submitted: Money | null;
  payable: Money | null;
  /** Those that are not paid in full, by the firm's number of the line. */
  lines: { number: string; submitted: Money; payable: Money; reason: string }[];
  problems: InvoiceFileProblem[];
  words: string;
}

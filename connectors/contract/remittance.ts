// What a partner reports to have collected, whichever way it comes: one record with lines and control totals.

/** Amounts are decimal text, never below zero: the type says which way the money went. Dates are `YYYY-MM-DD`. */
export interface RemittanceFile {
  /** The partner's own, once. */
  ref: string;
  remittedOn: string;
  /** ISO 4217, of all lines. */
  currency: string;
  /** NET: the partner keeps its commission and pays the rest. GROSS: it pays all, and is paid its commission. */
  basis: 'NET' | 'GROSS';
  lines: RemittanceLine[];
  /** Payments less reversals. */
  totals: RemittanceBuckets & { count: number };
}

export interface RemittanceBuckets {
  principal: string;
  interest: string;
  fee: string;
  penalty: string;
  amount: string;
}

export interface RemittanceLine extends RemittanceBuckets {
  /** Of the file, or from 1 in a callback. */
  line: number;
  /** Once for a partner. */
  paymentIdentifier: string;
  /** PA a payment, PAR the reversal of one. */
  type: 'PA' | 'PAR';
  /** The delivery that placed the case, or the partner's own number of it. */
  placement: string;
  paidOn: string;
  /** BANK: the debtor paid the bank; the partner holds nothing of it. */
  via: 'PARTNER' | 'BANK';
  /** Of a reversal: the payment. */
  reverses: string | null;
}

export interface RemittanceProblem {
  line: number;
  field: string | null;
  code: string;
  words: string;
}

/** A file as it was read: of one with problems of form nothing is gone by. */
export type ReadRemittance = { remittance: RemittanceFile } | { problems: RemittanceProblem[] };

// What sample orders of several kinds of partners have in common.
import type { Claim, Money } from '../../../connectors/contract.js';

export const money = (amount: string): Money => ({ amount, currency: 'IDR' });
export const claim: Claim = {
  accountRef: 'ID-L000001',
  asOf: '2026-01-31',
  overdueSince: '2025-10-15',
  daysPastDue: 108,
  principal: money('1250000.00'),
  interest: money('12500.50'),
  fees: money('0.00'),
  penalties: money('2500.00'),
  total: money('1265000.50'),
};
export const debtor = {
  ref: 'B00001',
  name: "Siti Ma'ruf",
  nationalId: '3174010101900001',
  address: 'Jl. Melati No. 1, Bandung',
  phones: ['+62 811-1111-1111'],
};

export type Orders = Readonly<Record<string, object>>;

/** What has to be taken before an order of an operation; where `about` holds, its delivery is what that order is about. */
export interface Before {
  operation: string;
  order: object;
  about?: boolean;
}

/** The sample orders of a kind of partner. */
export interface Samples {
  /** Of a case, account or sale of its own for each number. */
  orders(n: number, about: string): Orders;
  /** The operation that has to come before another, if one has to. */
  before(operation: string): { operation: string; about?: boolean } | null;
}

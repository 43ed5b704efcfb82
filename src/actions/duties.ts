// What falls due by the business date itself, beside what loans do: each is asked once a date and tenant, in this order.
import type { Fact } from '../domain/fact.js';
import { expireInquiries } from '../storage/inquiries.js';
import type { Tx } from '../storage/store.js';
import { openAuctionRounds } from './collateral/auction-asset.js';
import { keepPlacements } from './keep-placements.js';
import { releaseExpiredHolds } from './release-expired-holds.js';
import { ringClocks, tendPreservation } from './ring-clocks.js';
import { tendMatters } from './tend-matters.js';

/** `fact.businessOn` is the date that begins. The same from the same log: it runs again in a replay. */
export type Duty = (tx: Tx, fact: Fact) => Promise<unknown>;

export const duties: readonly Duty[] = [
  releaseExpiredHolds,
  openAuctionRounds,
  (tx, { tenant, businessOn }) => expireInquiries(tx, tenant, businessOn),
  tendMatters,
  tendPreservation,
  ringClocks,
  keepPlacements,
];

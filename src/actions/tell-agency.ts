// What an agency is told of a case while it has it: what has changed, and what the debtor paid to the bank itself.
import type { LocalDate } from '../domain/fact.js';
import { minorToDecimal } from '../domain/money.js';
import { debtorOf, loansOf } from '../storage/claims.js';
import { AgencyPlacement, PlacedLoan } from '../storage/definitions/placements.js';
import { Loan } from '../storage/definitions/loans.js';
import { oweHandoffs, type OwedHandoff } from '../storage/handoffs.js';
import { holdsOn } from '../storage/holds.js';
import { endedPlacements } from '../domain/placement/placement.js';
import type { Fact } from '../domain/fact.js';
import { untoldPlacements, type PaidMeanwhile } from '../storage/placements.js';
import type { Tx } from '../storage/store.js';
import type { CaseRow } from './change-case.js';
import { laneOf, type PlacementRow } from './end-placement.js';
import { ceasedChannelsOf, claimsOf } from './start-placement.js';

/** Of the accounts of the case and those that were placed: one that is paid is told as such. */
export async function updateOf(
  tx: Tx,
  theCase: CaseRow,
  placement: PlacementRow,
  deliveryKey: string,
  laneSequence: bigint,
  today: LocalDate,
): Promise<OwedHandoff> {
  const placed = await tx.em.find(PlacedLoan, { placementId: placement.id });
  const owing = await loansOf(tx, theCase.id);
  const missing = placed.map(({ loanId }) => loanId).filter((id) => !owing.some((loan) => loan.id === id));
  const paid = missing.length ? await tx.em.find(Loan, { id: { $in: missing } }) : [];
  const loans = [...owing, ...paid].sort((a, b) => (a.accountNo! < b.accountNo! ? -1 : 1));
  const scopes = (await holdsOn(tx, [theCase.id])).flatMap((hold) => hold.scopes);
  return {
    deliveryKey,
    caseId: theCase.id,
    connectorId: placement.agencyId,
    operation: 'updateCase',
    lane: laneOf(theCase, placement),
    laneSequence,
    payload: {
      orderDeliveryId: placement.handoffId,
      caseRef: theCase.ref,
      asOf: today,
      debtor: await debtorOf(tx, theCase),
      claim: claimsOf(loans, today),
      ceasedChannels: await ceasedChannelsOf(tx, theCase.borrowerId),
      heldScopes: [...new Set(scopes)].sort(),
    },
  };
}

/**
 * What holds stop is told at once: tomorrow would be a contact too late. What else has changed goes with it, and is not told again at the end of the day.
 * @param cause the fact by which holds have changed, and of which the case was told before
 */
export async function tellAgencyNow(tx: Tx, cause: Fact, theCase: CaseRow): Promise<void> {
  if (theCase.placement === 'NONE') return;
  const placement = await tx.em.findOne(AgencyPlacement, { caseId: theCase.id, state: { $nin: [...endedPlacements] } });
  const [untold] = placement ? await untoldPlacements(tx, { placementId: placement.id }) : [];
  if (!placement || !untold) return;
  placement.toldSha256 = untold.told;
  await oweHandoffs(tx, [
    await updateOf(tx, theCase, placement, `update/${placement.id}/${cause.source}/${cause.id}`, theCase.sequence, cause.businessOn),
  ]);
}

export const directPaymentOf = (theCase: CaseRow, placement: PlacementRow, paid: PaidMeanwhile, laneSequence: bigint): OwedHandoff => ({
  deliveryKey: `direct/${placement.id}/${paid.repayment_id}/${paid.kind}`,
  caseId: theCase.id,
  connectorId: placement.agencyId,
  operation: 'reportDirectPayment',
  lane: laneOf(theCase, placement),
  laneSequence,
  payload: {
    orderDeliveryId: placement.handoffId,
    caseRef: theCase.ref,
    accountRef: paid.account_no,
    paymentRef: paid.transaction_ref,
    kind: paid.kind,
    amount: { amount: minorToDecimal(BigInt(paid.amount_minor), paid.currency), currency: paid.currency },
    paidOn: paid.value_on,
  },
});

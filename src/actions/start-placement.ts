// Starts a placement: the accounts itemised, the clocks set, the rule of commission pinned, and the order owed with the rules of contact that go with the case.
import { daysBetween, plusBusinessDays } from '../domain/day.js';
import type { Fact, LocalDate } from '../domain/fact.js';
import { idOf } from '../domain/ids.js';
import { minorToDecimal } from '../domain/money.js';
import type { CommissionRule } from '../domain/placement/rules.js';
import { policyFor } from '../policies/index.js';
import { claimOf, debtorOf, loansOf, type LoanEntity } from '../storage/claims.js';
import { Borrower, ContactPoint } from '../storage/definitions/borrowers.js';
import { AgencyPlacement, PlacedLoan } from '../storage/definitions/placements.js';
import { handoffIdOf, type OwedHandoff } from '../storage/handoffs.js';
import { creditedSince, untoldPlacements } from '../storage/placements.js';
import type { Tx } from '../storage/store.js';
import { changeCase, type CaseRow } from './change-case.js';

export interface PlacementTerms {
  agencyId: string;
  expiresOn: LocalDate;
  commissionRate: string;
  /** Not there in facts from before it was pinned. */
  commissionRule?: CommissionRule;
  policyVersion: string;
}

export interface Started {
  placementId: string;
  handoffId: string;
  owed: OwedHandoff;
}

/** @param deliveryKey the same after a replay */
export async function startPlacement(
  tx: Tx,
  fact: Fact,
  theCase: CaseRow,
  terms: PlacementTerms,
  { deliveryKey, actor, batchId = null }: { deliveryKey: string; actor: string; batchId?: string | null },
): Promise<Started> {
  const today = fact.businessOn;
  const { agencyId, expiresOn, commissionRate, policyVersion } = terms;
  const policy = policyFor(theCase.jurisdiction, today);
  const rules = policy.placement;
  const handoffId = handoffIdOf(deliveryKey);
  const placementId = idOf('placement', deliveryKey);
  const acknowledgeBy = plusBusinessDays(today, rules.acknowledgeWithinBusinessDays, policy.calendar);
  const loans = await loansOf(tx, theCase.id);
  const itemisation = await itemise(tx, placementId, theCase.id, loans, today);
  const placement = tx.em.create(AgencyPlacement, {
    id: placementId,
    caseId: theCase.id,
    agencyId,
    handoffId,
    batchId,
    state: 'OFFERED',
    placedOn: today,
    expiresOn,
    commissionRate,
    commissionRule: terms.commissionRule ?? null,
    policyVersion,
    partnerSequence: 0n,
    acknowledgeBy,
    statusEveryDays: rules.statusEveryDays,
    version: 1,
  });
  theCase.placement = 'PLACED';
  theCase.placeableFrom = null;
  changeCase(tx, theCase, fact, [
    {
      type: 'CASE_PLACED',
      summary: `Placed with ${agencyId} until ${expiresOn}`,
      actor,
      effectiveOn: fact.effectiveOn,
      data: { placementId, handoffId, agencyId, ...(batchId ? { batchId } : {}) },
    },
  ]);
  const [untold] = await untoldPlacements(tx, { placementId });
  placement.toldSha256 = untold?.told ?? null;
  const owed: OwedHandoff = {
    deliveryKey,
    caseId: theCase.id,
    connectorId: agencyId,
    operation: 'placeCase',
    lane: `${theCase.id}/${agencyId}`,
    laneSequence: theCase.sequence,
    payload: {
      caseRef: theCase.ref,
      debtor: await debtorOf(tx, theCase),
      claim: claimsOf(loans, today),
      commissionRate,
      commission: terms.commissionRule ?? {
        rates: [{ fromDaysPastDue: 0, rate: commissionRate }],
        remittance: rules.remittance,
        directPaymentsEarn: rules.directPaymentsEarn,
        tailDays: rules.tailDays,
      },
      expiresOn,
      acknowledgeBy,
      statusEveryDays: rules.statusEveryDays,
      itemisation,
      contactPolicy: await contactPolicyOf(tx, theCase, today),
    },
  };
  return { placementId, handoffId, owed };
}

export const claimsOf = (loans: readonly LoanEntity[], today: LocalDate) =>
  loans.map((loan) => claimOf(loan, today, loan.overdueSince ? daysBetween(loan.overdueSince, today) : 0));

async function itemise(tx: Tx, placementId: string, caseId: string, loans: readonly LoanEntity[], today: LocalDate) {
  const since = (loan: LoanEntity) => loan.overdueSince ?? today;
  const credited = await creditedSince(
    tx,
    loans.map((loan) => ({ id: loan.id, since: since(loan) })),
    today,
  );
  return loans.map((loan) => {
    const { payments, credits } = credited.get(loan.id)!;
    const currency = loan.currency!;
    const accountNo = loan.accountNo!;
    const figures = {
      principal: loan.outstandingPrincipalMinor,
      interest: loan.outstandingInterestMinor,
      fees: loan.outstandingFeeMinor + loan.outstandingPenaltyMinor,
      payments,
      credits,
    };
    tx.append(PlacedLoan, {
      id: idOf('placedloan', placementId, loan.id),
      placementId,
      caseId,
      loanId: loan.id,
      accountNo,
      itemisedOn: today,
      since: since(loan),
      currency,
      placedMinor: loan.outstandingMinor,
      principalMinor: figures.principal,
      interestMinor: figures.interest,
      feesMinor: figures.fees,
      paymentsMinor: payments,
      creditsMinor: credits,
    });
    const money = (minor: bigint) => ({ amount: minorToDecimal(minor, currency), currency });
    return {
      accountRef: accountNo,
      itemisedOn: today,
      since: since(loan),
      ...Object.fromEntries(Object.entries(figures).map(([name, minor]) => [name, money(minor)])),
      total: money(loan.outstandingMinor),
    };
  });
}

/** The rules that hold where the debtor lives, and what this debtor has said. */
async function contactPolicyOf(tx: Tx, theCase: CaseRow, today: LocalDate) {
  const { contact, placement } = policyFor(theCase.jurisdiction, today);
  const { language, timeZone } = await tx.em.findOneOrFail(Borrower, { id: theCase.borrowerId });
  return {
    citation: contact.citation,
    days: contact.days,
    fromHour: contact.fromHour,
    toHour: contact.toHour,
    timeZone,
    language,
    attempts: placement.attempts,
    ceasedChannels: await ceasedChannelsOf(tx, theCase.borrowerId),
    thirdParties: placement.thirdParties,
  };
}

/** Those of which the debtor has given no point consent. */
export async function ceasedChannelsOf(tx: Tx, borrowerId: string): Promise<string[]> {
  const points = await tx.em.find(ContactPoint, { borrowerId });
  const channels = [...new Set(points.map(({ channel }) => channel))].sort();
  return channels.filter((channel) => !points.some((point) => point.channel === channel && point.consent));
}

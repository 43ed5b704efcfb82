// Places a case with a collection agency, and recalls it: one contact owner at a time, the commission pinned with the policy's version.
import { daysBetween, plusDays } from '../domain/day.js';
import type { Fact } from '../domain/fact.js';
import { idOf } from '../domain/ids.js';
import { placementRegionOf, placementSteps, type PlacementState } from '../domain/placement/placement.js';
import { policyFor } from '../policies/index.js';
import { casesById } from '../storage/cases.js';
import { claimOf, debtorOf, loansOf } from '../storage/claims.js';
import { Connector } from '../storage/definitions/handoffs.js';
import { AgencyPlacement } from '../storage/definitions/placements.js';
import { handoffIdOf, oweHandoffs } from '../storage/handoffs.js';
import type { Store } from '../storage/store.js';
import type { Applier } from './applier.js';
import { changeCase } from './change-case.js';
import { judge, notAConnector } from './guard-case.js';
import { answerOnce, type CaseRequest, type Outcome, type Refusal } from './request.js';

export function placeCaseWithAgency(
  store: Store,
  request: CaseRequest & { agencyId: string; expiresOn?: string | null },
): Promise<Outcome> {
  const { agencyId, expiresOn = null } = request;
  return answerOnce(
    store,
    'placeCaseWithAgency',
    request,
    { agencyId, expiresOn },
    async (tx, theCase, today) => {
      const { refused, decided } = await judge(tx, 'PLACE_WITH_AGENCY', theCase, today);
      const agency = await tx.em.findOne(Connector, { connectorId: agencyId, kind: 'AGENCY' });
      if (!agency) refused.push({ ...notAConnector(agencyId, 'AGENCY'), path: ['input', 'agencyId'] } as never);
      const { agency: terms, version } = policyFor(theCase.jurisdiction, today);
      const last = plusDays(today, terms.termDays);
      if (expiresOn && expiresOn > last)
        refused.push({ code: 'MANDATE_EXCEEDED', message: `A placement may last until ${last} at most`, limit: last });
      if (expiresOn && expiresOn <= today)
        refused.push({ code: 'INVALID_INPUT', message: `The placement must end after ${today}`, path: ['input', 'expiresOn'] });
      return decided({
        type: 'CasePlaced',
        data: {
          agencyId,
          expiresOn: expiresOn ?? last,
          commissionRate: terms.commissionRate,
          policyVersion: version,
          actor: request.actor.user,
        },
      });
    },
    applyCasePlaced,
  );
}

export const applyCasePlaced: Applier = async (
  tx,
  fact: Fact<string, { agencyId: string; expiresOn: string; commissionRate: string; policyVersion: string; actor: string }>,
) => {
  const [theCase] = await casesById(tx, [fact.aggregateId]);
  const { agencyId, actor, expiresOn, commissionRate, policyVersion } = fact.data;
  const terms = { expiresOn, commissionRate, policyVersion };
  const today = fact.businessOn;
  const deliveryKey = `placement/${theCase!.id}/${fact.source}/${fact.id}`;
  const handoffId = handoffIdOf(deliveryKey);
  const placementId = idOf('placement', deliveryKey);
  tx.em.create(AgencyPlacement, {
    id: placementId,
    caseId: theCase!.id,
    agencyId,
    handoffId,
    state: 'OFFERED',
    placedOn: today,
    ...terms,
    partnerSequence: 0n,
    version: 1,
  });
  theCase!.placement = 'PLACED';
  changeCase(tx, theCase!, fact, [
    {
      type: 'CASE_PLACED',
      summary: `Placed with ${agencyId} until ${terms.expiresOn}`,
      actor,
      effectiveOn: fact.effectiveOn,
      data: { placementId, handoffId, agencyId },
    },
  ]);
  const loans = await loansOf(tx, theCase!.id);
  await oweHandoffs(tx, [
    {
      deliveryKey,
      caseId: theCase!.id,
      connectorId: agencyId,
      operation: 'placeCase',
      lane: `${theCase!.id}/${agencyId}`,
      laneSequence: theCase!.sequence,
      payload: {
        caseRef: theCase!.ref,
        debtor: await debtorOf(tx, theCase!),
        claim: loans.map((loan) => claimOf(loan, today, loan.overdueSince ? daysBetween(loan.overdueSince, today) : 0)),
        commissionRate: terms.commissionRate,
        expiresOn: terms.expiresOn,
      },
    },
  ]);
  return { caseId: theCase!.id, placementId, handoffId };
};

export function recallPlacement(store: Store, request: CaseRequest & { placementId: string; reason: string }): Promise<Outcome> {
  const data = { placementId: request.placementId, reason: request.reason, actor: request.actor.user };
  return answerOnce(
    store,
    'recallPlacement',
    request,
    data,
    async (tx, theCase, today) => {
      const placement = await tx.em.findOne(AgencyPlacement, { id: request.placementId, caseId: theCase.id });
      if (!placement)
        return { refused: [{ code: 'NOT_FOUND', message: 'The case has no such placement', path: ['input', 'placementId'] }] };
      const message = `The placement is ${placement.state.toLowerCase().replace('_', ' ')}`;
      const live = placementSteps[placement.state as PlacementState].RECALL_REQUESTED;
      const stands: Refusal[] = live ? [] : [{ code: 'GUARD_REJECTED', ruleId: 'live-placement', message }];
      return (await judge(tx, 'RECALL_PLACEMENT', theCase, today, stands)).decided({ type: 'PlacementRecalled', data });
    },
    applyPlacementRecalled,
  );
}

export const applyPlacementRecalled: Applier = async (tx, fact: Fact<string, { placementId: string; reason: string; actor: string }>) => {
  const [theCase] = await casesById(tx, [fact.aggregateId]);
  const { placementId, reason, actor } = fact.data;
  const placement = await tx.em.findOneOrFail(AgencyPlacement, { id: placementId });
  placement.state = 'RECALL_REQUESTED';
  placement.version++;
  theCase!.placement = placementRegionOf('RECALL_REQUESTED');
  const deliveryKey = `recall/${placementId}/${fact.source}/${fact.id}`;
  changeCase(tx, theCase!, fact, [
    {
      type: 'PLACEMENT_RECALL_REQUESTED',
      summary: `${placement.agencyId} is asked to return the case`,
      actor,
      effectiveOn: fact.effectiveOn,
      data: { placementId },
    },
  ]);
  await oweHandoffs(tx, [
    {
      deliveryKey,
      caseId: theCase!.id,
      connectorId: placement.agencyId,
      operation: 'recallCase',
      lane: `${theCase!.id}/${placement.agencyId}`,
      laneSequence: theCase!.sequence,
      payload: { orderDeliveryId: placement.handoffId, caseRef: theCase!.ref, reason },
    },
  ]);
  return { caseId: theCase!.id, placementId, handoffId: handoffIdOf(deliveryKey) };
};

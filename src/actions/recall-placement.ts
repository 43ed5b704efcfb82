// Recalls a case from an agency: pending until the agency returns it or the window is over; an objection is granted or refused by a person.
import { plusDays } from '../domain/day.js';
import type { Fact, LocalDate } from '../domain/fact.js';
import { placementRegionOf, placementSteps, type PlacementState } from '../domain/placement/placement.js';
import { policyFor } from '../policies/index.js';
import { casesById } from '../storage/cases.js';
import { AgencyPlacement } from '../storage/definitions/placements.js';
import { handoffIdOf, oweHandoffs, type OwedHandoff } from '../storage/handoffs.js';
import type { Store, Tx } from '../storage/store.js';
import type { Applier } from './applier.js';
import { changeCase, type CaseRow } from './change-case.js';
import { endPlacement, finalRecallOf, laneOf, type PlacementRow } from './end-placement.js';
import { judge } from './guard-case.js';
import { answerOnce, type CaseRequest, type Outcome, type Refusal } from './request.js';

const noSuchPlacement: Refusal = { code: 'NOT_FOUND', message: 'The case has no such placement', path: ['input', 'placementId'] };
const isNow = ({ state }: PlacementRow): string => `The placement is ${state.toLowerCase().replace('_', ' ')}`;
const ofCase = (tx: Tx, theCase: CaseRow, id: string) => tx.em.findOne(AgencyPlacement, { id, caseId: theCase.id });

export function recallPlacement(store: Store, request: CaseRequest & { placementId: string; reason: string }): Promise<Outcome> {
  const data = { placementId: request.placementId, reason: request.reason, actor: request.actor.user };
  return answerOnce(
    store,
    'recallPlacement',
    request,
    data,
    async (tx, theCase, today) => {
      const placement = await ofCase(tx, theCase, request.placementId);
      if (!placement) return { refused: [noSuchPlacement] };
      const live = placementSteps[placement.state as PlacementState].RECALL_REQUESTED;
      const stands: Refusal[] = live ? [] : [{ code: 'GUARD_REJECTED', ruleId: 'live-placement', message: isNow(placement) }];
      return (await judge(tx, 'RECALL_PLACEMENT', theCase, today, stands)).decided({ type: 'PlacementRecalled', data });
    },
    applyPlacementRecalled,
  );
}

export const applyPlacementRecalled: Applier = async (tx, fact: Fact<string, { placementId: string; reason: string; actor: string }>) => {
  const [theCase] = await casesById(tx, [fact.aggregateId]);
  const { placementId, reason, actor } = fact.data;
  const placement = await tx.em.findOneOrFail(AgencyPlacement, { id: placementId });
  const deliveryKey = `recall/${placementId}/${fact.source}/${fact.id}`;
  requestRecall(theCase!, placement, reason, fact.businessOn);
  changeCase(tx, theCase!, fact, [recallHappening(placement, actor, fact.effectiveOn)]);
  await oweHandoffs(tx, [recallOf(theCase!, placement, deliveryKey, theCase!.sequence)]);
  return { caseId: theCase!.id, placementId, handoffId: handoffIdOf(deliveryKey) };
};

/** Asked for again, the window begins anew. */
export function requestRecall(theCase: CaseRow, placement: PlacementRow, reason: string, today: LocalDate): void {
  Object.assign(placement, {
    state: 'RECALL_REQUESTED',
    recallRequestedOn: placement.recallRequestedOn ?? today,
    recallReason: reason,
    recallDueOn: plusDays(today, policyFor(theCase.jurisdiction, today).placement.objectionDays),
    version: placement.version + 1,
  });
  theCase.placement = placementRegionOf('RECALL_REQUESTED');
}

export const recallHappening = (placement: PlacementRow, actor: string, effectiveOn: LocalDate) => ({
  type: 'PLACEMENT_RECALL_REQUESTED',
  summary: `${placement.agencyId} is asked to return the case`,
  actor,
  effectiveOn,
  data: { placementId: placement.id, objectUntil: placement.recallDueOn },
});

export const recallOf = (theCase: CaseRow, placement: PlacementRow, deliveryKey: string, laneSequence: bigint): OwedHandoff => ({
  deliveryKey,
  caseId: theCase.id,
  connectorId: placement.agencyId,
  operation: 'recallCase',
  lane: laneOf(theCase, placement),
  laneSequence,
  payload: {
    orderDeliveryId: placement.handoffId,
    caseRef: theCase.ref,
    reason: placement.recallReason!,
    objectUntil: placement.recallDueOn!,
  },
});

export interface ObjectionAnswerInput {
  placementId: string;
  answer: 'GRANTED' | 'REFUSED';
  reason: string;
}

export function answerRecallObjection(store: Store, request: CaseRequest & ObjectionAnswerInput): Promise<Outcome> {
  const { placementId, answer, reason } = request;
  const data = { placementId, answer, reason, actor: request.actor.user };
  return answerOnce(
    store,
    'answerRecallObjection',
    request,
    data,
    async (tx, theCase, today) => {
      const placement = await ofCase(tx, theCase, placementId);
      if (!placement) return { refused: [noSuchPlacement] };
      const open = placement.state === 'OBJECTED';
      const stands: Refusal[] = open ? [] : [{ code: 'GUARD_REJECTED', ruleId: 'recall-objected', message: isNow(placement) }];
      return (await judge(tx, 'ANSWER_RECALL_OBJECTION', theCase, today, stands)).decided({ type: 'RecallObjectionAnswered', data });
    },
    applyObjectionAnswered,
  );
}

/** Granted: the agency goes on. Refused: the recall is final at once. */
export const applyObjectionAnswered: Applier = async (tx, fact: Fact<string, ObjectionAnswerInput & { actor: string }>) => {
  const [theCase] = await casesById(tx, [fact.aggregateId]);
  const { placementId, answer, reason, actor } = fact.data;
  const today = fact.businessOn;
  const placement = await tx.em.findOneOrFail(AgencyPlacement, { id: placementId });
  placement.objectionAnswer = answer;
  if (answer === 'GRANTED') {
    Object.assign(placement, {
      state: 'WORKING',
      recallRequestedOn: null,
      recallReason: null,
      recallDueOn: null,
      statusDueOn: placement.statusDueOn ?? plusDays(today, placement.statusEveryDays ?? 7),
      version: placement.version + 1,
    });
    theCase!.placement = placementRegionOf('WORKING');
  } else endPlacement(theCase!, placement, 'RECALLED', today);
  changeCase(tx, theCase!, fact, [
    {
      type: `PLACEMENT_OBJECTION_${answer}`,
      summary: answer === 'GRANTED' ? `${placement.agencyId} keeps the case` : `${placement.agencyId} has to return the case`,
      actor,
      effectiveOn: fact.effectiveOn,
      data: { placementId },
    },
  ]);
  const deliveryKey = `objection/${placementId}/${fact.source}/${fact.id}`;
  const lane = { caseId: theCase!.id, connectorId: placement.agencyId, lane: laneOf(theCase!, placement), laneSequence: theCase!.sequence };
  const payload = { orderDeliveryId: placement.handoffId, caseRef: theCase!.ref, answer, reason };
  await oweHandoffs(tx, [
    { deliveryKey, operation: 'answerObjection', ...lane, payload },
    ...(answer === 'REFUSED' ? [finalRecallOf(theCase!, placement, theCase!.sequence, reason, today)] : []),
  ]);
  return { caseId: theCase!.id, placementId, handoffId: handoffIdOf(deliveryKey) };
};

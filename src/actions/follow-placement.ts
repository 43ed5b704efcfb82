// What an agency's word does to the placement that it is about: it moves, its clocks are set anew, and whatever was done is kept, also what came too late.
import { plusDays } from '../domain/day.js';
import type { Fact } from '../domain/fact.js';
import { idOf } from '../domain/ids.js';
import { holdOfCloseCode, type CloseCode } from '../domain/placement/close-code.js';
import {
  isLivePlacement,
  placementRegionOf,
  placementSteps,
  type PlacementState,
  type PlacementStepName,
} from '../domain/placement/placement.js';
import { policyFor } from '../policies/index.js';
import { AgencyPlacement } from '../storage/definitions/placements.js';
import type { Tx } from '../storage/store.js';
import { changeCase, type CaseRow, type Happening } from './change-case.js';
import { endPlacement, type PlacementRow } from './end-placement.js';
import { isNews, type News } from './news.js';
import { startHold } from './place-hold.js';
import { keepStatus } from './placement-status.js';

export async function followPlacement(tx: Tx, fact: Fact, news: News, step: PlacementStepName): Promise<void> {
  const placement = await tx.em.findOne(AgencyPlacement, { handoffId: news.handoff.id });
  if (!placement) return;
  placement.partnerRef ??= news.partnerRef;
  const kept = step === 'STATUS' ? await keepStatus(tx, fact, news, placement) : [];
  const was = placement.state as PlacementState;
  const next = placementSteps[was][step];
  const moves = next && isNews(placement.partnerSequence, news.sequence);
  if (!moves && !kept.length) return;
  const told: Happening[] = [];
  if (moves) {
    if (news.sequence > placement.partnerSequence) placement.partnerSequence = news.sequence;
    move(news.theCase, placement, next, step, fact);
    told.push({
      type: `PLACEMENT_${step}`,
      summary: `${placement.agencyId}: ${step.toLowerCase().replaceAll('_', ' ')}`,
      actor: fact.source,
      effectiveOn: fact.effectiveOn,
      data: {
        placementId: placement.id,
        sequence: String(news.sequence),
        ...(placement.closeCode ? { closeCode: placement.closeCode } : {}),
      },
    });
    told.push(...learn(tx, fact, news, placement, step));
  }
  changeCase(tx, news.theCase, fact, [...told, ...kept]);
}

function move(theCase: CaseRow, placement: PlacementRow, next: PlacementState, step: PlacementStepName, fact: Fact): void {
  const today = fact.businessOn;
  if (!isLivePlacement(next)) return endPlacement(theCase, placement, next, today);
  Object.assign(placement, { state: next, version: placement.version + 1 });
  theCase.placement = placementRegionOf(next);
  if (step === 'ACKNOWLEDGED' || step === 'STATUS') {
    // Whoever works a case has taken it on, whether or not it said so before.
    placement.acknowledgedOn ??= today;
    placement.statusDueOn = plusDays(today, placement.statusEveryDays ?? policyFor(theCase.jurisdiction, today).placement.statusEveryDays);
  }
}

/** What came with the word. */
function learn(tx: Tx, fact: Fact, news: News, placement: PlacementRow, step: PlacementStepName): Happening[] {
  const { theCase, data } = news;
  if (step === 'RECALL_OBJECTED') {
    const { objectionAnswerDays } = policyFor(theCase.jurisdiction, fact.businessOn).placement;
    const promised = data['promise'] as { dueOn: string } | undefined;
    const until = plusDays(fact.businessOn, objectionAnswerDays);
    Object.assign(placement, {
      objectedOn: fact.businessOn,
      objectionReason: String(data['reason'] ?? ''),
      objectionAnswer: null,
      recallDueOn: until,
      ...(promised ? { objectionReason: `${String(data['reason'] ?? '')} (promised by ${promised.dueOn})` } : {}),
    });
  }
  if (step !== 'CLOSED') return [];
  placement.closeCode = (data['code'] as CloseCode | undefined) ?? null;
  const hold = placement.closeCode ? holdOfCloseCode[placement.closeCode as CloseCode] : undefined;
  if (!hold) return [];
  const reason = `${placement.agencyId} closed its placement: ${placement.closeCode}`;
  return [
    startHold(tx, fact, theCase, idOf('hold', fact.source, fact.id), {
      type: hold.type,
      scopes: [...hold.scopes],
      reason,
      expiresOn: null,
      actor: fact.source,
    }),
  ];
}

// What an agency's word does to the placement that it is about.
import type { Fact } from '../domain/fact.js';
import { placementRegionOf, placementSteps, type PlacementState, type PlacementStepName } from '../domain/placement/placement.js';
import { AgencyPlacement } from '../storage/definitions/placements.js';
import type { Tx } from '../storage/store.js';
import { changeCase } from './change-case.js';
import { isNews, type News } from './news.js';

export async function followPlacement(tx: Tx, fact: Fact, news: News, step: PlacementStepName): Promise<void> {
  const placement = await tx.em.findOne(AgencyPlacement, { handoffId: news.handoff.id });
  if (!placement) return;
  placement.partnerRef ??= news.partnerRef;
  const next = placementSteps[placement.state as PlacementState][step];
  if (!next || !isNews(placement.partnerSequence, news.sequence)) return;
  placement.state = next;
  placement.version++;
  if (news.sequence > placement.partnerSequence) placement.partnerSequence = news.sequence;
  news.theCase.placement = placementRegionOf(next);
  if (news.theCase.placement === 'NONE') placement.closedOn = fact.businessOn;
  changeCase(tx, news.theCase, fact, [
    {
      type: `PLACEMENT_${step}`,
      summary: `${placement.agencyId}: ${step.toLowerCase().replaceAll('_', ' ')}`,
      actor: fact.source,
      effectiveOn: fact.effectiveOn,
      data: { placementId: placement.id, sequence: String(news.sequence) },
    },
  ]);
}

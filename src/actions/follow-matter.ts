// What a law firm's word does to the matter that it is about: the state table decides, and a step that it does not allow is kept and not applied.
import type { Fact } from '../domain/fact.js';
import { idOf } from '../domain/ids.js';
import { legalRegionOf, matterSteps, type MatterState, type MatterStepName } from '../domain/legal/matter.js';
import { LegalMatter, MatterStep } from '../storage/definitions/matters.js';
import type { Tx } from '../storage/store.js';
import { changeCase } from './change-case.js';
import { isNews, type News } from './news.js';

export async function followMatter(tx: Tx, fact: Fact, news: News, step: MatterStepName): Promise<void> {
  const matter = await tx.em.findOne(LegalMatter, { handoffId: news.handoff.id });
  if (!matter) return;
  const next = matterSteps[matter.state as MatterState][step];
  // The table only goes forward, so a step that moves the matter is right whenever it comes; one that leaves it where it is counts only as the newest.
  const fresh = step === 'PRESERVATION_GRANTED' ? matter.preservation === 'NONE' : isNews(matter.partnerSequence, news.sequence);
  const applied = next !== undefined && (next !== matter.state || fresh);
  tx.em.create(MatterStep, {
    id: idOf('step', matter.id, step, fact.source, fact.id),
    matterId: matter.id,
    step,
    partnerSequence: news.sequence,
    occurredAt: news.occurredAt,
    recordedAt: fact.recordedAt!,
    applied,
    data: news.data,
  });
  matter.partnerRef ??= news.partnerRef;
  if (typeof news.data['courtRef'] === 'string') matter.courtRef ??= news.data['courtRef'];
  const tell = (type: string, summary: string): void =>
    changeCase(tx, news.theCase, fact, [
      {
        type,
        summary: `${matter.lawFirmId}: ${summary}`,
        actor: fact.source,
        effectiveOn: fact.effectiveOn,
        data: { matterId: matter.id, sequence: String(news.sequence) },
      },
    ]);
  const words = step.toLowerCase().replaceAll('_', ' ');
  if (!applied) return tell('MATTER_NEWS_LATE', `${words} came too late to move the matter`);
  matter.state = next;
  matter.version++;
  if (step === 'PRESERVATION_GRANTED') matter.preservation = news.theCase.preservation = 'GRANTED';
  if (news.sequence > matter.partnerSequence) matter.partnerSequence = news.sequence;
  const hearing = Date.parse(String(news.data['at'] ?? ''));
  if (step === 'HEARING_SCHEDULED' && !Number.isNaN(hearing)) matter.nextHearingAt = new Date(hearing);
  if (next === 'CLOSED' || next === 'REFUSED') {
    matter.closedOn = fact.businessOn;
    news.theCase.preservation = 'NONE';
  }
  const region = legalRegionOf(next);
  news.theCase.legal = region === 'NONE' && news.theCase.legalEligible ? 'PRE_LEGAL' : region;
  tell(`MATTER_${step}`, words);
}

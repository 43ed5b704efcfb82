// What a partner's word does to the matter, placement, sale or message that it is about: the state table decides, and a step that it does not allow is kept and not applied.
import type { Fact } from '../domain/fact.js';
import { idOf } from '../domain/ids.js';
import { legalRegionOf, matterSteps, type MatterState, type MatterStepName } from '../domain/legal/matter.js';
import { placementRegionOf, placementSteps, type PlacementState, type PlacementStepName } from '../domain/placement/placement.js';
import { ownershipOf, saleSteps, type SaleState, type SaleStepName } from '../domain/sale/sale.js';
import { casesById, type CaseRow } from '../storage/cases.js';
import {
  AgencyPlacement,
  Communication,
  type Handoff,
  LegalMatter,
  MatterStep,
  PortfolioSale,
  SoldCase,
} from '../storage/definitions/partners.js';
import type { InferEntity, Tx } from '../storage/store.js';
import { changeCase } from './change-case.js';

export interface News {
  handoff: InferEntity<typeof Handoff>;
  theCase: CaseRow;
  partnerRef: string | null;
  /** The partner's own order; 0 for its immediate answer. */
  sequence: bigint;
  occurredAt: Date;
  data: Record<string, unknown>;
}

/** Orders of a kind: an older one may be told again, and a newer one may have been told before. */
const isNews = (known: bigint, told: bigint): boolean => told === 0n || told > known;

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

export async function followSale(tx: Tx, fact: Fact, news: News, step: SaleStepName): Promise<void> {
  const sale = await tx.em.findOne(PortfolioSale, { handoffId: news.handoff.id });
  if (!sale) return;
  sale.partnerRef ??= news.partnerRef;
  const next = saleSteps[sale.state as SaleState][step];
  if (!next || !isNews(sale.partnerSequence, news.sequence)) return;
  sale.state = next;
  sale.version++;
  if (news.sequence > sale.partnerSequence) sale.partnerSequence = news.sequence;
  const sold = await tx.em.find(SoldCase, { saleId: sale.id });
  for (const theCase of await casesById(
    tx,
    sold.map(({ caseId }) => caseId),
  )) {
    theCase.ownership = ownershipOf(next);
    changeCase(tx, theCase, fact, [
      {
        type: `SALE_${step}`,
        summary: `${sale.buyerId}: ${step.toLowerCase()}`,
        actor: fact.source,
        effectiveOn: fact.effectiveOn,
        data: { saleId: sale.id },
      },
    ]);
  }
}

export async function followMessage(tx: Tx, fact: Fact, news: News, state: 'SENT' | 'DELIVERED' | 'FAILED'): Promise<void> {
  const message = await tx.em.findOne(Communication, { handoffId: news.handoff.id });
  if (!message || !isNews(message.partnerSequence, news.sequence) || (state === 'SENT' && message.state !== 'OWED')) return;
  message.state = state;
  if (news.sequence > message.partnerSequence) message.partnerSequence = news.sequence;
  changeCase(tx, news.theCase, fact, [
    {
      type: `${message.type}_${state}`,
      summary: `${message.type === 'REMINDER' ? 'Reminder' : 'Notice'} ${state.toLowerCase()}`,
      actor: fact.source,
      effectiveOn: fact.effectiveOn,
      data: { messageId: message.id },
    },
  ]);
}

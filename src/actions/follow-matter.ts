// What a law firm's word does to the matter that it is about: it is kept, and the matter is worked out anew from all that is known in the firm's own order.
import type { Fact } from '../domain/fact.js';
import { idOf } from '../domain/ids.js';
import type { MatterStepName } from '../domain/legal/matter.js';
import { textOf } from '../domain/legal/standing.js';
import { EvidenceCustody, MatterPayment } from '../storage/definitions/legal.js';
import { EvidenceItem, LegalMatter, MatterStep } from '../storage/definitions/matters.js';
import type { Tx } from '../storage/store.js';
import { changeCase } from './change-case.js';
import { foldMatter, type MatterRow } from './fold-matter.js';
import type { News } from './news.js';

export async function followMatter(tx: Tx, fact: Fact, news: News, step: MatterStepName): Promise<void> {
  const matter = await tx.em.findOne(LegalMatter, { handoffId: news.handoff.id });
  if (!matter) return;
  const steps = await tx.em.find(MatterStep, { matterId: matter.id });
  const told = tx.em.create(MatterStep, {
    id: idOf('step', matter.id, step, fact.source, fact.id),
    matterId: matter.id,
    step,
    partnerSequence: news.sequence,
    occurredAt: news.occurredAt,
    recordedAt: fact.recordedAt!,
    applied: false,
    data: news.data,
  });
  const isFirst = matter.partnerRef == null;
  matter.partnerRef ??= news.partnerRef;
  matter.courtRef ??= textOf(news.data, 'courtRef') ?? textOf(news.data, 'docket');
  told.applied = (await foldMatter(tx, fact, news.theCase, matter, [...steps, told])) || (isFirst && step === 'ACCEPTED');
  if (news.sequence > matter.partnerSequence) matter.partnerSequence = news.sequence;
  if (step === 'ACCEPTED') await handOver(tx, fact, matter, news);
  const words = step.toLowerCase().replaceAll('_', ' ');
  if (told.applied) matter.version++;
  changeCase(tx, news.theCase, fact, [
    {
      type: told.applied ? `MATTER_${step}` : 'MATTER_NEWS_LATE',
      summary: `${matter.lawFirmId}: ${told.applied ? words : `${words} came too late to move the matter`}`,
      actor: fact.source,
      effectiveOn: fact.effectiveOn,
      data: { matterId: matter.id, sequence: String(news.sequence) },
    },
  ]);
}

/** Keeps once who has the evidence; the same event of the same bytes is no news. */
export async function keepCustody(tx: Tx, matter: MatterRow, event: string, custodian: string, at: Date, sha256: string): Promise<void> {
  const id = idOf('custody', matter.id, event, sha256);
  if (await tx.em.findOne(EvidenceCustody, { id })) return;
  tx.em.create(EvidenceCustody, { id, matterId: matter.id, event, custodian, at, sha256 });
}

/** The firm has the bundle as it was frozen, or says by its own sum that it is another. */
async function handOver(tx: Tx, fact: Fact, matter: MatterRow, { data, occurredAt }: News): Promise<void> {
  const { manifestSha256 } = matter;
  if (!manifestSha256) return;
  await keepCustody(tx, matter, 'HANDED_OVER', matter.lawFirmId, fact.recordedAt!, manifestSha256);
  const received = textOf(data, 'manifestSha256');
  if (received) await keepCustody(tx, matter, received === manifestSha256 ? 'RECEIVED' : 'DIFFERS', matter.lawFirmId, occurredAt, received);
}

/** The firm took the claim with its evidence. */
export async function followClaimAnswer(tx: Tx, fact: Fact, { handoff }: News): Promise<void> {
  const matter = await tx.em.findOne(LegalMatter, { handoffId: handoff.id });
  if (matter?.manifestSha256) await keepCustody(tx, matter, 'HANDED_OVER', matter.lawFirmId, fact.recordedAt!, matter.manifestSha256);
}

/** The firm took one more document. */
export async function followEvidenceAnswer(tx: Tx, fact: Fact, { handoff }: News): Promise<void> {
  const item = await tx.em.findOne(EvidenceItem, { handoffId: handoff.id });
  const matter = item && (await tx.em.findOne(LegalMatter, { id: item.matterId }));
  if (matter) await keepCustody(tx, matter, 'HANDED_OVER', matter.lawFirmId, fact.recordedAt!, item.sha256);
}

/** The firm knows of a payment. */
export async function followPaymentAnswer(tx: Tx, fact: Fact, { handoff }: News): Promise<void> {
  const told = await tx.em.findOne(MatterPayment, { handoffId: handoff.id });
  if (told) told.acknowledgedOn ??= fact.businessOn;
}

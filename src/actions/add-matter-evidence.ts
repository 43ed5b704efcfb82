// Sends one more document to the law firm of a live matter: frozen as it is, with its hash, and with an entry in the chain of custody.
import type { Fact } from '../domain/fact.js';
import { idOf, sha256 } from '../domain/ids.js';
import { isLiveMatter, type MatterState } from '../domain/legal/matter.js';
import type { DocumentKind } from '../domain/legal/rules.js';
import { casesById } from '../storage/cases.js';
import { EvidenceItem, LegalMatter } from '../storage/definitions/matters.js';
import { handoffIdOf, oweHandoffs } from '../storage/handoffs.js';
import type { Store } from '../storage/store.js';
import type { Applier } from './applier.js';
import { changeCase } from './change-case.js';
import { keepCustody } from './follow-matter.js';
import { judge } from './guard-case.js';
import { answerOnce, type CaseRequest, type Outcome } from './request.js';

export interface DocumentInput {
  matterId: string;
  kind: DocumentKind;
  name: string;
  mediaType: string;
  /** base64 */
  content: string;
}

export const mostDocumentBytes = 5_000_000;

interface Added extends Record<string, unknown> {
  matterId: string;
  kind: string;
  name: string;
  mediaType: string;
  content: string;
  actor: string;
}

export function addMatterEvidence(store: Store, request: CaseRequest & DocumentInput): Promise<Outcome> {
  const { matterId, kind, name, mediaType, content } = request;
  return answerOnce<Added>(
    store,
    'addMatterEvidence',
    request,
    { matterId, kind, name, mediaType, sha256: sha256(content) },
    async (tx, theCase, today) => {
      const matter = await tx.em.findOne(LegalMatter, { id: matterId, caseId: theCase.id });
      if (!matter) return { refused: [{ code: 'NOT_FOUND', message: 'The case has no such matter', path: ['input', 'matterId'] }] };
      const { refused, decided } = await judge(tx, 'ADD_MATTER_EVIDENCE', theCase, today);
      if (!isLiveMatter(matter.state as MatterState))
        refused.push({ code: 'GUARD_REJECTED', ruleId: 'live-matter', message: 'The matter has ended' });
      const refuse = (message: string) => refused.push({ code: 'INVALID_INPUT', message, path: ['input', 'content'] });
      const bytes = Buffer.from(content, 'base64');
      if (!bytes.length || bytes.toString('base64') !== content) refuse('The content must be base64, and not empty');
      if (bytes.length > mostDocumentBytes) refuse(`A document may have ${mostDocumentBytes} bytes`);
      if (await tx.em.findOne(EvidenceItem, { matterId, name }))
        refused.push({ code: 'INVALID_INPUT', message: 'The matter has a document of this name', path: ['input', 'name'] });
      return decided({ type: 'MatterEvidenceAdded', data: { matterId, kind, name, mediaType, content, actor: request.actor.user } });
    },
    applyEvidenceAdded,
  );
}

export const applyEvidenceAdded: Applier = async (tx, fact: Fact<string, Added>) => {
  const [theCase] = await casesById(tx, [fact.aggregateId]);
  const { matterId, kind, name, mediaType, content, actor } = fact.data;
  const matter = await tx.em.findOneOrFail(LegalMatter, { id: matterId });
  const bytes = Buffer.from(content, 'base64');
  const sum = sha256(bytes);
  const deliveryKey = `evidence/${matterId}/${fact.source}/${fact.id}`;
  const handoffId = handoffIdOf(deliveryKey);
  const ordinal = await tx.em.count(EvidenceItem, { matterId });
  const evidenceId = idOf('evidence', matterId, ordinal);
  tx.em.create(EvidenceItem, {
    id: evidenceId,
    matterId,
    ordinal,
    name,
    mediaType,
    sha256: sum,
    bytes: bytes.length,
    content,
    kind,
    handoffId,
    frozenAt: fact.recordedAt!,
  });
  await keepCustody(tx, matter, 'ADDED', actor, fact.recordedAt!, sum);
  changeCase(tx, theCase!, fact, [
    {
      type: 'MATTER_EVIDENCE_ADDED',
      summary: `${matter.lawFirmId} is sent one more document: ${kind.toLowerCase().replaceAll('_', ' ')}`,
      actor,
      effectiveOn: fact.effectiveOn,
      data: { matterId, evidenceId, handoffId, sha256: sum },
    },
  ]);
  await oweHandoffs(tx, [
    {
      deliveryKey,
      caseId: theCase!.id,
      connectorId: matter.lawFirmId,
      operation: 'addEvidence',
      lane: `${theCase!.id}/${matter.lawFirmId}`,
      laneSequence: theCase!.sequence,
      payload: { orderDeliveryId: matter.handoffId, caseRef: theCase!.ref, kind, document: { name, mediaType, sha256: sum, content } },
    },
  ]);
  return { caseId: theCase!.id, matterId, evidenceId, handoffId };
};

// Hands a case to a law firm: guards, an evidence bundle that is frozen, the order owed, and the matter that it begins.
import { daysBetween, plusBusinessDays } from '../domain/day.js';
import type { Fact } from '../domain/fact.js';
import { idOf, sha256 } from '../domain/ids.js';
import { isLiveMatter, matterSteps, type MatterState } from '../domain/legal/matter.js';
import { policyFor } from '../policies/index.js';
import { casesById } from '../storage/cases.js';
import { claimOf, debtorOf, loansOf } from '../storage/claims.js';
import { Connector } from '../storage/definitions/handoffs.js';
import { EvidenceItem, LegalMatter, MatterStep } from '../storage/definitions/matters.js';
import { handoffIdOf, oweHandoffs } from '../storage/handoffs.js';
import { firstEndOf } from '../storage/legal-situation.js';
import type { Store } from '../storage/store.js';
import type { Applier } from './applier.js';
import { buildEvidence, kindOf, manifestOf } from './build-evidence.js';
import { changeCase } from './change-case.js';
import { keepCustody } from './follow-matter.js';
import { foldMatter } from './fold-matter.js';
import { judge, notAConnector } from './guard-case.js';
import { beginLimitations } from './limitation.js';
import { answerOnce, type CaseRequest, type Outcome, type Refusal } from './request.js';

export function instructLawFirm(
  store: Store,
  request: CaseRequest & { lawFirmId: string; instructions?: string | null },
): Promise<Outcome> {
  const data = { lawFirmId: request.lawFirmId, instructions: request.instructions ?? null, actor: request.actor.user };
  return answerOnce(
    store,
    'instructLawFirm',
    request,
    data,
    async (tx, theCase, today) => {
      const { refused, decided } = await judge(tx, 'INSTRUCT_LAW_FIRM', theCase, today);
      const firm = await tx.em.findOne(Connector, { connectorId: request.lawFirmId, kind: 'LAW_FIRM' });
      if (!firm) refused.push({ ...notAConnector(request.lawFirmId, 'LAW_FIRM'), path: ['input', 'lawFirmId'] } as never);
      return decided({ type: 'LawFirmInstructed', data });
    },
    applyLawFirmInstructed,
  );
}

export const applyLawFirmInstructed: Applier = async (
  tx,
  fact: Fact<string, { lawFirmId: string; instructions: string | null; actor: string }>,
) => {
  const [theCase] = await casesById(tx, [fact.aggregateId]);
  const { lawFirmId, instructions, actor } = fact.data;
  const today = fact.businessOn;
  const policy = policyFor(theCase!.jurisdiction, today);
  const loans = await loansOf(tx, theCase!.id);
  const evidence = await buildEvidence(tx, theCase!.id, loans);
  const deliveryKey = `claim/${theCase!.id}/${fact.source}/${fact.id}`;
  const handoffId = handoffIdOf(deliveryKey);
  const matterId = idOf('matter', deliveryKey);
  const manifestSha256 = sha256(manifestOf(evidence));
  const [currency] = new Set(loans.map((loan) => loan.currency!));
  const isOneSum = loans.every((loan) => loan.currency === currency);
  const sum = isOneSum ? loans.reduce((total, loan) => total + loan.outstandingMinor, 0n) : null;
  const matter = tx.em.create(LegalMatter, {
    id: matterId,
    caseId: theCase!.id,
    lawFirmId,
    handoffId,
    state: 'INSTRUCTED',
    preservation: 'NONE',
    instructedOn: today,
    acknowledgeBy: plusBusinessDays(today, policy.pursuit.acknowledgeWithinBusinessDays, policy.calendar),
    partnerSequence: 0n,
    version: 1,
    currency: isOneSum ? (currency ?? null) : null,
    instructedMinor: sum,
    claimedMinor: sum,
    remainingMinor: sum,
    manifestSha256,
  });
  evidence.forEach(({ content, ...each }, ordinal) =>
    tx.em.create(EvidenceItem, {
      id: idOf('evidence', matterId, ordinal),
      matterId,
      ordinal,
      ...each,
      bytes: Buffer.from(content, 'base64').length,
      content,
      kind: kindOf[each.name]!,
      handoffId,
      frozenAt: fact.recordedAt!,
    }),
  );
  await tx.em.flush();
  for (const event of ['BUILT', 'FROZEN']) await keepCustody(tx, matter, event, actor, fact.recordedAt!, manifestSha256);
  await beginLimitations(tx, new Map([[theCase!, theCase!.overdueSince ?? today]]), today);
  theCase!.legal = 'INSTRUCTED';
  changeCase(tx, theCase!, fact, [
    {
      type: 'LAW_FIRM_INSTRUCTED',
      summary: `${lawFirmId} is instructed with ${evidence.length} documents`,
      actor,
      effectiveOn: fact.effectiveOn,
      data: { matterId, handoffId, lawFirmId },
    },
  ]);
  await oweHandoffs(tx, [
    {
      deliveryKey,
      deadlineOn: await firstEndOf(tx, theCase!.id, ['LIMITATION', 'FILING_AFTER_PRESERVATION']),
      caseId: theCase!.id,
      connectorId: lawFirmId,
      operation: 'placeClaim',
      lane: `${theCase!.id}/${lawFirmId}`,
      laneSequence: theCase!.sequence,
      payload: {
        caseRef: theCase!.ref,
        jurisdiction: theCase!.jurisdiction,
        debtor: await debtorOf(tx, theCase!),
        claim: loans.map((loan) => claimOf(loan, today, loan.overdueSince ? daysBetween(loan.overdueSince, today) : 0)),
        evidence,
        manifestSha256,
        ...(instructions ? { instructions } : {}),
      },
    },
  ]);
  return { caseId: theCase!.id, matterId, handoffId };
};

export function withdrawMatter(store: Store, request: CaseRequest & { matterId: string; reason: string }): Promise<Outcome> {
  const data = { matterId: request.matterId, reason: request.reason, actor: request.actor.user };
  return answerOnce(
    store,
    'withdrawMatter',
    request,
    data,
    async (tx, theCase, today) => {
      const matter = await tx.em.findOne(LegalMatter, { id: request.matterId, caseId: theCase.id });
      if (!matter) return { refused: [{ code: 'NOT_FOUND', message: 'The case has no such matter', path: ['input', 'matterId'] }] };
      const state = matter.state as MatterState;
      const message = isLiveMatter(state) ? 'The withdrawal was asked for before' : 'The matter has ended';
      const live = matterSteps[state].WITHDRAWAL_REQUESTED;
      const stands: Refusal[] = live ? [] : [{ code: 'GUARD_REJECTED', ruleId: 'live-matter', message }];
      return (await judge(tx, 'WITHDRAW_MATTER', theCase, today, stands)).decided({ type: 'MatterWithdrawalRequested', data });
    },
    applyMatterWithdrawal,
  );
}

export const applyMatterWithdrawal: Applier = async (tx, fact: Fact<string, { matterId: string; reason: string; actor: string }>) => {
  const [theCase] = await casesById(tx, [fact.aggregateId]);
  const { matterId, reason, actor } = fact.data;
  const matter = await tx.em.findOneOrFail(LegalMatter, { id: matterId });
  const steps = await tx.em.find(MatterStep, { matterId });
  const asked = tx.em.create(MatterStep, {
    id: idOf('step', matterId, 'WITHDRAWAL_REQUESTED', fact.source, fact.id),
    matterId,
    step: 'WITHDRAWAL_REQUESTED',
    // After all that the firm had told by then.
    partnerSequence: matter.partnerSequence,
    occurredAt: fact.occurredAt,
    recordedAt: fact.recordedAt!,
    applied: true,
    data: {},
  });
  await foldMatter(tx, fact, theCase!, matter, [...steps, asked]);
  matter.version++;
  const deliveryKey = `withdrawal/${matterId}/${fact.source}/${fact.id}`;
  changeCase(tx, theCase!, fact, [
    {
      type: 'MATTER_WITHDRAWAL_REQUESTED',
      summary: `${matter.lawFirmId} is asked to withdraw`,
      actor,
      effectiveOn: fact.effectiveOn,
      data: { matterId },
    },
  ]);
  await oweHandoffs(tx, [
    {
      deliveryKey,
      caseId: theCase!.id,
      connectorId: matter.lawFirmId,
      operation: 'withdrawClaim',
      lane: `${theCase!.id}/${matter.lawFirmId}`,
      laneSequence: theCase!.sequence,
      payload: { orderDeliveryId: matter.handoffId, caseRef: theCase!.ref, reason },
    },
  ]);
  return { caseId: theCase!.id, matterId, handoffId: handoffIdOf(deliveryKey) };
};

// Tells the law firm of a live matter what to do next: to file, to preserve, to settle, to appeal, to enforce. A suit is approved by all its guards.
import type { Fact } from '../domain/fact.js';
import { idOf } from '../domain/ids.js';
import { mayInstruct, statutoryFor, type InstructionKind } from '../domain/legal/instruction.js';
import type { MatterState } from '../domain/legal/matter.js';
import { decimalToMinor, minorToDecimal } from '../domain/money.js';
import { casesById } from '../storage/cases.js';
import { MatterInstruction } from '../storage/definitions/legal.js';
import { LegalMatter } from '../storage/definitions/matters.js';
import { handoffIdOf, oweHandoffs } from '../storage/handoffs.js';
import { firstEndOf } from '../storage/legal-situation.js';
import type { Store } from '../storage/store.js';
import type { Applier } from './applier.js';
import { changeCase } from './change-case.js';
import { judge } from './guard-case.js';
import { answerOnce, type CaseRequest, type Outcome } from './request.js';

export interface InstructionInput {
  matterId: string;
  approve: InstructionKind;
  note?: string | null;
  /** Of a settlement. */
  amount?: { amount: string; currency: string } | null;
}

interface Instructed extends Record<string, unknown> {
  matterId: string;
  approve: InstructionKind;
  note: string | null;
  currency: string | null;
  amountMinor: string | null;
  actor: string;
}

const actionOf = (kind: InstructionKind) =>
  kind === 'FILING'
    ? ('APPROVE_FILING' as const)
    : kind === 'SETTLEMENT' || kind === 'PRESERVATION_RENEWAL'
      ? ('CONTINUE_MATTER' as const)
      : ('INSTRUCT_MATTER' as const);

export function instructMatter(store: Store, request: CaseRequest & InstructionInput): Promise<Outcome> {
  const { matterId, approve, note = null, amount = null } = request;
  return answerOnce<Instructed>(
    store,
    'instructMatter',
    request,
    { matterId, approve, note, amount },
    async (tx, theCase, today) => {
      const matter = await tx.em.findOne(LegalMatter, { id: matterId, caseId: theCase.id });
      if (!matter) return { refused: [{ code: 'NOT_FOUND', message: 'The case has no such matter', path: ['input', 'matterId'] }] };
      const { refused, decided } = await judge(tx, actionOf(approve), theCase, today);
      if (!mayInstruct(approve, matter.state as MatterState))
        refused.push({
          code: 'GUARD_REJECTED',
          ruleId: 'matter-stands-for-it',
          message: `A matter that is ${matter.state} does not take ${approve.toLowerCase().replaceAll('_', ' ')}`,
        });
      const minor = amount && decimalToMinor(amount.amount, amount.currency);
      if (amount && (minor === null || minor <= 0n))
        refused.push({
          code: 'INVALID_INPUT',
          message: `The amount must be above zero, with the decimals of ${amount.currency}`,
          path: ['input', 'amount'],
        });
      if (amount && approve !== 'SETTLEMENT')
        refused.push({ code: 'INVALID_INPUT', message: 'Only a settlement has an amount', path: ['input', 'amount'] });
      const amountMinor = minor === null ? null : String(minor);
      const data = { matterId, approve, note, currency: amount?.currency ?? null, amountMinor, actor: request.actor.user };
      return decided({ type: 'MatterInstructed', data });
    },
    applyMatterInstructed,
  );
}

export const applyMatterInstructed: Applier = async (tx, fact: Fact<string, Instructed>) => {
  const [theCase] = await casesById(tx, [fact.aggregateId]);
  const { matterId, approve, note, currency, amountMinor, actor } = fact.data;
  const matter = await tx.em.findOneOrFail(LegalMatter, { id: matterId });
  const deliveryKey = `instruction/${matterId}/${fact.source}/${fact.id}`;
  const handoffId = handoffIdOf(deliveryKey);
  const instructionId = idOf('instruction', deliveryKey);
  const minor = amountMinor === null ? null : BigInt(amountMinor);
  tx.em.create(MatterInstruction, {
    id: instructionId,
    matterId,
    handoffId,
    kind: approve,
    note,
    currency,
    amountMinor: minor,
    instructedOn: fact.businessOn,
    instructedBy: actor,
  });
  changeCase(tx, theCase!, fact, [
    {
      type: 'MATTER_INSTRUCTED',
      summary: `${matter.lawFirmId} is told to go on: ${approve.toLowerCase().replaceAll('_', ' ')}`,
      actor,
      effectiveOn: fact.effectiveOn,
      data: { matterId, instructionId, handoffId, approve },
    },
  ]);
  await oweHandoffs(tx, [
    {
      deliveryKey,
      deadlineOn: await firstEndOf(tx, theCase!.id, statutoryFor[approve] ?? []),
      caseId: theCase!.id,
      connectorId: matter.lawFirmId,
      operation: 'instruct',
      lane: `${theCase!.id}/${matter.lawFirmId}`,
      laneSequence: theCase!.sequence,
      payload: {
        orderDeliveryId: matter.handoffId,
        caseRef: theCase!.ref,
        approve,
        instructedOn: fact.businessOn,
        ...(note ? { note } : {}),
        ...(minor === null ? {} : { amount: { amount: minorToDecimal(minor, currency!), currency } }),
      },
    },
  ]);
  return { caseId: theCase!.id, matterId, instructionId, handoffId };
};

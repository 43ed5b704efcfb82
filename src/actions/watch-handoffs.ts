// Raises, once each, that a hand-over waits for too long, and that a statutory deadline is near while its partner does not have it.
import type { Fact } from '../domain/fact.js';
import { daysBetween } from '../domain/day.js';
import { casesById } from '../storage/cases.js';
import { Handoff } from '../storage/definitions/handoffs.js';
import { logFacts } from '../storage/facts.js';
import { lateHandoffs, type LateHandoff } from '../storage/handoffs.js';
import type { Store } from '../storage/store.js';
import type { Applier } from './applier.js';
import { changeCase } from './change-case.js';

export interface AlarmLimits {
  /** Age of a waiting hand-over at which it is raised. */
  ageMs: number;
  /** Calendar days before a deadline from which what is not delivered is raised. */
  deadlineDays: number;
}

export interface Alarm extends LateHandoff {
  is: 'AGED' | 'ESCALATED';
}

/** @returns what was raised now, the most urgent first */
export async function watchHandoffs(store: Store, limits: AlarmLimits): Promise<Alarm[]> {
  const found = await store.transaction((tx) => lateHandoffs(tx, limits.ageMs, limits.deadlineDays));
  const raised: Alarm[] = [];
  for (const late of found) if (await raise(store, late, limits)) raised.push({ ...late, is: late.is });
  return raised;
}

/** What was delivered meanwhile is not raised any more. */
async function raise(store: Store, { id, caseId, is }: LateHandoff, { ageMs, deadlineDays }: AlarmLimits): Promise<boolean> {
  return store.transaction(async (tx) => {
    const [theCase] = await casesById(tx, [caseId]); // before the fact is logged, so that the log has a case's facts in the order in which they were applied
    const [late] = await lateHandoffs(tx, ageMs, deadlineDays, id, is);
    if (!theCase || !late) return false;
    const fact: Fact<string, Record<string, unknown>> = {
      source: 'casegraph/delivery',
      id: `${is.toLowerCase()}/${id}`,
      type: is === 'AGED' ? 'HandoffAged' : 'HandoffEscalated',
      tenant: theCase.tenant,
      aggregateId: caseId,
      sequence: 0n,
      effectiveOn: late.businessOn,
      businessOn: late.businessOn,
      occurredAt: new Date(),
      data: {
        handoffId: id,
        ...(is === 'AGED' ? { minutes: Math.round(ageMs / 60_000) } : { daysLeft: daysBetween(late.businessOn, late.deadlineOn!) }),
      },
    };
    if (!(await logFacts(tx, [fact])).length) return false;
    await (is === 'AGED' ? applyAged : applyEscalated)(tx, fact);
    return true;
  });
}

export const applyAged: Applier = async (tx, fact: Fact<string, { handoffId: string; minutes: number }>) => {
  const [theCase] = await casesById(tx, [fact.aggregateId]);
  const handoff = await tx.em.findOneOrFail(Handoff, { id: fact.data.handoffId });
  handoff.ageAlarmAt = fact.recordedAt!;
  changeCase(tx, theCase!, fact, [
    {
      type: 'HANDOFF_AGED',
      summary: `${handoff.connectorId}: ${handoff.operation} waits for more than ${fact.data.minutes} minutes`,
      actor: fact.source,
      effectiveOn: fact.effectiveOn,
      data: { handoffId: handoff.id, operation: handoff.operation },
    },
  ]);
  return { handoffId: handoff.id };
};

export const applyEscalated: Applier = async (tx, fact: Fact<string, { handoffId: string; daysLeft: number }>) => {
  const [theCase] = await casesById(tx, [fact.aggregateId]);
  const handoff = await tx.em.findOneOrFail(Handoff, { id: fact.data.handoffId });
  const { daysLeft } = fact.data;
  handoff.escalatedAt = fact.recordedAt!;
  const left = daysLeft < 0 ? `was due ${-daysLeft} days ago` : daysLeft === 0 ? 'is due today' : `is due in ${daysLeft} days`;
  changeCase(tx, theCase!, fact, [
    {
      type: 'HANDOFF_ESCALATED',
      summary: `${handoff.connectorId} does not have ${handoff.operation}, which ${left}: a person has to see to it`,
      actor: fact.source,
      effectiveOn: fact.effectiveOn,
      data: { handoffId: handoff.id, operation: handoff.operation, deadlineOn: handoff.deadlineOn },
    },
  ]);
  return { handoffId: handoff.id };
};

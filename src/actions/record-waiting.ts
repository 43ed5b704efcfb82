// Puts on record, once, that a hand-over waits for its partner's circuit.
import type { Fact } from '../domain/fact.js';
import { casesById } from '../storage/cases.js';
import { Handoff } from '../storage/definitions/handoffs.js';
import { logFacts } from '../storage/facts.js';
import type { Lease } from '../storage/outbox.js';
import type { Store } from '../storage/store.js';
import type { Applier } from './applier.js';
import { changeCase } from './change-case.js';

export async function recordWaiting(store: Store, lease: Lease): Promise<void> {
  await store.transaction(async (tx) => {
    await casesById(tx, [lease.caseId]); // before the fact is logged, so that the log has a case's facts in the order in which they were applied
    const [known] = await tx.query<{ tenant: string; business_date: string }>(
      'select tenant, business_date(tenant)::text from recovery_case where id = $1',
      [lease.caseId],
    );
    const fact: Fact<string, { handoffId: string }> = {
      source: 'casegraph/delivery',
      id: `waiting/${lease.id}`,
      type: 'HandoffWaits',
      tenant: known!.tenant,
      aggregateId: lease.caseId,
      sequence: 0n,
      effectiveOn: known!.business_date,
      businessOn: known!.business_date,
      occurredAt: new Date(),
      data: { handoffId: lease.id },
    };
    if ((await logFacts(tx, [fact])).length) await applyWaiting(tx, fact);
  });
}

export const applyWaiting: Applier = async (tx, fact: Fact<string, { handoffId: string }>) => {
  const [theCase] = await casesById(tx, [fact.aggregateId]);
  const handoff = await tx.em.findOneOrFail(Handoff, { id: fact.data.handoffId });
  changeCase(tx, theCase!, fact, [
    {
      type: 'HANDOFF_WAITING',
      summary: `${handoff.connectorId} cannot be reached: ${handoff.operation} waits for its circuit to close`,
      actor: fact.source,
      effectiveOn: fact.effectiveOn,
      data: { handoffId: handoff.id },
    },
  ]);
  return { handoffId: handoff.id };
};

// Lifts the holds whose last day has passed.
import type { Fact } from '../domain/fact.js';
import { casesById } from '../storage/cases.js';
import type { Tx } from '../storage/store.js';
import { changeCase } from './change-case.js';

export async function releaseExpiredHolds(tx: Tx, fact: Fact): Promise<void> {
  const expired = await tx.query<{ id: string; case_id: string; type: string }>(
    `update hold h set released_at = $2, released_by = 'casegraph/clock' from recovery_case c
     where c.id = h.case_id and c.tenant = $3 and h.released_at is null and h.expires_on < $1::date returning h.id, h.case_id, h.type`,
    [fact.businessOn, fact.recordedAt, fact.tenant],
  );
  const cases = new Map(
    (
      await casesById(
        tx,
        expired.map((row) => row.case_id),
      )
    ).map((each) => [each.id, each]),
  );
  for (const { id, case_id, type } of expired)
    changeCase(tx, cases.get(case_id)!, fact, [
      { type: 'HOLD_EXPIRED', summary: `Hold ${type} has expired`, actor: fact.source, effectiveOn: fact.businessOn, data: { holdId: id } },
    ]);
}

// The timeline of a case as its listeners read it, and whether a caller may see the case at all.
import type { Caller } from './reader/shape.js';
import type { Store } from './store.js';

export interface EntryRef {
  id: string;
  caseId: string;
  sequence: string;
  type: string;
  causeId: string;
}

const entry = `e.id, e.case_id as "caseId", e.sequence::text as sequence, e.type, e.cause_id as "causeId"`;

/** In order; at most 500 at once. */
export function entriesAfter(store: Store, caseId: string, sequence: string): Promise<EntryRef[]> {
  return store.alone<EntryRef>(
    `select ${entry} from timeline_entry e where e.case_id = $1 and e.sequence > $2::bigint order by e.sequence limit 500`,
    [caseId, sequence],
  );
}

/** Of many cases, each from its own sequence on, in the order of each. */
export function entriesFrom(store: Store, cases: ReadonlyMap<string, bigint>): Promise<EntryRef[]> {
  return store.alone<EntryRef>(
    `select ${entry} from unnest($1::text[], $2::bigint[]) w(case_id, first) join timeline_entry e on e.case_id = w.case_id and e.sequence >= w.first order by e.sequence`,
    [[...cases.keys()], [...cases.values()].map(String)],
  );
}

/** The case's present sequence; null when the caller may not see it, or there is no such case. */
export async function visibleSequence(store: Store, caller: Caller, caseId: string): Promise<string | null> {
  return (await visibleSequences(store, caller, [caseId])).get(caseId) ?? null;
}

/** Of those cases that the caller may see. */
export async function visibleSequences(store: Store, caller: Caller, caseIds: readonly string[]): Promise<Map<string, string>> {
  const values: unknown[] = [caseIds];
  const rows = caller.profile.rows['recovery_case']?.('c', (read) => `$${values.push(read({ variables: {}, caller }))}`) ?? 'true';
  const found = await store.alone<{ id: string; sequence: string }>(
    `select c.id, c.sequence::text as sequence from recovery_case c where c.id = any($1) and ${rows}`,
    values,
  );
  return new Map(found.map(({ id, sequence }) => [id, sequence]));
}

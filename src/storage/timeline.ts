// The timeline of a case as its listeners read it, and whether a caller may see the case at all.
import type { Caller } from './reader/shape.js';
import type { Store } from './store.js';

export interface EntryRef {
  id: string;
  sequence: string;
  type: string;
  causeId: string;
}

/** In order; at most 500 at once. */
export function entriesAfter(store: Store, caseId: string, sequence: string): Promise<EntryRef[]> {
  return store.transaction((tx) =>
    tx.query<EntryRef>(
      'select id, sequence::text as sequence, type, cause_id as "causeId" from timeline_entry where case_id = $1 and sequence > $2::bigint order by timeline_entry.sequence limit 500',
      [caseId, sequence],
    ),
  );
}

/** The case's present sequence; null when the caller may not see it, or there is no such case. */
export async function visibleSequence(store: Store, caller: Caller, caseId: string): Promise<string | null> {
  const values: unknown[] = [caseId];
  const rows = caller.profile.rows['recovery_case']?.('c', (read) => `$${values.push(read({ variables: {}, caller }))}`) ?? 'true';
  const [found] = await store.transaction((tx) =>
    tx.query<{ sequence: string }>(`select c.sequence::text as sequence from recovery_case c where c.id = $1 and ${rows}`, values),
  );
  return found?.sequence ?? null;
}

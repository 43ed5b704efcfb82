// The timeline of a case as its listeners read it, and whether a caller may see the case at all.
import { sha256 } from '../domain/ids.js';
import type { Run, Statement } from './reader/run.js';
import type { Caller, Profile, Read } from './reader/shape.js';
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
export async function visibleSequence(run: Run, caller: Caller, caseId: string): Promise<string | null> {
  return (await visibleSequences(run, caller, [caseId])).get(caseId) ?? null;
}

/** Of those cases that the caller may see: by the statement and, where rows are hidden from the caller, by row-level security. */
export async function visibleSequences(run: Run, caller: Caller, caseIds: readonly string[]): Promise<Map<string, string>> {
  const json = await run(visibleTo(caller.profile), { variables: { caseIds }, caller });
  return new Map(Object.entries(JSON.parse(json) as Record<string, string>));
}

const statements = new Map<string, Statement>();

function visibleTo(profile: Profile): Statement {
  const known = statements.get(profile.name);
  if (known) return known;
  const reads: Read[] = [({ variables }) => variables['caseIds']];
  const rule = profile.rows['recovery_case']?.('c', (read, type) => `$${reads.push(read)}::${type}`) ?? 'true';
  const text = `select coalesce(json_object_agg(c.id, c.sequence::text), '{}')::text as json from recovery_case c where c.id = any($1::text[]) and ${rule}`;
  const statement = { name: `visible ${sha256(text).slice(0, 32)}`, text, reads };
  statements.set(profile.name, statement);
  return statement;
}

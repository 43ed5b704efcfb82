// The audit log: what people did, and who saw personal data in clear.
import { ensureMonths } from './months.js';
import type { Tx } from './store.js';

export interface Entry {
  /** Now, when left out. */
  at?: Date;
  actor: { user: string; roles: readonly string[]; purpose?: string };
  /** READ_UNMASKED, or the name of a mutation. */
  action: string;
  subject: string | null;
  detail: object;
}

/** Entries as one JSON parameter. */
export const writeEntries = `insert into audit_entry (at, actor, roles, purpose, action, subject, detail)
  select at, actor, roles, purpose, action, subject, detail
  from json_to_recordset($1::json) as r(at timestamptz, actor text, roles text[], purpose text, action text, subject text, detail json)`;

export const rowOf = ({ at = new Date(), actor: { user, roles, purpose }, ...entry }: Entry) => ({
  at,
  actor: user,
  roles,
  purpose,
  ...entry,
});

export async function audit(tx: Tx, entries: readonly Entry[]): Promise<void> {
  const rows = entries.map(rowOf);
  await ensureMonths(
    tx,
    ['audit_entry'],
    rows.map(({ at }) => at.toISOString().slice(0, 7)),
  );
  await tx.bulk(writeEntries, [JSON.stringify(rows)]);
}

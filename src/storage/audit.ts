// The audit log: what people did, and who saw personal data in clear, on record before they see it.
import type { Caller } from './reader/shape.js';
import { ensureMonths } from './months.js';
import type { Store, Tx } from './store.js';

interface Entry {
  /** Now, when left out. */
  at?: Date;
  actor: { user: string; roles: readonly string[]; purpose?: string };
  /** READ_UNMASKED, or the name of a mutation. */
  action: string;
  subject: string | null;
  detail: object;
}

const write = `insert into audit_entry (at, actor, roles, purpose, action, subject, detail)
  select at, actor, roles, purpose, action, subject, detail
  from json_to_recordset($1::json) as r(at timestamptz, actor text, roles text[], purpose text, action text, subject text, detail json)`;

const rowOf = ({ at = new Date(), actor: { user, roles, purpose }, ...entry }: Entry) => ({
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
  await tx.bulk(write, [JSON.stringify(rows)]);
}

const noSuchMonth = '23514'; // check_violation: no part of the table takes the row

/** One commit at a time: what is read meanwhile is written by the next one, together. */
export function auditReads(
  store: Store,
): (caller: Caller, read: { fields: readonly string[]; entered: readonly string[] }) => Promise<void> {
  let waiting: Entry[] = [];
  let next: Promise<void> | null = null;
  let last: Promise<unknown> = Promise.resolve();
  const writeWaiting = async () => {
    const entries = waiting;
    [waiting, next] = [[], null];
    await store.alone(write, [JSON.stringify(entries.map(rowOf))]).catch(async (error: { code?: string }) => {
      if (error.code !== noSuchMonth) throw error;
      await store.transaction((tx) => audit(tx, entries));
    });
  };
  return (actor, { fields, entered }) => {
    waiting.push({ at: new Date(), actor, action: 'READ_UNMASKED', subject: entered.join(' ') || null, detail: { fields } });
    next ??= last.then(writeWaiting);
    last = next.catch(() => {});
    return next;
  };
}

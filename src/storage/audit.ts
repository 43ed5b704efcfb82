// The audit log of reads: whoever sees personal data in clear is on record before they see it.
import type { Caller } from './reader/shape.js';
import type { Store } from './store.js';

interface ClearRead {
  /** As `Noun.field`. */
  fields: readonly string[];
  /** The ids and numbers that were asked for; none where a list was. */
  entered: readonly string[];
}
interface Row {
  at: Date;
  actor: string;
  roles: readonly string[];
  purpose: string | null;
  subject: string | null;
  detail: { fields: readonly string[] };
}

const write = `insert into audit_entry (at, actor, roles, purpose, action, subject, detail)
  select at, actor, roles, purpose, 'READ_UNMASKED', subject, detail
  from json_to_recordset($1::json) as r(at timestamptz, actor text, roles text[], purpose text, subject text, detail json)`;

/** One commit at a time: what is read meanwhile is written by the next one, together. */
export function auditReads(store: Store): (caller: Caller, read: ClearRead) => Promise<void> {
  let waiting: Row[] = [];
  let next: Promise<void> | null = null;
  let last: Promise<unknown> = Promise.resolve();
  const writeWaiting = async () => {
    const rows = waiting;
    [waiting, next] = [[], null];
    await store.transaction((tx) => tx.bulk(write, [JSON.stringify(rows)]));
  };
  return ({ user, roles, purpose = null }, { fields, entered }) => {
    waiting.push({ at: new Date(), actor: user, roles, purpose, subject: entered.join(' ') || null, detail: { fields } });
    next ??= last.then(writeWaiting);
    last = next.catch(() => {});
    return next;
  };
}

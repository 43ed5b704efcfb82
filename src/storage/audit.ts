// The audit log: what people did, and who saw personal data in clear, on record before they see it.
import type { Caller } from './reader/shape.js';
import { ensureMonths } from './months.js';
import type { Store, Tx } from './store.js';

interface Audited {
  actor: { user: string; roles: readonly string[]; purpose?: string };
  /** READ_UNMASKED, or the name of a mutation. */
  action: string;
  subject: string | null;
  detail: object;
}

export async function audit(tx: Tx, { actor, action, subject, detail }: Audited): Promise<void> {
  const at = new Date();
  await ensureMonths(tx, ['audit_entry'], [at.toISOString().slice(0, 7)]);
  await tx.query('insert into audit_entry (at, actor, roles, purpose, action, subject, detail) values ($1, $2, $3, $4, $5, $6, $7)', [
    at,
    actor.user,
    actor.roles,
    actor.purpose ?? null,
    action,
    subject,
    JSON.stringify(detail),
  ]);
}

export const auditReads =
  (store: Store) =>
  async (caller: Caller, fields: readonly string[]): Promise<void> => {
    await store.transaction((tx) => audit(tx, { actor: caller, action: 'READ_UNMASKED', subject: null, detail: { fields } }));
  };

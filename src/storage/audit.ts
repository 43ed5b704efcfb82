// The audit log of reads: whoever sees personal data in clear is on record before they see it.
import type { Caller } from './reader/shape.js';
import type { Store } from './store.js';

export const auditReads =
  (store: Store) =>
  async (caller: Caller, fields: readonly string[]): Promise<void> => {
    await store.transaction((tx) =>
      tx.query(
        `insert into audit_entry (at, actor, roles, purpose, action, subject, detail) values (now(), $1, $2, $3, 'READ_UNMASKED', null, $4)`,
        [caller.user, caller.roles, caller.purpose ?? null, JSON.stringify({ fields })],
      ),
    );
  };

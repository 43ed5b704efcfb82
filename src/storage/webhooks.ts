// Webhooks as delivery needs them: who they are, and what became of what they are owed.
import type { Webhook } from '../domain/webhook.js';
import type { Lease } from './outbox.js';
import type { Store, Tx } from './store.js';

/** Null when there is none, or it was ended. */
export async function activeWebhook(store: Store, id: string): Promise<Webhook | null> {
  const [found] = await store.alone<Omit<Webhook, 'previousUntil'> & { previousUntil: string | null }>(
    `select id, name, url, document, variables, case_id as "caseId", types, roles, key_version as "keyVersion", previous_until::text as "previousUntil" from webhook where id = $1 and active`,
    [id],
  );
  return found ? { ...found, previousUntil: found.previousUntil === null ? null : new Date(found.previousUntil) } : null;
}

/** Nothing is written under a lease that another has taken over. */
export async function settleWebhook(
  store: Store,
  lease: Lease,
  state: 'ACCEPTED' | 'REFUSED' | 'PARKED',
  problem: string | null,
): Promise<boolean> {
  const rows = await store.transaction((tx) =>
    tx.query(
      `update webhook_delivery set state = $3, last_problem = $4, answered_at = now(), lease_owner = null, lease_until = null
       where id = $1 and fence = $2 and state in ('SENDING', 'UNKNOWN') returning 1`,
      [lease.id, lease.fence, state, problem],
    ),
  );
  return rows.length > 0;
}

/** Owed anew: what has come to an end, whichever. @returns how many */
export async function oweAgain(tx: Tx, webhookId: string, deliveryIds: readonly string[] | null): Promise<number> {
  const rows = await tx.query(
    `update webhook_delivery set state = 'QUEUED', attempts = 0, next_attempt_at = now(), created_at = now(), answered_at = null, last_problem = null
     where webhook_id = $1 and state in ('ACCEPTED', 'REFUSED', 'PARKED') and ($2::text[] is null and state = 'PARKED' or id = any($2)) returning 1`,
    [webhookId, deliveryIds],
  );
  return rows.length;
}

/** What was delivered is kept for a week, to be looked at and sent again. */
export async function sweepDelivered(store: Store): Promise<void> {
  await store.transaction((tx) =>
    tx.query(
      `delete from webhook_delivery where id in (select id from webhook_delivery where state = 'ACCEPTED' and answered_at < now() - interval '7 days' limit 10000)`,
    ),
  );
}

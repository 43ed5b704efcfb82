// Registers a webhook, changes its key, ends it, or owes it again what it did not get; each is on record.
import { idOf } from '../domain/ids.js';
import type { Webhook as Declared } from '../domain/webhook.js';
import { audit } from '../storage/audit.js';
import { Webhook } from '../storage/definitions/webhooks.js';
import { writeLock, type Store } from '../storage/store.js';
import { oweAgain } from '../storage/webhooks.js';
import { refuse, type Actor, type Outcome } from './request.js';

type Registration = Omit<Declared, 'id' | 'keyVersion' | 'previousUntil'>;

/** How long the key before still counts. */
const overlapMs = 24 * 3_600_000;

export function registerWebhook(store: Store, actor: Actor, registration: Registration): Promise<Outcome> {
  return store.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`webhook ${registration.name}`]);
    if (await tx.em.findOne(Webhook, { name: registration.name }))
      return refuse({ code: 'INVALID_INPUT', message: 'There is a webhook of this name', path: ['input', 'name'] });
    const id = idOf('webhook', registration.name);
    tx.em.create(Webhook, {
      id,
      ...registration,
      types: [...registration.types],
      roles: [...registration.roles],
      keyVersion: 1,
      previousUntil: null,
      active: true,
      registeredBy: actor.user,
      registeredAt: new Date(),
    });
    await audit(tx, [{ actor, action: 'registerWebhook', subject: id, detail: { url: registration.url, roles: registration.roles } }]);
    return { done: { webhookId: id } };
  });
}

export type WebhookChange = 'END' | 'NEW_SECRET';

export function changeWebhook(store: Store, actor: Actor, id: string, change: WebhookChange): Promise<Outcome & { keyVersion?: number }> {
  return store.transaction(async (tx) => {
    const webhook = await tx.em.findOne(Webhook, { id, active: true }, { lockMode: writeLock });
    if (!webhook) return refuse({ code: 'NOT_FOUND', message: 'There is no such webhook', path: ['input', 'webhookId'] });
    if (change === 'END') webhook.active = false;
    else {
      webhook.keyVersion++;
      webhook.previousUntil = new Date(Date.now() + overlapMs);
    }
    await audit(tx, [{ actor, action: change === 'END' ? 'endWebhook' : 'renewWebhookSecret', subject: id, detail: {} }]);
    return { done: { webhookId: id }, keyVersion: webhook.keyVersion };
  });
}

export function redeliver(store: Store, actor: Actor, id: string, deliveryIds: readonly string[] | null): Promise<number> {
  return store.transaction(async (tx) => {
    const redelivered = await oweAgain(tx, id, deliveryIds);
    await audit(tx, [{ actor, action: 'redeliverWebhook', subject: id, detail: { redelivered } }]);
    return redelivered;
  });
}

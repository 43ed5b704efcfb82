// Webhooks as a connector: each is an operation of its own with a breaker of its own, made when something is owed to it. Told at least once, by the delivery's id.
import { Webhook as Signer } from 'standardwebhooks';
import { withBreaker, type Guarded } from './breaker.js';
import type { BreakerLimits, BreakerReport, Connector, Operation } from './contract.js';
import type { Post } from './http.js';
import { unreachable, type Reach } from './reach.js';

/** What is sent to whom; or why it never will be. */
export type Message = { url: string; secrets: readonly string[]; body: object } | { code: string; reason: string };

export interface Webhooks {
  connector: Connector;
  stop(): void;
}

/** @param write what a webhook is to be told for an order */
export function createWebhooks(
  write: (webhookId: string, order: unknown, deliveryId: string) => Promise<Message>,
  { post, reach, limits, onChange }: { post: Post; reach: Reach; limits: BreakerLimits; onChange(report: BreakerReport): void },
): Webhooks {
  const guards = new Map<string, Guarded>();
  const told =
    (webhookId: string): Operation<unknown> =>
    async (order, call) => {
      const message = await write(webhookId, order, call.deliveryId);
      if ('code' in message) return { is: 'refused', ...message };
      const wrong = unreachable(message.url, reach); // the settings may have changed since it was registered
      if (wrong) return { is: 'refused', code: 'URL', reason: `the URL ${wrong}` };
      const now = new Date();
      const body = JSON.stringify(message.body);
      const headers = {
        'content-type': 'application/json',
        'user-agent': 'casegraph',
        'webhook-id': call.deliveryId,
        'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
        'webhook-signature': message.secrets.map((secret) => new Signer(secret).sign(call.deliveryId, now, body)).join(' '),
      };
      await post(message.url, headers, body, call.signal);
      return { is: 'accepted', partnerRef: call.deliveryId };
    };
  const plain: Connector = {
    id: 'webhooks',
    kind: 'WEBHOOK',
    name: 'Webhooks',
    operations: {},
    lookUp: async () => ({ is: 'notFound' }), // nobody can be asked: it is told again
    readCallback: () => ({ problem: 'webhooks do not call back' }),
  };
  const guardOf = (webhookId: string): Guarded => {
    const known = guards.get(webhookId) ?? withBreaker({ ...plain, operations: { [webhookId]: told(webhookId) } }, limits, onChange);
    guards.set(webhookId, known);
    return known;
  };
  return {
    connector: {
      ...plain,
      operations: new Proxy({}, { get: (_, webhookId) => guardOf(String(webhookId)).connector.operations[String(webhookId)] }),
    },
    stop: () => guards.forEach((each) => each.stop()),
  };
}

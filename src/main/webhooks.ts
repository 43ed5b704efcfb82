// Webhooks joined together: what they are told is written by the case graph and sent by delivery, from an outbox of their own.
import { createPost } from '../../connectors/http.js';
import { unreachable, type Reach } from '../../connectors/reach.js';
import { createWebhooks } from '../../connectors/webhooks.js';
import type { BreakerReport } from '../../connectors/contract.js';
import type { Config } from '../config.js';
import { createDelivery, type DeliverySettings } from '../delivery/delivery.js';
import { liveSecrets, type WebhookNews } from '../domain/webhook.js';
import type { Renderer } from '../graphql/webhooks/render.js';
import type { WebhookSettings } from '../graphql/webhooks/webhook-mutations.js';
import type { Store } from '../storage/store.js';
import { activeWebhook, settleWebhook, sweepDelivered } from '../storage/webhooks.js';

const sweepEveryMs = 600_000;
/** Then it is parked, and a person has it told again. */
const longestMs = 24 * 3_600_000;

export const reachOf = ({ production, webhooks }: Config): Reach => ({ hosts: webhooks.hosts, inside: !production });

export const webhookSettings = (config: Config): WebhookSettings => ({
  master: config.webhooks.secret,
  unreachable: (url) => unreachable(url, reachOf(config)),
});

export function runWebhooks(
  config: Config,
  store: Store,
  renderer: Renderer,
  { log, onDelivered, onBreaker }: Pick<DeliverySettings, 'log' | 'onDelivered'> & { onBreaker(report: BreakerReport): void },
): { start(): Promise<void>; stop(): Promise<void> } {
  const reach = reachOf(config);
  const webhooks = createWebhooks(
    async (webhookId, order, deliveryId) => {
      const webhook = await activeWebhook(store, webhookId);
      if (!webhook) return { code: 'ENDED', reason: 'the webhook was ended' };
      const news = order as WebhookNews;
      const told = await renderer.render(webhook, news);
      if ('code' in told) return told;
      const { type, sequence, occurredOn, recordedAt } = news;
      const body = { id: deliveryId, type, version: 1, sequence, occurredOn, recordedAt, data: told.data };
      return { url: webhook.url, secrets: liveSecrets(config.webhooks.secret!, webhook, new Date()), body };
    },
    {
      post: createPost({ inside: reach.inside, timeoutMs: 10_000 }),
      reach,
      limits: config.breaker,
      onChange(report) {
        onBreaker(report);
        delivery.onBreaker(report);
      },
    },
  );
  const delivery = createDelivery({
    store,
    connectors: [webhooks.connector],
    reports: () => [],
    limits: { ...config.retry, mostAttempts: Infinity, longestMs },
    book: {
      outbox: 'webhook_delivery',
      async answered(_, lease, answer) {
        // What its roles may not see, and what came after its end, is nobody's concern; all else that was not told has to be looked at.
        const quiet = answer.is === 'refused' && ['NOT_VISIBLE', 'ENDED'].includes(answer.code);
        const problem = answer.is === 'accepted' ? null : answer.is === 'refused' ? `${answer.code}: ${answer.reason}` : answer.reason;
        const state = answer.is === 'accepted' ? 'ACCEPTED' : quiet ? 'REFUSED' : 'PARKED';
        if (state === 'PARKED') log.error({ webhookId: lease.operation, deliveryId: lease.id, problem }, 'a webhook was not told: parked');
        return settleWebhook(store, lease, state, problem);
      },
      waits: async () => {},
    },
    concurrency: config.breaker.concurrency,
    log,
    ...(onDelivered ? { onDelivered } : {}),
  });
  let sweeping: NodeJS.Timeout | undefined;
  return {
    async start() {
      if (config.webhooks.secret === null) return; // nothing can be signed
      await delivery.start();
      const sweep = () =>
        sweepDelivered(store).catch((error: Error) => log.error({ error: error.message }, 'delivered webhooks were not swept'));
      sweeping = setInterval(() => void sweep(), sweepEveryMs);
    },
    async stop() {
      clearInterval(sweeping);
      await delivery.stop();
      webhooks.stop();
    },
  };
}

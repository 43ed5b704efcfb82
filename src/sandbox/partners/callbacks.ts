// How a simulated partner tells the gateway its news: signed after Standard Webhooks, again and again until it is taken.
import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { Faults } from './faults.js';
import type { Ledger } from './ledger.js';
import type { PartnerSpec } from './spec.js';

export interface Teller {
  /** Queues news about a delivery. */
  tell(deliveryId: string, ref: string, type: string, data?: Record<string, unknown>): void;
  waiting(): number;
  stop(): void;
}

const mostTries = 30;

export function createTeller(
  spec: PartnerSpec,
  ledger: Ledger,
  faults: () => Faults,
  secret: string,
  gatewayUrl: () => string | null,
): Teller {
  const webhook = new Webhook(secret);
  const timers = new Set<NodeJS.Timeout>();
  let stopped = false;
  const later = (ms: number, work: () => void) => {
    if (stopped) return; // what hung meanwhile has nobody to tell
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, ms);
    timers.add(timer);
  };
  /** Does not end where the partner was stopped meanwhile. */
  const pause = (ms: number) => new Promise<void>((resolve) => later(ms, resolve));
  let held: (() => void) | null = null;
  const toldOf = new Map<string, Promise<void>>();
  /** News of one delivery goes out one after another, as its events happened: the next when the one before is taken, or given up. */
  const inTurn = (deliveryId: string, work: () => Promise<void>) => {
    const done: Promise<void> = (toldOf.get(deliveryId) ?? Promise.resolve()).then(work).finally(() => {
      if (toldOf.get(deliveryId) === done) toldOf.delete(deliveryId);
    });
    toldOf.set(deliveryId, done);
  };

  async function send(id: string, body: string, tries: number): Promise<void> {
    const url = gatewayUrl();
    const at = new Date();
    const status = url
      ? await fetch(`${url}/callbacks/${spec.id}`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'webhook-id': id,
            'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
            'webhook-signature': webhook.sign(id, at, body),
          },
          body,
          signal: AbortSignal.timeout(5_000),
        }).then(
          async (response) => (await response.arrayBuffer(), response.status),
          () => 0,
        )
      : 0;
    if ((status >= 200 && status < 300) || tries >= mostTries) return;
    await pause(Math.min(10_000, 200 * 2 ** Math.min(tries, 6)));
    await send(id, body, tries + 1);
  }

  return {
    tell(deliveryId, ref, type, data = {}) {
      const { callback } = spec;
      const body = JSON.stringify({
        [callback.type]: type,
        [callback.deliveryId]: deliveryId,
        [callback.partnerRef]: ref,
        [callback.sequence]: ledger.tell(deliveryId, type, data),
        [callback.occurredAt]: new Date().toISOString(),
        [callback.data]: data,
      });
      const id = `msg_${randomUUID()}`;
      const go = () => inTurn(deliveryId, () => pause(50).then(() => send(id, body, 0)));
      const { duplicateCallbacks, reorderCallbacks } = faults();
      if (reorderCallbacks && !held) {
        held = go; // told after the next one
        later(2_000, () => {
          held?.();
          held = null;
        });
        return;
      }
      go();
      if (duplicateCallbacks) go();
      held?.();
      held = null;
    },
    waiting: () => toldOf.size + (held ? 1 : 0),
    stop() {
      stopped = true;
      timers.forEach(clearTimeout);
    },
  };
}

// How a simulated partner tells the gateway its news: signed after Standard Webhooks, again and again until it is taken.
import { createHash, randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { idOf } from '../../domain/ids.js';
import type { Faults } from './faults.js';
import type { Ledger } from './ledger.js';
import type { PartnerSpec } from './spec.js';

/** One piece of news on its way, or told. */
export interface Telling {
  at: string;
  id: string;
  deliveryId: string;
  type: string;
  sequence: number;
  tries: number;
  /** What the gateway answered last; 0 when it could not be reached, null before the first try. */
  lastStatus: number | null;
  state: 'WAITING' | 'TAKEN' | 'GIVEN_UP';
}

export interface Teller {
  /** Queues news about a delivery. */
  tell(deliveryId: string, ref: string, type: string, data?: Record<string, unknown>): void;
  waiting(): number;
  /** The newest first, 50 at most. */
  newest(): readonly Telling[];
  forget(): void;
  stop(): void;
}

const mostTries = 30;
const mostKept = 50;
/** Signed, and not understood; or gone: not to be sent again. */
const final = [410, 422];

/** The key that a simulated partner had before this one. */
export const formerKeyOf = (secret: string): string => `whsec_${createHash('sha256').update(`before ${secret}`).digest('base64')}`;

export function createTeller(
  spec: PartnerSpec,
  ledger: Ledger,
  faultsOf: (operation: string | null) => Faults,
  secret: string,
  gatewayUrl: () => string | null,
): Teller {
  const keys = { now: new Webhook(secret), before: new Webhook(formerKeyOf(secret)) };
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
  let tellings: Telling[] = [];
  const toldOf = new Map<string, Promise<void>>();
  /** News of one delivery goes out one after another, as its events happened: the next when the one before is taken, or given up. */
  const inTurn = (deliveryId: string, work: () => Promise<void>) => {
    const done: Promise<void> = (toldOf.get(deliveryId) ?? Promise.resolve()).then(work).finally(() => {
      if (toldOf.get(deliveryId) === done) toldOf.delete(deliveryId);
    });
    toldOf.set(deliveryId, done);
  };
  const faultsNow = (deliveryId: string) => faultsOf(ledger.of(deliveryId)?.operation ?? null);

  /** Faults are those of the moment, so that what was spoilt is told well when the partner has healed. */
  function spoil(news: Record<string, unknown>, faults: Faults): string {
    const { callback } = spec;
    const body = JSON.stringify({
      ...news,
      ...(faults.unknownDelivery ? { [callback.deliveryId]: idOf('handoff', 'never was', String(news[callback.deliveryId])) } : {}),
      ...(faults.otherRef ? { [callback.partnerRef]: `${spec.refPrefix}-OTHER` } : {}),
      ...(faults.sameSequence ? { [callback.sequence]: 1 } : {}),
    });
    return faults.badJson ? body.slice(0, -2) : body;
  }

  function post(id: string, body: string, faults: Faults): Promise<number> {
    const url = gatewayUrl();
    if (!url) return Promise.resolve(0);
    const at = new Date(Date.now() + (faults.clockSkewMs ?? 0));
    const signature = (faults.oldKey ? keys.before : keys.now).sign(id, at, faults.wrongSignature ? `${body} ` : body);
    return fetch(`${url}/callbacks/${spec.id}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': signature,
      },
      body,
      signal: AbortSignal.timeout(5_000),
    }).then(
      async (response) => (await response.arrayBuffer(), response.status),
      () => 0,
    );
  }

  async function send(telling: Telling, news: Record<string, unknown>): Promise<void> {
    const faults = faultsNow(telling.deliveryId);
    if (faults.newIdPerTry) telling.id = `msg_${randomUUID()}`;
    telling.lastStatus = await post(telling.id, spoil(news, faults), faults);
    telling.tries++;
    const taken = telling.lastStatus >= 200 && telling.lastStatus < 300;
    if (taken || final.includes(telling.lastStatus) || telling.tries > mostTries || faults.noRetry) {
      telling.state = taken ? 'TAKEN' : 'GIVEN_UP';
      return;
    }
    await pause(Math.min(10_000, 200 * 2 ** Math.min(telling.tries - 1, 6)));
    await send(telling, news);
  }

  return {
    tell(deliveryId, ref, type, data = {}) {
      const { callback } = spec;
      const sequence = ledger.tell(deliveryId, type, data);
      const at = new Date().toISOString();
      const news = {
        [callback.type]: type,
        [callback.deliveryId]: deliveryId,
        [callback.partnerRef]: ref,
        [callback.sequence]: sequence,
        [callback.occurredAt]: at,
        [callback.data]: data,
      };
      const id = `msg_${randomUUID()}`;
      const go = () => {
        const telling: Telling = { at, id, deliveryId, type, sequence, tries: 0, lastStatus: null, state: 'WAITING' };
        tellings = [telling, ...tellings].slice(0, mostKept);
        inTurn(deliveryId, () => pause(50).then(() => send(telling, news)));
      };
      const { duplicateCallbacks, reorderCallbacks } = faultsNow(deliveryId);
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
    newest: () => tellings,
    forget: () => void (tellings = []),
    stop() {
      stopped = true;
      timers.forEach(clearTimeout);
    },
  };
}

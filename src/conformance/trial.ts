// A partner on trial: its own connector gives it sample orders, and all that goes over the wire is seen.
import { generateKeyPairSync } from 'node:crypto';
import {
  PartnerFault,
  type Answer,
  type Connector,
  type ConnectorKind,
  type Exchange,
  type LookUp,
  type PartnerSettings,
  type Sent,
} from '../../connectors/contract.js';
import { idOf } from '../domain/ids.js';
import { Skipped } from './check.js';
import type { Door } from './door.js';
import { orderBefore, orderOf } from './samples.js';

export interface TrialSettings {
  create(settings: PartnerSettings): Connector;
  partner: PartnerSettings;
  /** Only these operations; all when null. */
  operations: readonly string[] | null;
  /** Makes the ids and accounts of this run its own. */
  run: number;
  door: Door | null;
  /** Makes something happen to a delivery, so that the partner has news of it; null where it has to come by itself. */
  bring: ((deliveryId: string, partnerRef: string) => Promise<void>) | null;
  /** How long news is waited for, and for how long nothing more may come after the last was taken. */
  waitMs: number;
  quietMs: number;
  /** The longest that an answer may take. */
  answerMs: number;
  /** Orders at once. */
  parallel: number;
}

/** What came of one call. */
export interface Outcome<Of> {
  deliveryId: string;
  answer: Of | null;
  fault: PartnerFault | null;
  exchange: Exchange | null;
}

export interface Drafted {
  order: object;
  /** The delivery that the order is about, where it is about another. */
  about: string | null;
}

export interface Trial extends TrialSettings {
  operations: readonly string[];
  connector: Connector;
  /** All that went over the wire, the newest last. */
  exchanges: readonly Exchange[];
  newDelivery(): string;
  /** Operations that gave no answer at all: nothing more is asked of them, for each would take the whole time. */
  silent: Set<string>;
  /** Whether this run made the id. */
  isOurs(deliveryId: string): boolean;
  /** A sample order of an account and case of its own, after all that has to come before it. @throws Skipped where there is no sample or what comes before was not taken */
  draft(operation: string): Promise<Drafted>;
  /** Another order of the same operation, for the same key. */
  otherDraft(operation: string, about: string | null): object;
  send(operation: string, order: object, options?: { deliveryId?: string; change?: (sent: Sent) => Sent }): Promise<Outcome<Answer>>;
  lookUp(operation: string, deliveryId: string, options?: { change?: (sent: Sent) => Sent }): Promise<Outcome<LookUp>>;
  /** Asks for a token with credentials that are not ours. */
  askWithWrongCredentials(): Promise<Exchange | null>;
  /** The first operation: what all else is about. */
  opening: string;
}

export const describe = ({ answer, fault, exchange }: Outcome<LookUp>): string => {
  const status = exchange?.reply ? `HTTP ${exchange.reply.status}` : 'no answer';
  if (answer?.is === 'accepted') return `${status}, accepted as ${answer.partnerRef}`;
  if (answer?.is === 'refused') return `${status}, refused with ${answer.code}`;
  if (answer) return `${status}, ${answer.is}`;
  return `${status}, neither yes nor no (${fault?.message ?? 'nothing'})`;
};

/** Of the wire, without what is a secret. */
const isToken = ({ sent }: Exchange) => sent.path === '/oauth/token';

export function openTrial(settings: TrialSettings): Trial {
  const { create, partner, run } = settings;
  const exchanges: Exchange[] = [];
  const newest = new Map<string, Exchange>();
  const saw = (exchange: Exchange) => {
    exchanges.push(exchange);
    const key = exchange.sent.headers['idempotency-key'];
    if (key) newest.set(key, exchange);
  };
  const connectorWith = (change?: (sent: Sent) => Sent, over: Partial<PartnerSettings> = {}) =>
    create({
      ...partner,
      ...over,
      tap: { saw, ...(change ? { change: (sent) => (sent.path === '/oauth/token' ? sent : change(sent)) } : {}) },
    });
  const connector = connectorWith();
  const { kind } = connector;
  const all = Object.keys(connector.operations);
  const operations = settings.operations ?? all;
  const opening = all.find((name) => hasSample(kind, name) && !orderBefore(kind, name)) ?? all[0]!;
  let deliveries = 0;
  let orders = 0;
  const issued = new Set<string>();
  const newDelivery = () => {
    const id = idOf('handoff', 'conformance', run, ++deliveries);
    issued.add(id);
    return id;
  };
  const isOurs = (id: string) => issued.has(id);
  settings.door?.open(connector.readCallback, isOurs);
  const signal = () => AbortSignal.timeout(partner.timeoutMs * 2);

  async function call<Of>(deliveryId: string, work: () => Promise<Of>): Promise<Outcome<Of>> {
    newest.delete(deliveryId);
    try {
      const answer = await work();
      return { deliveryId, answer, fault: null, exchange: newest.get(deliveryId) ?? null };
    } catch (fault) {
      if (!(fault instanceof PartnerFault)) throw fault;
      return { deliveryId, answer: null, fault, exchange: newest.get(deliveryId) ?? null };
    }
  }

  const trial: Trial = {
    ...settings,
    operations,
    connector,
    exchanges,
    opening,
    silent: new Set(),
    newDelivery,
    isOurs,
    async draft(operation) {
      const n = run * 1_000 + ++orders;
      const before = orderBefore(kind, operation, n);
      if (!before) return { order: sampleOf(kind, operation, n), about: null };
      const sent = await trial.send(before.operation, before.order);
      if (sent.answer?.is !== 'accepted')
        throw new Skipped(`${before.operation}, which has to come before it, was not taken: ${describe(sent)}`, true);
      const about = before.about ? sent.deliveryId : null;
      return { order: sampleOf(kind, operation, n, about), about };
    },
    otherDraft: (operation, about) => sampleOf(kind, operation, run * 1_000 + ++orders, about),
    send(operation, order, { deliveryId = newDelivery(), change } = {}) {
      const by = change ? connectorWith(change) : connector;
      return call(deliveryId, () => by.operations[operation]!(order, { deliveryId, signal: signal() }));
    },
    lookUp(operation, deliveryId, { change } = {}) {
      const by = change ? connectorWith(change) : connector;
      return call(deliveryId, () => by.lookUp(operation, { deliveryId, signal: signal() }));
    },
    async askWithWrongCredentials() {
      const { privateKey: pem } = generateKeyPairSync('ec', {
        namedCurve: 'prime256v1',
        publicKeyEncoding: { type: 'spki', format: 'pem' },
        privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      });
      const wrong = partner.signing
        ? { signing: { pem, keyId: partner.signing.keyId } }
        : { clientSecret: 'not-the-secret-of-this-client' };
      const from = exchanges.length;
      const deliveryId = newDelivery();
      const stranger = connectorWith(undefined, wrong);
      await call(deliveryId, () => stranger.lookUp(opening, { deliveryId, signal: signal() }));
      return exchanges.slice(from).find(isToken) ?? null;
    },
  };
  return trial;
}

const hasSample = (kind: ConnectorKind, operation: string): boolean => {
  try {
    return Boolean(orderOf(kind, operation));
  } catch {
    return false;
  }
};

/** @throws Skipped for an operation that has no sample */
function sampleOf(kind: ConnectorKind, operation: string, n: number, about?: string | null): object {
  try {
    return orderOf(kind, operation, about, n);
  } catch (error) {
    throw new Skipped((error as Error).message, true);
  }
}

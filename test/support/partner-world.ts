// A real Postgres, the simulated partners, guarded connectors and a callback door, for tests of delivery and callbacks.
import { createServer } from 'node:http';
import { withBreaker } from '../../connectors/breaker.js';
import type { BreakerLimits, BreakerReport, Connector } from '../../connectors/contract.js';
import { partners as register } from '../../connectors/index.js';
import { createCallbackHandler } from '../../src/callbacks/handler.js';
import { createDelivery, type Delivery } from '../../src/delivery/delivery.js';
import type { RetryLimits } from '../../src/delivery/deliver.js';
import type { BudgetLimits } from '../../src/delivery/retry-budget.js';
import { idOf } from '../../src/domain/ids.js';
import type { Effect } from '../../src/sandbox/partners/ledger.js';
import { startPartners } from '../../src/sandbox/partners/start.js';
import { writeConnectors } from '../../src/storage/breakers.js';
import { Borrower } from '../../src/storage/definitions/borrowers.js';
import { CaseLoan, RecoveryCase } from '../../src/storage/definitions/cases.js';
import { Instalment, Loan } from '../../src/storage/definitions/loans.js';
import type { Store } from '../../src/storage/store.js';
import { openDatabase } from './database.js';

export const secret = `whsec_${Buffer.from('a secret of twenty-four!').toString('base64')}`;
export const counsel = { user: 'ana', roles: ['legal'] };
const tenant = 'demo';

export const eager: RetryLimits = { baseMs: 20, capMs: 100, mostAttempts: 200, callMs: 3_000 };
export const touchy: BreakerLimits = {
  concurrency: 8,
  volumeThreshold: 3,
  errorThresholdPercent: 50,
  rollingWindowMs: 10_000,
  resetMs: 400,
};

export interface Partners {
  partnerUrl(id: string): string;
  gatewayUrl: string;
  /** Connectors without their breakers. */
  plain: ReadonlyMap<string, Connector>;
  /** Serves all partners, or `only` one. */
  deliver(options?: {
    limits?: BreakerLimits;
    retries?: RetryLimits;
    around?: (connector: Connector) => Connector;
    only?: string;
    budget?: BudgetLimits;
  }): Promise<Delivery>;
  fault(id: string, fault: object | null): Promise<void>;
  /** All that the partner did, in its order. */
  ledger(id: string): Promise<Effect[]>;
  logs: { level: string; fields: any; text: string }[];
  stop(): Promise<void>;
}

export interface World extends Partners {
  store: Store;
  url: string;
  newCase(): Promise<string>;
  rows<Row extends object = any>(text: string, ...values: unknown[]): Promise<Row[]>;
}

export async function openWorld(options: { callbacks?: boolean } = {}): Promise<World> {
  const { store, url, stop } = await openDatabase();
  await store.transaction((tx) =>
    tx.query(`insert into business_day (tenant, business_date, opened_at) values ($1, '2026-06-01', now())`, [tenant]),
  );
  const partners = await openPartners(store, options);
  let made = 0;
  return {
    ...partners,
    store,
    url,
    newCase: () => store.transaction(async (tx) => seedCase(tx.em as never, ++made)),
    rows: (text, ...values) => store.transaction((tx) => tx.query(text, values)) as never,
    async stop() {
      await partners.stop();
      await stop();
    },
  };
}

/** The partners of a store that is there. */
export async function openPartners(store: Store, { callbacks = true } = {}): Promise<Partners> {
  const logs: Partners['logs'] = [];
  const to = (level: string) => (fields: object, text: string) => void logs.push({ level, fields, text });
  const log = { info: to('info'), warn: to('warn'), error: to('error') };
  const plain = new Map<string, Connector>();
  const handler = createCallbackHandler({
    store,
    readerOf: (id) => plain.get(id)?.readCallback as never,
    secretsOf: () => [secret],
    log,
  });
  const door = createServer((request, response) => void handler(request, response, request.url!.split('/')[2] ?? ''));
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  const gatewayUrl = `http://127.0.0.1:${(door.address() as any).port}`;
  const simulators = await startPartners({
    credentialsOf: () => ({ clientId: 'casegraph', clientSecret: 'pretend', webhookSecret: secret }),
    gatewayUrl: () => (callbacks ? gatewayUrl : null),
    stateFolder: null,
    anyPort: true,
  });
  const urlOf = new Map(simulators.map(({ id, url }) => [id, url]));
  for (const [id, create] of Object.entries(register))
    plain.set(id, create({ id, url: urlOf.get(id)!, clientId: 'casegraph', clientSecret: 'pretend', timeoutMs: 1_500 }));
  await store.transaction((tx) => writeConnectors(tx, [...plain.values()]));
  const started: { delivery: Delivery; stop(): void }[] = [];
  return {
    plain,
    logs,
    gatewayUrl,
    partnerUrl: (id) => urlOf.get(id)!,
    async deliver({ limits = touchy, retries = eager, around = (each: Connector) => each, only, budget } = {}) {
      let delivery: Delivery | null = null;
      const onChange = (report: BreakerReport) => delivery?.onBreaker(report);
      const served = [...plain.values()].filter(({ id }) => !only || id === only);
      const guarded = served.map((each) => withBreaker(around(each), limits, onChange));
      delivery = createDelivery({
        store,
        connectors: guarded.map(({ connector }) => connector),
        reports: () => guarded.flatMap(({ report }) => report()),
        limits: retries,
        concurrency: 8,
        ...(budget ? { budget } : {}),
        log,
      });
      await delivery.start();
      started.push({ delivery, stop: () => guarded.forEach(({ stop }) => stop()) });
      return delivery;
    },
    async fault(id, fault) {
      await fetch(`${urlOf.get(id)}/control/fault`, fault ? { method: 'PUT', body: JSON.stringify(fault) } : { method: 'DELETE' });
    },
    ledger: async (id) => (await fetch(`${urlOf.get(id)}/control/ledger`)).json() as never,
    async stop() {
      for (const each of started) {
        await each.delivery.stop();
        each.stop();
      }
      await Promise.all(simulators.map((each) => each.stop()));
      door.closeAllConnections();
      await new Promise((resolve) => door.close(resolve));
    },
  };
}

function seedCase(em: { create(definition: unknown, row: object): unknown }, n: number): string {
  const borrowerId = idOf('borrower', tenant, n);
  const loanId = idOf('loan', tenant, n);
  const caseId = idOf('case', borrowerId, 1);
  const none = { outstandingFeeMinor: 0n, outstandingPenaltyMinor: 0n, overdueFeeMinor: 0n, overduePenaltyMinor: 0n };
  em.create(Borrower, {
    id: borrowerId,
    tenant,
    sourceRef: `${tenant}/core/${n}`,
    borrowerNo: `B${n}`,
    name: 'Pretend Person',
    jurisdiction: 'ID',
    language: 'id',
    timeZone: 'Asia/Jakarta',
    sequence: 1n,
  });
  em.create(Loan, {
    id: loanId,
    tenant,
    aggregateId: `${tenant}/core/L${n}`,
    accountNo: `L${n}`,
    borrowerId,
    productId: 'P1',
    productClass: 'CONSUMER',
    jurisdiction: 'ID',
    currency: 'IDR',
    status: 'ACTIVE',
    principalMinor: 10_000_000_00n,
    disbursedOn: '2025-06-01',
    postings: [],
    obligorClass: 1,
    doubts: [],
    version: 1,
    result: 'ASSESSED',
    assessedOn: '2026-06-01',
    overdueSince: '2026-01-15',
    paused: '{}',
    outstandingPrincipalMinor: 9_000_000_00n,
    outstandingInterestMinor: 100_000_00n,
    outstandingMinor: 9_100_000_00n,
    overduePrincipalMinor: 2_000_000_00n,
    overdueInterestMinor: 100_000_00n,
    overdueMinor: 2_100_000_00n,
    ...none,
    bucket: 'D121',
    qualityClass: 4,
    touched: false,
    episode: 1,
    inArrears: true,
    episodeSince: '2026-01-15',
  });
  em.create(Instalment, {
    id: idOf('instalment', loanId, 1),
    loanId,
    number: 1,
    dueOn: '2026-01-15',
    currency: 'IDR',
    principalDueMinor: 2_000_000_00n,
    interestDueMinor: 100_000_00n,
    feeDueMinor: 0n,
    penaltyDueMinor: 0n,
    dueMinor: 2_100_000_00n,
    outstandingMinor: 2_100_000_00n,
  });
  em.create(RecoveryCase, {
    id: caseId,
    tenant,
    ref: `RC-B${n}-1`,
    borrowerId,
    ordinal: 1,
    jurisdiction: 'ID',
    status: 'OPEN',
    stage: 'PRE_LEGAL',
    openedOn: '2026-02-01',
    reopened: 0,
    overdueSince: '2026-01-15',
    highestThreshold: 90,
    qualityClass: 4,
    treatment: 'FIELD_VISIT',
    arrangement: 'NONE',
    legal: 'PRE_LEGAL',
    preservation: 'NONE',
    placement: 'NONE',
    ownership: 'OWNED',
    legalEligible: true,
    sequence: 0n,
    version: 1,
    policyVersion: 'test',
  });
  em.create(CaseLoan, { id: idOf('caseloan', loanId, 1), caseId, loanId, episode: 1, enteredOn: '2026-02-01' });
  return caseId;
}

/** Waits until `look` gives something true. */
export async function until<T>(look: () => Promise<T>, what: string, ms = 15_000): Promise<NonNullable<T>> {
  const end = Date.now() + ms;
  for (;;) {
    const seen = await look();
    if (seen) return seen as NonNullable<T>;
    if (Date.now() > end) throw new Error(`Waited ${ms} ms in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

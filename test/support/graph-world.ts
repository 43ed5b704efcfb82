// The case graph over a real Postgres with a small book in it, served over real HTTP and WebSocket.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCanonicalFormat } from '../../connectors/core-banking/canonical/format.js';
import { advanceBusinessDate } from '../../src/actions/advance-business-date.js';
import { recordLateFacts, type SourceFact } from '../../src/actions/record-loan-facts.js';
import { plusDays } from '../../src/domain/day.js';
import { readAlone } from '../../src/events/read-batch.js';
import { createAuthenticator, issueDevelopmentToken } from '../../src/graphql/auth/tokens.js';
import { createMutations } from '../../src/graphql/mutations/mutations.js';
import { promisedColumns } from '../../src/graphql/reader/promises.js';
import { createLookBack } from '../../src/actions/look-back.js';
import { ExportMutations } from '../../src/graphql/exports/export-mutations.js';
import { openExports } from '../../src/graphql/exports/exports.js';
import { createReadPast } from '../../src/graphql/reader/past.js';
import { openScratch } from '../../src/storage/scratch.js';
import { Reader } from '../../src/graphql/reader/reader.js';
import { asSubgraph } from '../../src/graphql/federation.js';
import { createSchema, sdlOf } from '../../src/graphql/schema.js';
import { createAdmission } from '../../src/graphql/server/admission.js';
import { openDocuments } from '../../src/graphql/server/documents.js';
import { createGateway } from '../../src/graphql/server/gateway.js';
import { createFeeds } from '../../src/graphql/subscriptions/feeds.js';
import type { LiveLimits } from '../../src/graphql/subscriptions/live.js';
import { LiveChanges } from '../../src/graphql/subscriptions/live-changes.js';
import { serveSubscriptions } from '../../src/graphql/subscriptions/serve.js';
import { Sharing } from '../../src/graphql/subscriptions/sharing.js';
import { demoBook, generateBook } from '../../src/sandbox/book/generate.js';
import { writeConnectors } from '../../src/storage/breakers.js';
import { listenForChanges } from '../../src/storage/notifications.js';
import { compareCatalogue } from '../../src/storage/reader/catalogue.js';
import { openPipeline } from '../../src/storage/reader/pipeline.js';
import { openReadAudit } from '../../src/storage/read-audit.js';
import { openReadPools } from '../../src/storage/reader/pool.js';
import { createRun } from '../../src/storage/reader/run.js';
import { createStoredRun } from '../../src/storage/reader/stored-run.js';
import { createKeep } from '../../src/storage/case-answers.js';
import type { Store } from '../../src/storage/store.js';
import { registerAgency } from './agencies.js';
import { openDatabase } from './database.js';

const developmentKey = 'a development key of more than 32 characters';

/** What a token may narrow its roles by. */
export interface Scope {
  branches?: string[];
  portfolios?: string[];
  partner?: string;
}
/** What each role usually asks for. */
const purposeOf: Record<string, string> = {
  collector: 'collection',
  supervisor: 'collection',
  legal: 'litigation',
  bureauReporter: 'bureau-reporting',
  auditor: 'audit',
  lawFirm: 'litigation',
  agency: 'collection',
};

export interface GraphWorld {
  url: string;
  databaseUrl: string;
  store: Store;
  token(roles: string[], over?: { user?: string; ttlSeconds?: number } & Scope): Promise<string>;
  ask(
    role: string,
    query: string,
    variables?: object,
    user?: string,
    purpose?: string | null,
  ): Promise<{ status: number; text: string; data: any; errors?: { message: string; extensions: Record<string, any> }[] }>;
  rows<Row extends object = any>(text: string, ...values: unknown[]): Promise<Row[]>;
  /** Clients that were cut off because they did not read. */
  slow(): number;
  /** Where the files of exports are. */
  exportFolder: string;
  stop(): Promise<void>;
}

export interface GraphSettings {
  production?: boolean;
  adHocRoles?: string[];
  manifests?: string | null;
  costLimit?: number;
  costPerSecond?: number;
  limits?: LiveLimits;
  /** Rows that an export reads at once, and how often it is looked for files that are too old; none are written when left out. */
  exports?: { rowsAtOnce?: number; sweepMs?: number };
}

/** @param filled false leaves the book to the test: `fillBook` */
export async function openGraphWorld(filled = true, settings: GraphSettings = {}): Promise<GraphWorld> {
  const database = await openDatabase();
  const { store, url: databaseUrl } = database;
  const serve = async () => {
    if (filled) {
      await fillBook(store);
      await registerAgency(store, 'lotus-recovery');
    }
    return serveGraph(store, databaseUrl, settings);
  };
  const { url, token, slow, exportFolder, stop } = await serve().catch(async (error: unknown) => {
    await database.stop();
    throw error;
  });
  return {
    url,
    databaseUrl,
    store,
    token,
    slow,
    exportFolder,
    async ask(role, query, variables = {}, user = `${role}-1`, purpose = purposeOf[role] ?? null) {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${await token([role], { user })}`,
          ...(purpose ? { 'x-purpose': purpose } : {}),
        },
        body: JSON.stringify({ query, variables }),
      });
      const text = await response.text();
      return { status: response.status, text, ...(JSON.parse(text) as { data: any }) };
    },
    rows: (text, ...values) => store.transaction((tx) => tx.query(text, values)) as never,
    async stop() {
      await stop();
      await database.stop();
    },
  };
}

/** @param onDay after each business date */
export async function fillBook(
  store: Store,
  {
    book = { borrowers: 80, loans: 120, months: 8, until: '2026-03-31' },
    onDay,
  }: { book?: Partial<typeof demoBook>; onDay?: (date: string) => Promise<void> } = {},
): Promise<void> {
  const format = createCanonicalFormat();
  await store.transaction((tx) =>
    writeConnectors(tx, [
      { id: 'harbor-legal', kind: 'LAW_FIRM', name: 'Harbor Legal' },
      { id: 'lotus-recovery', kind: 'AGENCY', name: 'Lotus' },
      { id: 'summit-assets', kind: 'ASSET_MANAGER', name: 'Summit' },
    ]),
  );
  for (const { businessDate, events } of generateBook({ ...demoBook, ...book })) {
    const facts = events.flatMap(({ event }): SourceFact[] => {
      const read = readAlone(
        { topic: 't', partition: 0, offset: '0', key: null, value: Buffer.from(JSON.stringify(event)), headers: {} },
        format,
      );
      if ('unreadable' in read) throw new Error(read.unreadable);
      return read.facts;
    });
    if (facts.length) await store.transaction((tx) => recordLateFacts(tx, facts));
    await advanceBusinessDate(store, demoBook.tenant, plusDays(businessDate, 1));
    await onDay?.(plusDays(businessDate, 1));
  }
}

/** The gateway's face alone, over a database that is there. */
export async function serveGraph(
  store: Store,
  databaseUrl: string,
  {
    production = false,
    adHocRoles = ['*'],
    manifests = null,
    costLimit = 10_000,
    costPerSecond = 0,
    limits,
    exports: pace,
  }: GraphSettings = {},
): Promise<Pick<GraphWorld, 'url' | 'token' | 'slow' | 'exportFolder' | 'stop'>> {
  const log = { info() {}, warn() {}, error: (...said: unknown[]) => void (process.env['CASEGRAPH_STACKS'] && console.error(...said)) };
  const pools = openReadPools(databaseUrl);
  const run = createStoredRun(createRun(pools), createKeep(store, log));
  const pipeline = openPipeline(databaseUrl);
  const notices = listenForChanges(databaseUrl, log);
  const authenticator = createAuthenticator({ jwksUrl: null, issuer: null, audience: null, developmentKey });
  const changes = new LiveChanges(createFeeds(store, notices));
  const graph = createSchema([
    ...createMutations(store, async () => ({ redriven: 0, stillParked: 0 })),
    new ExportMutations(store, { check: (...asked) => exports.check(...asked), wake: () => exports.wake() }),
    changes,
  ]);
  const schema = asSubgraph(graph);
  await compareCatalogue(pools.whole, promisedColumns());
  const readAudit = openReadAudit(databaseUrl, store);
  const sharing = new Sharing(readAudit.record, log);
  const lookBack = createLookBack(databaseUrl, await openScratch(store));
  const documents = openDocuments(manifests, schema);
  const admission = createAdmission({ schema, documents, adHocRoles, costLimit, costPerSecond });
  const secrets = [Buffer.from('a cursor secret of more than 32 characters')];
  const reader = new Reader(schema, secrets[0]!, sharing.onClearRead, createReadPast(lookBack));
  const exportFolder = mkdtempSync(join(tmpdir(), 'casegraph-exports-'));
  const exports = openExports({
    databaseUrl,
    store,
    schema,
    sdl: sdlOf(graph),
    reader,
    admission,
    lookBack,
    secrets,
    log,
    folder: exportFolder,
    keepHours: 24,
    ...pace,
  });
  if (pace) exports.start();
  const gateway = createGateway({
    schema,
    admission,
    reader,
    run,
    exports,
    authenticator,
    production,
    log,
    onRequest() {},
    callbackHandler: async (_request, response) => void response.writeHead(404).end(),
    health: async () => ({ live: true, ready: true, parts: {} }),
    metrics: async () => ({ contentType: 'text/plain', text: '' }),
    subscriptions: serveSubscriptions({
      schema,
      authenticator,
      admission,
      changes,
      sharing,
      run: pipeline.run,
      limits,
      onSlow: () => void slow++,
    }),
  });
  let slow = 0;
  const url = await gateway.listen(0, '127.0.0.1');
  const token: GraphWorld['token'] = (roles, { user = `${roles[0]}-1`, ttlSeconds = 600, ...scope } = {}) =>
    issueDevelopmentToken({ key: developmentKey, user, roles, ttlSeconds, ...scope });
  return {
    url,
    token,
    slow: () => slow,
    exportFolder,
    async stop() {
      await gateway.drain(2_000);
      await exports.stop();
      rmSync(exportFolder, { recursive: true, force: true });
      await notices.close();
      await lookBack.close();
      documents.close();
      await pipeline.close();
      await readAudit.close();
      await pools.close();
    },
  };
}

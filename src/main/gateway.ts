// The gateway: all rooms opened, joined and closed in order.
import pino from 'pino';
import { withBreaker } from '../../connectors/breaker.js';
import { partners } from '../../connectors/index.js';
import { redriveParked } from '../actions/redrive-parked.js';
import { createLookBack } from '../actions/look-back.js';
import { createCallbackHandler } from '../callbacks/handler.js';
import type { Config } from '../config.js';
import { createDelivery } from '../delivery/delivery.js';
import { startWatch } from '../delivery/watch.js';
import { startPruning } from '../callbacks/prune.js';
import { createIntake } from '../events/intake.js';
import { readAlone } from '../events/read-batch.js';
import { createAuthenticator } from '../graphql/auth/tokens.js';
import { createMutations } from '../graphql/mutations/mutations.js';
import { ExportMutations } from '../graphql/exports/export-mutations.js';
import { openExports } from '../graphql/exports/exports.js';
import { createReadPast } from '../graphql/reader/past.js';
import { Reader } from '../graphql/reader/reader.js';
import { openScratch } from '../storage/scratch.js';
import { asSubgraph } from '../graphql/federation.js';
import { createSchema, sdlOf } from '../graphql/schema.js';
import { createAdmission } from '../graphql/server/admission.js';
import { openDocuments } from '../graphql/server/documents.js';
import { createGateway } from '../graphql/server/gateway.js';
import { createFeeds } from '../graphql/subscriptions/feeds.js';
import { LiveChanges } from '../graphql/subscriptions/live-changes.js';
import { serveSubscriptions } from '../graphql/subscriptions/serve.js';
import { Sharing } from '../graphql/subscriptions/sharing.js';
import { createRenderer } from '../graphql/webhooks/render.js';
import { WebhookMutations } from '../graphql/webhooks/webhook-mutations.js';
import { listenForChanges } from '../storage/notifications.js';
import { compareCatalogue } from '../storage/reader/catalogue.js';
import { promisedColumns } from '../graphql/reader/promises.js';
import { openPipeline } from '../storage/reader/pipeline.js';
import { openReadAudit } from '../storage/read-audit.js';
import { openReadPools } from '../storage/reader/pool.js';
import { createRun } from '../storage/reader/run.js';
import { createStoredRun } from '../storage/reader/stored-run.js';
import { createKeep } from '../storage/case-answers.js';
import { startConsuming } from '../events/consuming.js';
import { openFileDoors } from './file-doors.js';
import { createMetrics } from './metrics.js';
import { mustBeMigrated, openDatabase } from './open.js';
import { formatOf, openSources } from './sources.js';
import { runWebhooks, webhookSettings } from './webhooks.js';

const watchEveryMs = 10_000;

export interface Running {
  url: string;
  /** Not ready → nothing more taken → what is under way finished → closed. */
  stop(): Promise<void>;
}

export async function runGateway(
  config: Config,
  { migrate = false, explorerTokens }: { migrate?: boolean; explorerTokens?: Record<string, string> } = {},
): Promise<Running> {
  const log = pino(
    { level: config.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 1, sync: false, minLength: 4096, periodicFlush: 500 }), // a write for each line costs as much as a small query
  );
  const store = await openDatabase(config.databaseUrl);
  if (migrate) await store.orm.migrator.up();
  await mustBeMigrated(store);
  const sources = openSources(config.sources);

  const metrics = createMetrics(
    store,
    () => lag(),
    () => subscriptions.count(),
  );
  const guarded = config.partners.map((settings) =>
    withBreaker(partners[settings.id]!(settings), config.breaker, (report) => {
      metrics.breaker(report.connectorId, report.operation, report.state);
      delivery.onBreaker(report);
    }),
  );
  const connectors = guarded.map(({ connector }) => connector);
  const delivery = createDelivery({
    store,
    connectors,
    reports: () => guarded.flatMap(({ report }) => report()),
    limits: config.retry,
    concurrency: config.breaker.concurrency,
    budget: config.budget,
    log,
    onDelivered: metrics.delivered,
  });
  // Each source has a consumer and a group of its own, so that one that is behind holds up no other.
  const consuming = sources.map(({ format, topics, otherTopics }, i) =>
    startConsuming(
      (onFatal) =>
        createIntake({
          store,
          brokers: config.brokers,
          topics,
          otherTopics,
          groupId: i ? `${config.group}-${format.id}` : config.group,
          format,
          dayPatienceMs: config.dayPatienceMs,
          log,
          onFatal,
          onRecorded: (recorded) => metrics.recorded(recorded),
          onDay: (tenant, businessDate) => log.info({ tenant, businessDate }, 'business date opened'),
        }),
      log,
    ),
  );
  const consumed = (): string => consuming.map((each) => each.state()).find((state) => state !== 'ok') ?? 'ok';
  async function lag(): Promise<number | null> {
    const all = await Promise.all(consuming.map((each) => each.lag()));
    return all.some((each) => each === null) ? null : all.reduce<number>((sum, each) => sum + each!, 0);
  }

  const pools = openReadPools(config.databaseUrl);
  const live = createRun(pools);
  const run = config.storedAnswers ? createStoredRun(live, createKeep(store, log)) : live;
  const pipeline = openPipeline(config.databaseUrl);
  const authenticator = createAuthenticator(config.auth);
  const notices = listenForChanges(config.databaseUrl, log);
  const changes = new LiveChanges(createFeeds(store, notices));
  const graph = createSchema([
    ...createMutations(store, (ids) => redriveParked(store, (message) => readAlone(message, formatOf(sources, message.topic)), ids)),
    new WebhookMutations(store, { check: (...asked) => renderer.check(...asked) }, webhookSettings(config)),
    new ExportMutations(store, { check: (...asked) => exports.check(...asked), wake: () => exports.wake() }),
    changes,
  ]);
  const schema = asSubgraph(graph);
  const renderer = createRenderer(schema, run, changes);
  const webhooks = runWebhooks(config, store, renderer, {
    log,
    onDelivered: metrics.delivered,
    onBreaker: ({ connectorId, operation, state }) => metrics.breaker(connectorId, operation, state),
  });
  const readAudit = openReadAudit(config.databaseUrl, store);
  const sharing = new Sharing(readAudit.record, log);
  const lookBack = createLookBack(config.databaseUrl, await openScratch(store));
  const secrets = [config.cursorSecret, config.formerCursorSecret].flatMap((each) => (each ? [Buffer.from(each)] : []));
  const reader = new Reader(schema, secrets[0]!, sharing.onClearRead, createReadPast(lookBack), secrets[1], config.cursorDays);
  await compareCatalogue(pools.whole, promisedColumns());
  const webhookSecrets = new Map(config.partners.map(({ id, webhookSecrets }) => [id, webhookSecrets]));
  const believing = {
    readerOf: (id: string) => connectors.find((each) => each.id === id)?.readCallback,
    secretsOf: (id: string) => webhookSecrets.get(id) ?? [],
  };
  const documents = openDocuments(config.documents.folder, schema, (message) =>
    log.error({ fault: message }, 'manifests are left as they were'),
  );
  const admission = createAdmission({ schema, documents, ...config.documents });
  const exports = openExports({
    ...config.exports,
    databaseUrl: config.databaseUrl,
    store,
    schema,
    sdl: sdlOf(graph),
    reader,
    admission,
    lookBack,
    secrets,
    log,
  });
  const subscriptions = serveSubscriptions({
    schema,
    authenticator,
    admission,
    changes,
    sharing,
    run: pipeline.run,
    onSlow: () => metrics.tooSlow(),
  });
  const gateway = createGateway({
    schema,
    reader,
    run,
    authenticator,
    admission,
    production: config.production,
    log,
    explorerTokens,
    callbackHandler: createCallbackHandler({ store, ...believing, log }),
    health: async () => {
      const postgres = await store
        .transaction((tx) => tx.query('select 1'))
        .then(
          () => 'ok',
          (error: Error) => error.message,
        );
      const kafka = consumed();
      return {
        live: true,
        ready: postgres === 'ok' && kafka === 'ok',
        parts: { postgres, kafka, lag: String((await lag().catch(() => null)) ?? 'unknown') },
      };
    },
    metrics: () => metrics.text(),
    exports,
    subscriptions,
    onRequest: metrics.request,
  });
  await delivery.start();
  const watch = startWatch({ store, limits: config.alarms, everyMs: watchEveryMs, log, onRaised: metrics.raised });
  const pruning = startPruning(store, config.callbackKeepDays, log);
  const fileDoors = openFileDoors(config, store, { ...believing, keepDays: config.callbackKeepDays }, log);
  await webhooks.start();
  exports.start();
  const url = await gateway.listen(config.port, config.host);
  log.info({ url, partners: connectors.map(({ id }) => id) }, 'the gateway listens');
  return {
    url,
    async stop() {
      log.info({}, 'stopping: finishing what is under way');
      await gateway.drain(10_000);
      await Promise.all(consuming.map((each) => each.stop()));
      await fileDoors.stop();
      await watch.stop();
      await pruning.stop();
      await delivery.stop();
      await webhooks.stop();
      await exports.stop();
      guarded.forEach((each) => each.stop());
      await lookBack.close();
      documents.close();
      await notices.close();
      await pipeline.close();
      await readAudit.close();
      await pools.close();
      await store.close();
      log.info({}, 'stopped');
    },
  };
}

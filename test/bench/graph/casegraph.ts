// The gateway's face as it is in production: rights, masks, audit of reads, log and metrics on; without Kafka and partners behind it.
import pino from 'pino';
import { createLookBack } from '../../../src/actions/look-back.js';
import { createAuthenticator } from '../../../src/graphql/auth/tokens.js';
import { createMutations } from '../../../src/graphql/mutations/mutations.js';
import { createReadPast } from '../../../src/graphql/reader/past.js';
import { Reader } from '../../../src/graphql/reader/reader.js';
import { createSchema } from '../../../src/graphql/schema.js';
import { createGateway } from '../../../src/graphql/server/gateway.js';
import { CaseSubscriptions } from '../../../src/graphql/subscriptions/case-changed.js';
import { serveSubscriptions } from '../../../src/graphql/subscriptions/serve.js';
import { createMetrics } from '../../../src/main/metrics.js';
import { auditReads } from '../../../src/storage/audit.js';
import { listenForCases } from '../../../src/storage/notifications.js';
import { openReadPool } from '../../../src/storage/reader/pool.js';
import { createRun } from '../../../src/storage/reader/run.js';
import { openScratch } from '../../../src/storage/scratch.js';
import { openStore } from '../../../src/storage/store.js';
import { settings } from './child.js';

const { databaseUrl, jwksUrl } = settings;
const log = pino({ level: 'info', base: null, timestamp: pino.stdTimeFunctions.isoTime });
const store = await openStore(databaseUrl);
const metrics = createMetrics(store, async () => null);
const authenticator = createAuthenticator({ jwksUrl, issuer: null, audience: null, developmentKey: null });
const subscriptions = new CaseSubscriptions(store, listenForCases(databaseUrl, log));
const schema = createSchema([...createMutations(store, async () => ({ redriven: 0, stillParked: 0 })), subscriptions]);
const readPast = createReadPast(createLookBack(databaseUrl, await openScratch(store)));
const gateway = createGateway({
  schema,
  reader: new Reader(
    schema,
    createRun(openReadPool(databaseUrl)),
    Buffer.from('a cursor secret of more than 32 characters'),
    auditReads(store),
    readPast,
  ),
  authenticator,
  production: true,
  log,
  callbackHandler: async (_request, response) => void response.writeHead(404).end(),
  health: async () => ({ live: true, ready: true, parts: {} }),
  metrics: () => metrics.text(),
  subscriptions: serveSubscriptions({ schema, authenticator, subscriptions }),
  onRequest: metrics.request,
});
process.send!({ url: await gateway.listen(0, '127.0.0.1') });

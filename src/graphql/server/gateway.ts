// The HTTP face: GraphQL over bare node:http, callbacks of partners, health, metrics, the explorer, and an orderly end.
import { ApolloServer, HeaderMap, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Authenticator } from '../auth/tokens.js';
import type { Downloads } from '../exports/download.js';
import type { GraphContext } from '../reader/context.js';
import { createReaderPlugin, stringify } from '../reader/plugin.js';
import { problem } from '../reader/problem.js';
import type { Reader } from '../reader/reader.js';
import type { Run } from '../../storage/reader/run.js';
import type { Admission, Asked } from './admission.js';
import { createDocumentStore } from './document-store.js';
import { explorerPage } from './explorer.js';
import { answerTo, formatFault, tellFaults } from './faults.js';
import { limits } from './limits.js';

export interface GatewaySettings {
  schema: GraphQLSchema;
  reader: Reader;
  /** Where queries are read. */
  run: Run;
  authenticator: Authenticator;
  admission: Admission;
  production: boolean;
  /** Ready tokens by role for the explorer; outside production only. */
  explorerTokens?: Record<string, string>;
  callbackHandler(request: IncomingMessage, response: ServerResponse, partnerId: string): Promise<void>;
  exports: Downloads;
  health(): Promise<{ live: boolean; ready: boolean; parts: Record<string, string> }>;
  metrics(): Promise<{ contentType: string; text: string }>;
  subscriptions: {
    upgrade(server: Server): void;
    handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
    close(): Promise<void>;
  };
  onRequest(operation: string, seconds: number, outcome: string): void;
  log: { info(fields: object, text: string): void; warn(fields: object, text: string): void; error(fields: object, text: string): void };
}

export interface Gateway {
  listen(port: number, host: string): Promise<string>;
  drain(mostMs: number): Promise<void>;
}

export function createGateway(settings: GatewaySettings): Gateway {
  const { schema, reader, authenticator, admission, production, log } = settings;
  let draining = false;

  const told: ApolloServerPlugin<GraphContext> = {
    requestDidStart: async () => {
      const began = performance.now();
      return {
        async willSendResponse({ operationName, operation, response, contextValue }) {
          const ms = performance.now() - began;
          const result = response.body.kind === 'single' ? response.body.singleResult : undefined;
          const code = result?.errors?.[0]?.extensions?.['code'];
          const name = operationName ?? operation?.operation ?? 'unread';
          settings.onRequest(operationName ? name.slice(0, 60) : 'unnamed', ms / 1000, String(code ?? 'ok'));
          log.info(
            {
              operation: name.slice(0, 60),
              ms: Math.round(ms * 10) / 10,
              code,
              user: contextValue.caller.user,
              traceId: contextValue.traceId,
            },
            'graphql',
          );
        },
      };
    },
  };
  const apollo = new ApolloServer<GraphContext>({
    schema,
    stringifyResult: stringify,
    introspection: true, // admission says who may
    persistedQueries: false, // admission knows the registered ones
    documentStore: createDocumentStore(),
    hideSchemaDetailsFromClientErrors: production,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    parseOptions: { maxTokens: limits.tokens },
    formatError: formatFault,
    plugins: [ApolloServerPluginCacheControlDisabled(), createReaderPlugin(reader), tellFaults(log), told],
    logger: {
      debug() {},
      info() {},
      warn: (message: unknown) => log.warn({}, String(message)),
      error: (message: unknown) => log.error({ error: message instanceof Error ? message.message : String(message) }, 'graphql'),
    },
  });

  async function graphql(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const traceId = traceOf(request);
    try {
      if (request.method !== 'POST') throw refused(405, 'GraphQL is asked by POST');
      if (!/^application\/(json|graphql\+json)\b/.test(request.headers['content-type'] ?? ''))
        throw refused(415, 'content-type must be application/json');
      const caller = await authenticator.authenticate(request.headers.authorization, header(request, 'x-purpose'));
      const asked = parse(await bodyOf(request));
      const { cost, kind, ...body } = admission.admit(asked, caller);
      if (kind === 'subscription')
        throw problem('BAD_USER_INPUT', 'Subscriptions are served over graphql-transport-ws at /graphql and as events at /graphql/stream');
      const headers = new HeaderMap(); // with the two that are looked at
      for (const name of ['content-type', 'accept'] as const) if (request.headers[name]) headers.set(name, request.headers[name]);
      const answer = await apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: { method: 'POST', headers, search: '', body },
        context: async () => ({ caller, traceId, run: settings.run, cost, exportUrl: settings.exports.urlOf }),
      });
      const text = answer.body.kind === 'complete' ? answer.body.string : '';
      response
        .writeHead(answer.status ?? 200, {
          ...Object.fromEntries(answer.headers),
          'x-trace-id': traceId,
          'content-length': Buffer.byteLength(text),
        })
        .end(text);
    } catch (error) {
      const { status, body, retryAfterMs } = answerTo(error, traceId);
      if (status >= 500) log.error({ traceId, error: (error as Error).message }, 'graphql');
      if (status === 405) response.setHeader('allow', 'POST');
      if (retryAfterMs) response.setHeader('retry-after', Math.ceil(retryAfterMs / 1_000));
      const asked = request.headers.accept?.includes('application/graphql-response+json');
      json(response, status, body, asked ? 'application/graphql-response+json' : undefined);
    }
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === '/graphql') return graphql(request, response);
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://gateway');
    if (pathname === '/graphql') return graphql(request, response);
    if (pathname === '/graphql/stream') return settings.subscriptions.handle(request, response);
    const partner = /^\/callbacks\/([a-z0-9-]{1,60})$/.exec(pathname)?.[1];
    if (partner) return settings.callbackHandler(request, response, partner);
    const file = /^\/exports\/(export_[0-9a-z]{16})\.jsonl$/.exec(pathname)?.[1];
    if (file) return settings.exports.handle(request, response, file, searchParams);
    if (pathname === '/healthz') return json(response, 200, { status: 'alive' });
    if (pathname === '/readyz') {
      const { ready, parts } = await settings.health();
      return json(response, ready && !draining ? 200 : 503, { status: draining ? 'draining' : ready ? 'ready' : 'not ready', ...parts });
    }
    if (pathname === '/metrics') {
      const { contentType, text } = await settings.metrics();
      return void response.writeHead(200, { 'content-type': contentType }).end(text);
    }
    if (pathname === '/' && !production)
      return void response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
        .end(explorerPage(settings.explorerTokens ?? {}));
    json(response, 404, { message: 'There is nothing here; GraphQL is at /graphql' });
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: Error) => {
      log.error({ error: error.message }, 'a request failed');
      if (!response.headersSent) json(response, 500, { message: 'Something went wrong' });
      else response.destroy();
    });
  });
  server.requestTimeout = 30_000;

  return {
    async listen(port, host) {
      await apollo.start();
      settings.subscriptions.upgrade(server);
      await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
      const at = server.address() as { port: number };
      return `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${at.port}`;
    },
    async drain(mostMs) {
      draining = true;
      await settings.subscriptions.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), mostMs);
      await closed;
      clearTimeout(timer);
      await apollo.stop();
    },
  };
}

/** A request that is none of GraphQL. */
const refused = (status: number, message: string, code: 'BAD_USER_INPUT' | 'COST_LIMIT' = 'BAD_USER_INPUT'): GraphQLError =>
  new GraphQLError(message, { extensions: { code, http: { status } } });

const header = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name];
  return typeof value === 'string' && value.length <= 200 ? value : undefined;
};
const traceOf = (request: IncomingMessage): string =>
  /^[\w-]{8,64}$/.test(header(request, 'x-trace-id') ?? '') ? header(request, 'x-trace-id')! : randomUUID();

function parse(text: string): Asked {
  let told: unknown;
  try {
    told = JSON.parse(text);
  } catch {
    throw problem('BAD_USER_INPUT', 'The body is not JSON');
  }
  if (typeof told !== 'object' || told === null || Array.isArray(told))
    throw problem('BAD_USER_INPUT', 'The body must be one object with a query; requests are not batched');
  return told;
}

/** By events, at half the price of the iterator over a stream. */
function bodyOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limits.bodyBytes) chunks.push(chunk);
      else reject(refused(413, `A request may have ${limits.bodyBytes} bytes`, 'COST_LIMIT'));
    });
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.on('error', reject);
  });
}

function json(response: ServerResponse, status: number, body: object, type = 'application/json'): void {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8` }).end(JSON.stringify(body));
}

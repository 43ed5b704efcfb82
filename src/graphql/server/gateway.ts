// The HTTP face: GraphQL over bare node:http, callbacks of partners, health, metrics, the explorer, and an orderly end.
import { ApolloServer, HeaderMap, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Authenticator } from '../auth/tokens.js';
import type { GraphContext } from '../reader/context.js';
import { createReaderPlugin, stringify } from '../reader/plugin.js';
import { httpStatus, type FaultCode } from '../reader/problem.js';
import type { Reader } from '../reader/reader.js';
import { explorerPage } from './explorer.js';
import { limits, sizeRule } from './limits.js';

export interface GatewaySettings {
  schema: GraphQLSchema;
  reader: Reader;
  authenticator: Authenticator;
  production: boolean;
  /** Ready tokens by role for the explorer; outside production only. */
  explorerTokens?: Record<string, string>;
  callbackHandler(request: IncomingMessage, response: ServerResponse, partnerId: string): Promise<void>;
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

class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export function createGateway(settings: GatewaySettings): Gateway {
  const { schema, reader, authenticator, production, log } = settings;
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
    introspection: !production,
    hideSchemaDetailsFromClientErrors: production,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    parseOptions: { maxTokens: limits.tokens },
    validationRules: [sizeRule],
    formatError: (formatted, error) => formatFault(formatted, error, log),
    plugins: [ApolloServerPluginCacheControlDisabled(), createReaderPlugin(reader), told],
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
      if (request.method !== 'POST') throw new Refused(405, 'BAD_USER_INPUT', 'GraphQL is asked by POST');
      if (!/^application\/(json|graphql\+json)\b/.test(request.headers['content-type'] ?? ''))
        throw new Refused(415, 'BAD_USER_INPUT', 'content-type must be application/json');
      const caller = await authenticator.authenticate(request.headers.authorization, header(request, 'x-purpose'));
      const body = parse(await bodyOf(request));
      const headers = new HeaderMap(Object.entries(request.headers).map(([key, value]) => [key, String(value)]));
      const answer = await apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: { method: 'POST', headers, search: '', body },
        context: async () => ({ caller, traceId }),
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
      const [status, code, message] =
        error instanceof Refused
          ? [error.status, error.code, error.message]
          : error instanceof GraphQLError
            ? [httpStatus[error.extensions['code'] as FaultCode] ?? 400, String(error.extensions['code']), error.message]
            : [500, 'INTERNAL', 'Something went wrong'];
      if (status >= 500) log.error({ traceId, error: (error as Error).message }, 'graphql');
      json(response, status, { errors: [{ message, extensions: { code, retryable: false, traceId } }] });
    }
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === '/graphql') return graphql(request, response);
    const { pathname } = new URL(request.url ?? '/', 'http://gateway');
    if (pathname === '/graphql') return graphql(request, response);
    if (pathname === '/graphql/stream') return settings.subscriptions.handle(request, response);
    const partner = /^\/callbacks\/([a-z0-9-]{1,60})$/.exec(pathname)?.[1];
    if (partner) return settings.callbackHandler(request, response, partner);
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

/** A client learns the kind of fault and where to ask about it; never a stack, a statement or a secret. */
function formatFault(formatted: GraphQLFormattedError, error: unknown, log: GatewaySettings['log']): GraphQLFormattedError {
  const code = String(formatted.extensions?.['code'] ?? 'INTERNAL');
  const { http: _http, stacktrace: _stack, isLimit, ...extensions } = (formatted.extensions ?? {}) as Record<string, unknown>;
  if (code !== 'INTERNAL' && code !== 'INTERNAL_SERVER_ERROR') {
    const known =
      isLimit || /more than \d+ tokens/.test(formatted.message)
        ? 'COST_LIMIT'
        : /^GRAPHQL_|^BAD_REQUEST$|^OPERATION_RESOLUTION_FAILURE$/.test(code)
          ? 'BAD_USER_INPUT'
          : code;
    return { ...formatted, extensions: { retryable: false, ...extensions, code: known } };
  }
  const traceId = randomUUID();
  const inner = (error as { originalError?: Error }).originalError ?? (error as Error);
  log.error({ traceId, error: inner.message, path: formatted.path?.join('.') }, 'a field failed');
  return {
    message: 'Something went wrong',
    ...(formatted.path ? { path: formatted.path } : {}),
    extensions: { code: 'INTERNAL', retryable: false, traceId },
  };
}

const header = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name];
  return typeof value === 'string' && value.length <= 200 ? value : undefined;
};
const traceOf = (request: IncomingMessage): string =>
  /^[\w-]{8,64}$/.test(header(request, 'x-trace-id') ?? '') ? header(request, 'x-trace-id')! : randomUUID();

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refused(400, 'BAD_USER_INPUT', 'The body is not JSON');
  }
}

/** By events, at half the price of the iterator over a stream. */
function bodyOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limits.bodyBytes) chunks.push(chunk);
      else reject(new Refused(413, 'COST_LIMIT', `A request may have ${limits.bodyBytes} bytes`));
    });
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.on('error', reject);
  });
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

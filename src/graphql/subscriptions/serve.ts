// Subscriptions over graphql-transport-ws and over server-sent events, for as long as the token lasts.
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { createHandler, type Handler } from 'graphql-sse';
import { useServer } from 'graphql-ws/use/ws';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { WebSocketServer } from 'ws';
import type { Caller } from '../../storage/reader/shape.js';
import type { Authenticator } from '../auth/tokens.js';
import type { Admission, Asked } from '../server/admission.js';
import { formatFault } from '../server/faults.js';
import { httpStatus, type FaultCode } from '../reader/problem.js';
import type { CaseSubscriptions } from './case-changed.js';

export interface Served {
  upgrade(server: Server): void;
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  close(): Promise<void>;
}

const heartbeatMs = 12_000;

export function serveSubscriptions({
  schema,
  authenticator,
  admission,
  subscriptions,
}: {
  schema: GraphQLSchema;
  authenticator: Authenticator;
  admission: Admission;
  subscriptions: CaseSubscriptions;
}): Served {
  const contextOf = (caller: Caller) => ({ caller, traceId: randomUUID(), subscriptions });
  /** Puts the text of a registered document in its place; @returns why the request is not let in */
  const admit = (asked: Asked, caller: Caller): GraphQLError[] | undefined => {
    try {
      asked.query = admission.admit(asked, caller).query;
      return undefined;
    } catch (error) {
      if (error instanceof GraphQLError) return [new GraphQLError(error.message, { extensions: formatFault(error.toJSON()).extensions })];
      throw error;
    }
  };
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 100_000 });
  const served = useServer<{ authorization?: string; purpose?: string }, { caller?: Caller }>(
    {
      schema,
      connectionInitWaitTimeout: 5_000,
      async onConnect({ connectionParams, extra }) {
        try {
          extra.caller = await authenticator.authenticate(String(connectionParams?.authorization ?? ''), connectionParams?.purpose);
        } catch (error) {
          extra.socket.close(
            (error as GraphQLError).extensions?.['code'] === 'FORBIDDEN' ? 4403 : 4401,
            (error as Error).message.slice(0, 120),
          );
          return false;
        }
        const left = extra.caller.expiresAt! - Date.now();
        const timer = setTimeout(
          () => extra.socket.close(4403, 'The token has expired: connect again with a new one and afterSequence'),
          Math.min(left, 2 ** 31 - 1),
        );
        extra.socket.once('close', () => clearTimeout(timer));
        return true;
      },
      onSubscribe: ({ extra }, _id, asked) => admit(asked, extra.caller!),
      context: ({ extra }) => contextOf(extra.caller!),
    },
    sockets,
    heartbeatMs,
  );

  const stream: Handler<IncomingMessage, { caller: Caller }> = createHandler<IncomingMessage, { caller: Caller }>({
    schema,
    authenticate: () => '', // distinct connections: each stands alone
    onSubscribe: ({ context }, asked) => {
      const [fault] = admit(asked, context.caller) ?? [];
      if (!fault) return;
      const body = JSON.stringify({
        errors: [fault],
      });
      return [body, { status: 400, statusText: 'Bad Request', headers: { 'content-type': 'application/json' } }];
    },
    context: ({ context }) => contextOf(context.caller) as never,
  });
  const streams = new Set<ServerResponse>();

  return {
    upgrade(server) {
      server.on('upgrade', (request, socket, head) => {
        if (new URL(request.url ?? '/', 'http://gateway').pathname !== '/graphql') return void socket.destroy();
        sockets.handleUpgrade(request, socket, head, (ready) => sockets.emit('connection', ready, request));
      });
    },
    async handle(request, response) {
      let caller: Caller;
      try {
        caller = await authenticator.authenticate(request.headers.authorization, request.headers['x-purpose'] as string | undefined);
      } catch (error) {
        const { message, extensions } = error as GraphQLError;
        response
          .writeHead(httpStatus[extensions['code'] as FaultCode], { 'content-type': 'application/json' })
          .end(JSON.stringify({ errors: [{ message, extensions: { code: extensions['code'], retryable: false } }] }));
        return;
      }
      const [body, init] = await stream({
        method: request.method ?? 'POST',
        url: request.url ?? '/',
        headers: { get: (name) => (request.headers[name.toLowerCase()] as string | undefined) ?? null },
        body: () => textOf(request),
        raw: request,
        context: { caller },
      });
      response.writeHead(init.status, init.statusText, { ...init.headers, 'cache-control': 'no-store' });
      if (!body || typeof body === 'string') return void response.end(body ?? '');
      response.flushHeaders();
      streams.add(response);
      const beat = setInterval(() => response.write(':\n\n'), heartbeatMs);
      const expiry = setTimeout(() => end('TOKEN_EXPIRED'), Math.min(caller.expiresAt! - Date.now(), 2 ** 31 - 1));
      const end = (reason: string) => {
        response.write(`event: complete\ndata: ${JSON.stringify({ reason })}\n\n`);
        response.end();
      };
      response.once('close', () => {
        clearInterval(beat);
        clearTimeout(expiry);
        streams.delete(response);
        void body.return(undefined);
      });
      try {
        for await (const value of body) {
          if (!response.writable) break;
          response.write(value);
        }
        response.end();
      } catch {
        if (response.writable) end('SOURCE_LOST'); // go on with afterSequence
      }
    },
    async close() {
      for (const response of streams) {
        response.write(`event: complete\ndata: ${JSON.stringify({ reason: 'SERVER_STOPPING' })}\n\n`);
        response.end();
      }
      await served.dispose();
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > 100_000) throw new Error('A request may have 100000 bytes');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

// Subscriptions over graphql-transport-ws: many on one socket, closed in order before its token ends, and cut off when it does not read.
import type { GraphQLError, GraphQLSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Caller } from '../../storage/reader/shape.js';
import type { Authenticator } from '../auth/tokens.js';
import { problem } from '../reader/problem.js';
import type { Asked } from '../server/admission.js';
import { beforeExpiryMs, type Live } from './live.js';

const tooSlow = 4410;
const mostOnSocket = 50;

export function serveSockets({ schema, authenticator, live }: { schema: GraphQLSchema; authenticator: Authenticator; live: Live }): {
  upgrade(server: Server): void;
  close(): Promise<void>;
  count(): number;
} {
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
        const timer = setTimeout(
          () => extra.socket.close(4403, 'The token ends: connect again with a new one, afterSequence the last sequence'),
          beforeExpiryMs(extra.caller),
        );
        extra.socket.once('close', () => clearTimeout(timer));
        return true;
      },
      onSubscribe({ extra, subscriptions }, _id, asked) {
        if (Object.keys(subscriptions).length > mostOnSocket)
          return [problem('COST_LIMIT', `A socket may have ${mostOnSocket} subscriptions`)];
        try {
          return live.prepare(asked as Asked, extra.caller!);
        } catch (errors) {
          return errors as GraphQLError[];
        }
      },
      subscribe: live.subscribe as never,
    },
    sockets,
    live.limits.heartbeatMs,
  );

  // A client to which nothing of what waits could be sent for as long as the deadline is cut off: what is owed to it waits in the log.
  const stalled = new WeakMap<WebSocket, { sent: number; since: number }>();
  const tcp = new WeakMap<WebSocket, Socket>();
  const look = setInterval(() => {
    const now = performance.now();
    for (const socket of sockets.clients) {
      const { bytesWritten, writableLength } = tcp.get(socket)!;
      const sent = bytesWritten - writableLength;
      const was = stalled.get(socket);
      if (!was || !writableLength || was.sent !== sent) stalled.set(socket, { sent, since: now });
      else if (now - was.since > live.limits.writeDeadlineMs && socket.readyState === socket.OPEN) {
        live.onSlow();
        socket.close(tooSlow, 'Too slow: connect again, afterSequence the last sequence');
        setTimeout(() => socket.terminate(), live.limits.writeDeadlineMs).unref();
      }
    }
  }, live.limits.writeDeadlineMs / 10).unref();

  return {
    upgrade(server) {
      server.on('upgrade', (request, socket, head) => {
        if (new URL(request.url ?? '/', 'http://gateway').pathname !== '/graphql') return void socket.destroy();
        sockets.handleUpgrade(request, socket, head, (ready) => {
          tcp.set(ready, request.socket);
          sockets.emit('connection', ready, request);
        });
      });
    },
    async close() {
      clearInterval(look);
      await served.dispose();
    },
    count: () => sockets.clients.size,
  };
}

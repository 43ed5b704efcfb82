// Subscriptions over graphql-transport-ws and over server-sent events, for as long as the token lasts.
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Caller } from '../../storage/reader/shape.js';
import type { Run } from '../../storage/reader/run.js';
import type { Authenticator } from '../auth/tokens.js';
import type { Admission, Asked } from '../server/admission.js';
import { createDocuments } from './documents.js';
import { liveLimits, type Live, type LiveLimits } from './live.js';
import type { LiveChanges } from './live-changes.js';
import type { Sharing } from './sharing.js';
import { serveSockets } from './sockets.js';
import { serveStreams } from './streams.js';

export interface Served {
  upgrade(server: Server): void;
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  close(): Promise<void>;
  /** Connections that are open. */
  count(): number;
}

export function serveSubscriptions({
  schema,
  authenticator,
  admission,
  changes,
  sharing,
  run,
  limits = liveLimits,
  onSlow = () => {},
}: {
  schema: GraphQLSchema;
  authenticator: Authenticator;
  admission: Admission;
  changes: LiveChanges;
  sharing: Sharing;
  /** Where what changes say is read. */
  run: Run;
  limits?: LiveLimits;
  onSlow?(): void;
}): Served {
  const read = createDocuments(schema);
  /** The text of what may be asked, also where it was named by the id of a registered document. */
  const admitted = (asked: Asked, caller: Caller): string => {
    try {
      return admission.admit(asked, caller).query;
    } catch (error) {
      throw error instanceof GraphQLError ? [error] : error;
    }
  };
  const live: Live = {
    limits,
    prepare: (asked, caller) => ({
      ...read({ ...asked, query: admitted(asked, caller) }),
      schema,
      contextValue: { caller, traceId: randomUUID(), live: changes, run },
    }),
    subscribe: sharing.subscribe,
    onSlow,
  };
  const sockets = serveSockets({ schema, authenticator, live });
  const streams = serveStreams({ authenticator, live });
  return {
    upgrade: sockets.upgrade,
    handle: streams.handle,
    async close() {
      streams.close();
      await sockets.close();
    },
    count: () => sockets.count() + streams.count(),
  };
}

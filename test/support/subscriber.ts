// A subscriber over a real socket: over WebSocket or as an event stream, whose connection can be cut.
import { createClient as createStream } from 'graphql-sse';
import { createClient as createSocket } from 'graphql-ws';
import WebSocket from 'ws';

export interface Subscriber {
  /** `data` of what has come, or the errors of a refusal. */
  seen: any[];
  refused: { message: string; extensions: Record<string, unknown> }[];
  /** Once the connection is gone; the reason as the server told it. */
  ended: Promise<{ code?: number; reason: string }>;
  /** Without a word, as when a cable is pulled. */
  cut(): void;
}

export interface Asking {
  url: string;
  token: string;
  query: string;
  variables?: Record<string, unknown>;
  purpose?: string;
}

export function overSocket({ url, token, query, variables, purpose }: Asking): Subscriber {
  let socket: WebSocket | undefined;
  let end: (how: { code?: number; reason: string }) => void;
  const subscriber: Subscriber = {
    seen: [],
    refused: [],
    ended: new Promise((ended) => (end = ended)),
    cut: () => socket?.terminate(),
  };
  const client = createSocket({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    lazyCloseTimeout: 0,
    connectionParams: { authorization: `Bearer ${token}`, ...(purpose ? { purpose } : {}) },
    on: {
      opened: (opened) => (socket = opened as WebSocket),
      closed: (event) => end(event as { code: number; reason: string }),
    },
  });
  client.subscribe(
    { query, variables: variables ?? null },
    {
      next: ({ data, errors }) => void (errors ? subscriber.refused.push(...(errors as never[])) : subscriber.seen.push(data)),
      error: (error) => void (Array.isArray(error) && subscriber.refused.push(...error)),
      complete: () => {},
    },
  );
  return subscriber;
}

export function asStream({ url, token, query, variables }: Asking): Subscriber {
  const abort = new AbortController();
  let reason = 'CUT';
  let end: (how: { reason: string }) => void;
  const subscriber: Subscriber = {
    seen: [],
    refused: [],
    ended: new Promise((ended) => (end = ended)),
    cut: () => abort.abort(),
  };
  const client = createStream({
    url: `${url}/graphql/stream`,
    retryAttempts: 0,
    headers: { authorization: `Bearer ${token}` },
    fetchFn: (address: string, init: RequestInit) => fetch(address, { ...init, signal: AbortSignal.any([abort.signal, init.signal!]) }),
    onMessage: ({ event, data }) => void (event === 'complete' && (reason = (data as { reason: string } | null)?.reason ?? reason)),
  });
  client.subscribe<any>(
    { query, ...(variables ? { variables } : {}) },
    {
      next: ({ data, errors }) => void (errors ? subscriber.refused.push(...(errors as never[])) : subscriber.seen.push(data)),
      error: () => end({ reason }),
      complete: () => end({ reason }),
    },
  );
  return subscriber;
}

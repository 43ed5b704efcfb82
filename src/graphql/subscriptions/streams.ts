// Subscriptions as server-sent events, one a connection: headers at once, a heartbeat, and an end that says why.
import type { GraphQLError } from 'graphql';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from '../../storage/reader/shape.js';
import type { Authenticator } from '../auth/tokens.js';
import { httpStatus, type FaultCode } from '../reader/problem.js';
import type { Asked } from '../server/admission.js';
import { beforeExpiryMs, type Live } from './live.js';

type Reason = 'TOKEN_EXPIRED' | 'SERVER_STOPPING' | 'SOURCE_LOST' | 'ACCESS_ENDED' | 'REFUSED';
const mostBytes = 100_000;

export function serveStreams({ authenticator, live }: { authenticator: Authenticator; live: Live }): {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  close(): void;
  count(): number;
} {
  const open = new Set<(reason: Reason) => void>();

  async function follow(asked: Asked, caller: Caller, response: ServerResponse): Promise<void> {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    response.flushHeaders();
    const event = (name: string, data: unknown) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
    const write = async (text: string): Promise<void> => {
      if (response.write(text)) return;
      const late = AbortSignal.any([AbortSignal.timeout(live.limits.writeDeadlineMs), gone.signal]);
      await once(response, 'drain', { signal: late }).catch(() => {
        if (!gone.signal.aborted) live.onSlow();
        response.destroy(); // no room even for a reason
      });
    };
    const end = (reason: Reason) => {
      if (!response.writable) return;
      response.write(event('complete', { reason }));
      response.end();
    };
    const gone = new AbortController();
    const beat = setInterval(() => response.writableNeedDrain || response.write(':\n\n'), live.limits.heartbeatMs);
    const expiry = setTimeout(() => end('TOKEN_EXPIRED'), beforeExpiryMs(caller));
    open.add(end);
    let results: Awaited<ReturnType<Live['subscribe']>> | undefined;
    response.once('close', () => {
      gone.abort();
      clearInterval(beat);
      clearTimeout(expiry);
      open.delete(end);
      if (results && 'return' in results) void results.return();
    });
    try {
      results = await live.subscribe(live.prepare(asked, caller));
      if (!('next' in results)) {
        await write(event('next', results));
        return end('REFUSED');
      }
      if (gone.signal.aborted) return void (await results.return());
      for await (const result of results) {
        if (!response.writable) break;
        await write(event('next', result));
      }
      end('ACCESS_ENDED');
    } catch (error) {
      if (!Array.isArray(error)) return end('SOURCE_LOST'); // go on with afterSequence
      if (response.writable) await write(event('next', { errors: error as GraphQLError[] }));
      end('REFUSED');
    }
  }

  return {
    async handle(request, response) {
      try {
        if (request.method !== 'POST') return refuse(response, 405, 'BAD_USER_INPUT', 'An event stream is asked for by POST');
        const caller = await authenticator.authenticate(request.headers.authorization, request.headers['x-purpose'] as string | undefined);
        const asked = await askedOf(request);
        if (!asked) return refuse(response, 400, 'BAD_USER_INPUT', `The body must be JSON of at most ${mostBytes} bytes`);
        await follow(asked, caller, response);
      } catch (error) {
        const { message, extensions } = error as GraphQLError;
        if (!extensions?.['code']) throw error;
        refuse(response, httpStatus[extensions['code'] as FaultCode], extensions['code'] as FaultCode, message);
      }
    },
    close: () => open.forEach((end) => end('SERVER_STOPPING')),
    count: () => open.size,
  };
}

function refuse(response: ServerResponse, status: number, code: FaultCode, message: string): void {
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
    .end(JSON.stringify({ errors: [{ message, extensions: { code, retryable: false } }] }));
}

async function askedOf(request: IncomingMessage): Promise<Asked | null> {
  let text = '';
  request.setEncoding('utf8');
  for await (const chunk of request) if ((text += chunk).length > mostBytes) return null;
  try {
    const asked: unknown = JSON.parse(text);
    return asked && typeof asked === 'object' ? (asked as Asked) : null;
  } catch {
    return null;
  }
}

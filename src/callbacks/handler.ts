// Partners in: a callback is believed when its signature fits, taken once, and answered with 2xx only after the commit.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isUtf8 } from 'node:buffer';
import { recordCallback, type PartnerNews } from '../actions/record-callback.js';
import type { Store } from '../storage/store.js';
import { isSigned } from './verify.js';

export interface CallbackSettings {
  store: Store;
  /** Reads a partner's body; undefined for a partner that is not connected. */
  readerOf(partnerId: string): ((body: unknown) => { callback: PartnerNews } | { problem: string }) | undefined;
  /** The live secrets of a partner: while keys are changed there are two. */
  secretsOf(partnerId: string): readonly string[];
  log: { info(fields: object, text: string): void; warn(fields: object, text: string): void };
}

const largest = 262_144;

class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Answers POST /callbacks/{partner}. */
export function createCallbackHandler({
  store,
  readerOf,
  secretsOf,
  log,
}: CallbackSettings): (request: IncomingMessage, response: ServerResponse, partnerId: string) => Promise<void> {
  async function take(request: IncomingMessage, partnerId: string): Promise<string> {
    if (request.method !== 'POST') throw new Refused(405, 'METHOD_NOT_ALLOWED', 'Callbacks are sent by POST');
    const read = readerOf(partnerId);
    if (!read) throw new Refused(404, 'NOT_FOUND', 'There is no such partner');
    const raw = await bodyOf(request);
    const header = (name: string) => String(request.headers[name] ?? '');
    const id = header('webhook-id');
    const given = { id, timestamp: header('webhook-timestamp'), signature: header('webhook-signature'), body: raw };
    if (!isSigned(given, secretsOf(partnerId))) throw new Refused(401, 'BAD_SIGNATURE', 'The signature or its timestamp does not fit');
    let body: unknown;
    try {
      body = JSON.parse(raw);
    } catch {
      throw new Refused(400, 'NOT_JSON', 'The body is not JSON');
    }
    const said = read(body);
    if ('problem' in said) throw new Refused(422, 'UNREADABLE', said.problem);
    const outcome = await recordCallback(store, partnerId, id, said.callback);
    if (outcome === 'notFound') throw new Refused(404, 'NOT_FOUND', 'There is no such delivery');
    return outcome;
  }

  return async (request, response, partnerId) => {
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    try {
      answer(200, { outcome: await take(request, partnerId) });
    } catch (error) {
      if (error instanceof Refused) {
        log.warn({ partnerId, code: error.code, status: error.status }, 'a callback was refused');
        answer(error.status, { code: error.code, message: error.message });
      } else {
        log.warn({ partnerId, error: (error as Error).message }, 'a callback could not be recorded');
        answer(503, { code: 'UNAVAILABLE', message: 'Not recorded, send it again' });
      }
    }
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > largest) throw new Refused(413, 'TOO_LARGE', `A callback may have ${largest} bytes`);
    chunks.push(chunk as Buffer);
  }
  const raw = Buffer.concat(chunks);
  // Other bytes could not be told apart any more once they are text, and would pass under one signature.
  if (!isUtf8(raw)) throw new Refused(400, 'NOT_JSON', 'The body is not UTF-8');
  return raw.toString('utf8');
}

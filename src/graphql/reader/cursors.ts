// Cursors as they are believed: signed here, about one filter and order, and not older than some days.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { problem } from './problem.js';

export interface Cursors {
  /** What the payload of a cursor made today begins with. By days, so that an answer stays the same within one. */
  head(about: string): string;
  /** The payload of a cursor, once it is believed. @throws BAD_USER_INPUT, CURSOR_MISMATCH, CURSOR_EXPIRED */
  open(cursor: string, about: string): string;
}

const dayMs = 86_400_000;

/** @param secrets those by which a cursor may be signed; @param days for which it is good */
export function createCursors(secrets: readonly Buffer[], days: number, now: () => number = Date.now): Cursors {
  const today = () => Math.floor(now() / dayMs);
  return {
    head: (about) => `${about}.${today()}`,
    open(cursor, about) {
      const [payload = Buffer.alloc(0), signature] = cursor.split('.').map((part) => Buffer.from(part, 'base64url'));
      if (signature?.length !== 32 || !secrets.some((secret) => timingSafeEqual(signature, seal(payload, secret))))
        throw problem('BAD_USER_INPUT', 'This is not a cursor of this service');
      const text = payload.toString();
      const [its, madeOn] = String(JSON.parse(text)[0]).split('.');
      if (its !== about) throw problem('CURSOR_MISMATCH', 'The cursor belongs to another filter or order');
      if (!(today() - Number(madeOn) <= days)) throw problem('CURSOR_EXPIRED', `The cursor is older than ${days} days`); // also one without a day
      return text;
    },
  };
}

const seal = (payload: Buffer, secret: Buffer) => createHmac('sha256', secret).update(payload).digest();

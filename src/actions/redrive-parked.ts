// Reads parked messages again, after what was wrong has been mended: here, or in the messages themselves.
import { ParkedMessage } from '../storage/definitions/log.js';
import { writeLock, type Store } from '../storage/store.js';
import { recordLateFacts, type SourceFact } from './record-loan-facts.js';

export interface ParkedRaw {
  topic: string;
  partition: number;
  offset: string;
  key: Buffer | null;
  value: Buffer;
  headers: Record<string, string>;
}

export interface Redriven {
  redriven: number;
  stillParked: number;
}

/**
 * @param read what a message says now, or why it still cannot be read
 * @param ids only these; all that are parked when null
 * @param mended a message's own bytes, mended, by the id it was parked under
 */
export async function redriveParked(
  store: Store,
  read: (message: ParkedRaw) => { facts: SourceFact[] } | { unreadable: string },
  ids: readonly string[] | null,
  mended: ReadonlyMap<string, Buffer> = new Map(),
): Promise<Redriven> {
  const found = await store.transaction((tx) =>
    tx.em.find(
      ParkedMessage,
      { state: 'PARKED', ...(ids ? { id: { $in: [...ids] } } : {}) },
      { orderBy: { topic: 'asc', partition: 'asc', messageOffset: 'asc' } },
    ),
  );
  let redriven = 0;
  for (const { id } of found) {
    redriven += await store.transaction(async (tx) => {
      const message = await tx.em.findOneOrFail(ParkedMessage, { id }, { lockMode: writeLock });
      if (message.state !== 'PARKED') return 0;
      const said = read({
        topic: message.topic,
        partition: message.partition,
        offset: String(message.messageOffset),
        key: message.key ? Buffer.from(message.key) : null,
        value: mended.get(id) ?? Buffer.from(message.raw),
        headers: message.headers,
      });
      if ('unreadable' in said) {
        message.reason = said.unreadable;
        return 0;
      }
      await recordLateFacts(tx, said.facts);
      Object.assign(message, { state: 'REDRIVEN', redrivenAt: new Date() });
      return 1;
    });
  }
  return { redriven, stillParked: found.length - redriven };
}

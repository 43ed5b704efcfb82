// Who saw personal data in clear, on record before they see it: one prepared statement on a connection of its own, and one commit for all that is read meanwhile.
import pg from 'pg';
import { audit, rowOf, writeEntries, type Entry } from './audit.js';
import type { Caller } from './reader/shape.js';
import type { Store } from './store.js';

export interface ReadAudit {
  /** Done when it is on record. */
  record(caller: Caller, read: { fields: readonly string[]; entered: readonly string[] }): Promise<void>;
  close(): Promise<void>;
}

const noSuchMonth = '23514'; // check_violation: no part of the table takes the row
/** How long reads are gathered while many come: a commit costs as much for one entry as for ten. */
const gatherMs = 2;

export function openReadAudit(url: string, store: Store): ReadAudit {
  const pool = new pg.Pool({ connectionString: url, max: 1, options: '-c plan_cache_mode=force_generic_plan' });
  pool.on('error', () => {}); // it was idle and has gone: the next entry opens another
  let waiting: Entry[] = [];
  let next: Promise<void> | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let many = false;

  async function writeWaiting(): Promise<void> {
    if (many) await new Promise((passed) => setTimeout(passed, gatherMs));
    const entries = waiting;
    [waiting, next] = [[], null];
    many = entries.length > 1;
    await pool
      .query({ name: 'audit', text: writeEntries, values: [JSON.stringify(entries.map(rowOf))] })
      .catch(async (error: { code?: string }) => {
        if (error.code !== noSuchMonth) throw error;
        await store.transaction((tx) => audit(tx, entries));
      });
  }

  return {
    record(actor, { fields, entered }) {
      waiting.push({ at: new Date(), actor, action: 'READ_UNMASKED', subject: entered.join(' ') || null, detail: { fields } });
      next ??= last.then(writeWaiting);
      last = next.catch(() => {});
      return next;
    },
    async close() {
      await last;
      await pool.end();
    },
  };
}

// Asks for a bulk export, or ends one that nobody needs any more; each happens once for its key, and is on record.
import { randomUUID } from 'node:crypto';
import { mostWaiting, type ExportOrder } from '../domain/bulk-export.js';
import { idOf, sha256 } from '../domain/ids.js';
import { audit } from '../storage/audit.js';
import { addExport, cancelExport, lockExport, waitingExports } from '../storage/exports.js';
import type { Store, Tx } from '../storage/store.js';
import { askedBefore, refuse, type Actor, type Outcome } from './request.js';

interface Keyed {
  actor: Actor;
  idempotencyKey: string;
  dryRun?: boolean;
}

export function askForExport(store: Store, request: Keyed & { order: ExportOrder; connection: string }): Promise<Outcome> {
  const { actor, order, connection } = request;
  return once(store, 'bulkExport', request, order, async (tx) => {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`exports of ${actor.user}`]);
    if ((await waitingExports(tx, actor.user)) >= mostWaiting)
      return refuse({
        code: 'MANDATE_EXCEEDED',
        message: `${mostWaiting} exports of yours are waiting: let some of them come to an end`,
        limit: String(mostWaiting),
      });
    const id = idOf('export', randomUUID());
    if (request.dryRun) return { done: {}, dryRun: true };
    await addExport(tx, id, order);
    await audit(tx, [{ actor, action: 'bulkExport', subject: id, detail: { connection, documentSha256: sha256(order.document) } }]);
    return { done: { exportId: id } };
  });
}

/** @param ofAnybody whether also what others have asked for may be ended */
export function endExport(store: Store, request: Keyed & { exportId: string; ofAnybody: boolean }): Promise<Outcome> {
  const { actor, exportId, ofAnybody } = request;
  return once(store, 'cancelBulkExport', request, { exportId }, async (tx) => {
    const status = await lockExport(tx, exportId, ofAnybody ? null : actor.user);
    const path = ['input', 'exportId'];
    if (!status) return refuse({ code: 'NOT_FOUND', message: 'There is no such export', path });
    if (status === 'CANCELLED') return { done: { exportId } };
    if (status !== 'QUEUED' && status !== 'RUNNING')
      return refuse({ code: 'INVALID_INPUT', message: `The export is ${status} and cannot be cancelled`, path });
    if (request.dryRun) return { done: { exportId }, dryRun: true };
    await cancelExport(tx, exportId);
    await audit(tx, [{ actor, action: 'cancelBulkExport', subject: exportId, detail: {} }]);
    return { done: { exportId } };
  });
}

/** A key seen before gets its first answer again; what was refused or only tried leaves no answer. */
function once(store: Store, name: string, request: Keyed, input: object, act: (tx: Tx) => Promise<Outcome>): Promise<Outcome> {
  return store.transaction(async (tx) => {
    const { before, keep } = await askedBefore(tx, request, [name, input]);
    if (before) return before;
    const outcome = await act(tx);
    if ('done' in outcome && !request.dryRun) keep(outcome.done);
    return outcome;
  });
}

// One attempt at an export: read and written under a lease that is renewed as long as it is held, and ended or put back whatever happens.
import type { GraphQLSchema } from 'graphql';
import {
  failExport,
  finishExport,
  isLastAttempt,
  putBackExport,
  renewExport,
  type ExportLease,
  type SoFar,
} from '../../storage/exports.js';
import { isPurpose, profileOf } from '../../storage/profiles.js';
import type { Caller } from '../../storage/reader/shape.js';
import type { Store } from '../../storage/store.js';
import { understood } from '../reader/problem.js';
import type { Reader } from '../reader/reader.js';
import { variablesOf } from '../reader/variables.js';
import { readExportDocument } from './export-document.js';
import type { ExportFiles } from './files.js';
import type { AtOneMoment } from './moments.js';
import { pagesOf } from './pages.js';

export interface ExportSettings {
  store: Store;
  schema: GraphQLSchema;
  /** As `schemaVersion` tells it. */
  schemaVersion: string;
  reader: Reader;
  atOneMoment: AtOneMoment;
  files: ExportFiles;
  keepHours: number;
  rowsAtOnce: number;
  log: { info(fields: object, text: string): void; error(fields: object, text: string): void };
}

const renewEveryMs = 1_000;
const againAfterMs = 5_000;
/** A snapshot holds up the cleaning of tables for as long as it is read. */
const longestMs = 2 * 3_600_000;

class LeaseLost extends Error {}
class TooLong extends Error {}

/** @param stopping ends it for another gateway to begin anew */
export async function runExport(settings: ExportSettings, lease: ExportLease, stopping: AbortSignal): Promise<void> {
  const { store, schema, schemaVersion, reader, atOneMoment, files, keepHours, rowsAtOnce, log } = settings;
  const soFar: SoFar = { rows: 0, bytes: 0, progress: null, knownAt: null };
  const ended = new AbortController();
  const signal = AbortSignal.any([stopping, ended.signal]);
  let renewing: Promise<void> | null = null;
  const renew = (): Promise<void> =>
    (renewing ??= renewExport(store, lease, soFar)
      .then((held) => void (held || ended.abort(new LeaseLost())))
      .catch((error: Error) => log.error({ exportId: lease.id, error: error.message }, 'the lease of an export was not renewed'))
      .finally(() => (renewing = null)));
  const beat = setInterval(() => void renew(), renewEveryMs);
  const tooLong = setTimeout(() => ended.abort(new TooLong()), longestMs);
  const caller = callerOf(lease);
  try {
    const document = readExportDocument(schema, lease.document);
    const variables = variablesOf(schema, document.operation, lease.variables);
    const sha256 = await atOneMoment(lease.past, caller, signal, (run, knownAt) => {
      soFar.knownAt = knownAt;
      return files.write(lease, pagesOf(reader, document, { variables, caller, run, rowsAtOnce }), ({ rows, bytes, total }) => {
        signal.throwIfAborted();
        Object.assign(soFar, { rows, bytes, progress: total === null ? null : Math.floor((100 * rows) / Math.max(total, rows, 1)) });
      });
    });
    signal.throwIfAborted();
    if (await finishExport(store, lease, soFar, { sha256, schemaVersion, keepHours }, () => files.place(lease)))
      log.info({ exportId: lease.id, rows: soFar.rows, bytes: soFar.bytes }, 'an export is done');
  } catch (error) {
    if (!(error instanceof LeaseLost))
      await settle(settings, lease, error, stopping.aborted).catch((fault: Error) =>
        log.error({ exportId: lease.id, error: fault.message }, 'the lease of an export is left to run out'),
      );
  } finally {
    clearInterval(beat);
    clearTimeout(tooLong);
    await renewing;
    await files.drop(lease).catch(() => {}); // else it is swept
  }
}

async function settle({ store, log }: ExportSettings, lease: ExportLease, error: unknown, stopping: boolean): Promise<void> {
  if (stopping) return putBackExport(store, lease, 0, false);
  if (error instanceof TooLong) return failExport(store, lease, `It took longer than ${longestMs / 3_600_000} hours`);
  const { message, extensions, originalError } = understood(error);
  if (extensions['code'] !== 'INTERNAL') return failExport(store, lease, message);
  log.error({ exportId: lease.id, attempt: lease.attempts, error: (originalError ?? (error as Error)).message }, 'an export broke off');
  if (isLastAttempt(lease)) return failExport(store, lease, `It broke off ${lease.attempts} times`);
  return putBackExport(store, lease, againAfterMs, true);
}

/** Whoever asked for it, with the rights of then. */
function callerOf({ asker: { user, roles, purpose, scope } }: ExportLease): Caller {
  const known = purpose !== undefined && isPurpose(purpose) ? { purpose } : {};
  const { branches, portfolios } = scope;
  return { profile: profileOf(roles, { ...known, branches, portfolios }), user, roles, scope, ...known };
}

// Bulk exports as they are kept: taken under leases that a killed process gives up by itself, and ended once, by whoever holds the lease.
import { mostAttempts, mostRunning, type ExportOrder } from '../domain/bulk-export.js';
import type { Store, Tx } from './store.js';

/** Nothing is written under a lease that another has taken over. */
export interface ExportLease extends ExportOrder {
  id: string;
  fence: string;
  attempts: number;
}

export interface SoFar {
  rows: number;
  bytes: number;
  /** In percent; null while it cannot be told. */
  progress: number | null;
  /** When the snapshot was taken; null until then. */
  knownAt: string | null;
}

const instant = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
const held = `id = $1 and fence = $2 and status = 'RUNNING'`;
const leaseFor = `now() + interval '30 seconds'`;

/** The past is that of now, where it was not said until when it was learned: else it would be another one with each attempt. */
export async function addExport(tx: Tx, id: string, { document, variables, asker, past }: ExportOrder): Promise<void> {
  const { user, roles, purpose, scope } = asker;
  await tx.query(
    `insert into bulk_export (id, status, document, variables, asked_by, roles, purpose, partner, branches, portfolios, past, as_of_valid_at, as_of_known_at, created_at, next_attempt_at)
     values ($1, 'QUEUED', $2, $12, $3, $4, $5, $6, $7, $8, $9, $10, case when $9 then coalesce($11::timestamptz, clock_timestamp()) end, clock_timestamp(), now())`,
    [
      id,
      document,
      user,
      roles,
      purpose ?? null,
      scope.partner ?? null,
      scope.branches ?? null,
      scope.portfolios ?? null,
      past !== null,
      past?.validAt ?? null,
      past?.knownAt ?? null,
      JSON.stringify(variables),
    ],
  );
}

export async function waitingExports(tx: Tx, user: string): Promise<number> {
  const [row] = await tx.query<{ n: number }>(`select count(*)::int as n from bulk_export where asked_by = $1 and status = 'QUEUED'`, [
    user,
  ]);
  return row!.n;
}

/** @returns its status, locked until the end of the transaction; undefined when there is none, or `user` has not asked for it */
export async function lockExport(tx: Tx, id: string, user: string | null): Promise<string | undefined> {
  const [row] = await tx.query<{ status: string }>(
    'select status from bulk_export where id = $1 and ($2::text is null or asked_by = $2) for update',
    [id, user],
  );
  return row?.status;
}

export async function cancelExport(tx: Tx, id: string): Promise<void> {
  await tx.query(
    `update bulk_export set status = 'CANCELLED', finished_at = now(), fence = fence + 1, lease_owner = null, lease_until = null where id = $1`,
    [id],
  );
}

/** The oldest that is due: of a user who has few enough under way, or one whose gateway has gone. One at a time, since the number of a user's is looked at. */
export async function takeExport(store: Store, owner: string): Promise<ExportLease | null> {
  const rows = await store.transaction(async (tx) => {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('bulk exports', 0))`);
    return tx.query<Record<string, any>>(
      `with due as (
         select e.id from bulk_export e where e.status in ('QUEUED', 'RUNNING') and (
           e.status = 'RUNNING' and e.lease_until < now()
           or e.status = 'QUEUED' and e.next_attempt_at <= now() and (select count(*) from bulk_export r where r.asked_by = e.asked_by and r.status = 'RUNNING') < ${mostRunning})
         order by e.created_at, e.id limit 1 for update of e)
       update bulk_export e set status = 'RUNNING', lease_owner = $1, lease_until = ${leaseFor}, fence = e.fence + 1, attempts = e.attempts + 1, row_count = 0, bytes = 0, progress = null
       from due where e.id = due.id
       returning e.id, e.document, e.variables, e.asked_by, e.roles, e.purpose, e.partner, e.branches, e.portfolios, e.past, e.as_of_valid_at::text, ${instant('e.as_of_known_at')} as known_at, e.fence::text, e.attempts`,
      [owner],
    );
  });
  const [row] = rows;
  if (!row) return null;
  const scope = {
    ...(row['partner'] === null ? {} : { partner: row['partner'] }),
    ...(row['branches'] === null ? {} : { branches: row['branches'] }),
    ...(row['portfolios'] === null ? {} : { portfolios: row['portfolios'] }),
  };
  return {
    id: row['id'],
    document: row['document'],
    variables: row['variables'],
    asker: { user: row['asked_by'], roles: row['roles'], ...(row['purpose'] === null ? {} : { purpose: row['purpose'] }), scope },
    past: row['past'] ? { validAt: row['as_of_valid_at'], knownAt: row['known_at'] } : null,
    fence: row['fence'],
    attempts: row['attempts'],
  };
}

/** @returns false when the lease is no longer held: it was cancelled, or another has it */
export async function renewExport(store: Store, { id, fence }: ExportLease, { rows, bytes, progress, knownAt }: SoFar): Promise<boolean> {
  const renewed = await store.alone(
    `update bulk_export set row_count = $3, bytes = $4, progress = $5, as_of_known_at = coalesce($6::timestamptz, as_of_known_at), lease_until = ${leaseFor} where ${held} returning 1`,
    [id, fence, rows, bytes, progress, knownAt],
  );
  return renewed.length > 0;
}

/** @param place puts the file where it is fetched, while nobody else can end the job */
export function finishExport(
  store: Store,
  { id, fence }: ExportLease,
  { rows, bytes, knownAt }: SoFar,
  { sha256, schemaVersion, keepHours }: { sha256: string; schemaVersion: string; keepHours: number },
  place: () => Promise<void>,
): Promise<boolean> {
  return store.transaction(async (tx) => {
    const finished = await tx.query(
      `update bulk_export set status = 'DONE', row_count = $3, bytes = $4, progress = 100, as_of_known_at = coalesce($5::timestamptz, as_of_known_at), sha256 = $6, schema_version = $7,
         finished_at = now(), expires_at = now() + $8 * interval '1 hour', lease_owner = null, lease_until = null where ${held} returning 1`,
      [id, fence, rows, bytes, knownAt, sha256, schemaVersion, keepHours],
    );
    if (!finished.length) return false;
    await place();
    return true;
  });
}

export async function failExport(store: Store, { id, fence }: ExportLease, problem: string): Promise<void> {
  await store.alone(
    `update bulk_export set status = 'FAILED', problem = $3, finished_at = now(), lease_owner = null, lease_until = null where ${held}`,
    [id, fence, problem],
  );
}

/** For another attempt. @param counts whether this one was one of those that are too many in the end */
export async function putBackExport(store: Store, { id, fence }: ExportLease, inMs: number, counts: boolean): Promise<void> {
  await store.alone(
    `update bulk_export set status = 'QUEUED', next_attempt_at = now() + $3 * interval '1 millisecond', attempts = attempts - $4, lease_owner = null, lease_until = null where ${held}`,
    [id, fence, inMs, counts ? 0 : 1],
  );
}

export const isLastAttempt = ({ attempts }: ExportLease): boolean => attempts >= mostAttempts;

export interface KeptFile {
  status: string;
  bytes: string;
  sha256: string;
  expired: boolean;
  askedBy: string;
  roles: string[];
}
export async function keptFile(store: Store, id: string): Promise<KeptFile | undefined> {
  const [row] = await store.alone<KeptFile>(
    `select status, bytes::text, sha256, coalesce(expires_at <= now(), false) as expired, asked_by as "askedBy", roles from bulk_export where id = $1`,
    [id],
  );
  return row;
}

/** What is too old is not kept: its file for some hours, and what was known of it for a month. */
export async function expireExports(store: Store): Promise<void> {
  await store.alone(`update bulk_export set status = 'EXPIRED' where status = 'DONE' and expires_at <= now()`);
  await store.alone(
    `delete from bulk_export where id in (select id from bulk_export where finished_at < now() - interval '30 days' and status <> 'DONE' limit 10000)`,
  );
}

/** Of these jobs: which are there, and what the one that writes them now calls its file. */
export async function exportStates(store: Store, ids: readonly string[]): Promise<Map<string, { status: string; fence: string }>> {
  const rows = await store.alone<{ id: string; status: string; fence: string }>(
    'select id, status, fence::text from bulk_export where id = any($1)',
    [ids],
  );
  return new Map(rows.map(({ id, ...state }) => [id, state]));
}

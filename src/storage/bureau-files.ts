// Files to credit bureaus as they are ordered, made and kept.
import type { LocalDate } from '../domain/fact.js';
import { toJson } from '../domain/loan/kept-position.js';
import { snakeKeys } from './kept-rows.js';
import type { Tx } from './store.js';

/** All that is learned up to here is committed, and all that comes later is beyond it: writers of the log are held up for as long as it takes to look. */
export async function drawLine(tx: Tx): Promise<{ knownThrough: bigint; knownAt: string }> {
  await tx.query('lock table event_log in share row exclusive mode');
  const [line] = await tx.query<{ arrival: string; at: string }>(
    `select case when is_called then last_value else 0 end::text as arrival, to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at
     from event_log_arrival_seq`,
  );
  return { knownThrough: BigInt(line!.arrival), knownAt: line!.at };
}

/** The newest fact that had been learned at an instant. */
export async function knownThroughAt(tx: Tx, at: string): Promise<bigint> {
  const [row] = await tx.query<{ arrival: string }>(
    'select coalesce(max(arrival), 0)::text as arrival from event_log where recorded_at <= $1::timestamptz',
    [at],
  );
  return BigInt(row!.arrival);
}

export async function keepPart(
  tx: Tx,
  part: {
    id: string;
    fileId: string;
    ordinal: number;
    part: string;
    name: string;
    sha256: string;
    bytes: bigint;
    totals: Record<string, number>;
  },
): Promise<void> {
  await tx.bulk(
    'insert into bureau_file_part (id, file_id, ordinal, part, name, sha256, bytes, totals) values ($1, $2, $3, $4, $5, $6, $7, $8)',
    [part.id, part.fileId, part.ordinal, part.part, part.name, part.sha256, part.bytes, JSON.stringify(part.totals)],
  );
}

export async function keepChunk(tx: Tx, partId: string, ordinal: number, bytes: Buffer): Promise<void> {
  await tx.bulk('insert into bureau_file_chunk (part_id, ordinal, bytes) values ($1, $2, $3)', [partId, ordinal, bytes]);
}

/** The bytes of a part as they were sent. */
export async function* keptBytes(tx: Tx, partId: string): AsyncGenerator<Buffer> {
  for (let ordinal = 0; ; ordinal++) {
    const [row] = await tx.query<{ bytes: Buffer }>('select bytes from bureau_file_chunk where part_id = $1 and ordinal = $2', [
      partId,
      ordinal,
    ]);
    if (!row) return;
    yield row.bytes;
  }
}

export async function fileIsMade(tx: Tx, fileId: string, records: number, heldBack: number): Promise<void> {
  // Nothing of an empty file is sent, so its place in the sequence is another's.
  await tx.query(
    `update bureau_file set state = case when $2 = 0 then 'EMPTY' else 'MADE' end, sequence = case when $2 = 0 then null else sequence end,
       records = $2, held_back = $3, made_at = now() where id = $1`,
    [fileId, records, heldBack],
  );
}

const columns = `id, bureau_id as "bureauId", tenant, format, kind, period_from::text as "periodFrom", period_to::text as "periodTo", sequence, known_through as "knownThrough",
  to_char(known_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "knownAt", created_on::text as "createdOn", due_on::text as "dueOn", settings, state, records, held_back as "heldBack"`;

/** The file as those who make it need it. */
export interface BureauFileRow {
  id: string;
  bureauId: string;
  tenant: string;
  format: string;
  kind: string;
  periodFrom: LocalDate;
  periodTo: LocalDate;
  sequence: bigint;
  knownThrough: bigint;
  knownAt: string;
  createdOn: LocalDate;
  dueOn: LocalDate;
  settings: Record<string, unknown>;
  state: string;
  records: number;
  heldBack: number;
}

type Read = Omit<BureauFileRow, 'sequence' | 'knownThrough'> & { sequence: string; knownThrough: string };
const rowOf = (row: Read): BureauFileRow => ({ ...row, sequence: BigInt(row.sequence), knownThrough: BigInt(row.knownThrough) });

/** The newest file of which `so` holds, or null. */
async function newestFile(tx: Tx, so: string, values: unknown[]): Promise<BureauFileRow | null> {
  const [row] = await tx.query<Read>(`select ${columns} from bureau_file where ${so} order by sequence desc limit 1`, values);
  return row ? rowOf(row) : null;
}

export const lastFile = (tx: Tx, bureauId: string) => newestFile(tx, 'bureau_id = $1 and sequence is not null', [bureauId]);
export const lastFileOf = (tx: Tx, bureauId: string, periodTo: LocalDate) =>
  newestFile(tx, `bureau_id = $1 and period_to = $2 and state not in ('SUPERSEDED', 'EMPTY')`, [bureauId, periodTo]);
export const unfinishedFile = (tx: Tx, bureauId: string) => newestFile(tx, `bureau_id = $1 and state = 'ORDERED'`, [bureauId]);
/** The one that was ordered at that very instant. */
export const fileKnownAt = (tx: Tx, bureauId: string, periodTo: LocalDate, knownAt: string) =>
  newestFile(tx, 'bureau_id = $1 and period_to = $2 and known_at = $3::timestamptz and sequence is not null', [
    bureauId,
    periodTo,
    knownAt,
  ]);

/** Who orders files of a bureau waits for another who does. */
export const inTurn = (tx: Tx, bureauId: string) =>
  tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`bureau file ${bureauId}`]);

export async function keepOrder(tx: Tx, file: BureauFileRow, orderedBy: string): Promise<void> {
  await tx.query(
    `insert into bureau_file (id, bureau_id, tenant, format, kind, period_from, period_to, sequence, known_through, known_at, created_on, due_on, settings, state, ordered_by)
     select r.id, r.bureau_id, r.tenant, r.format, r.kind, r.period_from, r.period_to, r.sequence, r.known_through, r.known_at, r.created_on, r.due_on, r.settings, r.state, $2
     from json_populate_record(null::bureau_file, $1::json) r`,
    [toJson(snakeKeys(file)), orderedBy],
  );
}

/** Of one that is not made yet: what stopped it may have been mended in them. */
export async function orderWith(tx: Tx, fileId: string, settings: BureauFileRow['settings']): Promise<void> {
  await tx.query(`update bureau_file set settings = $2 where id = $1 and state = 'ORDERED'`, [fileId, JSON.stringify(settings)]);
}

export interface KeptPart {
  id: string;
  fileId: string;
  part: string;
  name: string;
  sha256: string;
  bytes: string;
  totals: Record<string, number>;
}

const partColumns = `p.id, p.file_id as "fileId", p.part, p.name, p.sha256, p.bytes::text, p.totals`;

export const partsOf = (tx: Tx, fileId: string) =>
  tx.query<KeptPart>(`select ${partColumns} from bureau_file_part p where p.file_id = $1 order by p.ordinal`, [fileId]);

/** The newest part of that name that was made for a bureau. */
export async function partNamed(tx: Tx, bureauId: string, name: string): Promise<KeptPart | null> {
  const [part] = await tx.query<KeptPart>(
    `select ${partColumns} from bureau_file_part p join bureau_file f on f.id = p.file_id where f.bureau_id = $1 and p.name = $2 order by f.sequence desc limit 1`,
    [bureauId, name],
  );
  return part ?? null;
}

export async function fileIsSent(tx: Tx, fileId: string): Promise<void> {
  await tx.query(`update bureau_file set state = 'SENT', sent_at = now() where id = $1 and state = 'MADE'`, [fileId]);
}

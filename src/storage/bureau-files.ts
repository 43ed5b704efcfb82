// Files to credit bureaus as they are ordered, made, kept and answered, and the facts of loans as they were known when one was ordered.
import type { BorrowerFact, CollateralFact } from '../domain/borrower.js';
import type { LocalDate } from '../domain/fact.js';
import { toJson } from '../domain/loan/kept-position.js';
import type { LoanFact } from '../domain/loan/loan-facts.js';
import type { BureauFile, BureauItem, BureauProblem } from './definitions/bureau-files.js';
import { factColumns, factOf, type LoggedRow } from './loan-facts.js';
import type { InferEntity, Tx } from './store.js';

export type BureauFileRow = InferEntity<typeof BureauFile>;
export type BureauItemRow = InferEntity<typeof BureauItem>;
export type BureauProblemRow = InferEntity<typeof BureauProblem>;

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

export interface LoanToTell {
  aggregateId: string;
  loanId: string;
  collateralRefs: string[];
}

/** The next loans of a tenant in the order of their ids, with the aggregates of the collateral of their borrowers. */
export async function loansToTell(
  tx: Tx,
  tenant: string,
  after: string,
  most: number,
  only: readonly string[] | null,
): Promise<LoanToTell[]> {
  const rows = await tx.query<{ aggregate_id: string; id: string; refs: string[] }>(
    `select l.aggregate_id, l.id, coalesce((select array_agg(c.source_ref order by c.source_ref) from collateral c where c.borrower_id = l.borrower_id and c.source_ref is not null), '{}') as refs
     from loan l where l.tenant = $1 and l.aggregate_id collate "C" > $2 and ($4::text[] is null or l.aggregate_id = any($4)) order by l.aggregate_id collate "C" limit $3`,
    [tenant, after, most, only],
  );
  return rows.map(({ aggregate_id, id, refs }) => ({ aggregateId: aggregate_id, loanId: id, collateralRefs: refs }));
}

/** Facts of these aggregates that had been learned, in that order; effective on a date or before it. */
export async function factsThrough(
  tx: Tx,
  aggregateIds: readonly string[],
  knownThrough: bigint,
  until: LocalDate,
): Promise<Map<string, (LoanFact | BorrowerFact | CollateralFact)[]>> {
  const rows = await tx.query<LoggedRow>(
    `select ${factColumns} from event_log where aggregate_id = any($1) and arrival <= $2 and effective_on <= $3::date order by arrival`,
    [aggregateIds, knownThrough, until],
  );
  const facts = new Map<string, (LoanFact | BorrowerFact | CollateralFact)[]>();
  for (const row of rows) {
    const known = facts.get(row.aggregate_id);
    if (known) known.push(factOf(row) as never);
    else facts.set(row.aggregate_id, [factOf(row) as never]);
  }
  return facts;
}

/** Loans of which something was learned after one line and up to another that is effective in a period or before it. */
export async function loansWithNews(tx: Tx, tenant: string, after: bigint, through: bigint, until: LocalDate): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select distinct l.aggregate_id as id from event_log e join loan l on l.aggregate_id = e.aggregate_id
       or l.borrower_id in (select b.id from borrower b where b.source_ref = e.aggregate_id) or l.borrower_id in (select c.borrower_id from collateral c where c.source_ref = e.aggregate_id)
     where e.tenant = $1 and e.arrival > $2 and e.arrival <= $3 and e.effective_on <= $4::date and l.tenant = $1`,
    [tenant, after, through, until],
  );
  return rows.map(({ id }) => id);
}

/**
 * What was told last of accounts before a file, of any period or of one; first what the bureau holds or may hold, which is what it did not refuse.
 * @param periodTo the end of the one period; null for all
 */
export async function lastTold(
  tx: Tx,
  { bureauId, sequence }: Pick<BureauFileRow, 'bureauId' | 'sequence'>,
  aggregateIds: readonly string[],
  periodTo: LocalDate | null,
): Promise<Map<string, LastTold>> {
  const rows = await tx.query<LastTold & { aggregateId: string }>(
    `select distinct on (aggregate_id) aggregate_id as "aggregateId", id, account_ref as "accountRef", ended, action, state, record_sha256 as "recordSha256",
       max(version) over account as version, bool_or(held) over account as held
     from (select i.*, i.state in ('PENDING', 'ACCEPTED', 'WARNED', 'CORRECTED') as held from bureau_item i join bureau_file f on f.id = i.file_id
           where i.bureau_id = $1 and f.sequence < $2 and i.aggregate_id = any($3) and ($4::date is null or f.period_to = $4)) i
     window account as (partition by aggregate_id) order by aggregate_id, held desc, version desc`,
    [bureauId, sequence, aggregateIds, periodTo],
  );
  return new Map(rows.map(({ aggregateId, ...told }) => [aggregateId, told]));
}

export interface LastTold {
  id: string;
  accountRef: string;
  ended: boolean;
  action: string;
  state: string;
  recordSha256: string;
  /** The highest that was ever given. */
  version: number;
  /** The bureau holds the account, or may. */
  held: boolean;
}

export async function keepItems(tx: Tx, items: readonly BureauItemRow[], problems: readonly BureauProblemRow[]): Promise<void> {
  if (items.length)
    await tx.bulk(`insert into bureau_item select * from json_populate_recordset(null::bureau_item, $1::json)`, [
      toJson(items.map(snakeKeys)),
    ]);
  if (problems.length)
    await tx.bulk(`insert into bureau_problem select * from json_populate_recordset(null::bureau_problem, $1::json)`, [
      toJson(problems.map(snakeKeys)),
    ]);
}

const snakeKeys = (row: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).map(([key, value]) => [key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value]));

/** Records of one file while it is made, sorted by Postgres: a table of this transaction alone. */
export async function openSorter(tx: Tx): Promise<void> {
  await tx.query('create temporary table bureau_draft (borrower_ref text not null, account_ref text not null, text text not null) on commit drop');
}

export async function sortDrafts(tx: Tx, drafts: readonly { borrowerRef: string; accountRef: string; text: string }[]): Promise<void> {
  await tx.bulk('insert into bureau_draft select * from json_to_recordset($1::json) as r(borrower_ref text, account_ref text, text text)', [
    JSON.stringify(drafts.map(({ borrowerRef, accountRef, text }) => ({ borrower_ref: borrowerRef, account_ref: accountRef, text }))),
  ]);
}

export async function doubledAccount(tx: Tx): Promise<string | null> {
  const [row] = await tx.query<{ ref: string }>('select account_ref as ref from bureau_draft group by 1 having count(*) > 1 order by 1 limit 1');
  return row?.ref ?? null;
}

/** In the order of borrowers and accounts, byte by byte; a borrower is never spread over two pages. */
export async function* sortedDrafts(tx: Tx, borrowersAtOnce: number): AsyncGenerator<string[]> {
  await tx.query('create index on bureau_draft (borrower_ref collate "C", account_ref collate "C")');
  await tx.query('analyze bureau_draft');
  for (let last = ''; ;) {
    const [end] = await tx.bulk<{ ref: string | null }>(
      `select max(ref collate "C") as ref from (select distinct borrower_ref collate "C" as ref from bureau_draft where borrower_ref collate "C" > $1 order by 1 limit $2) b`,
      [last, borrowersAtOnce],
    );
    if (end!.ref === null) return;
    const rows = await tx.bulk<{ text: string }>(
      `select text from bureau_draft where borrower_ref collate "C" > $1 and borrower_ref collate "C" <= $2 order by borrower_ref collate "C", account_ref collate "C"`,
      [last, end!.ref],
    );
    yield rows.map(({ text }) => text);
    last = end!.ref;
  }
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

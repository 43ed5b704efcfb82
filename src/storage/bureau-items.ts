// What was told of each account in files to a bureau, and which accounts have to be told of again.
import type { LocalDate } from '../domain/fact.js';
import { toJson } from '../domain/loan/kept-position.js';
import type { BureauFileRow } from './bureau-files.js';
import type { BureauItem, BureauProblem } from './definitions/bureau-files.js';
import { snakeKeys } from './kept-rows.js';
import type { InferEntity, Tx } from './store.js';

export type BureauItemRow = InferEntity<typeof BureauItem>;
export type BureauProblemRow = InferEntity<typeof BureauProblem>;

/** Loans of which something was learned since their period was reported that is effective in the period or before it. */
export async function loansWithNews(tx: Tx, file: BureauFileRow): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `with news as materialized (select distinct aggregate_id from event_log where tenant = $1 and arrival <= $5 and effective_on <= $3::date
       and arrival > (select min(known_through) from bureau_file where bureau_id = $2 and period_to = $3 and sequence < $4))
     select l.aggregate_id as id from loan l join news n using (aggregate_id) where l.tenant = $1
     union select l.aggregate_id from loan l join borrower b on b.id = l.borrower_id join news n on n.aggregate_id = b.source_ref where l.tenant = $1
     union select l.aggregate_id from loan l join collateral c on c.borrower_id = l.borrower_id join news n on n.aggregate_id = c.source_ref where l.tenant = $1`,
    [file.tenant, file.bureauId, file.periodTo, file.sequence, file.knownThrough],
  );
  return withSiblings(tx, rows);
}

/** Loans of which nothing was taken yet that was told of the period last. */
export async function loansOfProblem(tx: Tx, file: BureauFileRow): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select distinct i.aggregate_id as id from bureau_item i join bureau_file f on f.id = i.file_id
     where i.bureau_id = $1 and f.period_to = $2 and f.sequence < $3 and i.state in ('REJECTED', 'HELD_BACK') and i.corrected_by is null`,
    [file.bureauId, file.periodTo, file.sequence],
  );
  return withSiblings(tx, rows);
}

/** The class of one loan may be that of another of its borrower. */
async function withSiblings(tx: Tx, loans: readonly { id: string }[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    'select distinct o.aggregate_id as id from loan l join loan o on o.borrower_id = l.borrower_id where l.aggregate_id = any($1)',
    [loans.map(({ id }) => id)],
  );
  return rows.map(({ id }) => id);
}

/**
 * What was told last of accounts before a file. Of all periods (`periodTo` null) what the bureau holds or may hold goes first, which is what it did not
 * refuse; of one period simply the newest.
 */
export async function lastTold(
  tx: Tx,
  { bureauId, sequence }: Pick<BureauFileRow, 'bureauId' | 'sequence'>,
  aggregateIds: readonly string[],
  periodTo: LocalDate | null,
): Promise<Map<string, LastTold>> {
  const rows = await tx.query<LastTold & { aggregateId: string }>(
    `select distinct on (aggregate_id) aggregate_id as "aggregateId", id, account_ref as "accountRef", ended, action, state, record_sha256 as "recordSha256",
       max(i.version) over account as version, bool_or(i.held) over account as held
     from (select i.*, i.state in ('PENDING', 'ACCEPTED', 'WARNED', 'CORRECTED') as held from bureau_item i join bureau_file f on f.id = i.file_id
           where i.bureau_id = $1 and f.sequence < $2 and i.aggregate_id = any($3) and ($4::date is null or f.period_to = $4)) i
     window account as (partition by aggregate_id) order by aggregate_id, ($4::date is null and i.held) desc, i.version desc`,
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

export interface ToldItem {
  aggregateId: string;
  action: string;
  accountRef: string;
  formerAccountRef: string | null;
  version: number;
  mark: string | null;
}

/** What a file told of these loans, in the order in which it told it. */
export async function itemsOf(tx: Tx, fileId: string, aggregateIds: readonly string[]): Promise<Map<string, ToldItem[]>> {
  const rows = await tx.query<ToldItem>(
    `select aggregate_id as "aggregateId", action, account_ref as "accountRef", former_account_ref as "formerAccountRef", version, mark from bureau_item
     where file_id = $1 and aggregate_id = any($2) and state <> 'HELD_BACK' order by version`,
    [fileId, aggregateIds],
  );
  const items = new Map<string, ToldItem[]>();
  for (const row of rows) items.set(row.aggregateId, [...(items.get(row.aggregateId) ?? []), row]);
  return items;
}

/** What the records of a file correct points to them; a file whose records all have others in their place is past. */
export async function closeCorrected(tx: Tx, fileId: string): Promise<void> {
  await tx.query(
    `update bureau_item o set corrected_by = n.id, state = case when o.state in ('REJECTED', 'HELD_BACK') then o.state else 'CORRECTED' end
     from bureau_item n where n.file_id = $1 and n.corrects = o.id and n.state <> 'HELD_BACK'`,
    [fileId],
  );
  await tx.query(
    `update bureau_file f set state = 'SUPERSEDED' where f.state = 'REJECTED' and f.id in (select o.file_id from bureau_item n join bureau_item o on o.id = n.corrects where n.file_id = $1)
       and not exists (select from bureau_item i where i.file_id = f.id and i.corrected_by is null)`,
    [fileId],
  );
}

export interface HeldBack {
  accountRef: string;
  code: string;
  field: string | null;
  words: string;
}

/** The first of those that could not be told, by account. */
export const heldBackOf = (tx: Tx, fileId: string, most: number) =>
  tx.query<HeldBack>(
    `select i.account_ref as "accountRef", p.code, p.field, p.words from bureau_item i join bureau_problem p on p.item_id = i.id
     where i.file_id = $1 and i.state = 'HELD_BACK' order by i.account_ref collate "C" limit $2`,
    [fileId, most],
  );

export interface NewestItem {
  accountRef: string;
  loanId: string;
  state: string;
  ended: boolean;
  daysPastDue: number;
  qualityClass: number;
  currency: string;
  overdueMinor: bigint;
  outstandingMinor: bigint;
  periodTo: LocalDate;
}

export interface DisputedLoan {
  loanId: string;
  unresolved: boolean;
  /** Settled by the end of the period, the newest of them: its outcome and code, and whether it was settled within it. */
  outcome: string | null;
  code: string | null;
  lately: boolean;
}

/** Disputes about these loans that were opened by the end of a period. */
export const disputedLoans = (tx: Tx, loanIds: readonly string[], period: { from: LocalDate; to: LocalDate }) =>
  tx.query<DisputedLoan>(
    `select loan_id as "loanId", bool_or(resolved_on is null or resolved_on > $3) as unresolved, (array_agg(outcome order by resolved_on desc, id) filter (where resolved_on <= $3))[1] as outcome,
       (array_agg(code order by resolved_on desc, id) filter (where resolved_on <= $3))[1] as code, coalesce(max(resolved_on) between $2 and $3, false) as lately
     from bureau_dispute where loan_id = any($1) and opened_on <= $3 group by loan_id`,
    [loanIds, period.from, period.to],
  );

/** What was told last of each account that the bureau took, or has not answered yet. */
export async function newestItems(tx: Tx, bureauId: string): Promise<NewestItem[]> {
  const rows = await tx.query<Omit<NewestItem, 'overdueMinor' | 'outstandingMinor'> & { overdueMinor: string; outstandingMinor: string }>(
    `select distinct on (i.aggregate_id) i.account_ref as "accountRef", i.loan_id as "loanId", i.state, i.ended, i.days_past_due as "daysPastDue", i.quality_class as "qualityClass", i.currency,
       i.overdue_minor::text as "overdueMinor", i.outstanding_minor::text as "outstandingMinor", f.period_to::text as "periodTo"
     from bureau_item i join bureau_file f on f.id = i.file_id where i.bureau_id = $1 and i.state in ('PENDING', 'ACCEPTED', 'WARNED', 'CORRECTED')
     order by i.aggregate_id, f.sequence desc, i.version desc`,
    [bureauId],
  );
  return rows.map((row) => ({ ...row, overdueMinor: BigInt(row.overdueMinor), outstandingMinor: BigInt(row.outstandingMinor) }));
}

// Loans in bulk: positions are read many at a time, and known by the version that was read.
import type { LocalDate } from '../domain/fact.js';
import { idOf } from '../domain/ids.js';
import { positionOf } from '../domain/loan/kept-position.js';
import { unseen, type Position } from '../domain/loan/position.js';
import type { OwedLine } from '../domain/loan/owed.js';
import type { Tx } from './store.js';

export interface LoanRow {
  id: string;
  aggregateId: string;
  tenant: string;
  borrowerId: string | null;
  position: Position;
  version: number;
  result: string;
  overdueSince: LocalDate | null;
  episode: number;
  inArrears: boolean;
  episodeSince: LocalDate | null;
  touched: boolean;
  touchedFrom: LocalDate | null;
  /** The position as it stands in the tables, and the lines that were written from it where they are at hand. */
  kept: Position;
  keptLines: readonly OwedLine[] | null;
}

const columns = `l.id, l.aggregate_id, l.tenant, l.borrower_id, b.base, l.postings, l.version, l.result, l.overdue_since::text, l.episode, l.in_arrears, l.episode_since::text, l.touched, l.touched_from::text`;
const tables = 'loan l left join loan_base b on b.loan_id = l.id';

interface Kept {
  id: string;
  aggregate_id: string;
  tenant: string;
  borrower_id: string | null;
  base: unknown;
  postings: unknown[];
  version: number;
  result: string;
  overdue_since: string | null;
  episode: number;
  in_arrears: boolean;
  episode_since: string | null;
  touched: boolean;
  touched_from: string | null;
}

function rowOf(kept: Kept): LoanRow {
  const position = positionOf(kept.base, kept.postings);
  return {
    id: kept.id,
    aggregateId: kept.aggregate_id,
    tenant: kept.tenant,
    borrowerId: kept.borrower_id,
    position,
    version: kept.version,
    result: kept.result,
    overdueSince: kept.overdue_since,
    episode: kept.episode,
    inArrears: kept.in_arrears,
    episodeSince: kept.episode_since,
    touched: kept.touched,
    touchedFrom: kept.touched_from,
    kept: position,
    keptLines: null,
  };
}

export const loanIdOf = (aggregateId: string): string => idOf('loan', aggregateId);

/** Loans that a worker has read or written, by aggregate. What another has changed since is found out by its version. */
export type LoanCache = Map<string, LoanRow>;

/** Loans by aggregate; one that was never seen comes as an empty position at version 0. Each is a copy: a transaction that fails changes no cache. */
export async function loadLoans(tx: Tx, aggregates: ReadonlyMap<string, string>, cache?: LoanCache): Promise<Map<string, LoanRow>> {
  const loans = new Map<string, LoanRow>();
  const missing: string[] = [];
  for (const aggregateId of aggregates.keys()) {
    const known = cache?.get(aggregateId);
    if (known) loans.set(aggregateId, { ...known });
    else missing.push(aggregateId);
  }
  if (missing.length)
    for (const row of await tx.query<Kept>(`select ${columns} from ${tables} where l.id = any($1)`, [missing.map(loanIdOf)]))
      loans.set(row.aggregate_id, rowOf(row));
  for (const aggregateId of missing)
    if (!loans.has(aggregateId))
      loans.set(aggregateId, {
        id: loanIdOf(aggregateId),
        aggregateId,
        tenant: aggregates.get(aggregateId)!,
        borrowerId: null,
        position: unseen,
        version: 0,
        result: 'AWAITING_SNAPSHOT',
        overdueSince: null,
        episode: 0,
        inArrears: false,
        episodeSince: null,
        touched: false,
        touchedFrom: null,
        kept: unseen,
        keptLines: [],
      });
  return loans;
}

/** Loans that have to be judged at a business date: facts came, something may have to be decided, or one of `others`. In order of id. */
export async function loadLoansDue(tx: Tx, tenant: string, on: LocalDate, others: readonly string[]): Promise<LoanRow[]> {
  const rows = await tx.query<Kept>(
    `select ${columns} from ${tables} where l.tenant = $1 and (l.touched or l.decides_on <= $2::date${others.length ? ' or l.id = any($3)' : ''}) and l.borrower_id is not null order by l.id`,
    [tenant, on, ...(others.length ? [others] : [])],
  );
  return rows.map(rowOf);
}

export async function loanById(tx: Tx, id: string): Promise<LoanRow> {
  const [row] = await tx.query<Kept>(`select ${columns} from ${tables} where l.id = $1`, [id]);
  if (!row) throw new Error(`There is no loan ${id}`);
  return rowOf(row);
}

/** Whether it is written for the first time: then so is all that hangs below it, and nothing of it can be in the way. */
export const isNew = (loan: LoanRow): boolean => loan.version === 0;

/** Another writer has changed one of the rows meanwhile: roll back and read again. */
export class Overtaken extends Error {}

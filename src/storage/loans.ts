// Loans in bulk: positions are read and written many at a time, each write guarded by the version that was read.
import type { LocalDate } from '../domain/fact.js';
import { idOf } from '../domain/ids.js';
import { totalOf } from '../domain/loan/components.js';
import { keptPosition, positionOf, toJson } from '../domain/loan/kept-position.js';
import type { Assessment } from '../domain/loan/assess.js';
import { unseen, type Position } from '../domain/loan/position.js';
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
}

const columns = `id, aggregate_id, tenant, borrower_id, state, version, result, overdue_since::text, episode, in_arrears, episode_since::text, touched, touched_from::text`;

interface Kept {
  id: string;
  aggregate_id: string;
  tenant: string;
  borrower_id: string | null;
  state: unknown;
  version: number;
  result: string;
  overdue_since: string | null;
  episode: number;
  in_arrears: boolean;
  episode_since: string | null;
  touched: boolean;
  touched_from: string | null;
}

const rowOf = (kept: Kept): LoanRow => ({
  id: kept.id,
  aggregateId: kept.aggregate_id,
  tenant: kept.tenant,
  borrowerId: kept.borrower_id,
  position: positionOf(kept.state),
  version: kept.version,
  result: kept.result,
  overdueSince: kept.overdue_since,
  episode: kept.episode,
  inArrears: kept.in_arrears,
  episodeSince: kept.episode_since,
  touched: kept.touched,
  touchedFrom: kept.touched_from,
});

export const loanIdOf = (aggregateId: string): string => idOf('loan', aggregateId);

/** Loans by aggregate; one that was never seen comes as an empty position at version 0. */
export async function loadLoans(tx: Tx, aggregates: ReadonlyMap<string, string>): Promise<Map<string, LoanRow>> {
  const rows = await tx.query<Kept>(`select ${columns} from loan where aggregate_id = any($1)`, [[...aggregates.keys()]]);
  const loans = new Map(rows.map((row) => [row.aggregate_id, rowOf(row)]));
  for (const [aggregateId, tenant] of aggregates)
    if (!loans.has(aggregateId))
      loans.set(aggregateId, {
        id: loanIdOf(aggregateId),
        aggregateId,
        tenant,
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
      });
  return loans;
}

/** Loans that have to be judged at a business date: facts came, or a step falls due. In order of id. */
export async function loadLoansDue(tx: Tx, tenant: string, on: LocalDate): Promise<LoanRow[]> {
  const rows = await tx.query<Kept>(
    `select ${columns} from loan where tenant = $1 and (touched or next_step_on <= $2::date) and borrower_id is not null order by id`,
    [tenant, on],
  );
  return rows.map(rowOf);
}

export async function loadLoansById(tx: Tx, ids: readonly string[]): Promise<LoanRow[]> {
  return (await tx.query<Kept>(`select ${columns} from loan where id = any($1) order by id`, [ids])).map(rowOf);
}

const recordOf = (loan: LoanRow, is: Assessment) => {
  const { account } = loan.position;
  return {
    id: loan.id,
    tenant: loan.tenant,
    aggregate_id: loan.aggregateId,
    account_no: account?.accountNo ?? null,
    borrower_id: loan.borrowerId,
    product_id: account?.productId ?? null,
    product_class: account?.productClass ?? null,
    jurisdiction: account?.jurisdiction ?? null,
    currency: account?.currency ?? null,
    status: account?.status ?? 'AWAITING_SNAPSHOT',
    principal_minor: account?.principal ?? 0n,
    disbursed_on: account?.disbursedOn ?? null,
    state: keptPosition(loan.position),
    version: loan.version + 1,
    result: is.result,
    assessed_on: is.asOf,
    overdue_since: is.overdueSince,
    paused_days: is.pausedDays,
    outstanding_principal_minor: is.outstanding.principal,
    outstanding_interest_minor: is.outstanding.interest,
    outstanding_fee_minor: is.outstanding.fee,
    outstanding_penalty_minor: is.outstanding.penalty,
    outstanding_minor: totalOf(is.outstanding),
    overdue_principal_minor: is.overdue.principal,
    overdue_interest_minor: is.overdue.interest,
    overdue_fee_minor: is.overdue.fee,
    overdue_penalty_minor: is.overdue.penalty,
    overdue_minor: totalOf(is.overdue),
    bucket: is.bucket,
    quality_class: is.qualityClass,
    next_due_on: is.nextDueOn,
    next_step_on: is.nextStepOn,
    touched: loan.touched,
    touched_from: loan.touchedFrom,
    episode: loan.episode,
    in_arrears: loan.inArrears,
    episode_since: loan.episodeSince,
  };
};

const recordType = `id text, tenant text, aggregate_id text, account_no text, borrower_id text, product_id text, product_class text, jurisdiction text, currency text, status text, principal_minor bigint,
  disbursed_on date, state jsonb, version int, result text, assessed_on date, overdue_since date, paused_days int, outstanding_principal_minor bigint, outstanding_interest_minor bigint,
  outstanding_fee_minor bigint, outstanding_penalty_minor bigint, outstanding_minor bigint, overdue_principal_minor bigint, overdue_interest_minor bigint, overdue_fee_minor bigint,
  overdue_penalty_minor bigint, overdue_minor bigint, bucket text, quality_class int, next_due_on date, next_step_on date, touched boolean, touched_from date, episode int, in_arrears boolean, episode_since date`;
const names = [...recordType.matchAll(/(\w+) (?:text|bigint|date|jsonb|int|boolean)/g)].map(([, name]) => name!);
const upsert = `insert into loan as l (${names.join(', ')}) select ${names.join(', ')} from json_to_recordset($1::json) as r(${recordType})
  on conflict (id) do update set ${names
    .filter((name) => name !== 'id')
    .map((name) => `${name} = excluded.${name}`)
    .join(', ')}
  where l.version = excluded.version - 1 returning 1`;

/** Another writer has changed one of the rows meanwhile: roll back and read again. */
export class Overtaken extends Error {}

export async function writeLoans(tx: Tx, changes: readonly { loan: LoanRow; is: Assessment }[]): Promise<void> {
  if (!changes.length) return;
  const written = await tx.query(upsert, [toJson(changes.map(({ loan, is }) => recordOf(loan, is)))]);
  if (written.length !== changes.length) throw new Overtaken('A loan was written by another worker');
}

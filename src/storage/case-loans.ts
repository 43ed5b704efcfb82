// Which loans are in which case, episode by episode, and the thresholds they have crossed.
import type { LocalDate } from '../domain/fact.js';
import { idOf } from '../domain/ids.js';
import type { LoanRow } from './loans.js';
import type { Tx } from './store.js';

/** The thresholds that each loan's running episode has crossed, in days. */
export async function crossedBy(tx: Tx, loans: readonly LoanRow[]): Promise<Map<string, number[]>> {
  const rows = loans.length
    ? await tx.bulk<{ loan_id: string; days: number[] }>(
        `select t.loan_id, array_agg(t.days) as days from unnest($1::text[], $2::int[]) as l(id, episode),
           lateral (select loan_id, days from threshold_crossing where loan_id = l.id and episode = l.episode) t group by t.loan_id`,
        [loans.map(({ id }) => id), loans.map(({ episode }) => episode)],
      )
    : [];
  return new Map(rows.map((row) => [row.loan_id, row.days]));
}

export async function enterCases(
  tx: Tx,
  entries: readonly { caseId: string; loanId: string; episode: number; on: LocalDate }[],
): Promise<void> {
  if (!entries.length) return;
  const rows = entries.map(({ caseId, loanId, episode, on }) => ({
    id: idOf('caseloan', loanId, episode),
    case_id: caseId,
    loan_id: loanId,
    episode,
    entered_on: on,
  }));
  await tx.bulk(
    'insert into case_loan (id, case_id, loan_id, episode, entered_on) select * from json_to_recordset($1::json) as r(id text, case_id text, loan_id text, episode int, entered_on date)',
    [JSON.stringify(rows)],
  );
}

export async function leaveCases(tx: Tx, loanIds: readonly string[], on: LocalDate): Promise<void> {
  if (loanIds.length) await tx.bulk('update case_loan set cured_on = $2 where loan_id = any($1) and cured_on is null', [loanIds, on]);
}

export async function recordCrossings(
  tx: Tx,
  crossings: readonly { loanId: string; caseId: string; episode: number; days: number; on: LocalDate }[],
): Promise<void> {
  if (!crossings.length) return;
  const rows = crossings.map(({ loanId, caseId, episode, days, on }) => ({
    id: idOf('crossing', loanId, episode, days),
    loan_id: loanId,
    case_id: caseId,
    episode,
    days,
    crossed_on: on,
    would_not_have_fired: false,
  }));
  await tx.bulk(
    `insert into threshold_crossing (id, loan_id, case_id, episode, days, crossed_on, would_not_have_fired)
     select * from json_to_recordset($1::json) as r(id text, loan_id text, case_id text, episode int, days int, crossed_on date, would_not_have_fired boolean) on conflict do nothing`,
    [JSON.stringify(rows)],
  );
}

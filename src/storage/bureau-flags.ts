// What bureaus were told of loans: the flags, where each line of versions stands, which flags wait for a business date, and the facts behind a report.
import type { Flag } from '../domain/bureau/flag.js';
import type { Fact, LocalDate } from '../domain/fact.js';
import { idOf } from '../domain/ids.js';
import { BureauFlag } from './definitions/bureaus.js';
import { boundPlace, cameBefore } from './loan-facts.js';
import type { InferEntity, Tx } from './store.js';

export type FlagRow = InferEntity<typeof BureauFlag> & Flag;

export const reportIdOf = (bureauId: string, loanId: string, version: number): string => idOf('report', bureauId, loanId, version);

/** In SQL: whether a hold stops a flag on a date. A hold counts on its last day, and not after it. */
export const heldOn = (flag: string, on: string): string =>
  `exists (select from hold h where h.case_id = ${flag}.case_id and h.released_at is null and 'BUREAU' = any(h.scopes) and coalesce(h.expires_on, 'infinity') >= ${on})`;

/** The loans with a flag that has waited long enough. */
export async function loansThatWaited(tx: Tx, tenant: string, on: LocalDate): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select distinct l.id from bureau_flag f join loan l on l.id = f.loan_id where l.tenant = $1
       and (f.waits_for = 'NOTICE' and f.waits_until <= $2::date or f.waits_for = 'HOLD' and not ${heldOn('f', '$2::date')})`,
    [tenant, on],
  );
  return rows.map(({ id }) => id);
}

/** By loan, oldest first. */
export async function flagsOf(tx: Tx, loanIds: readonly string[]): Promise<Map<string, FlagRow[]>> {
  const flags = new Map<string, FlagRow[]>();
  if (!loanIds.length) return flags;
  const rows = (await tx.rows(BureauFlag).where('loan_id = any($1)', [loanIds])) as FlagRow[];
  rows.sort((a, b) => a.episode - b.episode || a.reportKey.length - b.reportKey.length || (a.reportKey < b.reportKey ? -1 : 1));
  for (const row of rows) flags.set(row.loanId, [...(flags.get(row.loanId) ?? []), row]);
  return flags;
}

/** The last that was said, by `{bureau}/{loan}`. */
export async function lastSaid(tx: Tx, loanIds: readonly string[]): Promise<Map<string, { version: number; accountRef: string }>> {
  const rows = loanIds.length
    ? await tx.query<{ key: string; version: number; account_ref: string }>(
        `select distinct on (loan_id, bureau_id) bureau_id || '/' || loan_id as key, version, account_ref from bureau_report where loan_id = any($1) order by loan_id, bureau_id, version desc`,
        [loanIds],
      )
    : [];
  return new Map(rows.map(({ key, version, account_ref }) => [key, { version, accountRef: account_ref }]));
}

export interface Behind {
  facts: number;
  sha256: string;
}

/**
 * How many facts of each loan a report was decided by, and the SHA-256 of their `{source} {id}`, a line each, in the order of these texts.
 * @param asked `before`: only those that are effective before that date. In this order are the answers.
 * @param now the fact that decides: what was learned before it counts
 */
export async function factsBehind(
  tx: Tx,
  now: Fact,
  asked: readonly { aggregateId: string; before: LocalDate | null }[],
): Promise<Behind[]> {
  if (!asked.length) return [];
  return tx.query<Behind & { n: number }>(
    `select a.n, f.facts, f.sha256 from unnest($1::text[], $2::date[]) with ordinality as a(id, before, n), lateral (
       select count(*)::int as facts, encode(sha256(convert_to(coalesce(string_agg(source || ' ' || fact_id, chr(10) order by (source || ' ' || fact_id) collate "C"), ''), 'UTF8')), 'hex') as sha256
       from event_log where aggregate_id = a.id and effective_on < coalesce(a.before, 'infinity') and ${cameBefore(3)}) f order by a.n`,
    [asked.map(({ aggregateId }) => aggregateId), asked.map(({ before }) => before), ...boundPlace(now)],
  );
}

/** Reports learn which later ones correct them. */
export async function linkCorrections(tx: Tx, correctingIds: readonly string[]): Promise<void> {
  if (correctingIds.length)
    await tx.query('update bureau_report r set corrected_by_id = c.id from bureau_report c where c.id = any($1) and r.id = c.corrects_id', [
      correctingIds,
    ]);
}

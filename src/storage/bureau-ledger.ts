// What we last said to a bureau of each loan, and how its reports have fared.
import type { HeldState, Ours } from '../domain/bureau/reconcile.js';
import type { LocalDate } from '../domain/fact.js';
import type { Tx } from './store.js';

const lastSaid = `select last.loan_id, last.account_ref, f.report_key, f.state, f.overdue_since::text, f.days_past_due, f.overdue_minor::text, f.currency, f.quality_class,
    exists (select from bureau_report r where r.loan_id = last.loan_id and r.bureau_id = $1 and r.acknowledgement_state is null) as pending,
    coalesce((select max(version) from bureau_report r where r.loan_id = last.loan_id and r.bureau_id = $1 and r.acknowledgement_state = 'ACCEPTED'), 0) as accepted,
    coalesce((select kind = 'DISPUTE_MARK_SET' from bureau_report r where r.flag_id = f.id and r.kind like 'DISPUTE_MARK%' order by version desc limit 1), false) as disputed
  from (select distinct on (loan_id) loan_id, account_ref from bureau_report where bureau_id = $1 order by loan_id, version desc) last,
    lateral (select * from bureau_flag where loan_id = last.loan_id and bureau_id = $1 and version > 0 order by version desc limit 1) f`;

const heldAs = (state: string): HeldState => (state === 'WITHDRAWN' ? 'CURED' : state === 'DELETED' ? 'DELETED' : 'OVERDUE');

/** By the newest flag that the bureau was told of. */
export async function saidTo(tx: Tx, bureauId: string): Promise<Ours[]> {
  const rows = await tx.query<{
    loan_id: string;
    account_ref: string;
    report_key: string;
    state: string;
    overdue_since: string;
    days_past_due: number;
    overdue_minor: string;
    currency: string;
    quality_class: number;
    pending: boolean;
    accepted: number;
    disputed: boolean;
  }>(lastSaid, [bureauId]);
  return rows.map((row) => ({
    loanId: row.loan_id,
    accountRef: row.account_ref,
    reportKey: row.report_key,
    state: heldAs(row.state),
    overdueSince: row.overdue_since,
    daysPastDue: row.days_past_due,
    overdueMinor: BigInt(row.overdue_minor),
    currency: row.currency,
    qualityClass: row.quality_class,
    disputed: row.disputed,
    pending: row.pending,
    acceptedVersion: row.accepted,
  }));
}

/** Counts of what was decided within two dates, both included. */
export interface BureauCounts {
  reports: number;
  /** Accepted by its due date. */
  onTime: number;
  /** Not accepted by its due date. */
  late: number;
  /** Due within a day of today, and not accepted. */
  atRisk: number;
  rejected: number;
  /** Reports that take back or change what an earlier one said. */
  corrections: number;
  disputes: number;
  disputesOverturned: number;
}

// What goes out by itself, report by report, and the records of files.
const counts = `with said as (
    select acknowledgement_state = 'ACCEPTED' as accepted, acknowledged_on as answered_on, due_on, tenant, acknowledgement_state = 'REFUSED' as refused, corrects_id as corrects
    from bureau_report where bureau_id = $1 and said_on between $2::date and $3::date
    union all
    select i.state in ('ACCEPTED', 'WARNED', 'CORRECTED'), f.answered_on, f.due_on, f.tenant, i.state = 'REJECTED', i.corrects
    from bureau_file f join bureau_item i on i.file_id = f.id where f.bureau_id = $1 and f.created_on between $2::date and $3::date and i.state <> 'HELD_BACK')
  select r.*, d.* from
  (select count(*)::int as reports,
     count(*) filter (where accepted and answered_on <= due_on)::int as "onTime",
     count(*) filter (where case when accepted then answered_on else business_date(tenant) end > due_on)::int as late,
     count(*) filter (where accepted is distinct from true and due_on - business_date(tenant) between 0 and 1)::int as "atRisk",
     count(*) filter (where refused)::int as rejected, count(corrects)::int as corrections from said) r,
  (select count(*)::int as disputes, count(*) filter (where outcome in ('MODIFIED', 'DELETED'))::int as "disputesOverturned"
   from bureau_dispute where bureau_id = $1 and opened_on between $2::date and $3::date) d`;

export async function countReports(tx: Tx, bureauId: string, from: LocalDate, to: LocalDate): Promise<BureauCounts> {
  return (await tx.query<BureauCounts>(counts, [bureauId, from, to]))[0]!;
}

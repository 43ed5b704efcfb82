// Inquiries at bureaus in bulk: which one answers the next, and which are too old.
import type { LocalDate } from '../domain/fact.js';
import type { Tx } from './store.js';

/**
 * The newest inquiry of the borrower for this purpose that is fresh on a date or still to be answered; nobody else makes one while this transaction lasts.
 * One whose delivery was given up is never answered.
 */
export async function inquiryToReuse(
  tx: Tx,
  of: { borrowerId: string; bureauId: string; purpose: string; on: LocalDate },
): Promise<{ id: string; handoffId: string } | null> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`inquiry ${of.borrowerId} ${of.purpose}`]);
  const [found] = await tx.query<{ id: string; handoff_id: string }>(
    `select i.id, i.handoff_id from bureau_inquiry i join handoff h on h.id = i.handoff_id
     where i.borrower_id = $1 and i.bureau_id = $2 and i.purpose = $3
       and (i.state in ('COMPLETED', 'NO_HIT') and i.expires_on > $4::date or i.state = 'REQUESTED' and h.state not in ('PARKED', 'CANCELLED'))
     order by i.requested_on desc, i.id limit 1`,
    [of.borrowerId, of.bureauId, of.purpose, of.on],
  );
  return found ? { id: found.id, handoffId: found.handoff_id } : null;
}

export const expireInquiries = (tx: Tx, tenant: string, today: LocalDate): Promise<object[]> =>
  tx.query(
    `update bureau_inquiry i set state = 'EXPIRED' from recovery_case c
     where c.id = i.case_id and c.tenant = $1 and i.state in ('COMPLETED', 'NO_HIT') and i.expires_on <= $2::date`,
    [tenant, today],
  );

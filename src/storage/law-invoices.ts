// What a law firm billed before, as an invoice of its is held against it.
import type { Tx } from './store.js';

/** Whether the firm sent an invoice of this number that was not rejected, or the very same one, whatever became of it. */
export async function invoicesOfNumber(
  tx: Tx,
  of: { lawFirmId: string; number: string; contentSha256: string },
): Promise<{ same: string | null; other: boolean }> {
  const rows = await tx.query<{ id: string; state: string; content_sha256: string }>(
    'select id, state, content_sha256 from law_invoice where law_firm_id = $1 and invoice_number = $2 order by id',
    [of.lawFirmId, of.number],
  );
  return {
    same: rows.find(({ content_sha256 }) => content_sha256 === of.contentSha256)?.id ?? null,
    other: rows.some(({ state, content_sha256 }) => state !== 'REJECTED' && content_sha256 !== of.contentSha256),
  };
}

/** By content, the number of an invoice of the firm that has such a line and was not rejected. */
export async function linesBilledBefore(tx: Tx, lawFirmId: string, contents: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.query<{ content_sha256: string; number: string }>(
    `select l.content_sha256, min(i.invoice_number) as number from law_invoice_line l join law_invoice i on i.id = l.invoice_id
     where l.content_sha256 = any($2) and i.law_firm_id = $1 and i.state <> 'REJECTED' group by l.content_sha256`,
    [lawFirmId, contents],
  );
  return new Map(rows.map(({ content_sha256, number }) => [content_sha256, number]));
}

/** What the matter costs so far in a currency, in minor units. */
export async function billedOfMatter(tx: Tx, matterId: string, currency: string): Promise<bigint> {
  const [row] = await tx.query<{ sum: string }>(
    `select coalesce(sum(coalesce(payable_minor, total_minor)), 0)::text as sum from law_invoice where matter_id = $1 and currency = $2 and state <> 'REJECTED'`,
    [matterId, currency],
  );
  return BigInt(row!.sum);
}

/** Of the case's loans, the one with most of them; the first by name where that is not one. */
export async function currencyOfCase(tx: Tx, caseId: string): Promise<string | null> {
  const [row] = await tx.query<{ currency: string }>(
    `select l.currency from (select distinct loan_id from case_loan where case_id = $1) c join loan l on l.id = c.loan_id
     where l.currency is not null group by l.currency order by count(*) desc, l.currency limit 1`,
    [caseId],
  );
  return row?.currency ?? null;
}

/** The matters of a firm that the numbers of a file name: by the firm's own number, or ours. */
export async function mattersNamed(
  tx: Tx,
  lawFirmId: string,
  firmRefs: readonly string[],
  ourRefs: readonly string[],
): Promise<{ matterId: string; caseId: string; partnerRef: string | null; caseRef: string }[]> {
  return tx.query(
    `select m.id as "matterId", m.case_id as "caseId", m.partner_ref as "partnerRef", c.ref as "caseRef" from legal_matter m join recovery_case c on c.id = m.case_id
     where m.law_firm_id = $1 and (m.partner_ref = any($2) or c.ref = any($3) or substr(m.id, 8) = any($3)) order by m.id`,
    [lawFirmId, firmRefs, ourRefs],
  );
}

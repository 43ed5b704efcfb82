// What a bureau's word does to the report that it is about.
import type { Fact } from '../domain/fact.js';
import type { CaseRow } from '../storage/cases.js';
import { BureauDispute, BureauReport } from '../storage/definitions/bureaus.js';
import type { Tx } from '../storage/store.js';
import { openDispute } from './bureau-dispute.js';

export const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined);

export interface Acknowledgement {
  state: 'ACCEPTED' | 'REFUSED' | 'PARKED';
  ref?: string | null;
  code?: string | undefined;
  words?: string | undefined;
}

/** The caller tells the case. */
export async function followReport(tx: Tx, fact: Fact, handoffId: string, { state, ref, code, words }: Acknowledgement): Promise<void> {
  const [report] = await tx.rows(BureauReport).where('handoff_id = $1', [handoffId]);
  // Taken is taken: that the bureau says so again later makes it no later.
  if (!report || (state === 'ACCEPTED' && report.acknowledgementState === 'ACCEPTED')) return;
  Object.assign(report, {
    acknowledgementState: state,
    acknowledgementRef: ref ?? report.acknowledgementRef ?? null,
    acknowledgementCode: code ?? null,
    acknowledgementWords: words ?? null,
    acknowledgementAt: fact.recordedAt,
    acknowledgedOn: fact.businessOn,
  });
}

/** A dispute that the bureau sends about a report. @returns false where there is nothing to open: no such report, no number, or it was opened before */
export async function openSentDispute(
  tx: Tx,
  fact: Fact,
  theCase: CaseRow,
  handoffId: string,
  data: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  const disputeRef = textOf(data['disputeRef']);
  const [report] = await tx.rows(BureauReport).where('handoff_id = $1', [handoffId]);
  if (!report || !disputeRef) return false;
  const { bureauId, loanId, flagId } = report;
  if (await tx.em.count(BureauDispute, { bureauId, disputeRef })) return false;
  const dueOn = textOf(data['dueOn']);
  await openDispute(tx, fact, theCase, {
    loanId,
    flagId,
    code: textOf(data['code']) ?? 'OTHER',
    words: textOf(data['words']) ?? '',
    actor: fact.source,
    sent: { disputeRef, dueOn: dueOn && isDate(dueOn) ? dueOn : null },
  });
  return true;
}

const isDate = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));

// What a bureau's word does to the report that it is about.
import type { Fact } from '../domain/fact.js';
import { BureauDispute, BureauReport } from '../storage/definitions/bureaus.js';
import type { Tx } from '../storage/store.js';
import { openDispute } from './bureau-dispute.js';
import type { FinalAnswer, News } from './news.js';

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined);

interface Acknowledgement {
  state: 'ACCEPTED' | 'REFUSED' | 'PARKED';
  ref?: string | null;
  code?: string | undefined;
  words?: string | undefined;
}

/** The caller tells the case. */
async function followReport(tx: Tx, fact: Fact, handoffId: string, { state, ref, code, words }: Acknowledgement): Promise<void> {
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

const stateOf = { accepted: 'ACCEPTED', refused: 'REFUSED', parked: 'PARKED' } as const;

/** What it answered at once, or that nobody asks it any more. */
export const followReportAnswer = (tx: Tx, fact: Fact, { handoff, partnerRef }: News, answer: FinalAnswer): Promise<void> =>
  followReport(tx, fact, handoff.id, {
    state: stateOf[answer.is],
    ref: partnerRef,
    ...(answer.is === 'accepted' ? {} : { code: answer.is === 'refused' ? answer.code : undefined, words: answer.reason }),
  });

/** What it says later. */
export async function followReportNews(
  tx: Tx,
  fact: Fact,
  { handoff, partnerRef, data }: News,
  state: 'ACCEPTED' | 'REFUSED',
): Promise<false> {
  await followReport(tx, fact, handoff.id, { state, ref: partnerRef, code: textOf(data['code']), words: textOf(data['words']) });
  return false;
}

/** A dispute that the bureau sends about a report. @returns false where there is nothing to open: no such report, no number, or it was opened before */
export async function openSentDispute(tx: Tx, fact: Fact, { theCase, handoff, data }: News): Promise<boolean> {
  const disputeRef = textOf(data['disputeRef']);
  const [report] = await tx.rows(BureauReport).where('handoff_id = $1', [handoff.id]);
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

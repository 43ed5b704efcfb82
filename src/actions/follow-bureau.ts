// What a bureau's word does to the report that it is about.
import type { Fact } from '../domain/fact.js';
import { BureauReport } from '../storage/definitions/bureaus.js';
import type { Tx } from '../storage/store.js';

export interface Acknowledgement {
  state: 'ACCEPTED' | 'REFUSED' | 'PARKED';
  ref?: string | null;
  code?: string | undefined;
  words?: string | undefined;
}

/** The caller tells the case. */
export async function followReport(tx: Tx, fact: Fact, handoffId: string, { state, ref, code, words }: Acknowledgement): Promise<void> {
  const [report] = await tx.rows(BureauReport).where('handoff_id = $1', [handoffId]);
  if (!report) return;
  Object.assign(report, {
    acknowledgementState: state,
    acknowledgementRef: ref ?? report.acknowledgementRef ?? null,
    acknowledgementCode: code ?? null,
    acknowledgementWords: words ?? null,
    acknowledgementAt: fact.recordedAt,
    acknowledgedOn: fact.businessOn,
  });
}

// Every change of a case goes through here: its stage is derived anew, and each thing that happened becomes an entry of its timeline.
import type { CaseRow } from '../storage/cases.js';
import type { Tx } from '../storage/store.js';
import { stageOf } from '../domain/case/stage.js';
import type { RequestDecisions } from '../domain/case/request-decision.js';
import type { Fact, LocalDate } from '../domain/fact.js';
import { idOf } from '../domain/ids.js';
import { Decision, TimelineEntry } from '../storage/definitions/cases.js';

export type { CaseRow } from '../storage/cases.js';

export interface Happening {
  type: string;
  /** One sentence for people, without personal data. */
  summary: string;
  actor: string;
  effectiveOn: LocalDate;
  data?: Record<string, unknown>;
}

/** Of what was decided about a case before a request of a person was recorded. */
export const decisionIdOf = ({ source, id }: Pick<Fact, 'source' | 'id'>, caseId: string): string => idOf('decision', source, id, caseId);

/** Sets the derived stage, adds the entries in their order, keeps what was decided and raises version and sequence. The caller has already changed the regions of `theCase`. */
export function changeCase(tx: Tx, theCase: CaseRow, cause: Fact, happenings: readonly Happening[]): void {
  const was = theCase.stage;
  theCase.stage = stageOf(theCase);
  const moved: Happening[] =
    was && was !== theCase.stage
      ? [
          {
            type: 'STAGE_CHANGED',
            summary: `Stage ${was} → ${theCase.stage}`,
            actor: cause.source,
            effectiveOn: cause.businessOn,
            data: { from: was, to: theCase.stage },
          },
        ]
      : [];
  for (const each of [...happenings, ...moved]) {
    theCase.sequence += 1n;
    tx.append(TimelineEntry, {
      id: idOf('entry', theCase.id, String(theCase.sequence)),
      caseId: theCase.id,
      sequence: theCase.sequence,
      type: each.type,
      summary: each.summary,
      actor: each.actor,
      effectiveOn: each.effectiveOn,
      businessOn: cause.businessOn,
      recordedAt: cause.recordedAt ?? new Date(),
      causeId: `${cause.source} ${cause.id}`,
      data: each.data ?? {},
    });
  }
  const decision = (cause.data as { decisions?: RequestDecisions } | undefined)?.decisions?.[theCase.id];
  if (decision) {
    const { ruleId, policyVersion, outcome, reasons, inputs, decidedOn } = decision;
    const id = decisionIdOf(cause, theCase.id);
    tx.append(Decision, { id, caseId: theCase.id, sequence: theCase.sequence, ruleId, policyVersion, outcome, reasons, inputs, decidedOn });
  }
  theCase.version += 1;
}

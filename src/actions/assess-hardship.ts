// Records why a borrower does not pay, as somebody has found who looked into it: a suit is not filed before that.
import type { Fact } from '../domain/fact.js';
import { idOf } from '../domain/ids.js';
import type { DefaultCause } from '../domain/legal/rules.js';
import { casesById } from '../storage/cases.js';
import { HardshipAssessment } from '../storage/definitions/legal.js';
import type { Store } from '../storage/store.js';
import type { Applier } from './applier.js';
import { changeCase } from './change-case.js';
import { judge } from './guard-case.js';
import { answerOnce, type CaseRequest, type Outcome } from './request.js';

export function assessHardship(store: Store, request: CaseRequest & { cause: DefaultCause; words: string }): Promise<Outcome> {
  const data = { cause: request.cause, words: request.words, actor: request.actor.user };
  return answerOnce(
    store,
    'assessHardship',
    request,
    data,
    async (tx, theCase, today) => (await judge(tx, 'ASSESS_HARDSHIP', theCase, today)).decided({ type: 'HardshipAssessed', data }),
    applyHardshipAssessed,
  );
}

export const applyHardshipAssessed: Applier = async (tx, fact: Fact<string, { cause: string; words: string; actor: string }>) => {
  const [theCase] = await casesById(tx, [fact.aggregateId]);
  const { cause, words, actor } = fact.data;
  const assessmentId = idOf('hardship', fact.source, fact.id);
  tx.em.create(HardshipAssessment, {
    id: assessmentId,
    caseId: theCase!.id,
    ordinal: (await tx.em.count(HardshipAssessment, { caseId: theCase!.id })) + 1,
    cause,
    words,
    assessedOn: fact.businessOn,
    assessedBy: actor,
  });
  changeCase(tx, theCase!, fact, [
    {
      type: 'HARDSHIP_ASSESSED',
      summary: `Why it is not paid: ${cause.toLowerCase().replaceAll('_', ' ')}`,
      actor,
      effectiveOn: fact.effectiveOn,
      data: { assessmentId, cause },
    },
  ]);
  return { caseId: theCase!.id, assessmentId };
};

// Gives a case to a collector or a team, or takes it back.
import type { Fact } from '../domain/fact.js';
import { casesById } from '../storage/cases.js';
import type { Store } from '../storage/store.js';
import type { Applier } from './applier.js';
import { changeCase } from './change-case.js';
import { judge } from './guard-case.js';
import { answerOnce, type CaseRequest, type Outcome } from './request.js';

export function assignCase(store: Store, request: CaseRequest & { assignee?: string | null; team?: string | null }): Promise<Outcome> {
  const { assignee = null, team = null } = request;
  const data = { assignee, team, actor: request.actor.user };
  return answerOnce(
    store,
    'assignCase',
    request,
    data,
    async (tx, theCase, today) => (await judge(tx, 'ASSIGN_CASE', theCase, today)).decided({ type: 'CaseAssigned', data }),
    applyAssignment,
  );
}

export const applyAssignment: Applier = async (tx, fact: Fact<string, { assignee: string | null; team: string | null; actor: string }>) => {
  const [theCase] = await casesById(tx, [fact.aggregateId]);
  const { assignee, team, actor } = fact.data;
  Object.assign(theCase!, { assignee, team });
  changeCase(tx, theCase!, fact, [
    {
      type: 'CASE_ASSIGNED',
      summary: assignee || team ? `Assigned to ${[assignee, team].filter(Boolean).join(' of ')}` : 'Assigned to nobody',
      actor,
      effectiveOn: fact.effectiveOn,
    },
  ]);
  return { caseId: theCase!.id };
};

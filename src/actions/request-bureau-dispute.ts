// What people ask about disputes: to open one about a flag, to look into it, to settle it.
import { isUnresolved, type DisputeCode, type DisputeOutcomeName } from '../domain/bureau/dispute.js';
import { isLive, type Flag } from '../domain/bureau/flag.js';
import { BureauDispute, BureauFlag } from '../storage/definitions/bureaus.js';
import type { Store, Tx } from '../storage/store.js';
import { applyDisputeInvestigated, applyDisputeOpened, applyDisputeResolved } from './bureau-dispute.js';
import { judge } from './guard-case.js';
import { answerOnce, type CaseRequest, type Outcome, type Refusal } from './request.js';

const notFound = (what: string, field: string) => ({
  refused: [{ code: 'NOT_FOUND', message: `The case has no such ${what}`, path: ['input', field] } satisfies Refusal],
});
const against = (ruleId: string, message: string): Refusal => ({ code: 'GUARD_REJECTED', ruleId, message });

export function openBureauDispute(
  store: Store,
  request: CaseRequest & { flagId: string; code: DisputeCode; words: string },
): Promise<Outcome> {
  const { flagId, code, words, actor } = request;
  return answerOnce(
    store,
    'openBureauDispute',
    request,
    { flagId, code, words },
    async (tx, theCase, today) => {
      const [flag] = await tx.rows(BureauFlag).where('id = $1 and case_id = $2', [flagId, theCase.id]);
      if (!flag) return notFound('flag', 'flagId');
      const stands: Refusal[] = [];
      if (!flag.version) stands.push(against('flag-reported', 'The bureau was told nothing of this flag'));
      if (flag.state === 'DELETED') stands.push(against('flag-there', 'The flag was deleted'));
      if (await tx.em.count(BureauDispute, { flagId, resolvedOn: null }))
        stands.push(against('one-dispute', 'A dispute about this flag waits for its answer'));
      const data = { loanId: flag.loanId, flagId, code, words, actor: actor.user };
      return (await judge(tx, 'OPEN_BUREAU_DISPUTE', theCase, today, stands)).decided({ type: 'BureauDisputeOpened', data });
    },
    applyDisputeOpened,
  );
}

const waiting = async (tx: Tx, caseId: string, disputeId: string) => {
  const dispute = await tx.em.findOne(BureauDispute, { id: disputeId, caseId });
  const stands = dispute && !isUnresolved(dispute.state) ? [against('dispute-waits', 'The dispute was settled before')] : [];
  return { dispute, stands };
};

export function investigateBureauDispute(store: Store, request: CaseRequest & { disputeId: string }): Promise<Outcome> {
  const { disputeId, actor } = request;
  return answerOnce(
    store,
    'investigateBureauDispute',
    request,
    { disputeId },
    async (tx, theCase, today) => {
      const { dispute, stands } = await waiting(tx, theCase.id, disputeId);
      if (!dispute) return notFound('dispute', 'disputeId');
      if (dispute.state === 'INVESTIGATING') stands.push(against('dispute-open', 'The dispute is looked into already'));
      const data = { disputeId, actor: actor.user };
      return (await judge(tx, 'INVESTIGATE_BUREAU_DISPUTE', theCase, today, stands)).decided({ type: 'BureauDisputeInvestigated', data });
    },
    applyDisputeInvestigated,
  );
}

export function resolveBureauDispute(
  store: Store,
  request: CaseRequest & { disputeId: string; outcome: DisputeOutcomeName; words: string },
): Promise<Outcome> {
  const { disputeId, outcome, words, actor } = request;
  return answerOnce(
    store,
    'resolveBureauDispute',
    request,
    { disputeId, outcome, words },
    async (tx, theCase, today) => {
      const { dispute, stands } = await waiting(tx, theCase.id, disputeId);
      if (!dispute) return notFound('dispute', 'disputeId');
      const [flag] = await tx.rows(BureauFlag).byId([dispute.flagId]);
      if (outcome === 'MODIFIED' && !isLive(flag as Flag))
        stands.push(against('live-flag', 'The flag says nothing that could be modified: it is withdrawn'));
      const data = { disputeId, outcome, words, actor: actor.user };
      return (await judge(tx, 'RESOLVE_BUREAU_DISPUTE', theCase, today, stands)).decided({ type: 'BureauDisputeResolved', data });
    },
    applyDisputeResolved,
  );
}

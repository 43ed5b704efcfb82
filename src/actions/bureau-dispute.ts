// Disputes about flags: opened by a person or by the bureau, looked into, and settled, with what that asks to be said to the bureau.
import {
  deletionReason,
  disputed,
  isUnresolved,
  settled,
  type DisputeCode,
  type DisputeOutcome,
  type DisputeOutcomeName,
} from '../domain/bureau/dispute.js';
import { isLive, type Act } from '../domain/bureau/flag.js';
import { bureauSteps } from '../domain/bureau/steps.js';
import { plusDays } from '../domain/day.js';
import type { Fact, LocalDate } from '../domain/fact.js';
import { idOf } from '../domain/ids.js';
import { policyFor } from '../policies/index.js';
import { peopleOf } from '../storage/borrowers.js';
import { flagsOf, lastSaid, type FlagRow } from '../storage/bureau-flags.js';
import { casesById, type CaseRow } from '../storage/cases.js';
import { BureauDispute } from '../storage/definitions/bureaus.js';
import { Hold } from '../storage/definitions/cases.js';
import { handoffIdOf, oweHandoffs, type OwedHandoff } from '../storage/handoffs.js';
import { loanById, type LoanRow } from '../storage/loans.js';
import type { Tx } from '../storage/store.js';
import type { Applier } from './applier.js';
import { asKnownNow } from './as-known-now.js';
import { changeCase } from './change-case.js';
import type { News } from './news.js';
import { endHold, startHold } from './place-hold.js';
import { laneOf, sayToBureaus } from './say-to-bureau.js';
import { leastOf, seenOf } from './tell-bureaus.js';

/** All about one flag: its loan, what was said of that, and how to say more. */
export async function accountOf(tx: Tx, loanId: string, flagId: string) {
  const loan = await loanById(tx, loanId);
  const all = (await flagsOf(tx, [loanId])).get(loanId) ?? [];
  const flag = all.find(({ id }) => id === flagId)!;
  const flags = all.filter(({ bureauId }) => bureauId === flag.bureauId);
  const key = `${flag.bureauId}/${loanId}`;
  const last = (await lastSaid(tx, [loanId])).get(key);
  // A number that has changed since is told by the next business date, and used from there on.
  const accountRef = last?.accountRef ?? loan.position.account!.accountNo;
  return { loan, flag, accountRef, account: { key, version: last?.version ?? 0, accountRef, flags } };
}

interface About {
  loan: LoanRow;
  flag: FlagRow;
  flags: readonly FlagRow[];
  accountRef: string;
  disputeRef: string;
}

async function say(tx: Tx, fact: Fact, acts: readonly Act[], { loan, flag, flags, accountRef, disputeRef }: About): Promise<OwedHandoff[]> {
  const { borrowerNo } = (await peopleOf(tx, [loan.borrowerId!])).get(loan.borrowerId!)!;
  const policy = policyFor(loan.position.account!.jurisdiction, fact.businessOn);
  // Fraud is a matter of the cases of all flags.
  const caseOf = (act: Act) => (act.flag as FlagRow).caseId;
  const cases = new Map((await casesById(tx, [...new Set(acts.map(caseOf))])).map((each) => [each.id, each]));
  const tellings = acts.map((act) => ({
    act,
    bureauId: flag.bureauId,
    loan,
    theCase: cases.get(caseOf(act))!,
    borrowerNo,
    policy,
    accountRef,
    formerAccountRef: null,
    disputeRef,
  }));
  // A decision on the request is kept once, with the entry of the request itself.
  return sayToBureaus(tx, { ...fact, data: {} }, tellings, new Map(flags.map((each) => [each.reportKey, each])));
}

export interface Opening {
  loanId: string;
  flagId: string;
  code: string;
  words: string;
  actor: string;
  /** Where the bureau sent it: its number, and by when it wants the answer where it says so. */
  sent?: { disputeRef: string; dueOn: LocalDate | null };
}

/** It holds new flags of the case, and has the bureau mark this one. */
export async function openDispute(tx: Tx, fact: Fact, theCase: CaseRow, { loanId, flagId, code, words, actor, sent }: Opening) {
  const { loan, flag, accountRef, account } = await accountOf(tx, loanId, flagId);
  const policy = policyFor(loan.position.account!.jurisdiction, fact.businessOn);
  const disputeId = idOf('dispute', fact.source, fact.id);
  const holdId = idOf('hold', fact.source, fact.id);
  const disputeRef = sent?.disputeRef ?? disputeId;
  const dueOn = sent?.dueOn ?? plusDays(fact.businessOn, policy.bureau.dispute.dueDays);
  const hold = { type: 'DISPUTE', scopes: ['BUREAU'], reason: words, expiresOn: null, actor };
  tx.em.create(BureauDispute, {
    id: disputeId,
    tenant: fact.tenant,
    caseId: theCase.id,
    loanId,
    flagId,
    bureauId: flag.bureauId,
    disputeRef,
    sentByBureau: Boolean(sent),
    code,
    words,
    state: 'OPEN',
    openedOn: fact.businessOn,
    dueOn,
    actor,
    holdId,
  });
  const at = { actor, effectiveOn: fact.effectiveOn };
  changeCase(tx, theCase, fact, [
    { ...at, type: 'BUREAU_DISPUTE_OPENED', summary: `A flag is disputed, to be answered by ${dueOn}`, data: { disputeId, flagId, code } },
    startHold(tx, fact, theCase, holdId, hold),
  ]);
  await oweHandoffs(tx, await say(tx, fact, disputed(account, flag), { loan, flag, flags: account.flags, accountRef, disputeRef }));
  return { caseId: theCase.id, disputeId, holdId };
}

export const applyDisputeOpened: Applier = async (tx, fact: Fact<string, Omit<Opening, 'sent'> & { code: DisputeCode }>) => {
  const [theCase] = await casesById(tx, [fact.aggregateId]);
  return openDispute(tx, fact, theCase!, fact.data);
};

export const applyDisputeInvestigated: Applier = async (tx, fact: Fact<string, { disputeId: string; actor: string }>) => {
  const [theCase] = await casesById(tx, [fact.aggregateId]);
  const { disputeId, actor } = fact.data;
  const dispute = await tx.em.findOneOrFail(BureauDispute, { id: disputeId });
  dispute.state = 'INVESTIGATING';
  const [type, summary] = ['BUREAU_DISPUTE_INVESTIGATED', 'The dispute about a flag is looked into'];
  changeCase(tx, theCase!, fact, [{ type, summary, actor, effectiveOn: fact.effectiveOn, data: { disputeId } }]);
  return { caseId: theCase!.id, disputeId };
};

export interface Resolution {
  disputeId: string;
  outcome: DisputeOutcomeName;
  words: string;
  actor: string;
}

export const applyDisputeResolved: Applier = async (tx, fact: Fact<string, Resolution>) => {
  const [theCase] = await casesById(tx, [fact.aggregateId]);
  const { disputeId, outcome, words, actor } = fact.data;
  const dispute = await tx.em.findOneOrFail(BureauDispute, { id: disputeId });
  const { loan, flag, accountRef, account } = await accountOf(tx, dispute.loanId, dispute.flagId);
  const others = await tx.em.count(BureauDispute, { flagId: flag.id, id: { $ne: disputeId }, resolvedOn: null });
  const acts = settled(account, flag, await asked(tx, fact, outcome, dispute.code, loan, flag), fact.businessOn, others > 0);
  Object.assign(dispute, { state: outcome, outcome, answer: words, resolvedOn: fact.businessOn });
  const hold = await tx.em.findOneOrFail(Hold, { id: dispute.holdId });
  const at = { actor, effectiveOn: fact.effectiveOn };
  changeCase(tx, theCase!, fact, [
    {
      ...at,
      type: `BUREAU_DISPUTE_${outcome}`,
      summary: `The dispute about a flag is settled: ${outcome.toLowerCase()}`,
      data: { disputeId },
    },
    ...(hold.releasedAt ? [] : [endHold(fact, hold, actor)]),
  ]);
  const { disputeRef } = dispute;
  const owed = await say(tx, fact, acts, { loan, flag, flags: account.flags, accountRef, disputeRef });
  if (dispute.sentByBureau) {
    const last = acts.at(-1)?.version ?? account.version;
    const says = acts.find((act) => act.does !== 'DISPUTE_MARK_CLEARED' && act.flag.reportKey === flag.reportKey)?.version ?? last;
    const deliveryKey = `bureau-dispute/${disputeId}`;
    owed.push({
      deliveryKey,
      caseId: theCase!.id,
      connectorId: dispute.bureauId,
      operation: 'respondDispute',
      ...laneOf(dispute.bureauId, loan.id, last, true),
      payload: { accountRef, disputeRef, outcome, version: says, asOf: fact.businessOn, words },
    });
    dispute.handoffId = handoffIdOf(deliveryKey);
  }
  await oweHandoffs(tx, owed);
  return { caseId: theCase!.id, disputeId };
};

/** A flag that is to be modified says what is known now of the date that it is of. */
async function asked(tx: Tx, fact: Fact, outcome: DisputeOutcomeName, code: string, loan: LoanRow, flag: FlagRow): Promise<DisputeOutcome> {
  if (outcome === 'DELETED') return { is: 'DELETED', reason: deletionReason(code) };
  if (outcome === 'VERIFIED' || !isLive(flag)) return { is: 'VERIFIED' };
  const known = await asKnownNow(tx, fact, [{ loan, on: flag.asOf }]);
  const { updateAt } = bureauSteps(policyFor(loan.position.account!.jurisdiction, fact.businessOn));
  return { is: 'MODIFIED', revised: { ...seenOf(known(loan, flag.asOf)), least: leastOf(loan, flag) }, steps: updateAt };
}

/** The bureau has the answer to a dispute. */
export async function followResponse(tx: Tx, fact: Fact, { theCase, handoff }: News): Promise<void> {
  const dispute = await tx.em.findOne(BureauDispute, { handoffId: handoff.id });
  if (!dispute || isUnresolved(dispute.state)) return;
  Object.assign(dispute, { state: 'RESPONDED', respondedOn: fact.businessOn });
  const [type, summary] = ['BUREAU_DISPUTE_RESPONDED', 'The bureau has the answer to the dispute'];
  const data = { disputeId: dispute.id };
  changeCase(tx, theCase, fact, [{ type, summary, actor: fact.source, effectiveOn: fact.effectiveOn, data }]);
}

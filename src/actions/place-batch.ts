// Places many cases at once: shared out by a random split or by the policy's table, each with the seed that makes it happen again, and each case left out with its reason.
import type { RequestDecision } from '../domain/case/request-decision.js';
import type { Fact, LocalDate } from '../domain/fact.js';
import { idOf } from '../domain/ids.js';
import { byRules, millionthsOf, split, type Allotment, type Candidate, type Offer, type Share } from '../domain/placement/allocation.js';
import { policyFor } from '../policies/index.js';
import { audit } from '../storage/audit.js';
import { casesById } from '../storage/cases.js';
import { Connector } from '../storage/definitions/handoffs.js';
import { PlacementAllotment, PlacementBatch, PlacementShare } from '../storage/definitions/placements.js';
import { logFacts } from '../storage/facts.js';
import { oweHandoffs, type OwedHandoff } from '../storage/handoffs.js';
import { candidatesOf, knownAgencies } from '../storage/placements.js';
import { businessDateOf } from '../storage/progress.js';
import type { Store, Tx } from '../storage/store.js';
import type { Applier } from './applier.js';
import type { CaseRow } from './change-case.js';
import { judge, notAConnector } from './guard-case.js';
import { termsOf } from './place-case-with-agency.js';
import { askedBefore, type CaseRequest, type Outcome, type Refusal } from './request.js';
import { startPlacement, type PlacementTerms } from './start-placement.js';

export interface BatchInput {
  /** Of the cases: what was asked for, and those that it names now. */
  asked: unknown;
  caseIds: string[];
  /** Null: by the table of the policy. */
  split: Share[] | null;
  seed: string;
}

export type BatchOutcome = Outcome & { allotments?: Allotment[] };
type BatchRequest = Pick<CaseRequest, 'actor' | 'idempotencyKey' | 'dryRun'> & BatchInput;

interface BatchFact extends Record<string, unknown> {
  seed: string;
  split: Share[] | null;
  actor: string;
  allotments: Allotment[];
  /** By case that was placed. */
  terms: Record<string, PlacementTerms>;
  agencies: string[];
  decisions: Record<string, RequestDecision>;
}

/** The batch carries the fact, and none of its cases. The same seed, cases and agencies give the same allotment. */
export async function placeBatch(store: Store, request: BatchRequest): Promise<BatchOutcome> {
  const { actor, idempotencyKey, dryRun, asked, seed } = request;
  return store.transaction(async (tx) => {
    const { before, keep } = await askedBefore(tx, request, ['placeBatch', asked, request.split, seed]);
    if (before) return { ...before, ...('done' in before ? { allotments: await allotmentsOf(tx, before.done['batchId']!) } : {}) };
    const cases = await casesById(tx, [...new Set(request.caseIds)].sort());
    const first = cases[0];
    if (!first) return { refused: [{ code: 'INVALID_INPUT', message: 'There is no such case to be placed', path: ['input'] }] };
    const today = (await businessDateOf(tx, first.tenant))!;
    const offers = await offersFor(tx, request.split);
    if ('refused' in offers) return offers;
    const { allotments, decisions } = await allot(tx, cases, offers, request, today);
    const placed = allotments.filter(({ agencyId }) => agencyId !== null);
    if (dryRun) return { done: {}, dryRun, allotments };
    if (!placed.length) return { refused: [noneFits(allotments)], allotments };
    const caseOf = new Map(cases.map((each) => [each.id, each]));
    const terms = placed.map(({ caseId, agencyId }) => [caseId, termsOf(caseOf.get(caseId)!, agencyId!, today, null)] as const);
    const name = { source: `casegraph/${actor.user}`, id: `placeBatch/${idempotencyKey}` };
    const fact: Fact<string, BatchFact> = {
      ...name,
      type: 'CasesPlaced',
      tenant: first.tenant,
      aggregateId: idOf('pbatch', name.source, name.id),
      sequence: 0n,
      effectiveOn: today,
      businessOn: today,
      occurredAt: new Date(),
      data: {
        seed,
        split: request.split,
        actor: actor.user,
        allotments,
        terms: Object.fromEntries(terms),
        agencies: offers.map(({ agencyId }) => agencyId),
        decisions: Object.fromEntries(placed.map(({ caseId }) => [caseId, decisions.get(caseId)!])),
      },
    };
    await logFacts(tx, [fact]);
    const done = await applyBatchPlaced(tx, fact);
    keep(done);
    await audit(tx, [{ actor, action: 'placeBatch', subject: done['batchId']!, detail: { placed: placed.length, seed } }]);
    return { done, allotments };
  });
}

const noneFits = (allotments: readonly Allotment[]): Refusal => {
  const { ruleId, reason } = allotments[0]!;
  return { code: 'GUARD_REJECTED', ruleId, message: `None of ${allotments.length} cases can be placed: ${reason}` };
};

const allotmentsOf = async (tx: Tx, batchId: string): Promise<Allotment[]> =>
  (await tx.em.find(PlacementAllotment, { batchId }, { orderBy: { ordinal: 'asc' } })).map(({ caseId, agencyId, ruleId, reason }) => ({
    caseId,
    agencyId: agencyId ?? null,
    ruleId,
    reason: reason ?? null,
  }));

async function offersFor(tx: Tx, shares: readonly Share[] | null): Promise<Offer[] | { refused: Refusal[] }> {
  const refused: Refusal[] = [];
  const refuse = (message: string) => void refused.push({ code: 'INVALID_INPUT', message, path: ['input', 'split'] });
  const offers = await knownAgencies(tx, shares?.map(({ agencyId }) => agencyId) ?? null);
  const connected = new Set((await tx.em.find(Connector, { kind: 'AGENCY' })).map(({ connectorId }) => connectorId));
  if (!shares) return offers.filter(({ agencyId }) => connected.has(agencyId));
  for (const { agencyId, share } of shares) {
    if (!connected.has(agencyId)) refuse(notAConnector(agencyId, 'AGENCY').message);
    else if (!offers.some((each) => each.agencyId === agencyId)) {
      const message = `Nothing is on record of ${agencyId}: see setAgencyProfile`;
      refused.push({ code: 'GUARD_REJECTED', ruleId: 'agency-registered', message, path: ['input', 'split'] });
    }
    if (millionthsOf(share) === null) refuse(`${share} is no share: above 0, up to 1, six decimals`);
  }
  if (new Set(shares.map(({ agencyId }) => agencyId)).size !== shares.length) refuse('An agency has one share');
  if (!refused.length && shares.reduce((sum, { share }) => sum + millionthsOf(share)!, 0n) > 1_000_000n)
    refuse('The shares are more than 1');
  return refused.length ? { refused } : offers;
}

async function allot(tx: Tx, cases: readonly CaseRow[], offers: readonly Offer[], { split: shares, seed }: BatchInput, today: LocalDate) {
  const apart: Allotment[] = [];
  const decisions = new Map<string, RequestDecision>();
  for (const theCase of cases) {
    const judging = await judge(tx, 'PLACE_WITH_AGENCY', theCase, today);
    decisions.set(theCase.id, judging.decision());
    const [against] = judging.refused as { ruleId: string; message: string }[];
    const elsewhere = theCase.tenant === cases[0]!.tenant ? null : { ruleId: 'one-tenant', message: 'It is of another tenant' };
    const stands = against ?? elsewhere;
    if (stands) apart.push({ caseId: theCase.id, agencyId: null, ruleId: stands.ruleId, reason: stands.message });
  }
  const out = new Set(apart.map(({ caseId }) => caseId));
  const candidates: Candidate[] = await candidatesOf(
    tx,
    cases.map(({ id }) => id).filter((id) => !out.has(id)),
    today,
  );
  const rowsOf = (jurisdiction: string) => policyFor(jurisdiction, today).placement.allocation;
  const shared = shares ? split(candidates, shares, offers, seed, today) : byRules(candidates, rowsOf, offers, seed, today);
  const allotments = [...shared, ...apart].sort((a, b) => (a.caseId < b.caseId ? -1 : 1));
  return { allotments, decisions };
}

export const applyBatchPlaced: Applier = async (tx, fact: Fact<string, BatchFact>) => {
  const { allotments, terms, agencies, split: shares, seed, actor } = fact.data;
  const batchId = fact.aggregateId;
  const placed = allotments.filter(({ agencyId }) => agencyId !== null);
  const cases = new Map(
    (
      await casesById(
        tx,
        placed.map(({ caseId }) => caseId),
      )
    ).map((each) => [each.id, each]),
  );
  const owed: OwedHandoff[] = [];
  for (const [ordinal, { caseId, agencyId, ruleId, reason }] of allotments.entries()) {
    const deliveryKey = `placement/${caseId}/${fact.source}/${fact.id}`;
    // A look into the past of some cases has no others.
    const theCase = cases.get(caseId);
    const started = agencyId && theCase && (await startPlacement(tx, fact, theCase, terms[caseId]!, { deliveryKey, actor, batchId }));
    if (started) owed.push(started.owed);
    const placementId = started ? started.placementId : null;
    tx.append(PlacementAllotment, {
      id: idOf('allotment', batchId, caseId),
      batchId,
      ordinal,
      caseId,
      agencyId,
      placementId,
      ruleId,
      reason,
    });
  }
  tx.em.create(PlacementBatch, {
    id: batchId,
    tenant: fact.tenant,
    seed,
    method: shares ? 'SPLIT' : 'RULES',
    placedOn: fact.businessOn,
    requestedBy: actor,
    policyVersions: [...new Set(Object.values(terms).map(({ policyVersion }) => policyVersion))].sort(),
    placed: placed.length,
    leftOut: allotments.length - placed.length,
  });
  for (const agencyId of agencies)
    tx.append(PlacementShare, {
      id: idOf('pshare', batchId, agencyId),
      batchId,
      agencyId,
      share: shares?.find((each) => each.agencyId === agencyId)?.share ?? null,
      cases: placed.filter((each) => each.agencyId === agencyId).length,
    });
  await oweHandoffs(tx, owed);
  return { batchId };
};

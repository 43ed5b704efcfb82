// What every request of a person has in common: who asks, the key that makes it happen once, the version it was based on, and the dry run.
import { decisionOnAll, type RequestDecision, type RequestDecisions } from '../domain/case/request-decision.js';
import type { Fact } from '../domain/fact.js';
import { sha256 } from '../domain/ids.js';
import { audit } from '../storage/audit.js';
import { casesById } from '../storage/cases.js';
import { AnsweredRequest, BusinessDay } from '../storage/definitions/log.js';
import { logFacts } from '../storage/facts.js';
import type { Store, Tx } from '../storage/store.js';
import { decisionIdOf, type CaseRow } from './change-case.js';

export interface Actor {
  user: string;
  roles: readonly string[];
  purpose?: string;
}

export interface CaseRequest {
  actor: Actor;
  caseId: string;
  idempotencyKey: string;
  /** The case's version that the person saw; another one now is a conflict. */
  expectedVersion?: number;
  /** Decide, and change nothing. */
  dryRun?: boolean;
}

/** An expected no. `message` is for people, in English. */
export type Refusal =
  | { code: 'GUARD_REJECTED'; message: string; ruleId: string; citation?: string; earliestAllowedAt?: string; path?: string[] }
  | { code: 'CONCURRENCY_CONFLICT'; message: string; currentVersion: number }
  | { code: 'CONNECTOR_UNAVAILABLE'; message: string; breakerState: string; queued: boolean }
  | { code: 'MANDATE_EXCEEDED'; message: string; limit: string }
  | { code: 'IDEMPOTENCY_MISMATCH' | 'NOT_FOUND' | 'INVALID_INPUT'; message: string; path?: string[] };

/** A decision that is told; `id` where it is kept. */
export type ToldDecision = RequestDecision & { id?: string };

/** `done` holds the ids of what was made or changed; the decision is there where rules were asked. */
export type Outcome = ({ done: Record<string, string>; dryRun?: boolean } | { refused: Refusal[] }) & { decision?: ToldDecision };

/** A fact that is to be recorded. */
export interface Wanted<Data> {
  type: string;
  data: Data;
  /** Since when it is so, where that is not today. */
  effectiveOn?: string;
}
export type Decided<Data> = ({ refused: Refusal[] } | Wanted<Data>) & { decisions?: RequestDecisions };

export const refuse = (refusal: Refusal): Outcome => ({ refused: [refusal] });

class Undone extends Error {
  constructor(readonly outcome: Outcome) {
    super('rolled back on purpose');
  }
}

/**
 * The first answer to a key, and no other while this transaction lasts.
 * @param input all that makes the request what it is
 * @returns what it was answered before, or the refusal of a key that was used for another request; `keep` keeps the answer that it gets now
 */
export async function askedBefore(
  tx: Tx,
  { actor: { user: actor }, idempotencyKey }: Pick<CaseRequest, 'actor' | 'idempotencyKey'>,
  input: readonly unknown[],
): Promise<{ before: Outcome | null; keep(result: Record<string, string>): void }> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`request ${actor} ${idempotencyKey}`]);
  const inputSha256 = sha256(JSON.stringify(input));
  const answered = await tx.em.findOne(AnsweredRequest, { actor, idempotencyKey });
  const keep = (result: Record<string, string>) =>
    void tx.em.create(AnsweredRequest, { actor, idempotencyKey, inputSha256, result, answeredAt: new Date() });
  if (!answered) return { before: null, keep };
  if (answered.inputSha256 !== inputSha256) {
    const message = 'This idempotency key was used for another request';
    return { before: refuse({ code: 'IDEMPOTENCY_MISMATCH', message, path: ['input', 'idempotencyKey'] }), keep };
  }
  const { decision: told, ...done } = answered.result as Record<string, string>;
  return { before: { done, ...(told ? { decision: JSON.parse(told) as ToldDecision } : {}) }, keep };
}

/**
 * Runs one request on a case: a key seen before gets its first answer again, the case is locked while it is decided, a refusal or a dry run leaves nothing behind.
 * @param name the action, as the audit log and the key's scope know it
 * @param input all that makes the request what it is: the same key with another input is refused
 * @param decide refuses, or answers with the fact to record
 * @param apply changes the case for the recorded fact; the same function serves the replay
 */
export async function answerOnce<Data extends Record<string, unknown>>(
  store: Store,
  name: string,
  request: CaseRequest,
  input: Record<string, unknown>,
  decide: (tx: Tx, theCase: CaseRow, today: string) => Promise<Decided<Data>>,
  apply: (tx: Tx, fact: Fact<string, Data>) => Promise<Record<string, string>>,
): Promise<Outcome> {
  const { actor, idempotencyKey, caseId } = request;
  try {
    return await store.transaction(async (tx) => {
      const { before, keep } = await askedBefore(tx, request, [name, caseId, input]);
      if (before) return before;
      const [theCase] = await casesById(tx, [caseId]);
      if (!theCase) return refuse({ code: 'NOT_FOUND', message: 'There is no such case', path: ['input', 'caseId'] });
      if (request.expectedVersion !== undefined && request.expectedVersion !== theCase.version)
        return refuse({
          code: 'CONCURRENCY_CONFLICT',
          message: `The case is at version ${theCase.version}`,
          currentVersion: theCase.version,
        });
      const today = (await tx.em.findOneOrFail(BusinessDay, { tenant: theCase.tenant })).businessDate;
      const decided = await decide(tx, theCase, today);
      const { decisions } = decided;
      const decision = decisions && decisionOnAll(decisions);
      if ('refused' in decided) return { refused: decided.refused, ...(decision ? { decision } : {}) };
      const fact: Fact<string, Data> = {
        source: `casegraph/${actor.user}`,
        id: `${name}/${idempotencyKey}`,
        type: decided.type,
        tenant: theCase.tenant,
        aggregateId: theCase.id,
        sequence: theCase.sequence,
        effectiveOn: decided.effectiveOn ?? today,
        businessOn: today,
        occurredAt: new Date(),
        data: decisions ? { ...decided.data, decisions } : decided.data,
      };
      await logFacts(tx, [fact]);
      const done = await apply(tx, fact);
      if (request.dryRun) throw new Undone({ done, dryRun: true, ...(decision ? { decision } : {}) });
      const told = decision && { ...decision, ...(Object.keys(decisions!).length === 1 ? { id: decisionIdOf(fact, caseId) } : {}) };
      keep({ ...done, ...(told ? { decision: JSON.stringify(told) } : {}) });
      await audit(tx, [{ actor, action: name, subject: caseId, detail: done }]);
      return { done, ...(told ? { decision: told } : {}) };
    });
  } catch (error) {
    if (error instanceof Undone) return error.outcome;
    throw error;
  }
}

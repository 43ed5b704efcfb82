// What the rules say of a request on a case, and what they went by: told by a dry run, and kept with what was done.
import type { LocalDate } from '../fact.js';
import type { DealActionName } from '../sale/deal.js';
import type { CaseActionName, CaseSituation, Guarded } from './guards.js';

export interface RequestDecision {
  outcome: 'ALLOWED' | 'REFUSED';
  /** The first rule that stands against it; where none does, the action, all of whose rules were asked. */
  ruleId: string;
  policyVersion: string;
  /** Of each rule that stands against it. */
  reasons: string[];
  citation?: string;
  /** When it would be allowed, where every rule that stands against it can tell. */
  earliestAllowedAt?: string;
  inputs: Record<string, unknown>;
  decidedOn: LocalDate;
}

/** By case. */
export type RequestDecisions = Readonly<Record<string, RequestDecision>>;

export interface Judged {
  action: CaseActionName | DealActionName;
  situation: CaseSituation;
  against: Guarded['against'];
  policyVersion: string;
  on: LocalDate;
}

export function decisionOn({ action, situation, against, policyVersion, on }: Judged): RequestDecision {
  const [first] = against;
  const from = against.map(({ earliestAllowedAt }) => earliestAllowedAt);
  const { status, legal, placement, ownership, legalEligible, overdueSince = null, heldScopes, assetStates, figures } = situation;
  const { pursuit, arrangement, heldTypes, hardshipCause, contactAttempts, rightPartyContacts, filingDueInDays, documentKinds } = situation;
  const legalInputs = { arrangement, heldTypes, hardshipCause, contactAttempts, rightPartyContacts, filingDueInDays, documentKinds };
  return {
    outcome: first ? 'REFUSED' : 'ALLOWED',
    ruleId: first?.ruleId ?? action,
    policyVersion,
    reasons: against.map(({ message }) => message),
    ...(first?.citation ? { citation: first.citation } : {}),
    ...(first && !from.includes(undefined) ? { earliestAllowedAt: (from as string[]).sort().at(-1)! } : {}),
    inputs: {
      action,
      status,
      legal,
      placement,
      ownership,
      legalEligible,
      overdueSince,
      heldScopes: [...new Set(heldScopes)].sort(),
      ...(pursuit ? legalInputs : {}),
      ...(assetStates ? { assetStates } : {}),
      ...figures,
    },
    decidedOn: on,
  };
}

/** One decision on several cases, of which any refuses for all; what it was based on is told by the decision on each. */
export function decisionOnAll(decisions: RequestDecisions): RequestDecision | undefined {
  const all = Object.entries(decisions);
  const [first] = all;
  if (!first || all.length === 1) return first?.[1];
  const refused = all.filter(([, { outcome }]) => outcome === 'REFUSED');
  const { earliestAllowedAt: _, ...spokesman } = (refused[0] ?? first)[1];
  return {
    ...spokesman,
    policyVersion: [...new Set(all.map(([, { policyVersion }]) => policyVersion))].sort().join(', '),
    reasons: refused.flatMap(([, { reasons }]) => reasons),
    inputs: { cases: all.length, refusedBy: refused.map(([id]) => id) },
  };
}

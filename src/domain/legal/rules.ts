// What a policy says of legal action: what has to be done before, which steps follow each other, and which periods run.
import { plusDays } from '../day.js';
import type { LocalDate } from '../fact.js';
import type { ClockKind, InterruptionCause, Period } from './clock.js';
import { isLiveMatter, type MatterState } from './matter.js';

/** Why a borrower does not pay, as somebody has found who looked into it. */
export const defaultCauses = [
  'TEMPORARY_HARDSHIP',
  'PERSISTENT_INABILITY',
  'DISPUTE',
  'REFUSAL',
  'SUSPECTED_FRAUD',
  'UNREACHABLE',
] as const;
export type DefaultCause = (typeof defaultCauses)[number];

export const documentKinds = [
  'CONTRACT',
  'SCHEDULE',
  'REPAYMENTS',
  'CONTACT_LOG',
  'DEMAND_PROOF',
  'IDENTITY',
  'SECURITY_DEED',
  'POWER_OF_ATTORNEY',
  'OTHER',
] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** Where a rule comes from, and whether counsel has confirmed it against the primary text. */
export interface Cited {
  citation: string;
  verified: boolean;
}

export interface Readiness {
  /** Attempts to reach the borrower, and how many of them reached a right party; proof that the borrower cannot be reached stands for both. */
  attempts: number;
  rightParty: number;
  documents: readonly DocumentKind[];
}

export interface LegalRules {
  /** Within how many business days the firm says whether it takes a claim on. */
  acknowledgeWithinBusinessDays: number;
  beforeInstructing: Readiness & Cited;
  /** A suit is not filed against who was found to be in one of these. */
  beforeFiling: Readiness & { barredBy: readonly DefaultCause[] } & Cited;
  /** An arrangement does not keep a suit from being filed when a clock ends within so many days. */
  forcedWithinDays: number;
  /** Within how many days the firm is told of a payment. */
  tellOfPayment: { days: number } & Cited;
  limitation: Period & { interruptedBy: readonly InterruptionCause[] } & Cited;
  enforcement: Period & Cited;
  /** Null where no period is known. */
  suitAfterPreservation: (Period & Cited) | null;
  preservation: { renewDays: number } & Cited;
  alarms: Readonly<Record<ClockKind, readonly number[]>>;
  steps: readonly LegalStepRule[];
}

export interface LegalStepRule extends Cited {
  step: string;
  /** The field's word for it where it is done. */
  term: string;
  in: readonly MatterState[];
  /** Demands that were sent before. */
  demandLevel?: number;
  /** The most that is claimed, by currency, for the step to be open; with `above` the least. */
  atMost?: Readonly<Record<string, bigint>>;
  above?: Readonly<Record<string, bigint>>;
  /** Days after the step before. */
  afterDays: number;
}

export interface LegalStep {
  step: string;
  term: string;
  from: LocalDate;
  citation: string;
  verified: boolean;
}

export interface StepsAt {
  state: MatterState;
  demandLevel: number;
  /** When it came to where it is. */
  movedOn: LocalDate;
  claimedMinor: bigint | null;
  currency: string | null;
  preservation: string;
}

const fits = ({ atMost, above }: LegalStepRule, minor: bigint | null, currency: string | null): boolean => {
  if (!atMost && !above) return true;
  const limit = (atMost ?? above)![currency ?? ''];
  // What has no limit, or no sum, takes the ordinary way.
  if (limit === undefined || minor === null) return !atMost;
  return atMost ? minor <= limit : minor > limit;
};

/** What comes next by the rules, the first first; empty when nothing is left to do. */
export function stepsFrom(rules: LegalRules, at: StepsAt): LegalStep[] {
  if (!isLiveMatter(at.state) || at.state === 'WITHDRAWAL_REQUESTED') return [];
  const said = ({ step, term, afterDays, citation, verified }: LegalStepRule): LegalStep => ({
    step,
    term,
    from: plusDays(at.movedOn, afterDays),
    citation,
    verified,
  });
  const { preservation } = rules;
  const renewal: LegalStep[] =
    at.preservation === 'RENEW_DUE'
      ? [
          {
            step: 'RENEW_PRESERVATION',
            term: 'renewal of preservation',
            from: at.movedOn,
            citation: preservation.citation,
            verified: preservation.verified,
          },
        ]
      : [];
  const open = rules.steps.filter(
    (rule) =>
      rule.in.includes(at.state) &&
      (rule.demandLevel === undefined || rule.demandLevel === at.demandLevel) &&
      fits(rule, at.claimedMinor, at.currency),
  );
  return [...renewal, ...open.map(said)];
}

/** What is wrong with the rules, in words. */
export function faultsOfLegal(rules: LegalRules): string[] {
  const faults: string[] = [];
  if (rules.acknowledgeWithinBusinessDays < 1) faults.push('a law firm has no day to take a claim on');
  for (const { step, in: states, atMost, above } of rules.steps) {
    if (!states.length) faults.push(`legal step ${step} comes nowhere`);
    if (atMost && above) faults.push(`legal step ${step} has a least and a most`);
  }
  for (const [kind, days] of Object.entries(rules.alarms))
    if (days.some((each, i) => each < 0 || (i > 0 && each >= days[i - 1]!))) faults.push(`the alarms of ${kind} do not fall`);
  for (const period of [rules.limitation, rules.enforcement, ...(rules.suitAfterPreservation ? [rules.suitAfterPreservation] : [])])
    if (!((period.years ?? 0) > 0 || (period.days ?? 0) > 0)) faults.push('a statutory period has no length');
  for (const { attempts, rightParty } of [rules.beforeInstructing, rules.beforeFiling])
    if (rightParty > attempts) faults.push('more right-party contacts than attempts are asked for');
  return faults;
}

// Where a matter stands by all that its firm has told: the news in the firm's own order, so that the order of arrival means nothing.
import type { LocalDate } from '../fact.js';
import { decimalToMinor } from '../money.js';
import { isLiveMatter, matterCourse, matterSteps, type MatterState, type MatterStepName } from './matter.js';

export interface ToldStep {
  id: string;
  step: MatterStepName;
  /** The firm's own order; 0 of its immediate answer. A withdrawal that the bank asked for has that of the newest news that was known then. */
  sequence: bigint;
  occurredAt: Date;
  /** In the words of connectors/contract/law-firm-news.ts; what is missing or odd is left out. */
  data: Record<string, unknown>;
}

export interface MatterStanding {
  state: MatterState;
  /** Demand letters that were sent, 0 to 3. */
  demandLevel: number;
  /** Of the newest demand or lawyer's letter that is proved to have reached the debtor. */
  demandProvedOn: LocalDate | null;
  letterSentOn: LocalDate | null;
  court: string | null;
  docket: string | null;
  procedure: string | null;
  filedOn: LocalDate | null;
  /** In minor units of the matter's currency, as filed. */
  filedMinor: bigint | null;
  servedOn: LocalDate | null;
  nextHearingAt: Date | null;
  judgedOn: LocalDate | null;
  judgmentResult: string | null;
  awardedMinor: bigint | null;
  finalOn: LocalDate | null;
  settledMinor: bigint | null;
  settlementConfirmedOn: LocalDate | null;
  enforcementAppliedOn: LocalDate | null;
  enforcementRef: string | null;
  /** The date of the newest step that moved it. */
  movedOn: LocalDate | null;
}

const nothing: MatterStanding = {
  state: 'INSTRUCTED',
  demandLevel: 0,
  demandProvedOn: null,
  letterSentOn: null,
  court: null,
  docket: null,
  procedure: null,
  filedOn: null,
  filedMinor: null,
  servedOn: null,
  nextHearingAt: null,
  judgedOn: null,
  judgmentResult: null,
  awardedMinor: null,
  finalOn: null,
  settledMinor: null,
  settlementConfirmedOn: null,
  enforcementAppliedOn: null,
  enforcementRef: null,
  movedOn: null,
};

/** In the firm's order; what was told twice under one number counts once. */
export function inTheirOrder(steps: readonly ToldStep[]): ToldStep[] {
  const own = ({ step }: ToldStep) => (step === 'WITHDRAWAL_REQUESTED' ? 1 : 0);
  const sorted = steps.toSorted((a, b) =>
    a.sequence !== b.sequence ? (a.sequence < b.sequence ? -1 : 1) : own(a) - own(b) || (a.id < b.id ? -1 : 1),
  );
  return sorted.filter(
    (each, i) => own(each) || !sorted.slice(0, i).some(({ step, sequence }) => step === each.step && sequence === each.sequence),
  );
}

export const textOf = (data: Record<string, unknown>, key: string): string | null =>
  typeof data[key] === 'string' && data[key] !== '' ? data[key] : null;

/** The date that the news names, else the day on which it happened. */
export const dateOf = ({ data, occurredAt }: ToldStep, key: string): LocalDate => {
  const said = textOf(data, key);
  return said && /^\d{4}-\d\d-\d\d$/.test(said) ? said : occurredAt.toISOString().slice(0, 10);
};

/** Null where there is none in the matter's own currency. */
export function minorOf(data: Record<string, unknown>, key: string, currency: string | null): bigint | null {
  const money = data[key] as { amount?: unknown; currency?: unknown } | undefined;
  if (!money || typeof money.amount !== 'string' || !currency || money.currency !== currency) return null;
  return decimalToMinor(money.amount, currency);
}

function instantOf(data: Record<string, unknown>, key: string): Date | null {
  const at = new Date(String(data[key] ?? ''));
  return Number.isNaN(at.getTime()) ? null : at;
}

/** What a step says beside moving the matter. */
function saidBy(told: ToldStep, at: MatterStanding, currency: string | null): Partial<MatterStanding> {
  const { data } = told;
  switch (told.step) {
    case 'DEMAND_SENT': {
      const level = Number(data['level'] ?? at.demandLevel + 1);
      return {
        demandLevel: Math.min(3, Math.max(at.demandLevel, Number.isInteger(level) && level > 0 ? level : 1)),
        ...(textOf(data, 'deliveredOn') ? { demandProvedOn: dateOf(told, 'deliveredOn') } : {}),
      };
    }
    case 'LETTER_SENT':
      return {
        letterSentOn: dateOf(told, 'sentOn'),
        ...(textOf(data, 'deliveredOn') ? { demandProvedOn: dateOf(told, 'deliveredOn') } : {}),
      };
    case 'FILED':
      return {
        court: textOf(data, 'court'),
        docket: textOf(data, 'docket') ?? textOf(data, 'courtRef'),
        procedure: textOf(data, 'procedure'),
        filedOn: dateOf(told, 'filedOn'),
        filedMinor: minorOf(data, 'claimed', currency),
      };
    case 'SERVED':
      return { servedOn: dateOf(told, 'servedOn') };
    case 'MEDIATION_SCHEDULED':
    case 'HEARING_SCHEDULED':
      return { nextHearingAt: instantOf(data, 'at') ?? at.nextHearingAt };
    case 'JUDGMENT_GIVEN':
      return {
        judgedOn: dateOf(told, 'judgedOn'),
        judgmentResult: textOf(data, 'result'),
        awardedMinor: minorOf(data, 'awarded', currency),
      };
    case 'BECAME_FINAL':
      return { finalOn: dateOf(told, 'finalOn') };
    case 'SETTLEMENT_PROPOSED':
      return { settledMinor: minorOf(data, 'amount', currency) ?? at.settledMinor };
    case 'SETTLEMENT_CONFIRMED':
      return {
        settlementConfirmedOn: dateOf(told, 'confirmedOn'),
        settledMinor: minorOf(data, 'amount', currency) ?? at.settledMinor,
      };
    case 'ENFORCEMENT_APPLIED':
      return { enforcementAppliedOn: dateOf(told, 'appliedOn'), enforcementRef: textOf(data, 'enforcementRef') ?? at.enforcementRef };
    case 'ENFORCEMENT_STARTED':
      return { enforcementRef: textOf(data, 'enforcementRef') ?? at.enforcementRef };
    default:
      return {};
  }
}

/** @param currency of the claim; null where its loans are of several, and then no amounts are told of it as one sum */
export function standingAfter(steps: readonly ToldStep[], currency: string | null): MatterStanding {
  let at = nothing;
  let before: MatterState = 'INSTRUCTED';
  for (const told of inTheirOrder(steps)) {
    const allowed = matterSteps[at.state][told.step];
    // A suit that goes on after its withdrawal was asked for goes on from where it was.
    const goesOn = at.state === 'WITHDRAWAL_REQUESTED' && allowed !== undefined && allowed !== at.state && isLiveMatter(allowed);
    const next = goesOn ? matterSteps[before][told.step] : allowed;
    if (next === undefined) continue;
    if (at.state !== 'WITHDRAWAL_REQUESTED') before = at.state;
    const moved = next !== at.state || told.step === 'DEMAND_SENT' ? { movedOn: told.occurredAt.toISOString().slice(0, 10) } : {};
    at = { ...at, ...moved, ...saidBy(told, at, currency), state: next };
  }
  return at;
}

/** How far it had come, also where a withdrawal was asked for since. */
export const courseRank = (state: MatterState): number => matterCourse.indexOf(state);

// Statutory clocks: what started each, when it expires, what it was interrupted by, and when somebody has to be told.
import { daysBetween, plusDays } from '../day.js';
import type { LocalDate } from '../fact.js';
import { isLiveMatter } from './matter.js';
import { isInForce, preservationOn, type Preservation } from './preservation.js';
import type { MatterStanding } from './standing.js';

export const clockKinds = ['LIMITATION', 'FILING_AFTER_PRESERVATION', 'ENFORCEMENT_APPLICATION', 'PRESERVATION_RENEWAL'] as const;
export type ClockKind = (typeof clockKinds)[number];
/** STOPPED: a suit is pending. MET: what it asks for was done in time. CANCELLED: it has nothing to count to any more. */
export const clockStates = ['RUNNING', 'STOPPED', 'MET', 'EXPIRED', 'CANCELLED'] as const;
export type ClockState = (typeof clockStates)[number];
export const interruptionCauses = ['DEMAND', 'ACKNOWLEDGEMENT', 'PAYMENT', 'SUIT'] as const;
export type InterruptionCause = (typeof interruptionCauses)[number];

export interface Clock {
  kind: ClockKind;
  /** What of the matter it is about: the reference of an order of preservation, else empty. */
  about: string;
  startedOn: LocalDate;
  expiresOn: LocalDate;
  state: ClockState;
}

/** A period in calendar years or days. */
export interface Period {
  years?: number;
  days?: number;
}

/** What of a policy the clocks of a matter go by. */
export interface ClockRules {
  enforcement: Period;
  suitAfterPreservation: Period | null;
}

/** The same day so many years later; 29 February becomes the 28th. */
export function periodEnd(from: LocalDate, { years = 0, days = 0 }: Period): LocalDate {
  const [year, month, day] = from.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year + years, month, 0)).getUTCDate();
  const date = `${String(year + years).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(Math.min(day, last)).padStart(2, '0')}`;
  return plusDays(date, days);
}

/** The clocks that a matter has started, as they stand on a date. */
export function clocksOf(matter: MatterStanding, orders: readonly Preservation[], rules: ClockRules, today: LocalDate): Clock[] {
  const over = !isLiveMatter(matter.state);
  const clocks: Clock[] = [];
  const add = (kind: ClockKind, about: string, startedOn: LocalDate, expiresOn: LocalDate, metOn: LocalDate | null) => {
    const state =
      metOn !== null ? (metOn <= expiresOn ? 'MET' : 'EXPIRED') : over ? 'CANCELLED' : today > expiresOn ? 'EXPIRED' : 'RUNNING';
    clocks.push({ kind, about, startedOn, expiresOn, state });
  };
  const grants = orders.flatMap(({ grantedOn }) => grantedOn ?? []).toSorted();
  const [granted] = grants.filter((on) => !matter.filedOn || on < matter.filedOn);
  if (granted && rules.suitAfterPreservation)
    add('FILING_AFTER_PRESERVATION', '', granted, periodEnd(granted, rules.suitAfterPreservation), matter.filedOn);
  const enforceable = matter.finalOn ?? matter.settlementConfirmedOn;
  if (enforceable)
    add(
      'ENFORCEMENT_APPLICATION',
      '',
      enforceable,
      periodEnd(enforceable, rules.enforcement),
      matter.enforcementAppliedOn ?? (matter.state === 'SATISFIED' ? enforceable : null),
    );
  for (const order of orders) {
    const from = order.renewedOn ?? order.servedOn ?? order.grantedOn ?? order.appliedOn;
    if (!order.expiresOn || !from) continue;
    const now = preservationOn(order, today, 0);
    const state = now === 'EXPIRED' ? 'EXPIRED' : isInForce(now) && !over ? 'RUNNING' : 'CANCELLED';
    clocks.push({ kind: 'PRESERVATION_RENEWAL', about: order.orderRef, startedOn: from, expiresOn: order.expiresOn, state });
  }
  return clocks;
}

/** A limitation period begins anew with each interruption: the latest counts, in whatever order they were learned. */
export const limitationStart = (basedOn: LocalDate, interruptions: readonly LocalDate[]): LocalDate =>
  interruptions.reduce((latest, on) => (on > latest ? on : latest), basedOn);

/**
 * @param alarms days before the end at which somebody is told; of several that have passed at once the last speaks for all
 * @param rung those that were
 */
export const dueAlarms = (expiresOn: LocalDate, today: LocalDate, alarms: readonly number[], rung: readonly number[]): number[] =>
  alarms.filter((days) => daysBetween(today, expiresOn) <= days && !rung.includes(days)).toSorted((a, b) => a - b);

/** The date on which a running clock has to be looked at again: an alarm, or the day after its last. */
export function attendOn(expiresOn: LocalDate, today: LocalDate, alarms: readonly number[], rung: readonly number[]): LocalDate {
  const next = alarms.filter((days) => !rung.includes(days)).map((days) => plusDays(expiresOn, -days));
  const [first = plusDays(expiresOn, 1)] = next.toSorted();
  return first > today ? first : plusDays(today, 1);
}

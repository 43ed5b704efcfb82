// Preservation of property beside a matter: each order by its own reference, from the application to its end, and what the calendar does to it.
import { daysBetween, plusDays } from '../day.js';
import type { LocalDate } from '../fact.js';
import type { MatterStepName } from './matter.js';
import { dateOf, inTheirOrder, textOf, type ToldStep } from './standing.js';

export const preservationStates = ['APPLIED', 'GRANTED', 'SERVED', 'RENEW_DUE', 'RENEWED', 'EXPIRED', 'LIFTED'] as const;
export type PreservationState = (typeof preservationStates)[number];
export const isInForce = (state: PreservationState): boolean => state !== 'APPLIED' && state !== 'EXPIRED' && state !== 'LIFTED';

/** Firms leave out news here too. An order that has run out may still be found renewed; one that was lifted is over. */
export const preservationSteps: Record<PreservationState, Partial<Record<MatterStepName, PreservationState>>> = {
  APPLIED: {
    PRESERVATION_GRANTED: 'GRANTED',
    PRESERVATION_SERVED: 'SERVED',
    PRESERVATION_RENEWED: 'RENEWED',
    PRESERVATION_EXPIRED: 'EXPIRED',
    PRESERVATION_LIFTED: 'LIFTED',
  },
  GRANTED: {
    PRESERVATION_SERVED: 'SERVED',
    PRESERVATION_RENEWED: 'RENEWED',
    PRESERVATION_EXPIRED: 'EXPIRED',
    PRESERVATION_LIFTED: 'LIFTED',
  },
  SERVED: { PRESERVATION_RENEWED: 'RENEWED', PRESERVATION_EXPIRED: 'EXPIRED', PRESERVATION_LIFTED: 'LIFTED' },
  RENEW_DUE: { PRESERVATION_RENEWED: 'RENEWED', PRESERVATION_EXPIRED: 'EXPIRED', PRESERVATION_LIFTED: 'LIFTED' },
  RENEWED: { PRESERVATION_RENEWED: 'RENEWED', PRESERVATION_EXPIRED: 'EXPIRED', PRESERVATION_LIFTED: 'LIFTED' },
  EXPIRED: { PRESERVATION_RENEWED: 'RENEWED', PRESERVATION_LIFTED: 'LIFTED' },
  LIFTED: {},
};

export interface Preservation {
  /** The firm's reference of the order; `1` where it names none. */
  orderRef: string;
  state: PreservationState;
  asset: string | null;
  appliedOn: LocalDate | null;
  grantedOn: LocalDate | null;
  servedOn: LocalDate | null;
  renewedOn: LocalDate | null;
  expiresOn: LocalDate | null;
  endedOn: LocalDate | null;
}

/** The orders that a firm has told of, in order of their reference, as they stand without a look at the calendar. */
export function preservationsAfter(steps: readonly ToldStep[]): Preservation[] {
  const orders = new Map<string, Preservation>();
  for (const told of inTheirOrder(steps)) {
    if (!told.step.startsWith('PRESERVATION_')) continue;
    const orderRef = textOf(told.data, 'orderRef') ?? '1';
    const known = orders.get(orderRef);
    const empty = { asset: null, appliedOn: null, grantedOn: null, servedOn: null, renewedOn: null, expiresOn: null, endedOn: null };
    const at: Preservation = known ?? { orderRef, state: 'APPLIED', ...empty };
    const next = told.step === 'PRESERVATION_APPLIED' ? (known ? undefined : 'APPLIED') : preservationSteps[at.state][told.step];
    if (next === undefined) continue;
    const expires = textOf(told.data, 'expiresOn') ? { expiresOn: dateOf(told, 'expiresOn') } : {};
    const dates: Partial<Preservation> = {
      ...(next === 'APPLIED' ? { appliedOn: dateOf(told, 'appliedOn') } : {}),
      ...(next === 'GRANTED' ? { grantedOn: dateOf(told, 'grantedOn'), ...expires } : {}),
      ...(next === 'SERVED' ? { servedOn: dateOf(told, 'servedOn'), ...expires } : {}),
      ...(next === 'RENEWED' ? { renewedOn: dateOf(told, 'renewedOn'), endedOn: null, ...expires } : {}),
      ...(next === 'EXPIRED' ? { endedOn: dateOf(told, 'expiredOn') } : {}),
      ...(next === 'LIFTED' ? { endedOn: dateOf(told, 'liftedOn') } : {}),
    };
    orders.set(orderRef, { ...at, asset: textOf(told.data, 'asset') ?? at.asset, ...dates, state: next });
  }
  return [...orders.values()].toSorted((a, b) => (a.orderRef < b.orderRef ? -1 : 1));
}

/** What the calendar makes of it. @param renewDays days before its end from which it has to be renewed */
export function preservationOn(order: Preservation, today: LocalDate, renewDays: number): PreservationState {
  if (!order.expiresOn || !isInForce(order.state)) return order.state;
  const left = daysBetween(today, order.expiresOn);
  return left < 0 ? 'EXPIRED' : left <= renewDays ? 'RENEW_DUE' : order.state;
}

/** When the calendar next changes it; null when it does not. */
export function preservationTurnsOn(order: Preservation, today: LocalDate, renewDays: number): LocalDate | null {
  if (!order.expiresOn || !isInForce(order.state)) return null;
  const due = plusDays(order.expiresOn, -renewDays);
  const over = plusDays(order.expiresOn, 1);
  return today < due ? due : today < over ? over : null;
}

const weight: Record<string, number> = { NONE: 0, LIFTED: 1, EXPIRED: 2, APPLIED: 3, GRANTED: 4, SERVED: 5, RENEWED: 6, RENEW_DUE: 7 };

/** Region D′ of a case: the order that most needs to be looked at speaks for all. */
export const preservationRegionOf = (states: readonly string[]): string =>
  states.reduce((most, state) => (weight[state]! > weight[most]! ? state : most), 'NONE');

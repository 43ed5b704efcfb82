// What may be done with a sale now, and if not, by which rule and from when: the same answers for the mutations and for `availableActions`.
import type { Guarded } from '../case/guards.js';
import { saleSteps, type SaleState, type SaleStepName } from './sale.js';

export const dealActions = [
  'PUBLISH_SALE_TAPE',
  'OPEN_BIDS',
  'AWARD_SALE',
  'SIGN_SALE',
  'ASSIGN_SALE',
  'RECORD_DEBTOR_NOTICE',
  'SETTLE_SALE',
  'BUY_BACK_LOAN',
  'CANCEL_SALE',
] as const;
export type DealActionName = (typeof dealActions)[number];

export interface Deal {
  state: string;
  /** RFC 3339 or Date; null while it is not fixed. */
  bidsCloseAt: Date | null;
  bidsOpened: boolean;
  cutOffAt: Date | null;
  /** The assignment was owed to the buyer already. */
  assigned: boolean;
}

type Against = Guarded['against'][number];
type Rule = (deal: Deal, now: Date) => Against | null;

const no = (ruleId: string, message: string, from?: Date | null): Against => ({
  ruleId,
  message,
  ...(from ? { earliestAllowedAt: from.toISOString() } : {}),
});
const words = (state: string) => state.toLowerCase().replace('_', ' ');
const step =
  (name: SaleStepName): Rule =>
  ({ state }) =>
    saleSteps[state as SaleState][name] ? null : no('sale-state', `The sale is ${words(state)}`);
const inState =
  (...states: SaleState[]): Rule =>
  ({ state }) =>
    (states as string[]).includes(state) ? null : no('sale-state', `The sale is ${words(state)}`);
const closed: Rule = ({ bidsCloseAt }, now) =>
  bidsCloseAt && now < bidsCloseAt ? no('bids-sealed', `Bids are sealed until ${bidsCloseAt.toISOString()}`, bidsCloseAt) : null;
const opened: Rule = ({ bidsOpened }) => (bidsOpened ? null : no('bids-opened', 'The bids were not opened'));
const unopened: Rule = ({ bidsOpened }) => (bidsOpened ? no('bids-opened-once', 'The bids were opened') : null);
const cutOff: Rule = ({ cutOffAt }, now) =>
  cutOffAt && now < cutOffAt ? no('cut-off-reached', `The cut-off is at ${cutOffAt.toISOString()}`, cutOffAt) : null;
const unassigned: Rule = ({ assigned }) => (assigned ? no('assigned-once', 'The buyer was told of the assignment') : null);

const rules: Record<DealActionName, readonly Rule[]> = {
  PUBLISH_SALE_TAPE: [step('PUBLISH')],
  OPEN_BIDS: [inState('MARKETED', 'BID'), closed, unopened],
  AWARD_SALE: [step('AWARD'), closed, opened],
  SIGN_SALE: [step('SIGN')],
  ASSIGN_SALE: [inState('SIGNED'), unassigned, cutOff],
  RECORD_DEBTOR_NOTICE: [inState('ASSIGNED', 'NOTIFIED', 'SETTLED')],
  SETTLE_SALE: [inState('ASSIGNED', 'NOTIFIED')],
  BUY_BACK_LOAN: [inState('ASSIGNED', 'NOTIFIED', 'SETTLED')],
  CANCEL_SALE: [step('CANCEL')],
};

export const againstDeal = (action: DealActionName, deal: Deal, now: Date): Against[] =>
  rules[action].flatMap((each) => each(deal, now) ?? []);

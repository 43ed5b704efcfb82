// LoanAccountDataV1, the whole account: a snapshot, and what the event it came with says of it besides.
import { amount, eventOf, needed, said, set, sumOf, type FineractEvent, type Made } from './event.js';
import type { Occurrence } from './message.js';
import { installmentsOf } from './schedule.js';
import type { FineractSettings } from './settings.js';

/** Why due dates or amounts moved, by the event. Only RESCHEDULE and RE_AGE ease the terms. */
const reasons: Readonly<Record<string, string>> = {
  LoanRescheduledDueAdjustScheduleBusinessEvent: 'RESCHEDULE',
  LoanReAgeBusinessEvent: 'RE_AGE',
  LoanReAmortizeBusinessEvent: 'RE_AMORTIZE',
  LoanScheduleVariationsAddedBusinessEvent: 'RE_AMORTIZE',
  LoanScheduleVariationsDeletedBusinessEvent: 'RE_AMORTIZE',
  LoanRescheduledDueCalendarChangeBusinessEvent: 'HOLIDAY',
  LoanRescheduledDueHolidayBusinessEvent: 'HOLIDAY',
  LoanInterestRecalculationBusinessEvent: 'INTEREST_RECALC',
};

const pauseChanged = 'LoanAccountDelinquencyPauseChangedBusinessEvent';
const disbursalUndone = 'LoanUndoDisbursalBusinessEvent';

/** A loan that was never disbursed is nobody's debt: no events. */
export function accountEvents(loan: any, from: Occurrence, settings: FineractSettings): FineractEvent[] {
  const status = statusOf(loan, from.type);
  if (status === null) return [];
  const about = needed(loan.id, 'id');
  const make = (made: Omit<Made, 'about'>) => eventOf({ about, ...made }, from, settings);
  const data = snapshotOf(loan, status, from, settings);
  const { installments } = data;
  const { closed: pauses, open } = pausesOf(loan);
  const reason = reasons[from.type];
  return [
    make({ type: 'LoanAccountSnapshotted', completeness: 'SNAPSHOT', data }),
    ...(reason && installments
      ? [
          make({
            type: 'RepaymentScheduleReplaced',
            part: 'schedule',
            completeness: 'SNAPSHOT',
            data: { currency: data['currency'], reason, installments },
          }),
        ]
      : []),
    ...open.map((startDate) =>
      make({ type: 'DelinquencyPaused', part: `pause/${startDate}`, effectiveDate: startDate, data: { startDate } }),
    ),
    ...(from.type === pauseChanged ? pauses.slice(-1).map((pause) => make(changeOf(pause, from.businessDate))) : []),
  ];
}

interface Pause {
  startDate: string;
  endDate: string;
}

/** The newest pause is the one that changed. Its last day counts again already, so a pause that ends today is over. */
const changeOf = (pause: Pause, today: string): Omit<Made, 'about'> => ({
  type: pause.endDate <= today ? 'DelinquencyResumed' : 'DelinquencyPaused',
  part: `pause/${pause.startDate}`,
  effectiveDate: pause.startDate,
  data: { ...pause },
});

function snapshotOf(loan: any, status: string, from: Occurrence, settings: FineractSettings): Record<string, unknown> {
  const { summary, delinquent, timeline } = loan;
  const productId = needed(loan.loanProductId, 'loanProductId');
  const installments = installmentsOf(loan.repaymentSchedule);
  return {
    loanAccountId: loan.id,
    accountNo: needed(loan.accountNo, 'accountNo'),
    externalId: loan.externalId || null,
    borrowerId: needed(loan.clientId, 'clientId'),
    productId,
    productClass: set(
      settings.productClassOf(`${from.tenant}/${productId}`, productId, loan.loanProductName),
      'PRODUCT_CLASSES',
      'product',
    ),
    jurisdiction: set(settings.jurisdictionOf(from.tenant), 'JURISDICTION', 'tenant'),
    currency: needed(summary?.currency?.code ?? loan.repaymentSchedule?.currency?.code, 'summary.currency.code'),
    status,
    principal: needed(principalOf(loan), 'principal'),
    disbursedOn: needed(timeline?.actualDisbursementDate ?? timeline?.expectedDisbursementDate, 'timeline.actualDisbursementDate'),
    graceOnArrearsAgeing: loan.graceOnArrearsAgeing,
    arrearsTolerance: amount(loan.inArrearsTolerance, 'inArrearsTolerance'),
    installments: installments.length ? installments : null,
    pauses: pausesOf(loan).closed,
    outstanding: summary
      ? said({
          principal: amount(summary.principalOutstanding, 'summary.principalOutstanding'),
          interest: amount(summary.interestOutstanding, 'summary.interestOutstanding'),
          fee: amount(summary.feeChargesOutstanding, 'summary.feeChargesOutstanding'),
          penalty: amount(summary.penaltyChargesOutstanding, 'summary.penaltyChargesOutstanding'),
        })
      : null,
    details: detailsOf(loan),
    installmentLevel: loan.enableInstallmentLevelDelinquency,
    sourceDelinquency: delinquent ? said({ pastDueDays: delinquent.pastDueDays, delinquentDays: delinquent.delinquentDays }) : null,
  };
}

/** What bureaus ask. No account is refused for it: a rate that cannot be meant is left out. */
function detailsOf({ annualInterestRate, clientOfficeId, isFloatingInterestRate, isLoanProductLinkedToFloatingRate }: any) {
  const [, rate] = /^((?:0|[1-9]\d{0,2})(?:\.\d{0,5}[1-9])?)\.?0*$/.exec(annualInterestRate ?? '') ?? [];
  const floating: boolean | null = isFloatingInterestRate ?? isLoanProductLinkedToFloatingRate ?? null;
  const details = said({
    branch: clientOfficeId ? String(clientOfficeId) : null,
    interestRate: rate,
    interestFixed: floating === null ? null : !floating,
  });
  return Object.keys(details).length ? details : null;
}

/**
 * By the booleans; 303 and 304 are loans that move to another office, which have none and are live.
 * A loan closed by rescheduling lives on as another loan. Null for what was not disbursed.
 */
function statusOf({ status, chargedOff, externalOwnerId }: any, event: string): string | null {
  if (!status) return needed(null, 'status');
  if (status.overpaid) return 'OVERPAID';
  if (status.closedWrittenOff) return 'WRITTEN_OFF';
  if (status.closedObligationsMet || status.closedRescheduled) return 'CLOSED_OBLIGATIONS_MET';
  if (status.active || status.id === 303 || status.id === 304)
    return externalOwnerId ? 'TRANSFERRED' : chargedOff ? 'CHARGED_OFF' : 'ACTIVE';
  // What was disbursed by mistake is known to the gateway by now, and no longer owed.
  return event === disbursalUndone ? 'CLOSED_OBLIGATIONS_MET' : null;
}

/** What has to be paid back: what was disbursed so far, and what chargebacks reinstated, which the schedule holds too. */
function principalOf({ principal, summary }: any): string | null {
  const disbursed = amount(summary?.principalDisbursed, 'summary.principalDisbursed');
  const adjusted = amount(summary?.principalAdjustments, 'summary.principalAdjustments');
  return disbursed === null ? amount(principal, 'principal') : adjusted === null ? disbursed : sumOf(disbursed, adjusted);
}

/** Fineract does not count the day on which a pause ends as paused: it is our first day that counts again. */
function pausesOf({ delinquent }: any): { closed: Pause[]; open: string[] } {
  const periods: any[] = (delinquent?.delinquencyPausePeriods ?? []).filter((each: any) => each.pausePeriodStart);
  const closed = periods.flatMap(({ pausePeriodStart, pausePeriodEnd }) =>
    pausePeriodEnd ? [{ startDate: pausePeriodStart, endDate: pausePeriodEnd }] : [],
  );
  return {
    closed: closed.sort((a, b) => (a.startDate < b.startDate ? -1 : 1)),
    open: periods.filter((each) => !each.pausePeriodEnd).map((each) => each.pausePeriodStart),
  };
}

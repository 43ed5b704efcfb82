// Small builders for the tests of the domain: facts of one loan, in whole units of IDR.
import type { LocalDate } from '../../src/domain/fact.js';
import { noParts } from '../../src/domain/loan/components.js';
import type { LoanFact, LoanStatus, Pause, ScheduledLine } from '../../src/domain/loan/loan-facts.js';

let count = 0;

export const told = (type: string, sequence: number, on: LocalDate, data: object): LoanFact => fact(type, sequence, on, data);
const fact = (type: string, sequence: number, on: LocalDate, data: object, id = `f${++count}`): LoanFact =>
  ({
    source: '/test',
    id,
    type,
    tenant: 't',
    aggregateId: 't/core/L1',
    sequence: BigInt(sequence),
    effectiveOn: on,
    businessOn: on,
    occurredAt: new Date(`${on}T00:00:00Z`),
    data,
  }) as LoanFact;

export const line = (number: number, dueOn: LocalDate, principal: number, paid = 0): ScheduledLine => ({
  number,
  fromOn: null,
  dueOn,
  due: { ...noParts(), principal: BigInt(principal) },
  paid: { ...noParts(), principal: BigInt(paid) },
  waived: noParts(),
  writtenOff: noParts(),
});

export function snapshot(
  sequence: number,
  lines: ScheduledLine[],
  more: {
    status?: LoanStatus;
    graceDays?: number;
    tolerance?: number;
    pauses?: Pause[];
    on?: LocalDate;
    jurisdiction?: string;
    principal?: number;
    rollDueDates?: boolean;
    sourceOutstanding?: bigint;
  } = {},
): LoanFact {
  const {
    status = 'ACTIVE',
    graceDays = 0,
    tolerance = 0,
    pauses = [],
    on = '2024-01-01',
    jurisdiction = 'ID',
    principal = 1000,
    ...told
  } = more;
  return fact('LoanAccountSnapshotted', sequence, on, {
    borrowerId: 'B1',
    accountNo: 'ID-L1',
    productId: 'P',
    productClass: 'CONSUMER',
    jurisdiction,
    currency: 'IDR',
    status,
    principal: BigInt(principal),
    disbursedOn: '2024-01-01',
    graceDays,
    tolerance: BigInt(tolerance),
    lines,
    pauses,
    guarantors: [],
    ...told,
  });
}

export const paid = (
  sequence: number,
  transactionId: string,
  on: LocalDate,
  amount: number,
  portions: Record<string, bigint> | null = null,
): LoanFact =>
  fact('LoanTransactionPosted', sequence, on, {
    transactionId,
    kind: 'REPAYMENT',
    valueOn: on,
    postedOn: on,
    amount: BigInt(amount),
    currency: 'IDR',
    portions,
  });
export const reversed = (sequence: number, transactionId: string, on: LocalDate): LoanFact =>
  fact('LoanTransactionReversed', sequence, on, { transactionId, reversedOn: on });
export const charged = (sequence: number, chargeId: string, on: LocalDate, amount: number): LoanFact =>
  fact('ChargeApplied', sequence, on, { chargeId, dueOn: on, amount: BigInt(amount), penalty: true });
export const rescheduled = (sequence: number, on: LocalDate, lines: ScheduledLine[]): LoanFact =>
  fact('RepaymentScheduleReplaced', sequence, on, { reason: 'RESCHEDULE', lines });
/** A repayment that the source's schedules contain from the day on which it was booked. */
export const booked = (
  sequence: number,
  transactionId: string,
  { valueOn, postedOn, amount }: { valueOn: LocalDate; postedOn: LocalDate; amount: number },
): LoanFact =>
  fact('LoanTransactionPosted', sequence, valueOn, {
    transactionId,
    kind: 'REPAYMENT',
    valueOn,
    postedOn,
    amount: BigInt(amount),
    currency: 'IDR',
    portions: null,
    contained: true,
  });
export const chargedBack = (sequence: number, transactionId: string, on: LocalDate, amount: number, currency = 'IDR'): LoanFact =>
  fact('LoanTransactionPosted', sequence, on, {
    transactionId,
    kind: 'CHARGEBACK',
    valueOn: on,
    postedOn: on,
    amount: BigInt(amount),
    currency,
    portions: null,
  });
export const paused = (sequence: number, from: LocalDate, until: LocalDate): LoanFact =>
  fact('DelinquencyPaused', sequence, from, { startOn: from, endOn: until });

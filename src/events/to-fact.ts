// A canonical event becomes a fact: money in minor units, dates and parts in the domain's names.
import type { SourceFact } from '../actions/record-loan-facts.js';
import type { Fact, LocalDate } from '../domain/fact.js';
import { components, noParts } from '../domain/loan/components.js';
import type { ScheduledLine } from '../domain/loan/loan-facts.js';
import { decimalToMinor } from '../domain/money.js';
import { outOfRange, unstorable } from './storable.js';

/** A canonical event as connectors/contract.ts has it: its data was checked against the published schema. */
export interface CheckedEvent {
  id: string;
  source: string;
  type: string;
  time: string;
  tenantid: string;
  aggregateid: string;
  sequence: string;
  /** Where the source does not say it, the day on which it observed the event. */
  businessdate?: string;
  effectivedate: string;
  data: any;
}

export type Read = { fact: SourceFact } | { mark: Mark } | { unreadable: string };

/** A source's word that its books have reached a business date. */
export type Mark = Fact<'BusinessDateAnnounced', { businessDate: LocalDate }>;

export const businessDateOf = (event: CheckedEvent): LocalDate => event.businessdate || event.time.slice(0, 10);

function inRange(path: string, date: LocalDate): void {
  if (outOfRange(date)) throw new Unfit(`${path} is out of range`);
}

class Unfit extends Error {}

export function toFact(event: CheckedEvent): Read {
  try {
    const isMark = event.type === 'BusinessDateAdvanced';
    const businessOn = isMark ? (event.data.businessDate as LocalDate) : businessDateOf(event);
    inRange('/businessdate', businessOn);
    inRange('/effectivedate', event.effectivedate);
    const { data, ...envelope } = event;
    const fault = unstorable(envelope) ?? unstorable(data);
    if (fault) throw new Unfit(fault);
    const fact: Fact = {
      source: event.source,
      id: event.id,
      type: isMark ? 'BusinessDateAnnounced' : event.type,
      tenant: event.tenantid,
      aggregateId: event.aggregateid,
      sequence: BigInt(event.sequence),
      effectiveOn: event.effectivedate,
      businessOn,
      occurredAt: new Date(event.time),
      data: isMark ? { businessDate: businessOn } : dataOf(event),
    };
    return isMark ? { mark: fact as Mark } : { fact: fact as SourceFact };
  } catch (error) {
    if (error instanceof Unfit) return { unreadable: `DATA ${error.message}` };
    throw error;
  }
}

function minor(text: string | undefined, currency: string, path: string): bigint {
  if (text === undefined) return 0n;
  const amount = decimalToMinor(text, currency);
  if (amount === null) throw new Unfit(`${path} has more decimals than ${currency}`);
  return amount;
}

function lineOf(each: any, currency: string, path: string): ScheduledLine {
  const line: ScheduledLine = {
    number: each.installmentNumber,
    fromOn: each.fromDate ?? null,
    dueOn: each.dueDate,
    due: noParts(),
    paid: noParts(),
    waived: noParts(),
    writtenOff: noParts(),
  };
  for (const part of components) {
    if (!each[part]) continue;
    for (const column of ['due', 'paid', 'waived', 'writtenOff'] as const)
      line[column][part] = minor(each[part][column], currency, `${path}/${part}/${column}`);
  }
  return line;
}

const linesOf = (installments: any[], currency: string): ScheduledLine[] =>
  installments.map((each, i) => lineOf(each, currency, `/installments/${i}`));

const totalOf = (parts: Record<string, string> | undefined, currency: string): bigint | null =>
  parts ? Object.entries(parts).reduce((total, [part, text]) => total + minor(text, currency, `/outstanding/${part}`), 0n) : null;

/** The schemas have checked what stands in it; without anything there is none. */
const told = (details: object | undefined): { details?: object } => (details && Object.keys(details).length ? { details } : {});

const limitOf = ({ details, currency }: any): { creditLimit?: bigint } =>
  details?.creditLimit === undefined ? {} : { creditLimit: minor(details.creditLimit, currency, '/details/creditLimit') };

function dataOf(event: CheckedEvent): Record<string, unknown> {
  const { type, data, aggregateid } = event;
  switch (type) {
    case 'LoanAccountSnapshotted':
      return {
        borrowerId: data.borrowerId,
        accountNo: data.accountNo,
        productId: data.productId,
        productClass: data.productClass,
        jurisdiction: data.jurisdiction,
        currency: data.currency,
        status: data.status,
        principal: minor(data.principal, data.currency, '/principal'),
        disbursedOn: data.disbursedOn,
        graceDays: data.graceOnArrearsAgeing ?? 0,
        tolerance: minor(data.arrearsTolerance, data.currency, '/arrearsTolerance'),
        lines: data.installments ? linesOf(data.installments, data.currency) : null,
        ...(data.rollDueDates ? { rollDueDates: true } : {}),
        ...(data.restructured
          ? { restructured: { on: data.restructured.on, wasNonPerforming: data.restructured.wasNonPerforming ?? true } }
          : {}),
        ...(data.judgementalClass ? { judgementalClass: data.judgementalClass } : {}),
        ...(data.outstanding ? { sourceOutstanding: totalOf(data.outstanding, data.currency) } : {}),
        ...(data.sourceDelinquency?.pastDueDays === undefined
          ? {}
          : { sourceDays: { on: businessDateOf(event), days: data.sourceDelinquency.pastDueDays } }),
        pauses: (data.pauses ?? []).map((pause: any) => ({ from: pause.startDate, until: pause.endDate })),
        guarantors: data.guarantors ?? [],
        ...told({ ...data.details, ...limitOf(data) }),
      };
    case 'RepaymentScheduleReplaced':
      return {
        reason: data.reason,
        lines: linesOf(data.installments, data.currency),
        ...(data.wasNonPerforming === undefined ? {} : { wasNonPerforming: data.wasNonPerforming }),
      };
    case 'InstallmentChanged':
      return { number: data.installmentNumber, line: data.removed ? null : lineOf(data, data.currency, '') };
    case 'DelinquencyObserved':
      return { days: data.pastDueDays ?? null };
    case 'LoanTransactionPosted':
      return {
        transactionId: data.transactionId,
        kind: data.kind,
        valueOn: data.valueDate,
        postedOn: data.postedDate,
        amount: minor(data.amount, data.currency, '/amount'),
        currency: data.currency,
        ...(data.contained ? { contained: true } : {}),
        portions: data.portions
          ? Object.fromEntries(
              Object.entries(data.portions).map(([part, text]) => [part, minor(text as string, data.currency, `/portions/${part}`)]),
            )
          : null,
      };
    case 'ChargeApplied':
    case 'ChargeWaived':
    case 'ChargeRemoved':
      return {
        chargeId: data.chargeId,
        dueOn: data.dueDate,
        amount: minor(data.amount, data.currency, '/amount'),
        penalty: data.penalty ?? false,
        ...(data.contained ? { contained: true } : {}),
      };
    case 'DelinquencyPaused':
    case 'DelinquencyResumed':
      return { startOn: data.startDate, endOn: data.endDate ?? null };
    case 'BorrowerUpdated':
      return {
        borrowerId: data.borrowerId,
        name: data.name,
        jurisdiction: data.jurisdiction,
        nationalId: data.nationalId ?? null,
        language: data.language,
        timeZone: data.timeZone,
        segment: data.segment ?? null,
        branch: data.branch ?? null,
        portfolio: data.portfolio ?? null,
        address: data.address ?? null,
        contactPoints: data.contactPoints.map((point: any) => ({
          channel: point.channel,
          value: point.value,
          preferred: point.preferred ?? false,
          consent: point.consent ?? false,
        })),
        ...told(data.details),
      };
    case 'CollateralUpdated': {
      const system = aggregateid.split('/').slice(0, 2).join('/');
      return {
        collateralId: data.collateralId,
        borrowerRef: `${system}/borrower/${data.borrowerId}`,
        loanRef: data.loanAccountId ? `${system}/${data.loanAccountId}` : null,
        kind: data.kind,
        description: data.description,
        currency: data.currency,
        value: minor(data.value, data.currency, '/value'),
        valuedOn: data.valuedOn,
        ...told(data.details),
      };
    }
    default:
      return data;
  }
}

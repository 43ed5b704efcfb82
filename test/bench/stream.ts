// A stream as a bank's core sends it: snapshots with schedules, payments, reversals; some of it late, stale, twice or unreadable. All of it from one seed.
import { randomOf, type Random } from '../../src/sandbox/book/random.js';
import { plusDays } from '../../src/domain/day.js';

export interface StreamSettings {
  seed: number;
  messages: number;
  partitions: number;
  /** Loans are numbered from here on; a later stream over the same numbers meets loans that are there. */
  firstLoan: number;
  loans: number;
  /** Loans that an earlier stream has announced get payments only. */
  announced: boolean;
  businessDate: string;
}

export interface StreamMessage {
  key: string;
  value: string;
  partition: number;
  /** What the message says, for those who keep it as a row; null when it is unreadable. */
  row: Row | null;
}

/** One message as one row, as the bare loop and the sink keep it. */
export interface Row {
  id: string;
  aggregate_id: string;
  type: string;
  tenant: string;
  sequence: number;
  effective_on: string;
  business_on: string;
  occurred_at: string;
  transaction_id: string | null;
  kind: string | null;
  value_on: string | null;
  posted_on: string | null;
  amount_minor: number | null;
  currency: string | null;
  document: string;
}

const tenant = 'demo';
const duplicates = 0.05;
const poison = 0.01;

/** A message of this source as a row. */
export function rowOf(event: any): Row {
  const { data } = event;
  return {
    id: event.id,
    aggregate_id: event.aggregateid,
    type: event.type,
    tenant: event.tenantid,
    sequence: Number(event.sequence),
    effective_on: event.effectivedate,
    business_on: event.businessdate,
    occurred_at: event.time,
    transaction_id: data.transactionId ?? null,
    kind: data.kind ?? null,
    value_on: data.valueDate ?? null,
    posted_on: data.postedDate ?? null,
    amount_minor: data.amount === undefined ? null : Math.round(Number(data.amount) * 100),
    currency: data.currency ?? null,
    document: JSON.stringify(data),
  };
}

export function streamOf(settings: StreamSettings): StreamMessage[] {
  const random = randomOf(settings.seed, 'stream');
  const events: { at: number; event: ReturnType<typeof rowOf> | any }[] = [];
  for (let i = 0; i < settings.loans; i++)
    eventsOfLoan(settings, settings.firstLoan + i, random).forEach((event, j) => {
      // A loan's events lie some hundred messages apart; one in thirty comes before its time.
      events.push({ at: i * 5 + j * 400 - (random.chance(0.033) ? 900 : 0), event });
    });
  events.sort((a, b) => a.at - b.at);
  const messages: StreamMessage[] = [];
  for (const { event } of events) {
    if (messages.length >= settings.messages) break;
    const partition = randomOf(1, event.aggregateid).int(0, settings.partitions - 1);
    const value = JSON.stringify(event);
    const message = { key: event.aggregateid, value, partition, row: rowOf(event) };
    messages.push(message);
    if (random.chance(duplicates)) messages.push(message);
    if (random.chance(poison)) messages.push({ ...message, value: value.slice(0, -9), row: null });
  }
  return messages;
}

function eventsOfLoan({ seed, announced, businessDate }: StreamSettings, number: number, random: Random): any[] {
  const account = `L${String(number).padStart(7, '0')}`;
  const key = `${tenant}/core/${account}`;
  const base = announced ? seed * 1000 : 0;
  const first = plusDays(businessDate, -30 * random.int(1, 9));
  const due = `${random.int(80, 900)}.50`;
  const event = (type: string, sequence: number, data: object, effectivedate = businessDate) => ({
    specversion: '1.0',
    id: `${key}/${base + sequence}`,
    source: '/core-banking/bench',
    type,
    time: `${businessDate}T02:00:00.000Z`,
    tenantid: tenant,
    aggregateid: key,
    sequence: String(base + sequence).padStart(12, '0'),
    businessdate: businessDate,
    effectivedate,
    data,
  });
  const snapshot = (sequence: number, status = 'ACTIVE') =>
    event('LoanAccountSnapshotted', sequence, {
      loanAccountId: account,
      accountNo: `ID-${account}`,
      borrowerId: `B${String(Math.floor(number / 1.5)).padStart(7, '0')}`,
      productId: 'PL',
      productClass: 'CONSUMER',
      jurisdiction: 'ID',
      currency: 'USD',
      status,
      principal: '5000.00',
      disbursedOn: plusDays(first, -30),
      graceOnArrearsAgeing: 0,
      arrearsTolerance: '1.00',
      installments: Array.from({ length: 12 }, (_, i) => ({
        installmentNumber: i + 1,
        dueDate: plusDays(first, i * 30),
        principal: { due },
        interest: { due: '9.75' },
      })),
    });
  const said = announced ? [] : [snapshot(10)];
  const payments = random.int(1, 6);
  for (let i = 0; i < payments; i++) {
    const valueDate = plusDays(businessDate, -random.int(0, 60));
    const transactionId = `${account}-T${base + i}`;
    said.push(
      event(
        'LoanTransactionPosted',
        20 + i * 2,
        { transactionId, kind: 'REPAYMENT', valueDate, postedDate: businessDate, amount: `${random.int(20, 900)}.25`, currency: 'USD' },
        valueDate,
      ),
    );
    if (random.chance(0.04))
      said.push(event('LoanTransactionReversed', 21 + i * 2, { transactionId, reversedOn: businessDate, reason: 'Returned unpaid' }));
  }
  if (random.chance(0.05)) said.push(snapshot(announced ? 15 : 5)); // stale where payments of a newer sequence were seen
  if (random.chance(0.05)) said.push(snapshot(40));
  return said;
}

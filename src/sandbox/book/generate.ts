// The demo book: borrowers, loans and a year of behaviour as canonical events, day by business day; all of it from one seed.
import { plusDays } from '../../domain/day.js';
import type { LocalDate } from '../../domain/fact.js';
import { minorToDecimal } from '../../domain/money.js';
import { paymentsOf, shares, type Behaviour } from './behaviour.js';
import { personOf, type Country } from './people.js';
import { randomOf, type Random } from './random.js';
import { monthsLater, scheduleOf, type Line } from './schedule.js';

export interface BookSettings {
  seed: number;
  borrowers: number;
  loans: number;
  tenant: string;
  /** The last business date of the book, and how many months before it the first loans are made. */
  until: LocalDate;
  months: number;
}

export const demoBook: BookSettings = { seed: 1, borrowers: 2000, loans: 3000, tenant: 'demo', until: '2026-09-30', months: 12 };

export interface BookEvent {
  key: string;
  type: string;
  businessDate: LocalDate;
  effectiveDate: LocalDate;
  data: Record<string, unknown>;
}

export interface BookDay {
  businessDate: LocalDate;
  /** CloudEvents in the order in which the source says them, each with its key. */
  events: { key: string; event: Record<string, unknown> }[];
}

const currencies: Record<Country, string> = { ID: 'IDR', CN: 'CNY', US: 'USD' };
const sizes: Record<string, [number, number]> = { IDR: [5_000_000, 200_000_000], CNY: [10_000, 300_000], USD: [1_000, 30_000] };
const system = 'core';

export function* generateBook(settings: BookSettings): Generator<BookDay> {
  const from = monthsLater(settings.until, -settings.months);
  const days = new Map<LocalDate, BookEvent[]>();
  const say = (event: BookEvent) => {
    if (event.businessDate > settings.until) return;
    const day = days.get(event.businessDate);
    if (day) day.push(event);
    else days.set(event.businessDate, [event]);
  };
  const extra = settings.loans - settings.borrowers;
  for (let number = 0, loan = 0; number < settings.borrowers; number++) {
    const count = 1 + Math.floor(((number + 1) * extra) / settings.borrowers) - Math.floor((number * extra) / settings.borrowers);
    sayBorrower(settings, number, loan, count, from, say);
    loan += count;
  }
  const sequences = new Map<string, number>();
  for (let date = from; date <= settings.until; date = plusDays(date, 1))
    yield {
      businessDate: date,
      events: (days.get(date) ?? []).map((each, i) => {
        const sequence = (sequences.get(each.key) ?? 0) + 1;
        sequences.set(each.key, sequence);
        return { key: each.key, event: envelope(settings.tenant, each, sequence, i) };
      }),
    };
}

const envelope = (tenant: string, { key, type, businessDate, effectiveDate, data }: BookEvent, sequence: number, i: number) => ({
  specversion: '1.0',
  id: `${key}/${sequence}`,
  source: '/core-banking/demo',
  type,
  time: new Date(Date.parse(`${businessDate}T02:00:00Z`) + i * 100).toISOString(),
  tenantid: tenant,
  aggregateid: key,
  sequence: String(sequence).padStart(12, '0'),
  businessdate: businessDate,
  effectivedate: effectiveDate,
  data,
});

function sayBorrower(
  settings: BookSettings,
  number: number,
  firstLoan: number,
  loans: number,
  from: LocalDate,
  say: (event: BookEvent) => void,
): void {
  const random = randomOf(settings.seed, `borrower ${number}`);
  const country = random.weighted<Country>({ ID: 55, CN: 40, US: 5 });
  const person = personOf(country, number, random);
  const borrowerId = `B${String(number + 1).padStart(5, '0')}`;
  const opened = plusDays(from, random.int(0, 100));
  const at = (key: string, type: string, on: LocalDate, data: Record<string, unknown>, effectiveDate = on) =>
    say({ key: `${settings.tenant}/${system}/${key}`, type, businessDate: on, effectiveDate, data });
  const segment = random.weighted({ RETAIL: 70, MICRO: 20, SME: 10 });
  at(`borrower/${borrowerId}`, 'BorrowerUpdated', opened, {
    borrowerId,
    name: person.name,
    jurisdiction: country,
    nationalId: person.nationalId,
    language: person.language,
    timeZone: person.timeZone,
    segment,
    branch: `${country}-${(number % 3) + 1}`,
    portfolio: segment === 'SME' ? 'BUSINESS' : 'CONSUMER',
    address: person.address,
    contactPoints: [
      { channel: 'PHONE', value: person.phone, preferred: true, consent: true },
      { channel: 'EMAIL', value: person.email, preferred: false, consent: random.chance(0.8) },
      { channel: 'ADDRESS', value: person.address, preferred: false, consent: true },
    ],
  });
  const behaviour = random.weighted<Behaviour>(shares);
  for (let i = 0; i < loans; i++)
    sayLoan(
      settings,
      country,
      borrowerId,
      firstLoan + i + 1,
      plusDays(opened, i * random.int(5, 40)),
      i === 0 || random.chance(0.6) ? behaviour : 'GOOD',
      random,
      at,
    );
}

function sayLoan(
  settings: BookSettings,
  country: Country,
  borrowerId: string,
  number: number,
  disbursedOn: LocalDate,
  behaviour: Behaviour,
  random: Random,
  at: (key: string, type: string, on: LocalDate, data: Record<string, unknown>, effectiveDate?: LocalDate) => void,
): void {
  const currency = random.chance(0.06) ? 'USD' : currencies[country];
  const money = (minor: bigint) => minorToDecimal(minor, currency);
  const [least, largest] = sizes[currency]!;
  const principal = BigInt(random.int(least / 1000, largest / 1000)) * 100_000n;
  const account = `L${String(number).padStart(6, '0')}`;
  const lines = scheduleOf(principal, random.int(6, 24), BigInt(random.int(8, 20)), disbursedOn, random.chance(0.4) ? 'FLAT' : 'ANNUITY');
  const installments = (all: readonly Line[]) =>
    all.map((line) => ({
      installmentNumber: line.number,
      fromDate: line.fromDate,
      dueDate: line.dueDate,
      principal: { due: money(line.principal) },
      interest: { due: money(line.interest) },
    }));
  at(account, 'LoanAccountSnapshotted', disbursedOn, {
    loanAccountId: account,
    accountNo: `${country}-${account}`,
    borrowerId,
    productId: currency === 'IDR' ? 'KMG' : 'PL',
    productClass: 'CONSUMER',
    jurisdiction: country,
    currency,
    status: 'ACTIVE',
    principal: money(principal),
    disbursedOn,
    graceOnArrearsAgeing: 0,
    arrearsTolerance: money(100n),
    installments: installments(lines),
    ...(random.chance(0.1)
      ? {
          guarantors: [{ guarantorId: 'G1', name: personOf(country, number, random).name, phone: personOf(country, number, random).phone }],
        }
      : {}),
  });
  if (random.chance(0.25))
    at(`collateral/C${account}`, 'CollateralUpdated', disbursedOn, {
      collateralId: `C${account}`,
      borrowerId,
      loanAccountId: account,
      kind: random.pick(['REAL_ESTATE', 'VEHICLE', 'GOLD']),
      description: `Security of ${account}`,
      value: money((principal * BigInt(random.int(80, 160))) / 100n),
      currency,
      valuedOn: disbursedOn,
    });
  const payments = paymentsOf(behaviour, lines, settings.until, random);
  payments.forEach((payment, i) => {
    const transactionId = `${account}-T${i + 1}`;
    at(
      account,
      'LoanTransactionPosted',
      payment.postedOn,
      {
        transactionId,
        kind: 'REPAYMENT',
        valueDate: payment.valueOn,
        postedDate: payment.postedOn,
        amount: money(payment.amount),
        currency,
      },
      payment.valueOn,
    );
    if (payment.reversedOn)
      at(account, 'LoanTransactionReversed', payment.reversedOn, {
        transactionId,
        reversedOn: payment.reversedOn,
        reason: 'Returned unpaid',
      });
  });
  if (behaviour === 'ROLLS' && random.chance(0.5)) {
    const missed = lines[random.int(3, 5)];
    const on = missed && plusDays(missed.dueDate, 15);
    if (on)
      at(account, 'ChargeApplied', on, {
        chargeId: `${account}-F1`,
        dueDate: on,
        amount: money(principal / 500n),
        currency,
        penalty: true,
      });
  }
  if (behaviour === 'HARDSHIP' && random.chance(0.3)) {
    const startDate = lines[4] && plusDays(lines[4].dueDate, 10);
    if (startDate) at(account, 'DelinquencyPaused', startDate, { startDate, endDate: plusDays(startDate, 30), reason: 'Hardship' });
  }
  if (behaviour === 'HARDSHIP' && random.chance(0.2) && lines.length > 8) {
    const on = plusDays(lines[7]!.dueDate, 3);
    const moved = lines.map((line) =>
      line.number > 7 ? { ...line, fromDate: monthsLater(line.fromDate, 3), dueDate: monthsLater(line.dueDate, 3) } : line,
    );
    const paid = payments
      .filter(({ postedOn, reversedOn }) => postedOn < on && !(reversedOn && reversedOn < on))
      .reduce((sum, { amount }) => sum + amount, 0n);
    at(account, 'RepaymentScheduleReplaced', on, { currency, reason: 'RESCHEDULE', installments: withPaid(moved, paid, money) });
  }
}

/** A schedule with what was paid so far, oldest instalment first, interest before principal. */
function withPaid(lines: readonly Line[], paid: bigint, money: (minor: bigint) => string) {
  let left = paid;
  const take = (due: bigint) => {
    const part = due < left ? due : left;
    left -= part;
    return { due: money(due), paid: money(part) };
  };
  return lines.map((line) => {
    const interest = take(line.interest);
    const principal = take(line.principal);
    return { installmentNumber: line.number, fromDate: line.fromDate, dueDate: line.dueDate, principal, interest };
  });
}

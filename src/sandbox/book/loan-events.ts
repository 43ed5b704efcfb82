// A loan of the demo book: its account, security, payments and what happens to it, as the events of its source.
import { plusDays } from '../../domain/day.js';
import type { LocalDate } from '../../domain/fact.js';
import { minorToDecimal } from '../../domain/money.js';
import { paymentsOf, type Behaviour } from './behaviour.js';
import { accountDetails, collateralDetails, guarantorDetails } from './details.js';
import { personOf } from './people.js';
import type { Country } from './places.js';
import { randomOf, type Random } from './random.js';
import { monthsLater, scheduleOf, type Line } from './schedule.js';

const currencies: Record<Country, string> = { ID: 'IDR', CN: 'CNY', US: 'USD' };
const sizes: Record<string, [number, number]> = { IDR: [5_000_000, 200_000_000], CNY: [10_000, 300_000], USD: [1_000, 30_000] };

interface Borrower {
  country: Country;
  borrowerId: string;
  name: string;
  branch: string;
}

type Say = (key: string, type: string, on: LocalDate, data: Record<string, unknown>, effectiveDate?: LocalDate) => void;

export function sayLoan(
  { seed, until }: { seed: number; until: LocalDate },
  { country, borrowerId, name, branch }: Borrower,
  number: number,
  disbursedOn: LocalDate,
  behaviour: Behaviour,
  random: Random,
  at: Say,
): void {
  const currency = random.chance(0.06) ? 'USD' : currencies[country];
  const money = (minor: bigint) => minorToDecimal(minor, currency);
  const [least, largest] = sizes[currency]!;
  const principal = BigInt(random.int(least / 1000, largest / 1000)) * 100_000n;
  const account = `L${String(number).padStart(6, '0')}`;
  const months = random.int(6, 24);
  const ratePerMille = random.int(8, 20);
  const flat = random.chance(0.4);
  const lines = scheduleOf(principal, months, BigInt(ratePerMille), disbursedOn, flat ? 'FLAT' : 'ANNUITY');
  const installments = (all: readonly Line[]) =>
    all.map((line) => ({
      installmentNumber: line.number,
      fromDate: line.fromDate,
      dueDate: line.dueDate,
      principal: { due: money(line.principal) },
      interest: { due: money(line.interest) },
    }));
  const guarantor = random.chance(0.1) ? { of: personOf(country, number, random), phone: personOf(country, number, random).phone } : null;
  const secured = random.chance(0.25);
  const details = randomOf(seed, `details of loan ${number}`);
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
    ...(guarantor
      ? {
          guarantors: [{ guarantorId: 'G1', name: guarantor.of.name, phone: guarantor.phone, ...guarantorDetails(guarantor.of, details) }],
        }
      : {}),
    details: accountDetails(country, account, { currency, ratePerMille, flat, guaranteed: guarantor !== null, secured, branch }, details),
  });
  if (secured) {
    const kind = random.pick(['REAL_ESTATE', 'VEHICLE', 'GOLD']);
    at(`collateral/C${account}`, 'CollateralUpdated', disbursedOn, {
      collateralId: `C${account}`,
      borrowerId,
      loanAccountId: account,
      kind,
      description: `Security of ${account}`,
      value: money((principal * BigInt(random.int(80, 160))) / 100n),
      currency,
      valuedOn: disbursedOn,
      details: collateralDetails(country, { id: account, kind, owner: name, boundOn: disbursedOn }, details),
    });
  }
  const payments = paymentsOf(behaviour, lines, until, random);
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

// How an account stood at the end of a period, by its course: what is owed, late and paid, in the words that files of all bureaus are made from.
import type { FileStanding, FileSums } from '../../connectors/bureau-file.js';
import { plusDays, toDay } from '../domain/day.js';
import type { LocalDate } from '../domain/fact.js';
import { noParts, totalOf, type Parts } from '../domain/loan/components.js';
import type { LoanFact } from '../domain/loan/loan-facts.js';
import { isOpen, sum, type OwedLine } from '../domain/loan/owed.js';
import { easing, type PostedEntry } from '../domain/loan/position.js';
import { minorToDecimal } from '../domain/money.js';
import { classOn, classSince, daysPastDueOn, firstDelinquency, isClosed, stretchOn, writtenOff, type Stretch } from './course.js';
import type { BureauSettings } from './settings.js';

/** What only settings know. */
export interface Unknown {
  buyers: BureauSettings['buyers'];
  /** The bureau's code of how terms were eased. */
  how: string | undefined;
}

export interface Period {
  from: LocalDate;
  to: LocalDate;
}

/** Postings that bring money, and those that forgive it. */
const paying = ['REPAYMENT', 'RECOVERY', 'REFUND', 'GOODWILL_CREDIT'];
const historyMonths = 24;
/** Both ends included: they part where any bureau's ages do. */
const ages = [
  [1, 29],
  [30, 30],
  [31, 60],
  [61, 90],
  [91, 180],
  [181, null],
] as const;

/**
 * @param facts the loan's own that are effective up to the end of the period
 * @param course of the same facts, not empty
 */
export function standingOf(facts: readonly LoanFact[], course: readonly Stretch[], period: Period, { buyers, how }: Unknown): FileStanding {
  const stretch = course.at(-1)!;
  const { position, lines } = stretch;
  const { account } = position;
  const money = (minor: bigint) => minorToDecimal(minor, account.currency);
  const sums = ({ principal, interest, fee, penalty }: Parts): FileSums => ({
    principal: money(principal),
    interest: money(interest),
    fees: money(fee),
    penalties: money(penalty),
  });
  const ended = isClosed(account.status);
  const daysPastDue = daysPastDueOn(stretch, period.to);
  const open = ended ? [] : lines.filter(isOpen);
  const late = daysPastDue ? open.filter(({ dueOn }) => dueOn < period.to) : [];
  const age = ({ dueOn }: OwedLine) => toDay(period.to) - toDay(dueOn);
  const inPeriod = (date: LocalDate) => date >= period.from && date <= period.to;
  const moneyIn = position.postings.filter(({ kind, reversal, valueOn }) => paying.includes(kind) && !reversal && valueOn <= period.to);
  const lastPayment = latest(moneyIn);
  const off = writtenOff.includes(account.status) ? writeOffOf(position.postings, course, money) : undefined;
  const first = firstDelinquency(course);
  const outstanding = ended ? noParts() : sum(open.map((line) => line.outstanding));
  const nextDue = lines.find(({ dueOn }) => dueOn > period.to);
  return {
    ...stateOf(facts, course, buyers),
    outstanding: sums(outstanding),
    overdue: sums(sum(late.map((line) => line.outstanding))),
    overdueFrom30Days: money(totalOf(sum(late.filter((line) => age(line) >= 30).map((line) => line.outstanding)))),
    daysPastDue,
    ...(daysPastDue && stretch.late ? { overdueSince: stretch.late.since } : {}),
    ...(first ? { firstDelinquencyOn: first } : {}),
    instalmentsOverdue: late.length,
    overduePrincipalByAge: ages.map(([fromDays, toDays]) => ({
      fromDays,
      toDays,
      principal: money(
        sum(late.filter((line) => age(line) >= fromDays && (toDays === null || age(line) <= toDays)).map((line) => line.outstanding))
          .principal,
      ),
    })),
    qualityClass: classOn(stretch, period.to),
    qualityClassSince: classSince(course),
    remainingInstalments: open.length,
    ...(nextDue && !ended ? { nextDueOn: nextDue.dueOn } : {}),
    regularPayment: money(totalOf((nextDue ?? lines.at(-1)!).due)),
    dueInPeriod: money(totalOf(sum(lines.filter(({ dueOn }) => inPeriod(dueOn)).map(({ due }) => due)))),
    paidInPeriod: money(moneyIn.filter(({ valueOn }) => inPeriod(valueOn)).reduce((all, { amount }) => all + amount, 0n)),
    ...(lastPayment ? { lastPayment: { on: lastPayment.valueOn, amount: money(lastPayment.amount) } } : {}),
    history: historyOf(course, period),
    ...(off ? { writtenOff: off } : {}),
    ...restructuredOf(facts, account.restructured?.on, how),
    ...tradesOf(facts, position.postings, stretch, inPeriod, money),
  };
}

const latest = (postings: readonly PostedEntry[]): PostedEntry | undefined =>
  postings.reduce<PostedEntry | undefined>(
    (newest, each) =>
      !newest || each.valueOn > newest.valueOn || (each.valueOn === newest.valueOn && each.transactionId > newest.transactionId)
        ? each
        : newest,
    undefined,
  );

function stateOf(
  facts: readonly LoanFact[],
  course: readonly Stretch[],
  buyers: BureauSettings['buyers'],
): Pick<FileStanding, 'state' | 'stateSince' | 'sale'> {
  const last = course.at(-1)!;
  const { status } = last.position.account;
  const is = stateNames[status];
  let stateSince = last.from;
  for (const { from, position } of course.toReversed()) {
    if (stateNames[position.account.status] !== is) break;
    stateSince = from;
  }
  if (is === 'ACTIVE') return { state: is, stateSince: last.position.account.disbursedOn };
  if (is !== 'SOLD') return { state: is, stateSince };
  const transfer = facts.findLast((fact) => fact.type === 'LoanOwnershipTransferred');
  const { newOwnerId, settlementDate } = (transfer?.data ?? {}) as { newOwnerId?: string; settlementDate?: LocalDate };
  const buyer = newOwnerId === undefined ? undefined : buyers?.[newOwnerId];
  const sale = {
    buyer: buyer?.name ?? newOwnerId ?? '',
    buyerReports: buyer?.reports ?? false,
    stillManaged: buyer?.stillManaged ?? false,
  };
  return { state: is, stateSince: settlementDate && settlementDate <= last.until ? settlementDate : stateSince, sale };
}

const stateNames = {
  ACTIVE: 'ACTIVE',
  OVERPAID: 'ACTIVE',
  CLOSED_OBLIGATIONS_MET: 'PAID',
  WRITTEN_OFF: 'WRITTEN_OFF',
  CHARGED_OFF: 'WRITTEN_OFF',
  TRANSFERRED: 'SOLD',
} as const;

/** The transaction that says so, else what was owed on the day on which the account was first told to be written off. */
function writeOffOf(postings: readonly PostedEntry[], course: readonly Stretch[], money: (minor: bigint) => string) {
  const said = latest(postings.filter(({ kind, reversal }) => (kind === 'WRITE_OFF' || kind === 'CHARGE_OFF') && !reversal));
  if (said) return { on: said.valueOn, amount: money(said.amount) };
  const first = course.find(({ position }) => writtenOff.includes(position.account.status))!;
  return { on: first.from, amount: money(totalOf(sum(first.lines.map(({ outstanding }) => outstanding)))) };
}

/** At the ends of the months before the period, the newest first. */
function historyOf(course: readonly Stretch[], { from }: Period): FileStanding['history'] {
  const history: FileStanding['history'][number][] = [];
  const opened = course[0]!.from;
  let end = plusDays(`${from.slice(0, 8)}01`, -1);
  for (let month = 0; month < historyMonths && end >= opened; month++, end = plusDays(`${end.slice(0, 8)}01`, -1)) {
    const stretch = stretchOn(course, end)!;
    const { status } = stretch.position.account;
    history.push(isClosed(status) ? 'ZERO_BALANCE' : writtenOff.includes(status) ? 'WRITTEN_OFF' : daysPastDueOn(stretch, end));
  }
  return history;
}

type Replaced = Extract<LoanFact, { type: 'RepaymentScheduleReplaced' }>;
const isEasing = (fact: LoanFact): fact is Replaced => fact.type === 'RepaymentScheduleReplaced' && easing.includes(fact.data.reason);

function restructuredOf(
  facts: readonly LoanFact[],
  told: LocalDate | undefined,
  how: string | undefined,
): Pick<FileStanding, 'restructured'> {
  const days = [...new Set([...facts.filter(isEasing).map(({ effectiveOn }) => effectiveOn), ...(told ? [told] : [])])].sort();
  return days.length
    ? { restructured: { times: days.length, firstOn: days[0]!, lastOn: days.at(-1)!, ...(how === undefined ? {} : { how }) } }
    : {};
}

function tradesOf(
  facts: readonly LoanFact[],
  postings: readonly PostedEntry[],
  { lines, position: { account } }: Stretch,
  inPeriod: (date: LocalDate) => boolean,
  money: (minor: bigint) => string,
): Pick<FileStanding, 'specialTrades'> {
  const trades: NonNullable<FileStanding['specialTrades']>[number][] = [];
  for (const fact of facts.filter(isEasing).filter(({ effectiveOn }) => inPeriod(effectiveOn)))
    trades.push({
      kind: 'EXTENDED',
      on: fact.effectiveOn,
      amount: money(sum(lines.filter(isOpen).map((line) => line.outstanding)).principal),
    });
  for (const { kind, amount, valueOn, reversal } of postings)
    if (!reversal && inPeriod(valueOn) && kind === 'WAIVER') trades.push({ kind: 'FORGIVEN', on: valueOn, amount: money(amount) });
    else if (!reversal && inPeriod(valueOn) && (kind === 'WRITE_OFF' || kind === 'CHARGE_OFF'))
      trades.push({ kind: 'WRITTEN_OFF', on: valueOn, amount: money(amount) });
  const transfer = facts.findLast((fact) => fact.type === 'LoanOwnershipTransferred');
  if (transfer && account.status === 'TRANSFERRED' && inPeriod(transfer.effectiveOn))
    trades.push({ kind: 'SOLD', on: transfer.effectiveOn, amount: money(sum(lines.map((line) => line.outstanding)).principal) });
  const order = trades.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0));
  return order.length ? { specialTrades: order } : {};
}

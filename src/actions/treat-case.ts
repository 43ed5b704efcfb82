// What follows from a threshold that a loan has crossed: reminders, treatment steps, eligibility for legal action. What bureaus are told of it is in tell-bureaus.ts.
import { plusDays } from '../domain/day.js';
import type { Fact, LocalDate } from '../domain/fact.js';
import { minorToDecimal } from '../domain/money.js';
import { peopleOf, type Person } from '../storage/borrowers.js';
import type { CaseRow } from '../storage/cases.js';
import type { OwedHandoff } from '../storage/handoffs.js';
import { holdsInForce } from '../storage/holds.js';
import { loansAway } from '../storage/sales.js';
import type { Tx } from '../storage/store.js';
import { changeCase } from './change-case.js';
import type { JudgedLoan } from './judged-loan.js';
import { beginLimitations } from './limitation.js';
import { oweMessage } from './owe-message.js';
import { recordDecision } from './record-decision.js';

const ladder = ['NONE', 'REMINDER', 'SOFT_COLLECTION', 'FIELD_VISIT'];

/** @returns what is owed to partners for it */
export async function treat(
  tx: Tx,
  fact: Fact,
  judged: readonly JudgedLoan[],
  cases: ReadonlyMap<string, CaseRow>,
): Promise<OwedHandoff[]> {
  const owed: OwedHandoff[] = [];
  const people = await peopleOf(tx, [...new Set(judged.map(({ loan }) => loan.borrowerId!))]);
  const newest = newestOf(judged);
  const claims = new Map<CaseRow, LocalDate>();
  const held = await holdsInForce(tx, [...new Set(judged.map(({ loan }) => cases.get(loan.borrowerId!)!.id))], fact.businessOn);
  const sold = await loansAway(
    tx,
    judged.map(({ loan }) => loan.id),
  );
  for (const each of judged) {
    const theCase = cases.get(each.loan.borrowerId!)!;
    const blocked = (scope: string) => held.some((hold) => hold.caseId === theCase.id && hold.scopes.includes(scope));
    const today = fact.businessOn;
    for (const { days, does } of each.verdict.crosses) {
      theCase.highestThreshold = Math.max(theCase.highestThreshold, days);
      changeCase(tx, theCase, fact, [
        {
          type: 'THRESHOLD_CROSSED',
          summary: `${days} days past due`,
          actor: fact.source,
          effectiveOn: today,
          data: { loanId: each.loan.id, episode: each.loan.episode, days },
        },
      ]);
      if (sold.has(each.loan.id) && does.length) {
        recordDecision(tx, theCase, each, fact, days, 'LOAN_SOLD', ['The loan is sold or its sale is pending']);
        continue;
      }
      for (const step of does) {
        if (step === 'LEGAL_ELIGIBLE') {
          const [since, known] = [each.is.overdueSince!, claims.get(theCase)];
          if (makeEligible(tx, theCase, each, fact, days)) claims.set(theCase, known && known < since ? known : since);
        } else if (step === 'REMINDER') {
          if (blocked('CONTACT'))
            recordDecision(tx, theCase, each, fact, days, 'REMINDER_HELD', ['A hold of scope CONTACT stops messages']);
          else if (theCase.placement !== 'NONE')
            recordDecision(tx, theCase, each, fact, days, 'REMINDER_HELD', ['An agency has the case, and the bank does not contact']);
          else if (
            each === newest.get(each.loan.borrowerId!) &&
            days === each.verdict.crosses.findLast(({ does }) => does.includes('REMINDER'))?.days
          )
            owed.push(...remind(tx, fact, theCase, each, days, people.get(theCase.borrowerId)!));
        }
        if (ladder.indexOf(step) > ladder.indexOf(theCase.treatment)) theCase.treatment = step;
      }
    }
    changeCase(tx, theCase, fact, []);
  }
  await beginLimitations(tx, claims, fact.businessOn);
  return owed;
}

/** Of several loans of one case that crossed on one day, the one that is latest by days speaks for all; by borrower. */
function newestOf(judged: readonly JudgedLoan[]): Map<string, JudgedLoan> {
  const newest = new Map<string, JudgedLoan>();
  for (const each of judged) {
    const known = newest.get(each.loan.borrowerId!);
    if (!known || each.is.delinquentDays > known.is.delinquentDays) newest.set(each.loan.borrowerId!, each);
  }
  return newest;
}

/** @returns false when a suit is not worth its cost */
function makeEligible(tx: Tx, theCase: CaseRow, each: JudgedLoan, fact: Fact, days: number): boolean {
  const { currency } = each.loan.position.account!;
  const floor = each.policy.legal.costFloor[currency] ?? 0n;
  if (each.is.overdueTotal < floor) {
    recordDecision(tx, theCase, each, fact, days, 'LEGAL_NOT_WORTH_ITS_COST', [
      `Overdue is below the cost floor of ${minorToDecimal(floor, currency)} ${currency}`,
    ]);
    return false;
  }
  theCase.legalEligible = true;
  if (theCase.legal === 'NONE') theCase.legal = 'PRE_LEGAL';
  recordDecision(tx, theCase, each, fact, days, 'LEGAL_ELIGIBLE', [`More than ${days - 1} days past due and above the cost floor`]);
  return true;
}

function remind(tx: Tx, fact: Fact, theCase: CaseRow, each: JudgedLoan, days: number, person: Person): OwedHandoff[] {
  const { loan, policy } = each;
  const deliveryKey = `reminder/${loan.id}/${loan.episode}/${days}`;
  const payBy = plusDays(fact.businessOn, policy.reminders.payWithinDays);
  return oweMessage(tx, fact, theCase, each, person, {
    type: 'REMINDER',
    deliveryKey,
    payBy,
    templates: policy.reminders.templates,
    data: { days },
  });
}

// What follows from a threshold that a loan has crossed: reminders, treatment steps, bureau flags, eligibility for legal action.
import { plusDays } from '../domain/day.js';
import type { Fact } from '../domain/fact.js';
import { idOf } from '../domain/ids.js';
import { minorToDecimal } from '../domain/money.js';
import { renderReminder } from '../domain/reminder.js';
import { peopleOf, type Person } from '../storage/borrowers.js';
import type { CaseRow } from '../storage/cases.js';
import { Decision } from '../storage/definitions/cases.js';
import { Communication } from '../storage/definitions/partners.js';
import { handoffIdOf, type OwedHandoff } from '../storage/handoffs.js';
import { holdsOn } from '../storage/holds.js';
import type { Tx } from '../storage/store.js';
import { changeCase } from './change-case.js';
import type { JudgedLoan } from './judged-loan.js';
import { raiseFlag } from './update-flags.js';

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
  const held = await holdsOn(tx, [...new Set(judged.map(({ loan }) => cases.get(loan.borrowerId!)!.id))]);
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
      for (const step of does) {
        if (step === 'BUREAU_FLAG') {
          if (blocked('BUREAU')) decide(tx, theCase, each, fact, days, 'BUREAU_FLAG_HELD', ['A hold of scope BUREAU stops new flags']);
          else owed.push(raiseFlag(tx, fact, theCase, each, people.get(theCase.borrowerId)!.borrowerNo));
        } else if (step === 'LEGAL_ELIGIBLE') makeEligible(tx, theCase, each, fact, days);
        else if (step === 'REMINDER') {
          if (blocked('CONTACT')) decide(tx, theCase, each, fact, days, 'REMINDER_HELD', ['A hold of scope CONTACT stops messages']);
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

function decide(
  tx: Tx,
  theCase: CaseRow,
  { is, policy, loan }: JudgedLoan,
  fact: Fact,
  days: number,
  outcome: string,
  reasons: string[],
): void {
  changeCase(tx, theCase, fact, [
    {
      type: outcome,
      summary: reasons.join('; ') || outcome,
      actor: fact.source,
      effectiveOn: fact.businessOn,
      data: { loanId: loan.id, rule: `threshold-${days}` },
    },
  ]);
  tx.append(Decision, {
    id: idOf('decision', theCase.id, outcome, loan.id, loan.episode, days),
    caseId: theCase.id,
    sequence: theCase.sequence,
    ruleId: `threshold-${days}`,
    policyVersion: policy.version,
    outcome,
    reasons,
    inputs: {
      loanId: loan.id,
      episode: loan.episode,
      delinquentDays: is.delinquentDays,
      overdueMinor: is.overdueTotal.toString(),
      currency: loan.position.account!.currency,
    },
    decidedOn: fact.businessOn,
  });
}

function makeEligible(tx: Tx, theCase: CaseRow, each: JudgedLoan, fact: Fact, days: number): void {
  const { currency } = each.loan.position.account!;
  const floor = each.policy.legal.costFloor[currency] ?? 0n;
  if (each.is.overdueTotal < floor) {
    decide(tx, theCase, each, fact, days, 'LEGAL_NOT_WORTH_ITS_COST', [
      `Overdue is below the cost floor of ${minorToDecimal(floor, currency)} ${currency}`,
    ]);
    return;
  }
  theCase.legalEligible = true;
  if (theCase.legal === 'NONE') theCase.legal = 'PRE_LEGAL';
  decide(tx, theCase, each, fact, days, 'LEGAL_ELIGIBLE', [`More than ${days - 1} days past due and above the cost floor`]);
}

function remind(
  tx: Tx,
  fact: Fact,
  theCase: CaseRow,
  { loan, is, policy }: JudgedLoan,
  days: number,
  { name, language: wanted, point }: Person,
): OwedHandoff[] {
  const today = fact.businessOn;
  const say = (type: string, summary: string, data: Record<string, unknown>): void =>
    changeCase(tx, theCase, fact, [{ type, summary, actor: fact.source, effectiveOn: today, data }]);
  if (!point) {
    say('REMINDER_NOT_SENT', 'There is no phone number or e-mail address', { days });
    return [];
  }
  const { currency } = loan.position.account!;
  const overdueMinor = is.overdueTotal;
  const payBy = plusDays(today, policy.reminders.payWithinDays);
  const { language, text } = renderReminder(policy, wanted, {
    name,
    overdueMinor,
    currency,
    days: is.delinquentDays,
    payBy,
  });
  const deliveryKey = `reminder/${loan.id}/${loan.episode}/${days}`;
  const channel = point.channel === 'PHONE' ? 'SMS' : 'EMAIL';
  tx.append(Communication, {
    id: idOf('message', deliveryKey),
    caseId: theCase.id,
    loanId: loan.id,
    handoffId: handoffIdOf(deliveryKey),
    type: 'REMINDER',
    templateId: `${policy.version}/${language}`,
    channel,
    language,
    text,
    currency,
    overdueMinor,
    daysPastDue: is.delinquentDays,
    payBy,
    decidedOn: today,
    state: 'OWED',
    partnerSequence: 0n,
  });
  say('REMINDER_OWED', `Reminder by ${channel}, to be paid by ${payBy}`, { messageId: idOf('message', deliveryKey), days });
  return [
    {
      deliveryKey,
      caseId: theCase.id,
      connectorId: policy.reminders.connectorId,
      operation: 'sendReminder',
      lane: deliveryKey,
      laneSequence: 1n,
      payload: {
        caseRef: theCase.ref,
        channel,
        to: point.value,
        language,
        text,
        overdue: { amount: minorToDecimal(overdueMinor, currency), currency },
        daysPastDue: is.delinquentDays,
        payBy,
      },
    },
  ];
}

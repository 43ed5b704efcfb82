// A message to the borrower is owed: rendered from the policy's template, kept with the figures that it states.
import type { Fact, LocalDate } from '../domain/fact.js';
import { idOf } from '../domain/ids.js';
import { minorToDecimal } from '../domain/money.js';
import { renderReminder } from '../domain/reminder.js';
import type { Person } from '../storage/borrowers.js';
import type { CaseRow } from '../storage/cases.js';
import { Communication } from '../storage/definitions/communications.js';
import { handoffIdOf, type OwedHandoff } from '../storage/handoffs.js';
import type { Tx } from '../storage/store.js';
import { changeCase } from './change-case.js';
import type { JudgedLoan } from './judged-loan.js';

export interface Message {
  type: 'REMINDER' | 'BUREAU_NOTICE';
  deliveryKey: string;
  payBy: LocalDate;
  templates: Readonly<Record<string, string>>;
  /** For the timeline. */
  data: Record<string, unknown>;
}

const names = { REMINDER: 'Reminder', BUREAU_NOTICE: 'Notice before a report to the bureau' };

/** @returns what is owed; nothing, and a word in the timeline, where there is no way to reach the borrower */
export function oweMessage(
  tx: Tx,
  fact: Fact,
  theCase: CaseRow,
  { loan, is, policy }: JudgedLoan,
  { name, language: wanted, point }: Person,
  { type, deliveryKey, payBy, templates, data }: Message,
): OwedHandoff[] {
  const today = fact.businessOn;
  const say = (entry: string, summary: string, more: Record<string, unknown>): void =>
    changeCase(tx, theCase, fact, [{ type: entry, summary, actor: fact.source, effectiveOn: today, data: more }]);
  if (!point) {
    say(`${type}_NOT_SENT`, 'There is no phone number or e-mail address', data);
    return [];
  }
  const { currency } = loan.position.account!;
  const overdueMinor = is.overdueTotal;
  const { language, text } = renderReminder(policy, wanted, { name, overdueMinor, currency, days: is.delinquentDays, payBy }, templates);
  const channel = point.channel === 'PHONE' ? 'SMS' : 'EMAIL';
  tx.append(Communication, {
    id: idOf('message', deliveryKey),
    caseId: theCase.id,
    loanId: loan.id,
    handoffId: handoffIdOf(deliveryKey),
    type,
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
  say(`${type}_OWED`, `${names[type]} by ${channel}, to be paid by ${payBy}`, { messageId: idOf('message', deliveryKey), ...data });
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

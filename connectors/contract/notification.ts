// What a channel to borrowers is asked to send.
import type { Connector, Money, Operation } from '../contract.js';

export interface NotificationChannel extends Connector {
  kind: 'NOTIFICATION';
  operations: { sendReminder: Operation<Reminder> };
}

/** A message whose text was rendered from a template; the figures in it are repeated as data, so that what was said can be proved. */
export interface Reminder {
  caseRef: string;
  channel: 'SMS' | 'EMAIL' | 'LETTER';
  to: string;
  language: string;
  text: string;
  overdue: Money;
  daysPastDue: number;
  payBy: string;
}

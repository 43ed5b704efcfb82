// How Courier says it: one message to one address.
import type { Reminder } from '../../contract/notification.js';
import { asPublished, publishedCallback, speech } from '../../words.js';

export const toMessage = ({ caseRef, to, channel, language, text }: Reminder) => ({ reference: caseRef, to, channel, language, text });

export const { toAnswer, toLookUp, readCallback } = speech({
  status: { field: 'status', yes: 'ACCEPTED', no: 'REFUSED', unknown: 'NOT_FOUND' },
  ref: 'messageId',
  code: 'code',
  reason: 'reason',
  callback: publishedCallback,
  types: asPublished('message.delivered', 'message.failed'),
});

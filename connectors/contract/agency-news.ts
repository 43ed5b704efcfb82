// What an agency's news has to bring with it, by its type, in the gateway's words: what cannot be read is told back to its sender, and nothing of it is kept.
import { newsCheck } from '../news-check.js';

const date = { type: 'string', format: 'date' };
const count = { type: 'integer', minimum: 0, maximum: 10_000 };
const words = { type: 'string', minLength: 1, maxLength: 500 };
const optional = (properties: Record<string, object>, required: string[] = []) => ({
  type: 'object',
  required,
  properties,
  additionalProperties: false,
});
const money = optional(
  { amount: { type: 'string', pattern: '^\\d{1,15}(\\.\\d{1,4})?$' }, currency: { type: 'string', pattern: '^[A-Z]{3}$' } },
  ['amount', 'currency'],
);
const promise = optional({ amount: money, dueOn: date }, ['amount', 'dueOn']);

/** Of contacts that were tried; the best one. */
export const contactOutcomes = ['NO_ANSWER', 'CONNECTED', 'RIGHT_PARTY', 'REFUSAL_TO_PAY', 'WRONG_NUMBER', 'MESSAGE_LEFT'] as const;

export const agencyCloseCodes = [
  'PAID',
  'SETTLED',
  'RECALLED',
  'BANKRUPT',
  'DECEASED',
  'DISPUTE',
  'FRAUD',
  'UNCOLLECTABLE',
  'CEASE_COMMUNICATION',
  'TIME_BARRED',
  'LEGAL',
  'SOLD',
] as const;

const news: Record<string, object> = {
  'placement.acknowledged': optional({}),
  'placement.refused': optional({ code: { type: 'string', pattern: '^[A-Z_]{1,60}$' }, reason: words }),
  // Counts since the last status.
  'placement.status': optional({
    activity: optional({ calls: count, messages: count, letters: count, visits: count }),
    complaints: count,
    contact: { enum: [...contactOutcomes] },
    promise,
    note: words,
  }),
  'placement.recallObjected': optional({ reason: words, promise }, ['reason']),
  'placement.recalled': optional({}),
  'placement.returned': optional({ reason: words }, ['reason']),
  'placement.closed': optional({ code: { enum: [...agencyCloseCodes] }, note: words }, ['code']),
};

/** Names the path, never what is there. */
export const problemOfAgencyNews = newsCheck(news);

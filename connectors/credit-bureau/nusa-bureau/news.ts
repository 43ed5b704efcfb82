// What Nusa's news has to bring with it, by its type: a report that cannot be read is told back to its sender, and nothing of it is kept.
import { newsCheck } from '../../news-check.js';

const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength });
const date = { type: 'string', format: 'date' };
const object = (properties: Record<string, object>, ...optional: string[]) => ({
  type: 'object',
  required: Object.keys(properties).filter((key) => !optional.includes(key)),
  properties,
});
const money = object({
  amount: { type: 'string', pattern: '^\\d{1,15}(\\.\\d{1,4})?$' },
  currency: { type: 'string', pattern: '^[A-Z]{3}$' },
});
const tradeline = object({
  lender: text(200),
  accountRef: text(60),
  ours: { type: 'boolean' },
  kind: { type: 'string', pattern: '^[A-Z_]{1,40}$' },
  openedOn: date,
  outstanding: money,
  overdue: money,
  daysPastDue: { type: 'integer', minimum: 0, maximum: 36_500 },
  qualityClass: { type: 'integer', minimum: 1, maximum: 5 },
  reportedOn: date,
});
const score = { type: 'integer', minimum: 0, maximum: 9_999 };

const news: Record<string, object> = {
  'dispute.opened': object({
    disputeRef: text(60),
    code: { type: 'string', pattern: '^[0-9A-Z]{1,10}$' },
    words: { type: 'string', maxLength: 2_000 },
    dueOn: date,
  }),
  'dispute.closed': object({ disputeRef: text(60) }),
  'inquiry.completed': object({ report: object({ tradelines: { type: 'array', maxItems: 500, items: tradeline }, score }, 'score') }),
  'inquiry.refused': object({ code: { type: 'string', pattern: '^[A-Z_]{1,60}$' }, reason: { type: 'string', maxLength: 500 } }, 'reason'),
};

/** Names the path, never what is there. */
export const problemOfNews = newsCheck(news);

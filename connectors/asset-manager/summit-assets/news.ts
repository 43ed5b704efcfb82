// What Summit's news has to bring with it, by its type: what cannot be read is told back to its sender, and nothing of it is kept.
import { newsCheck } from '../../news-check.js';

const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength });
const money = {
  type: 'object',
  required: ['amount', 'currency'],
  properties: { amount: { type: 'string', pattern: '^\\d{1,15}(\\.\\d{1,4})?$' }, currency: { type: 'string', pattern: '^[A-Z]{3}$' } },
};
const news: Record<string, object> = {
  'bid.submitted': { type: 'object', required: ['bidRef', 'price'], properties: { bidRef: text(60), price: money } },
  'putBack.requested': {
    type: 'object',
    required: ['putBackRef', 'accountRef', 'reason'],
    properties: {
      putBackRef: text(60),
      accountRef: text(60),
      reason: { enum: ['BANKRUPT', 'DECEASED', 'FRAUD', 'DISPUTED', 'WRONG_BALANCE', 'ALREADY_PAID', 'TIME_BARRED', 'WARRANTY'] },
      words: { type: 'string', maxLength: 2_000 },
    },
  },
};

/** Names the path, never what is there. */
export const problemOfNews = newsCheck(news);

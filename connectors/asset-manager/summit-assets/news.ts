// What Summit's news has to bring with it, by its type: what cannot be read is told back to its sender, and nothing of it is kept.
import { Ajv } from 'ajv';
import type { Callback } from '../../contract.js';

const ajv = new Ajv();
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
const checks = new Map(Object.entries(news).map(([type, schema]) => [type, ajv.compile(schema)]));

/** Names the path, never what is there. */
export function problemOfNews({ type, data }: Callback): string | null {
  const check = checks.get(type);
  if (!check || check(data)) return null;
  const { instancePath, message } = check.errors![0]!;
  return `/data${instancePath} ${message}`;
}

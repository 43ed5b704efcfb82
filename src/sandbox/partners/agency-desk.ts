// The desk of a simulated agency: it takes only what its own document asks for, to the last field, and nothing about a placement that it has finally returned.
import { Ajv, type ValidateFunction } from 'ajv';
import addFormatsModule from 'ajv-formats';
import type { Desk, Refusal } from './desk.js';
import type { Effect, Ledger } from './ledger.js';

const addFormats = addFormatsModule as unknown as typeof addFormatsModule.default;

export interface AgencyWords {
  /** JSON Schemas of the bodies, by operation. */
  bodies: Readonly<Record<string, object>>;
  /** What comes with a step of the control page, by its name; nothing for the others. */
  news: Readonly<Record<string, Record<string, unknown>>>;
  /** Codes of its refusals. */
  invalid: string;
  ended: string;
}

/** Exactly these fields, all of them. */
export const exactly = (properties: Record<string, object>): object => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
  additionalProperties: false,
});
/** As `exactly`, without some. */
export const exactlyBut = (optional: readonly string[], properties: Record<string, object>): object => ({
  ...exactly(properties),
  required: Object.keys(properties).filter((key) => !optional.includes(key)),
});
export const listOf = (items: object, least = 0): object => ({ type: 'array', items, minItems: least });
export const text = { type: 'string', minLength: 1, maxLength: 500 };
export const date = { type: 'string', format: 'date' };
export const share = { type: 'string', pattern: '^0\\.\\d{1,6}$' };
export const whole = { type: 'integer', minimum: 0, maximum: 100_000 };
export const money = exactly({
  amount: { type: 'string', pattern: '^\\d{1,18}(\\.\\d{1,4})?$' },
  currency: { type: 'string', pattern: '^[A-Z]{3}$' },
});
export const orNull = (schema: object): object => ({ anyOf: [schema, { type: 'null' }] });

export function openAgencyDesk(words: AgencyWords): (ledger: Ledger) => Desk {
  const ajv = new Ajv({ allowUnionTypes: true });
  addFormats(ajv, ['date']);
  const checks = new Map<string, ValidateFunction>(
    Object.entries(words.bodies).map(([operation, schema]) => [operation, ajv.compile(schema)]),
  );
  return (ledger) => {
    const ended = new Set<string>();
    const about = (body: unknown, key: string | null): string | null => key ?? (body as { penugasan?: string }).penugasan ?? null;
    const judge = (operation: string, body: unknown, key: string | null): Refusal | null => {
      const check = checks.get(operation)!;
      if (!check(body)) {
        const { instancePath, message } = check.errors![0]!;
        return { code: words.invalid, reason: `${instancePath || '/'} ${message}` };
      }
      const placement = about(body, key);
      // Said once more, what is over stays over.
      return placement && ended.has(placement) && operation !== 'finalRecall'
        ? { code: words.ended, reason: 'The placement was finally returned' }
        : null;
    };
    const desk: Desk = {
      judge,
      kept: () => null,
      take: ({ operation, about: placement }) => void (operation === 'finalRecall' && placement && ended.add(placement)),
      show: () => null,
      says: () => null,
      suits: (_type, { about: placement }) => placement === null,
      dataOf: (type) => words.news[type] ?? {},
    };
    ledger.follow({ took: (effect: Effect) => void (effect.ref && desk.take(effect)), told() {} });
    return desk;
  };
}

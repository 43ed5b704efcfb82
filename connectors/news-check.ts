// What is wrong with what a partner's news brings, by a JSON schema for each type of it.
import { Ajv } from 'ajv';
import addFormatsModule from 'ajv-formats';
import type { Callback } from './contract.js';

const addFormats = addFormatsModule as unknown as typeof addFormatsModule.default;

/**
 * @param news a schema by type; a type without one may bring anything
 * @returns what is wrong, or null; it names the path, never what is there
 */
export function newsCheck(news: Readonly<Record<string, object>>): (callback: Pick<Callback, 'type' | 'data'>) => string | null {
  const ajv = new Ajv();
  addFormats(ajv, ['date', 'date-time']);
  const checks = new Map(Object.entries(news).map(([type, schema]) => [type, ajv.compile(schema)]));
  return ({ type, data }) => {
    const check = checks.get(type);
    if (!check || check(data)) return null;
    const { instancePath, message } = check.errors![0]!;
    return `/data${instancePath} ${message}`;
  };
}

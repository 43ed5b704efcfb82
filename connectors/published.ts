// The published promises that stand beside the product: where their folder is, and what schema/events says of an event.
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const addFormats = addFormatsModule as unknown as typeof addFormatsModule.default;

/** @returns a folder of `schema`, wherever the product was built to; `schemaFolder('events')` */
export function schemaFolder(...path: string[]): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); folder !== dirname(folder); folder = dirname(folder)) {
    const found = join(folder, 'schema', ...path);
    if (existsSync(found)) return found;
  }
  throw new Error(`The folder schema/${path.join('/')} was not found above the product`);
}

/** What is wrong with an event by its published schema, or null. Reasons name paths, never values. */
export type EventCheck = (event: unknown) => string | null;

/** @throws when a published schema cannot be compiled */
export function createEventCheck(): EventCheck {
  const ajv = new Ajv2020({ strict: false });
  addFormats(ajv);
  const folder = schemaFolder('events');
  const checks = new Map<string, ValidateFunction>(
    readdirSync(folder).flatMap((file) =>
      file.endsWith('.json') ? [[file.replace('.json', ''), ajv.compile(JSON.parse(readFileSync(join(folder, file), 'utf8')))]] : [],
    ),
  );
  const isEnvelope = checks.get('envelope')!;
  checks.delete('envelope');
  const fault = (check: ValidateFunction) => `${check.errors![0]!.instancePath || '/'} ${check.errors![0]!.message}`;

  return (event) => {
    if (!isEnvelope(event)) return `ENVELOPE ${fault(isEnvelope)}`;
    const { type, data } = event as { type: string; data: unknown };
    const isData = checks.get(type);
    if (!isData) return 'UNKNOWN_TYPE';
    return isData(data) ? null : `DATA ${fault(isData)}`;
  };
}

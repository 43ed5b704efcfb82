// Canonical events: CloudEvents 1.0 in JSON, structured or binary, each checked against its published schema before it is believed.
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CanonicalEvent, SourceFormat, SourceMessage } from '../../contract.js';

const addFormats = addFormatsModule as unknown as typeof addFormatsModule.default;
const largest = 1_000_000;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The published schemas stand beside the product, wherever it was built to. */
function schemaFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); folder !== dirname(folder); folder = dirname(folder)) {
    const found = join(folder, 'schema', 'events');
    if (existsSync(found)) return found;
  }
  throw new Error('The folder schema/events was not found above the product');
}

/** @throws when a published schema cannot be compiled. Reasons name paths, never values. */
export function createCanonicalFormat(): SourceFormat {
  const ajv = new Ajv2020({ strict: false });
  addFormats(ajv);
  const folder = schemaFolder();
  const checks = new Map<string, ValidateFunction>(
    readdirSync(folder).flatMap((file) =>
      file.endsWith('.json') ? [[file.replace('.json', ''), ajv.compile(JSON.parse(readFileSync(join(folder, file), 'utf8')))]] : [],
    ),
  );
  const isEnvelope = checks.get('envelope')!;
  checks.delete('envelope');
  const fault = (check: ValidateFunction) => `${check.errors![0]!.instancePath || '/'} ${check.errors![0]!.message}`;

  return {
    id: 'canonical',
    read(message) {
      const parsed = parse(message);
      if ('unreadable' in parsed) return parsed;
      const { event } = parsed;
      if (!isEnvelope(event)) return { unreadable: `ENVELOPE ${fault(isEnvelope)}` };
      const checked = event as unknown as CanonicalEvent;
      const isData = checks.get(checked.type);
      if (!isData) return { unreadable: 'UNKNOWN_TYPE' };
      if (!isData(checked.data)) return { unreadable: `DATA ${fault(isData)}` };
      return { events: [checked] };
    },
  };
}

function parse({ value, headers }: SourceMessage): { event: unknown } | { unreadable: string } {
  if (!value?.length) return { unreadable: 'EMPTY' };
  if (value.length > largest) return { unreadable: `TOO_LARGE more than ${largest} bytes` };
  let body: unknown;
  try {
    body = JSON.parse(utf8.decode(value));
  } catch {
    return { unreadable: 'NOT_JSON' };
  }
  if (!headers['ce_specversion']) return { event: body };
  const attributes = Object.fromEntries(
    Object.entries(headers).flatMap(([name, each]) => (name.startsWith('ce_') ? [[name.slice(3), each]] : [])),
  );
  return { event: { ...attributes, data: body } };
}

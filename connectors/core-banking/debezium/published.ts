// The published schemas of canonical events: what a fact may hold, what it must, and how each of its fields is written.
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { schemaFolder } from '../../published.js';
import type { Kind } from './column.js';

const addFormats = addFormatsModule as unknown as typeof addFormatsModule.default;

/** The part of JSON Schema that schema/events is written in. */
export interface FieldSchema {
  type?: string;
  format?: string;
  pattern?: string;
  properties?: Record<string, FieldSchema>;
  /** Of names that are not listed: one pattern, where there is any. */
  patternProperties?: Record<string, FieldSchema>;
  items?: FieldSchema;
  required?: string[];
  else?: { required: string[] };
}

export interface Published {
  schema: FieldSchema;
  isValid: ValidateFunction;
}

const ajv = new Ajv2020({ strict: false });
addFormats(ajv);

const readPublished = (folder: string[], file: string): object => JSON.parse(readFileSync(join(schemaFolder(...folder), file), 'utf8'));

const events = new Map<string, Published>();

/** @param type of a canonical event that is published in schema/events */
export function publishedEvent(type: string): Published {
  let found = events.get(type);
  if (!found) {
    const schema = readPublished(['events'], `${type}.json`) as FieldSchema;
    found = { schema, isValid: ajv.compile(withoutId(schema)) };
    events.set(type, found);
  }
  return found;
}

export const compileMapping = (): ValidateFunction => ajv.compile(withoutId(readPublished(['sources', 'debezium'], 'mapping.json')));

/** Ids are for readers of the files: one instance of ajv would refuse the same id twice. */
const withoutId = (schema: object): object => Object.fromEntries(Object.entries(schema).filter(([name]) => name !== '$id'));

/** What has to be there for an event that is told in full. */
export const requiredOf = (schema: FieldSchema): readonly string[] => [...(schema.required ?? []), ...(schema.else?.required ?? [])];

/** Undefined for a field that the event does not have. */
export const fieldNamed = (schema: FieldSchema, name: string): FieldSchema | undefined =>
  schema.properties?.[name] ?? Object.entries(schema.patternProperties ?? {}).find(([pattern]) => new RegExp(pattern, 'u').test(name))?.[1];

export function kindOf({ type, format, pattern }: FieldSchema): Kind {
  if (type === 'integer' || type === 'number' || type === 'boolean') return type;
  if (format === 'date') return 'date';
  return pattern?.startsWith('^(0|[1-9]') ? 'decimal' : 'text';
}

// Writer schemas by their fingerprint: read from a directory that holds the schemas of one release of Fineract, or a folder for each of several.
import avsc, { type Type } from 'avsc';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { readerOf } from './avro-reader.js';
import { DecimalType } from './decimal.js';
import { fingerprintOf } from './fingerprint.js';

/** A schema that messages may have been written with. */
export interface WriterSchema {
  /** Namespace and name, e.g. `org.apache.fineract.avro.MessageV1`. */
  record: string;
  type: Type;
  /** @throws Broken */
  read(encoded: Buffer): any;
}

/** By fingerprint, as hex of its 8 bytes on the wire. */
export type Schemas = ReadonlyMap<string, WriterSchema>;

/** Fineract's build puts this type for the word before it hands its schemas to Avro, where the word means nothing. */
const bigdecimal = '{"type":"bytes","logicalType":"decimal","precision":20,"scale":8}';

/**
 * A directory with schemas directly in it is one set, with all folders below; otherwise each folder in it is a set of its own.
 * @throws Error that names the file and record at fault
 */
export function readSchemas(directory: string): Schemas {
  const schemas = new Map<string, WriterSchema>();
  for (const set of setsIn(directory))
    for (const [record, type] of readSet(set)) {
      const fingerprint = fingerprintOf(JSON.stringify(type.schema()));
      const known = schemas.get(fingerprint);
      // A fingerprint says nothing of scales: the same bytes would be two different amounts.
      if (known && scalesOf(known.type) !== scalesOf(type))
        throw new Error(
          `${record} has other decimals in ${relative(directory, set)} than in another set, with the same fingerprint ${fingerprint}`,
        );
      if (!known) schemas.set(fingerprint, { record, type, read: readerOf(type) });
    }
  return schemas;
}

function setsIn(directory: string): string[] {
  const entries = readdirSync(directory, { withFileTypes: true });
  if (entries.some(({ name }) => name.endsWith('.avsc'))) return [directory];
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(directory, name));
}

interface Source {
  file: string;
  schema: any;
}

function readSet(directory: string): Map<string, Type> {
  const sources = new Map<string, Source>();
  for (const file of readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort()) {
    // `_templates/…` and the like are pieces of Fineract's build, not records.
    if (!file.endsWith('.avsc') || /template/i.test(file) || !statSync(join(directory, file)).isFile()) continue;
    const schema = parse(file, readFileSync(join(directory, file), 'utf8'));
    const record = `${schema.namespace}.${schema.name}`;
    const twice = sources.get(record);
    if (twice) throw new Error(`${file} holds ${record}, and so does ${twice.file}`);
    sources.set(record, { file, schema });
  }
  const loaded = new Map<string, Type>();
  const registry: Record<string, Type> = {};
  for (const record of sources.keys()) load(record, sources, registry, loaded, []);
  return loaded;
}

function parse(file: string, text: string): any {
  let schema: any;
  try {
    schema = JSON.parse(text.replaceAll('"bigdecimal"', bigdecimal));
  } catch {
    throw new Error(`${file} is not JSON`);
  }
  if (schema?.type !== 'record' || !schema.name || !schema.namespace || !Array.isArray(schema.fields))
    throw new Error(`${file} is not a record with a name and a namespace`);
  return schema;
}

/** What a record names is loaded before it. */
function load(
  record: string,
  sources: Map<string, Source>,
  registry: Record<string, Type>,
  loaded: Map<string, Type>,
  path: string[],
): void {
  if (loaded.has(record)) return;
  if (path.includes(record)) throw new Error(`${sources.get(record)!.file}: ${record} contains itself by way of ${path.at(-1)}`);
  const { file, schema } = sources.get(record)!;
  for (const name of namesIn(schema.fields.map((field: any) => field.type))) {
    const fullName = name.includes('.') ? name : `${schema.namespace}.${name}`;
    if (!sources.has(fullName)) throw new Error(`${file}: ${record} needs ${fullName}, which no file holds`);
    if (fullName !== record) load(fullName, sources, registry, loaded, [...path, record]);
  }
  try {
    loaded.set(record, avsc.Type.forSchema(schema, { registry, logicalTypes: { decimal: DecimalType } }));
  } catch (error) {
    throw new Error(`${file}: ${record} is not Avro: ${(error as Error).message}`, { cause: error });
  }
}

const primitives = ['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string'];

/** The named types that a type refers to. */
function namesIn(type: any): string[] {
  if (typeof type === 'string') return primitives.includes(type) ? [] : [type];
  if (Array.isArray(type)) return type.flatMap(namesIn);
  if (type.type === 'array') return namesIn(type.items);
  if (type.type === 'map') return namesIn(type.values);
  return typeof type.type === 'object'
    ? namesIn(type.type)
    : primitives.includes(type.type) || type.fields || type.symbols || type.size
      ? []
      : [type.type];
}

/** The scales of all decimals, in the order of the fields. */
function scalesOf(type: any, above: readonly unknown[] = []): string {
  if (type instanceof DecimalType) return `${type.scale},`;
  if (above.includes(type)) return '';
  const parts: unknown[] =
    type.fields?.map((field: any) => field.type) ?? type.types ?? [type.itemsType ?? type.valuesType].filter(Boolean);
  return parts.map((each) => scalesOf(each, [...above, type])).join('');
}

// Reads Avro binary by the schema it was written with. The library's own reader goes on past the end of broken bytes, for as long as a broken count says.
import avsc, { type Type } from 'avsc';
import { Broken, Bytes } from './bytes.js';
import { DecimalType, decimalText, longestDecimal } from './decimal.js';

type Read = (bytes: Bytes) => unknown;

/**
 * Longs come as decimal text and so do decimals, with all digits of their scale; unions come bare.
 */
export function readerOf(type: Type): (encoded: Buffer) => any {
  const read = compile(type, new Map());
  return (encoded) => {
    const bytes = new Bytes(encoded);
    bytes.field = shortName(type.name ?? '');
    const value = read(bytes);
    if (bytes.left) throw new Broken(`TRAILING_BYTES after ${shortName(type.name ?? '')}`);
    return value;
  };
}

export const shortName = (fullName: string): string => fullName.slice(fullName.lastIndexOf('.') + 1);

function compile(type: any, known: Map<unknown, Read>): Read {
  const made = known.get(type);
  if (made) return made;
  known.set(type, (bytes) => known.get(type)!(bytes)); // for a record that contains itself
  const read = compileNew(type, known);
  known.set(type, read);
  return read;
}

function compileNew(type: any, known: Map<unknown, Read>): Read {
  if (type instanceof DecimalType)
    return (bytes) => {
      const length = bytes.count();
      if (length > longestDecimal) throw bytes.broken('DECIMAL_TOO_LONG');
      return decimalText(bytes.take(length), type.scale);
    };
  if (type instanceof avsc.types.LogicalType) return compile(type.underlyingType, known);
  switch (type.typeName) {
    case 'null':
      return () => null;
    case 'boolean':
      return (bytes) => {
        const byte = bytes.byte();
        if (byte > 1) throw bytes.broken('NOT_A_BOOLEAN');
        return byte === 1;
      };
    case 'int':
      return (bytes) => bytes.int();
    case 'long':
      return (bytes) => String(bytes.long());
    case 'float':
      return (bytes) => bytes.take(4).readFloatLE();
    case 'double':
      return (bytes) => bytes.take(8).readDoubleLE();
    case 'bytes':
      return (bytes) => bytes.take(bytes.count());
    case 'string':
      return (bytes) => bytes.text();
    case 'fixed':
      return (bytes) => bytes.take(type.size);
    case 'enum':
      return (bytes) => oneOf(bytes, type.symbols);
    case 'record':
    case 'error':
      return recordReader(type, known);
    case 'array':
      return arrayReader(compile(type.itemsType, known));
    case 'map': {
      const value = compile(type.valuesType, known);
      const entries = arrayReader((bytes) => [bytes.text(), value(bytes)]);
      return (bytes) => Object.fromEntries(entries(bytes) as [string, unknown][]);
    }
    case 'union:unwrapped':
    case 'union:wrapped': {
      const branches: Read[] = type.types.map((each: unknown) => compile(each, known));
      return (bytes) => oneOf(bytes, branches)(bytes);
    }
    default:
      throw new Error(`${type.typeName} is no type of Avro that is known`);
  }
}

function oneOf<T>(bytes: Bytes, all: readonly T[]): T {
  const index = bytes.int();
  if (index < 0 || index >= all.length) throw bytes.broken('NO_SUCH_BRANCH');
  return all[index]!;
}

const deepest = 50;

function recordReader(type: any, known: Map<unknown, Read>): Read {
  const fields: { name: string; path: string; read: Read }[] = type.fields.map((field: any) => ({
    name: field.name,
    path: `${shortName(type.name)}.${field.name}`,
    read: compile(field.type, known),
  }));
  const blank = Object.fromEntries(fields.map(({ name }) => [name, null])); // one shape for all records of a type: they are read faster
  return (bytes) => {
    if (++bytes.depth > deepest) throw bytes.broken('TOO_DEEP');
    const record: Record<string, unknown> = { ...blank };
    for (const { name, path, read } of fields) {
      bytes.field = path;
      record[name] = read(bytes);
    }
    bytes.depth--;
    return record;
  };
}

/** Blocks; a negative count is followed by the block's size, which is for those who skip it. */
function arrayReader(item: Read): (bytes: Bytes) => unknown[] {
  return (bytes) => {
    const items: unknown[] = [];
    const { field } = bytes;
    for (let count = bytes.long(); count !== 0; count = bytes.long()) {
      if (count < 0) bytes.long();
      const most = count < 0 ? -count : count;
      if (most > bytes.left) throw bytes.broken('TRUNCATED');
      for (let i = 0; i < most; i++) items.push(item(bytes));
      bytes.field = field;
    }
    return items;
  };
}

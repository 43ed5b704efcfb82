// Reads the fields of a mapping out of one row: every no names the table and the column.
import { columnAs, textOf, Unfit, type Kind } from './column.js';
import type { ColumnSchema, Row } from './change.js';
import type { Json } from './exact-json.js';
import { isField, type Field, type Tree } from './mapping.js';
import { fieldNamed, kindOf, requiredOf, type FieldSchema } from './published.js';

/** Why no fact is made of a row: it says nothing yet, or a column is not as it has to be. */
export class NoFact extends Error {}
export class BadColumn extends Error {}

export interface RowContext {
  table: string;
  row: Row;
  schemas: ReadonlyMap<string, ColumnSchema>;
  /** What the connector writes for a large column that an update left alone. */
  unavailableValue: string;
  timeZone: string;
  /** The day of the change, in the mapping's time zone. */
  day: string;
  /** What is said of a column that the row does not have. */
  absent: string;
}

type Found = { value: Json } | { missing: string };

/** @throws NoFact, BadColumn */
export function treeOf(tree: Tree, schema: FieldSchema, context: RowContext): Record<string, Json> {
  const found = objectOf(tree, schema, context);
  if ('missing' in found) throw new BadColumn(found.missing);
  return found.value as Record<string, Json>;
}

/** @throws NoFact, BadColumn, also when the column has no value */
export function fieldOf(field: Field, kind: Kind, context: RowContext): Json {
  const found = leafOf(field, kind, context);
  if ('missing' in found) throw new BadColumn(found.missing);
  return found.value;
}

function objectOf(tree: Tree, schema: FieldSchema, context: RowContext): Found {
  const value: Record<string, Json> = {};
  const required = requiredOf(schema);
  for (const [name, node] of Object.entries(tree)) {
    const inner = fieldNamed(schema, name)!;
    const found = Array.isArray(node)
      ? { value: node.flatMap((each) => valueOf(nodeOf(each, inner.items!, context))) }
      : nodeOf(node, inner, context);
    if ('value' in found) value[name] = found.value;
    else if (required.includes(name)) return found;
  }
  return { value };
}

const nodeOf = (node: Field | Tree, schema: FieldSchema, context: RowContext): Found =>
  isField(node) ? leafOf(node, kindOf(schema), context) : objectOf(node, schema, context);

/** An element of a list without what it needs is no element. */
const valueOf = (found: Found): Json[] => ('value' in found ? [found.value] : []);

function leafOf(field: Field, kind: Kind, context: RowContext): Found {
  if ('constant' in field) return { value: field.constant };
  if ('event' in field) return { value: context.day };
  const name = `${context.table}.${field.column}`;
  const given = context.row[field.column];
  if (given === null || given === undefined) {
    if (field.default !== undefined) return { value: field.default };
    return { missing: `COLUMN ${name} ${given === null ? 'is null' : context.absent}` };
  }
  if (given === context.unavailableValue)
    throw new BadColumn(`COLUMN ${name} was left alone and is not in the event: set REPLICA IDENTITY FULL, or do not map it`);
  try {
    if (!field.map) return { value: columnAs(kind, given, context.schemas.get(field.column), field, context.timeZone) };
    const said = textOf(given);
    const mapped = Object.hasOwn(field.map, said) ? field.map[said]! : undefined;
    if (mapped === undefined) throw new Unfit('has a value that the mapping does not name');
    if (mapped === null) throw new NoFact();
    return { value: mapped };
  } catch (error) {
    if (error instanceof Unfit) throw new BadColumn(`COLUMN ${name} ${error.message}`);
    throw error;
  }
}

// Rows that are read to be changed, thousands at a time: those that differ when the transaction writes are written by one statement a table.
import type { EntitySchema, InferEntity } from '@mikro-orm/postgresql';
import { toJson } from '../domain/loan/kept-position.js';
import type { Orm } from './database.js';

export type Definition = EntitySchema<any, any>;
type Bulk = <Row extends object>(text: string, values?: unknown[]) => Promise<Row[]>;

/** The rows of one table in one transaction. A row is one object, however often it is asked for; it is changed by assigning to it. */
export interface Rows<Row> {
  /** In order of id, locked until the transaction ends. Those that are not there are left out. */
  byId(ids: readonly string[]): Promise<Row[]>;
  /** The same by a condition on the columns, with bound parameters; what was changed before is written first. */
  where(condition: string, values: unknown[]): Promise<Row[]>;
  /** A new row: it may still be changed. */
  add(row: Row): void;
}

interface Kept {
  row: any;
  /** As it stands in the table; null for a new one. */
  was: any;
}

export function keepRows(orm: Orm, bulk: Bulk) {
  const kept = new Map<Definition, Map<string, Kept>>();
  const of = (definition: Definition) => kept.get(definition) ?? kept.set(definition, new Map()).get(definition)!;

  async function read(definition: Definition, condition: string, values: unknown[]): Promise<any[]> {
    const { select, names, revive } = statementsOf(orm, definition);
    const known = of(definition);
    return (await bulk<any>(`${select} where ${condition} order by id for update`, values)).map((raw) => {
      if (known.has(raw.id)) return known.get(raw.id)!.row;
      for (const [name, from] of revive) if (raw[name] !== null) raw[name] = from(raw[name]);
      known.set(raw.id, { row: raw, was: copyOf(raw, names) });
      return raw;
    });
  }

  async function write(definition: Definition): Promise<void> {
    const { insert, update, names } = statementsOf(orm, definition);
    const all = [...of(definition).values()];
    const added = all.filter(({ was }) => !was);
    const changed = all.filter(({ row, was }) => was && names.some((name) => row[name] !== was[name]));
    if (added.length) await bulk(insert, [toJson(added.map(({ row }) => row))]);
    if (changed.length) await bulk(update, [toJson(changed.map(({ row }) => row))]);
    for (const each of [...added, ...changed]) each.was = copyOf(each.row, names);
  }

  return {
    rows: <D extends Definition>(definition: D): Rows<InferEntity<D>> => ({
      async byId(ids) {
        const known = of(definition);
        const missing = [...new Set(ids)].filter((id) => !known.has(id));
        if (missing.length) await read(definition, 'id = any($1)', [missing]);
        return [...new Set(ids)].sort().flatMap((id) => known.get(id)?.row ?? []);
      },
      async where(condition, values) {
        await write(definition);
        return read(definition, condition, values);
      },
      add: (row: any) => void of(definition).set(row.id, { row, was: null }),
    }),
    async flush(): Promise<void> {
      for (const definition of kept.keys()) await write(definition);
    },
  };
}

function copyOf(row: any, names: readonly string[]): any {
  const copy: any = {};
  for (const name of names) copy[name] = row[name];
  return copy;
}

interface Statements {
  select: string;
  /** Rows come as JSON by the names of their properties. */
  insert: string;
  update: string;
  names: string[];
  /** By property: what makes its value of what the driver reads. */
  revive: [string, (read: any) => unknown][];
}

const revivals: Record<string, (read: any) => unknown> = { bigint: BigInt, 'timestamptz(6)': (read: string) => new Date(read) };
const made = new Map<Definition, Statements>();

export function statementsOf(orm: Orm, definition: Definition): Statements {
  let statements = made.get(definition);
  if (!statements) {
    const { tableName, props } = orm.getMetadata().get(definition);
    const columns = props.map(({ name, fieldNames, columnTypes }) => ({ name, column: fieldNames[0]!, type: columnTypes[0]! }));
    const told = columns.map(({ name, type }) => `"${name}" ${type}`).join(', ');
    const list = columns.map(({ column }) => column).join(', ');
    statements = {
      select: `select ${columns.map(({ name, column, type }) => `${column}${type === 'date' ? '::text' : ''} as "${name}"`).join(', ')} from ${tableName}`,
      insert: `insert into ${tableName} (${list}) select ${columns.map(({ name }) => `"${name}"`).join(', ')} from json_to_recordset($1::json) as r(${told})`,
      update: `update ${tableName} t set ${columns
        .filter(({ name }) => name !== 'id')
        .map(({ name, column }) => `${column} = r."${name}"`)
        .join(', ')} from json_to_recordset($1::json) as r(${told}) where t.id = r.id`,
      names: columns.map(({ name }) => name),
      revive: columns.flatMap(({ name, type }) => (revivals[type] ? [[name, revivals[type]] as [string, (read: any) => unknown]] : [])),
    };
    made.set(definition, statements);
  }
  return statements;
}

/** Names of properties become names of columns. */
export const snakeKeys = (row: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).map(([key, value]) => [key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value]));

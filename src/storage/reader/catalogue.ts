// Compares what the graph promises with what the tables keep, before the first query: a non-null field that yields null would make rows vanish.
import type pg from 'pg';
import type { Leaf, SqlType } from './shape.js';
import { at } from './where.js';

export interface Promised {
  field: string;
  table: string;
  leaf: Leaf;
  /** The condition under which a part of a nullable object is not asked for. */
  absent?: string;
}

const samples: Record<string, unknown> = {
  bool: false,
  int4: 0,
  int8: 0,
  numeric: 0,
  xid8: '0',
  date: '2026-01-01',
  timestamptz: '2026-01-01T00:00:00Z',
};
const sampleOf = (type: string): unknown =>
  samples[type] ?? (type.startsWith('_') ? [] : type.endsWith('multirange') ? '{}' : type.startsWith('json') ? {} : '');
const kept: Record<SqlType, string> = {
  text: 'text',
  code: 'text',
  int: 'integer',
  bigint: 'bigint',
  boolean: 'boolean',
  numeric: 'numeric',
  date: 'date',
  timestamptz: 'timestamp with time zone',
  'text[]': 'text[]',
};

/**
 * Each promise is tried on the worst row that its table allows, one with null wherever a column may be null and nothing beside it in other tables.
 * @throws naming each field that is of another type, or null where it may not be
 */
export async function compareCatalogue(pool: pg.Pool, promised: readonly Promised[]): Promise<void> {
  const { rows: columns } = await pool.query<{ table: string; column: string; type: string }>(
    `select table_name as "table", column_name as "column", udt_name as type from information_schema.columns where table_schema = current_schema() and is_nullable = 'NO'`,
  );
  const faults: string[] = [];
  for (const table of new Set(promised.map((each) => each.table))) {
    const own = promised.filter((each) => each.table === table);
    const worst = Object.fromEntries(columns.filter((each) => each.table === table).map(({ column, type }) => [column, sampleOf(type)]));
    const asked = own.map(({ leaf, absent }) => {
      const value = at(leaf, 't');
      return `pg_typeof(${value})::text, (${value}) is null${absent ? ` and not (${at({ sql: absent }, 't')})` : ''}`;
    });
    const text = `select ${asked.join(', ')} from json_populate_record(null::${table}, $1::json) t`;
    const answer = await pool.query<unknown[]>({ text, values: [JSON.stringify(worst)], rowMode: 'array' }).catch((error: Error) => {
      faults.push(`${own[0]!.field.split('.')[0]}: ${error.message}`);
      return { rows: [] };
    });
    const [row] = answer.rows;
    own.forEach(({ field, leaf }, i) => {
      if (!row) return;
      const [type, isNull] = [row[2 * i], row[2 * i + 1]];
      if (type !== kept[leaf.type]) faults.push(`${field} is declared as ${kept[leaf.type]}, and is ${String(type)}`);
      if (isNull && !leaf.nullable) faults.push(`${field} may not be null, but ${table} may make it null`);
    });
  }
  if (faults.length) throw new Error(`The case graph does not fit the tables: ${faults.join('; ')}`);
}

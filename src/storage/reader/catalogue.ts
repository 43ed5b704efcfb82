// Compares what the graph promises with what the tables keep, before the first query: a non-null field over a nullable column would make rows vanish.
import type pg from 'pg';

export interface Promised {
  field: string;
  table: string;
  /** Its own column, when the field is no more than that. */
  column: string;
  nullable: boolean;
}

/** @throws naming each field whose column is not there, or may be null where the field may not */
export async function compareCatalogue(pool: pg.Pool, promised: readonly Promised[]): Promise<void> {
  const { rows } = await pool.query<{ table: string; column: string; nullable: boolean }>(
    `select table_name as "table", column_name as "column", is_nullable = 'YES' as nullable from information_schema.columns where table_schema = current_schema()`,
  );
  const known = new Map(rows.map((row) => [`${row.table}.${row.column}`, row.nullable]));
  const faults = promised.flatMap(({ field, table, column, nullable }) => {
    const kept = known.get(`${table}.${column}`);
    if (kept === undefined) return [`${field}: there is no column ${table}.${column}`];
    return kept && !nullable ? [`${field} may not be null, but ${table}.${column} may`] : [];
  });
  if (faults.length) throw new Error(`The case graph does not fit the tables: ${faults.join('; ')}`);
}

// What the compiler looks up in a declaration: the leaf of a column, the rows of a relation.
import type { Leaf, Rows, SqlType } from '../../storage/reader/shape.js';
import { DateTime, Decimal, LocalDate, Sequence } from '../scalars.js';
import { nounOf, type Declared } from './nouns.js';

/** By name, since a schema that was extended has types of its own. */
const sqlTypes = new Map<string, SqlType>([
  ['String', 'text'],
  ['Boolean', 'boolean'],
  ['Int', 'int'],
  ['ID', 'code'],
  [Decimal.name, 'numeric'],
  [LocalDate.name, 'date'],
  [DateTime.name, 'timestamptz'],
  [Sequence.name, 'bigint'],
]);

/** The SQL type of a GraphQL one, or of a constructor that type-graphql takes for one; an enum's values are plain letters. */
export function sqlType(type: unknown): SqlType {
  return Array.isArray(type) ? 'text[]' : (sqlTypes.get((type as { name?: string }).name ?? '') ?? 'code');
}

export function columnLeaf(declared: Extract<Declared, { is: 'column' }>, type: unknown, stem = declared.stem): Leaf {
  const { sql, nullable, mask } = declared;
  return { sql: sql.replaceAll('#', stem), type: sqlType(type), nullable, mask };
}

/** The id is kept as it travels: its prefix names the table. */
export const idLeaf: Leaf = { sql: '@.id', type: 'code', nullable: false };

export function leafOf(noun: string, key: string): Leaf {
  const { members } = nounOf(noun);
  if (key === 'id') return idLeaf;
  const { declared, type } = members.get(key)!;
  if (declared.is !== 'column') throw new Error(`${noun}.${key} is not a column`);
  return columnLeaf(declared, type());
}

/** Rows of another noun that a field of this one leads to. */
export function related(noun: string, key: string): { noun: string; rows: Rows; many: boolean } | undefined {
  const { table, members } = nounOf(noun);
  const declared = members.get(key)?.declared;
  if (!declared || !('noun' in declared) || !declared.noun || declared.is === 'root') return undefined;
  const to = nounOf(declared.noun);
  if (declared.is === 'one' && declared.here)
    return {
      noun: declared.noun,
      many: false,
      rows: { table: to.table, join: { table, here: declared.here, there: declared.there ?? 'id' } },
    };
  return { noun: declared.noun, many: declared.is !== 'one', rows: pointingAt(noun, declared.noun, declared) };
}

/** Rows of another noun that point to a row of this one. */
export function pointingAt(noun: string, other: string, { here = 'id', there }: { here?: string; there?: string } = {}): Rows {
  const { table } = nounOf(noun);
  return { table: nounOf(other).table, join: { table, here, there: there ?? `${table.prefix}_id` } };
}

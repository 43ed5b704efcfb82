// Rows for the tables that a small book leaves empty, made from the catalogue: any value that the column and the graph allow.
import { isScalarType } from 'graphql';
import { allNouns } from '../../src/graphql/reader/nouns.js';

type Query = <Row extends object = any>(text: string, ...values: unknown[]) => Promise<Row[]>;
interface Column {
  name: string;
  type: string;
  nullable: boolean;
}
const isEnum = (type: unknown): type is object => typeof type === 'object' && type !== null && !Array.isArray(type) && !isScalarType(type);

/** @param below a random whole number under its argument */
export async function plantRows(query: Query, below: (n: number) => number, least = 60): Promise<void> {
  const pick = <T>(from: readonly T[]): T => from[below(from.length)]!;
  const owners = new Map<string, string[]>();
  for (const { table } of allNouns()) {
    const ids = (await query<{ id: string }>(`select id from ${table.name}`)).map(({ id }) => id);
    owners.set(`${table.name}_id`, ids).set(`${table.prefix}_id`, ids);
    if (table.name === 'recovery_case') owners.set('node_id', ids);
  }
  const connectors = await query<{ connector_id: string }>('select connector_id from connector');
  owners.set(
    'connector_id',
    connectors.map((row) => row.connector_id),
  );
  let serial = 0;

  function valueOf({ name, type, nullable }: Column, member: unknown): unknown {
    if (nullable && below(3) === 0) return null;
    const ids = owners.get(name);
    if (ids?.length) return pick(ids);
    if (isEnum(member)) return pick(Object.values(member));
    switch (type) {
      case 'text':
        return pick(['plain', 'Two words', 'quoted "text"', 'line\nline', 'back\\slash', '标题', 'ctrl\u0001']) + ++serial;
      case '_text':
        return pick([[], ['one'], ['one', 'two "quoted"', 'three\\']]);
      case 'int4':
      case 'int8':
        return below(5);
      case 'numeric':
        return below(100) / 100;
      case 'bool':
        return below(2) === 0;
      case 'date':
        return `2026-0${1 + below(3)}-1${below(10)}`;
      case 'timestamptz':
        return `2026-0${1 + below(3)}-11T10:00:0${below(10)}${pick(['', '.5', '.123456', '.120000'])}Z`;
      case 'bytea':
        return '\\x00ff';
      default:
        return { some: [1, 'two'] };
    }
  }

  for (const { table, members } of allNouns()) {
    if ((await query(`select 1 from ${table.name} limit ${least}`)).length === least || table.name === 'recovery_case') continue;
    const columns = await query<Column & { made: boolean }>(
      `select column_name as name, udt_name as type, is_nullable = 'YES' as nullable from information_schema.columns
       where table_schema = 'public' and table_name = $1 and column_name <> 'id' and is_generated = 'NEVER' and udt_name <> 'xid8'`,
      table.name,
    );
    const rows = Array.from({ length: least }, () => ({
      id: `${table.prefix}_${String(++serial).padStart(16, '0')}`,
      ...Object.fromEntries(
        columns.map((column) => {
          const key = column.name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
          return [column.name, column.name === 'currency' ? pick(['IDR', 'JPY', 'KWD']) : valueOf(column, members.get(key)?.type())];
        }),
      ),
    }));
    owners.get(`${table.prefix}_id`)!.push(...rows.map(({ id }) => id));
    if (table.name === 'connector') rows.forEach((row, i) => Object.assign(row, { connector_id: `planted-${i}` }));
    // A loan is in one sale at a time.
    const inSale = new Set<unknown>();
    if (table.name === 'sale_loan')
      for (const row of rows as Record<string, unknown>[]) {
        if (inSale.has(row['loan_id'])) row['ownership'] = 'BANK';
        inSale.add(row['loan_id']);
      }
    const names = ['id', ...columns.map(({ name }) => `"${name}"`)].join(', ');
    await query(
      `insert into ${table.name} (${names}) select ${names} from json_populate_recordset(null::${table.name}, $1::json)`,
      JSON.stringify(rows),
    );
  }
}

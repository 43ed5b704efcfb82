// Who sees what: a profile masks leaves and narrows rows, and both become part of the statement's text.
import type { Draft } from './draft.js';
import type { Mask, Rows, Table } from './shape.js';

/** The last three characters, where they are not half of the value. */
const ending = (sql: string) => `'***' || case when length(${sql}) > 6 then right(${sql}, 3) else '' end`;

export const masks: Record<Mask, (sql: string) => string> = {
  name: (sql) => `left(${sql}, 1) || '***'`,
  nationalId: ending,
  contact: ending,
  accountNo: ending,
};

/** Conditions that the profile puts on rows of a table, none when the row above has already proved them. */
export function allowed(rows: Pick<Rows, 'table' | 'join'>, row: string, draft: Draft): string[] {
  const { within } = rows.table;
  if (within === 'open' || !draft.profile.rows) return [];
  if (within === 'profile') return [draft.profile.rows(row, (read, type) => draft.bind(read, type))];
  if (rows.join && proves(rows.join, rows.table)) return [];
  const owner = draft.alias();
  const [inner] = allowed({ table: within.table }, owner, draft);
  return [
    `exists (select from ${within.table.name} ${owner} where ${owner}.${within.there} = ${row}.${within.here}${inner ? ` and ${inner}` : ''})`,
  ];
}

function proves(join: NonNullable<Rows['join']>, { within }: Table): boolean {
  return typeof within === 'object' && within.table === join.table && within.here === join.there && within.there === join.here;
}

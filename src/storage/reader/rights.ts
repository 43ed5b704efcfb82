// Who sees what: a profile masks leaves and narrows rows, and both become part of the statement's text.
import type { Draft } from './draft.js';
import type { Mask, Read, Rows, Table } from './shape.js';

/** The last three characters, where they are not half of the value. */
const ending = (sql: string) => `'***' || case when length(${sql}) > 6 then right(${sql}, 3) else '' end`;

export const masks: Record<Mask, (sql: string) => string> = {
  name: (sql) => `left(${sql}, 1) || '***'`,
  nationalId: ending,
  contact: ending,
  accountNo: ending,
  note: (sql) => `left(${sql}, 0) || '***'`,
};

const user: Read = ({ caller }) => caller.user;

/** Conditions that the profile puts on rows of a table, none for their owner when the row above has already proved it. */
export function allowed(rows: Pick<Rows, 'table' | 'join' | 'where'>, row: string, draft: Draft): string[] {
  const { within, name } = rows.table;
  const { rows: rules } = draft.profile;
  const rule = rules[name];
  const own = rule ? [rule(row, (read, type) => draft.bind(read, type), rows.where)] : [];
  if (within === 'bank' && draft.profile.narrowed) own.push('false');
  // The partner's own rule is among those of the profile.
  if (within === 'partner' && draft.profile.narrowed && !rule) own.push('false');
  if (within === 'asker' && !draft.profile.roles.has('platform')) own.push(`${row}.asked_by = ${draft.bind(user, 'text')}`);
  if (typeof within === 'string' || !Object.keys(rules).length || (rows.join && proves(rows.join, rows.table))) return own;
  const owner = draft.alias();
  const inner = allowed({ table: within.table }, owner, draft);
  return [
    ...own,
    `exists (select from ${within.table.name} ${owner} where ${[`${owner}.${within.there} = ${row}.${within.here}`, ...inner].join(' and ')})`,
  ];
}

function proves(join: NonNullable<Rows['join']>, { within }: Table): boolean {
  return typeof within === 'object' && within.table === join.table && within.here === join.there && within.there === join.here;
}

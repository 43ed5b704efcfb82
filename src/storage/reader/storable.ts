// Which answers may be stored: those about one case alone. What they were made of is named by the versions of its rows, so that a stored answer is as fresh as the rows are.
import { Draft, type CursorKeys } from './draft.js';
import { borrower, collateral, loan, saleLoan } from '../tables.js';
import type { Condition, Profile, Read, Rows, Shape, Table } from './shape.js';
import { from } from './where.js';
import type { Written } from './write.js';

export interface Storable {
  caseId: Read<string>;
  /** The stored answer, if it is there and nothing that it was made of has changed; else an empty text. */
  stored: Written;
  /** What it is made of, `endOfVersion`, and the answer anew, both of one snapshot. The version is empty where the case is not for the caller. */
  fresh: Written;
}

export const endOfVersion = '\u0002';

/** @returns null for an answer that is not of one case and its own rows only */
export function storable(shape: Shape, { text, reads }: Written, profile: Profile, keys: CursorKeys): Storable | null {
  const entrance = shape.is === 'object' && shape.members.length === 1 ? shape.members[0]![1] : null;
  const root = entrance?.is === 'costs' ? entrance.of : entrance;
  if (root?.is !== 'one' || root.rows.table.within !== 'profile') return null;
  const caseId = namedBy(root.rows.where);
  if (!caseId) return null;
  const tables = new Set([borrower, loan, collateral, saleLoan]); // columns of others look at them too
  if (!collect(root.of, tables)) return null;

  const version = (row: string) => {
    const parts = [...tables].filter(({ together }) => !together).map((table) => versionsWithin(table, root.rows.table, row));
    return `concat_ws('/', (select b.business_date from business_day b where b.tenant = ${row}.tenant), ${row}.xmin, ${parts.join(', ')})`;
  };
  const reading = new Draft(profile, keys);
  const theCase = reading.alias();
  const seen = from(root.rows, theCase, undefined, reading);
  const key = reading.bind(({ storedAs }) => storedAs, 'text');
  const stored = `select coalesce((select (select d.json from case_answer d where d.case_id = ${theCase}.id and d.key = ${key} and d.version = ${version(theCase)}) from ${seen}), '') as json`;

  const making = new Draft(profile, keys, [...reads]);
  const made = making.alias();
  const versioned = `coalesce((select ${version(made)} from ${from(root.rows, made, undefined, making)}), '')`;
  return {
    caseId,
    stored: { text: stored, reads: reading.reads },
    fresh: { text: `select ${versioned} || e'\\u0002' || (${text}) as json`, reads: making.reads },
  };
}

const namedBy = (where?: Condition): Read<string> | null =>
  where && 'leaf' in where && where.is === 'eq' && where.leaf.sql === '@.id' ? (where.value as Read<string>) : null;

/** The versions of the rows of a table that belong to a case. */
function versionsWithin(table: Table, theCase: Table, row: string): string {
  const joins: string[] = [];
  let at = 0;
  let { within } = table;
  while (typeof within === 'object' && within.table !== theCase) {
    joins.push(` join ${within.table.name} v${at + 1} on v${at}.${within.here} = v${at + 1}.${within.there}`);
    ({ within } = within.table);
    at++;
  }
  const { here, there } = within as Exclude<Table['within'], string>;
  return `(select string_agg(v0.xmin::text, ',' order by v0.id) from ${table.name} v0${joins.join('')} where v${at}.${here} = ${row}.${there})`;
}

/** Adds the tables that a shape reads. @returns whether all of them are the case's own */
function collect(shape: Shape, tables: Set<Table>): boolean {
  switch (shape.is) {
    case 'object':
      return shape.members.every(([, of]) => collect(of, tables));
    case 'one':
    case 'list':
      return ownRows(shape.rows, tables) && collect(shape.of, tables);
    case 'count':
      return ownRows(shape.rows, tables);
    case 'page':
      return ownRows(shape.page.rows, tables) && collect(shape.of, tables);
    case 'several':
      return (
        'below' in shape.from &&
        shape.from.below.every(({ rows }) => ownRows(rows, tables)) &&
        shape.of.every(({ one }) => collect(one, tables))
      );
    case 'each':
    case 'costs':
    case 'gap':
      return collect(shape.of, tables);
    case 'sequence':
    case 'groups':
      return false;
    default:
      return true;
  }
}

/** Rows below the case, and not of other cases or of none. */
function ownRows({ table, where, join }: Rows, tables: Set<Table>): boolean {
  if (typeof table.within === 'string' || !join || (where && !ofItself(where))) return false;
  for (let each: Table = table; typeof each.within === 'object'; each = each.within.table) tables.add(each);
  return true;
}

/** Whether it looks at nothing but the row. */
const ofItself = (where: Condition): boolean =>
  'all' in where
    ? where.all.every(ofItself)
    : 'any' in where
      ? where.any.every(ofItself)
      : 'none' in where
        ? ofItself(where.none)
        : 'leaf' in where;

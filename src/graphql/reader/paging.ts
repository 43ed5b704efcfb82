// The arguments of a connection: size, cursors, order and filter, checked and turned into a page of a shape.
import { createHash } from 'node:crypto';
import type { Condition, Leaf, Operator, Page, Read, Rows, Term } from '../../storage/reader/shape.js';
import type { Cursors } from './cursors.js';
import { leafOf, related } from './members.js';
import { nounOf } from './nouns.js';
import { problem } from './problem.js';
import type { MustBeFor } from './rights.js';
import type { Questions } from './questions.js';
import { remembered, type Args } from './selection.js';

const sizes = [10, 25, 50, 100, 500];
const greatest = 100;

export interface Paging {
  noun: string;
  args: Read<Args>;
  rows: Rows;
  sees: (leaf: Leaf) => boolean;
  mustBeFor: MustBeFor;
  questions: Questions;
  cursors: Cursors;
}

/** What may be compared, counted or ordered by: only what the caller may read, and in clear. */
const comparing =
  ({ mustBeFor, sees }: Pick<Paging, 'mustBeFor' | 'sees'>) =>
  (of: string, key: string): Leaf => {
    mustBeFor(of, key);
    const found = leafOf(of, key);
    if (!sees(found)) throw problem('FORBIDDEN', `${of}.${key} is masked for you and cannot be used to filter or order`);
    return found;
  };

export interface Facet {
  key: string;
  leaf: Leaf;
  rows: Rows;
}

/** What is counted by: columns of the noun, or `relation.column` of rows that point to it, all under the same filter. */
export function facetsOf({ noun, args, questions, ...may }: Omit<Paging, 'rows' | 'cursors'>): Facet[] {
  const comparable = comparing(may);
  const keys = JSON.parse(questions.ask((request) => JSON.stringify(args(request).by))) as string[];
  const { filter } = JSON.parse(questions.ask((request) => outlined(args(request))));
  const where = filter && conditionOf(filter, (request) => args(request).filter, noun, { comparable, mustBeFor: may.mustBeFor });
  const { table } = nounOf(noun);
  return [...new Set(keys)].map((key): Facet => {
    const [relation = '', column] = key.split('.');
    if (!column) return { key, leaf: comparable(noun, key), rows: { table, where } };
    may.mustBeFor(noun, relation);
    const to = related(noun, relation)!;
    const { here, there } = to.rows.join!;
    const owners = { table, where, join: { table: to.rows.table, here: there, there: here } };
    return { key, leaf: comparable(to.noun, column), rows: { table: to.rows.table, where: { some: owners } } };
  });
}

export function pageOf({ noun, args, rows, sees, mustBeFor, questions, cursors }: Paging): Page {
  const comparable = comparing({ mustBeFor, sees });
  const leaf = (key: string): Leaf => comparable(noun, key);
  const asked = JSON.parse(questions.ask((request) => outlined(args(request))));
  const backward = asked.last !== undefined && asked.last !== null;
  const order = orderOf(asked.orderBy ?? [], leaf, leafOf(noun, 'id'), rows.table);
  const size: Read<number> = (request) => sizeOf(args(request), rows.join ? greatest : (request.mostRows ?? greatest));
  const about: Read<string> = (request) => {
    const { filter, orderBy } = args(request);
    return createHash('sha256')
      .update(JSON.stringify([noun, filter, orderBy]))
      .digest('base64url')
      .slice(0, 12);
  };
  const cursor: Read<string | undefined> = (request) => {
    const given = args(request)[backward ? 'before' : 'after'];
    return given == null ? undefined : cursors.open(given, about(request));
  };
  const nulls = questions.ask((request) => {
    const keys = cursor(request);
    return keys && JSON.stringify((JSON.parse(keys) as unknown[]).slice(1).map((key) => key === null));
  });
  const filter = asked.filter && conditionOf(asked.filter, (request) => args(request).filter, noun, { mustBeFor, comparable });
  return {
    rows: { ...rows, order, where: filter },
    backward,
    about: (request) => cursors.head(about(request)),
    size,
    atMost: questions.ask((request) => sizes.find((each) => each >= size(request))!),
    after: nulls === undefined ? undefined : { cursor: cursor as Read<string>, nulls: JSON.parse(nulls) },
  };
}

function sizeOf({ first, last }: Args, most: number): number {
  const size = first ?? last;
  if (size == null || (first != null && last != null)) throw problem('BAD_USER_INPUT', 'Give either first or last');
  if (size < 1 || size > most) throw problem('BAD_USER_INPUT', `A page holds 1 to ${most}, not ${size}`);
  return size;
}

/** The same value with every scalar that merely is bound replaced by 0: what remains decides the statement's text. */
function outline(value: any, key?: string): unknown {
  if (value === null) return null;
  if (key === 'isNull' || key === 'orderBy') return value;
  if (Array.isArray(value)) return key === 'in' ? 0 : value.map((each) => outline(each));
  if (typeof value !== 'object') return 0;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, outline(inner, name)]));
}

const outlined = remembered((args: Args) => JSON.stringify(outline(args)));

function orderOf(
  asked: { field: string; direction: string; nulls?: string }[],
  leaf: (key: string) => Leaf,
  id: Leaf,
  table: Rows['table'],
): Term[] {
  const terms = asked.map(({ field, direction, nulls }): Term => ({
    leaf: leaf(field),
    descending: direction === 'DESC',
    nulls: nulls === 'FIRST' ? 'first' : 'last',
  }));
  const usual: Term[] =
    table.order && !terms.length
      ? [{ leaf: { sql: `@.${table.order.column}`, type: table.order.type, nullable: false }, descending: false, nulls: 'last' }]
      : [];
  return [...usual, ...terms, { leaf: id, descending: false, nulls: 'last' }];
}

/** What an outline of a filter asks of a row; `at` finds the values again in each request. */
interface Comparing {
  mustBeFor: MustBeFor;
  comparable(noun: string, key: string): Leaf;
}

function conditionOf(outlined: any, at: Read<any>, noun: string, may: Comparing): Condition {
  const inner = (of: any, key: string | number, name = noun) => conditionOf(of, (request) => at(request)[key], name, may);
  if (outlined === null || !Object.keys(outlined).length)
    throw problem('BAD_USER_INPUT', 'A filter says something; null and {} are no filter');
  return {
    all: Object.entries<any>(outlined).map(([key, of]): Condition => {
      if (of === null) throw problem('BAD_USER_INPUT', `${key}: null is no filter; ask with isNull`);
      const read: Read<any> = (request) => at(request)[key];
      if (key === 'and' || key === 'or') {
        const each = (of as unknown[]).map((one, i) => conditionOf(one, (request) => read(request)[i], noun, may));
        return key === 'and' ? { all: each } : { any: each };
      }
      if (key === 'not') return { none: inner(of, key) };
      const to = related(noun, key);
      if (to) {
        may.mustBeFor(noun, key);
        may.mustBeFor(to.noun);
        return {
          some: {
            ...to.rows,
            where: to.many ? conditionOf(of.some, (request) => read(request).some, to.noun, may) : inner(of, key, to.noun),
          },
        };
      }
      const leaf = may.comparable(noun, key);
      return { all: Object.entries(of).map(([operator, given]) => comparison(leaf, operator, given, read)) };
    }),
  };
}

function comparison(leaf: Leaf, operator: string, given: unknown, read: Read<any>): Condition {
  if (given === null) throw problem('BAD_USER_INPUT', `${operator}: null compares with nothing; ask with isNull`);
  const is = (operator === 'isNull' ? (given ? 'null' : 'notNull') : operator) as Operator;
  return { leaf, is, value: (request) => read(request)[operator] };
}

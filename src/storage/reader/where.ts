// Conditions as SQL. Two-valued: a comparison with null is false, and so its negation is true.
import type { Draft } from './draft.js';
import { allowed } from './rights.js';
import type { Condition, Leaf, Operator, Rows } from './shape.js';

export const at = (leaf: Pick<Leaf, 'sql'>, row: string) => leaf.sql.replaceAll('@', row);
export const bound = (leaf: Leaf) => (leaf.type === 'code' ? 'text' : leaf.type);

const compare: Record<Operator, (x: string, value: (list?: '[]') => string) => string> = {
  eq: (x, value) => `${x} = ${value()}`,
  not: (x, value) => `${x} is distinct from ${value()}`,
  in: (x, value) => `${x} = any(${value('[]')})`,
  gt: (x, value) => `${x} > ${value()}`,
  gte: (x, value) => `${x} >= ${value()}`,
  lt: (x, value) => `${x} < ${value()}`,
  lte: (x, value) => `${x} <= ${value()}`,
  contains: (x, value) => `position(lower(${value()}) in lower(${x})) > 0`,
  null: (x) => `${x} is null`,
  notNull: (x) => `${x} is not null`,
};

export function holds(condition: Condition, row: string, draft: Draft): string {
  if ('all' in condition) return condition.all.map((each) => `(${holds(each, row, draft)})`).join(' and ') || 'true';
  if ('any' in condition) return condition.any.map((each) => `(${holds(each, row, draft)})`).join(' or ') || 'false';
  if ('none' in condition) return `(${holds(condition.none, row, draft)}) is not true`;
  if ('some' in condition) {
    const other = draft.alias();
    return `exists (select from ${from(condition.some, other, row, draft)})`;
  }
  if ('named' in condition)
    return `${at(condition.named, row)} = (select x.node_id from external_ref x where x.system = ${draft.bind(condition.system, 'text')} and x.ref = ${draft.bind(condition.ref, 'text')})`;
  const { leaf, is, value } = condition;
  return compare[is](at(leaf, row), (list = undefined) => draft.bind(value, bound(leaf) + (list ?? '')));
}

/** `table alias where …`: the join to the row above, the filter, the rights and what the caller adds. */
export function from(rows: Rows, row: string, above: string | undefined, draft: Draft, more: string[] = []): string {
  const all = [
    ...(rows.join ? [`${row}.${rows.join.there} = ${above}.${rows.join.here}`] : []),
    ...(rows.where ? [holds(rows.where, row, draft)] : []),
    ...allowed(rows, row, draft),
    ...more,
  ];
  return `${rows.table.name} ${row}${all.length ? ` where ${all.map((each) => `(${each})`).join(' and ')}` : ''}`;
}

// Pages by key: the order, what comes after a cursor, and the signed cursor of a row.
import type { Draft } from './draft.js';
import type { Page, Term } from './shape.js';
import { at, bound } from './where.js';

/** The terms in the direction of travel: a backward page reads the order from its end. */
export function travelled({ rows, backward }: Page): Term[] {
  if (!backward) return rows.order;
  return rows.order.map((term) => ({ ...term, descending: !term.descending, nulls: term.nulls === 'first' ? 'last' : 'first' }));
}

export function orderBy(terms: Term[], row: string): string {
  return terms
    .map(({ leaf, descending, nulls }) => at(leaf, row) + (descending ? ' desc' : '') + (leaf.nullable ? ` nulls ${nulls}` : ''))
    .join(', ');
}

/** The rows that lie beyond a cursor. Whether its values are null is known here, so each term is the shortest that is true. */
export function beyond(page: Page, row: string, draft: Draft): string[] {
  if (!page.after) return [];
  const { cursor, nulls } = page.after;
  const terms = travelled(page);
  const value = (i: number) => `(${draft.bind(cursor, 'json')}->>${i + 1})::${bound(terms[i]!.leaf)}`;
  const step = (i: number): string => {
    const { leaf, descending, nulls: placed } = terms[i]!;
    const x = at(leaf, row);
    const further = nulls[i]
      ? placed === 'first'
        ? `${x} is not null`
        : 'false'
      : `${x} ${descending ? '<' : '>'} ${value(i)}${leaf.nullable && placed === 'last' ? ` or ${x} is null` : ''}`;
    if (i === terms.length - 1) return further;
    return `${further} or (${x} ${nulls[i] ? 'is null' : `= ${value(i)}`} and (${step(i + 1)}))`;
  };
  const first = terms[0]!;
  const range = first.leaf.nullable ? [] : [`${at(first.leaf, row)} ${first.descending ? '<=' : '>='} ${value(0)}`]; // lets an index start there
  return [...range, step(0)];
}

const base64url = (bytes: string) => `translate(encode(${bytes}, 'base64'), E'+/=\\n', '-_')`;

/** `payload.signature`, the payload being JSON: what the cursor is about, the order keys, the id last. */
export function cursor(page: Page, row: string, draft: Draft): string {
  const keys = page.rows.order.map(({ leaf }) => at(leaf, row));
  const payload = `convert_to(json_build_array(${[draft.bind(page.about, 'text'), ...keys].join(', ')})::text, 'UTF8')`;
  const hash = `sha256(${draft.bind(draft.keys.outer, 'bytea')} || sha256(${draft.bind(draft.keys.inner, 'bytea')} || ${payload}))`;
  return `${base64url(payload)} || '.' || ${base64url(hash)}`;
}

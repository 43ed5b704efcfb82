// A shape becomes SQL that concatenates the text of its JSON. Every expression here is of type text and never null.
import { Draft, type CursorKeys, type Place } from './draft.js';
import { beyond, cursor, orderBy, travelled } from './keyset.js';
import { masks } from './rights.js';
import type { Ids, Leaf, Page, PageFact, Profile, Read, Shape, SqlType } from './shape.js';
import { at, from } from './where.js';

/** Marks where a gap begins and ends: JSON text never holds this character unescaped. */
export const gapMark = '\u0001';
/** One for each unit of cost, left in the text: whitespace to whoever reads JSON, and never within one of its strings. */
export const costMark = '\t';

export interface Written {
  text: string;
  reads: Read[];
}

export function write(shape: Shape, profile: Profile, keys: CursorKeys): Written {
  const draft = new Draft(profile, keys);
  return { text: `select ${join(pieces(shape, { row: '' }, draft))} as json`, reads: draft.reads };
}

/** JSON text known now, or SQL that yields it. Neighbours that are known now are written as one. */
type Piece = { json: string } | { sql: string };

const quote = (text: string) => `'${text.replaceAll("'", "''")}'`;

function join(all: Piece[]): string {
  const merged: Piece[] = [];
  for (const piece of all) {
    const last = merged.at(-1);
    if (last && 'json' in last && 'json' in piece) merged[merged.length - 1] = { json: last.json + piece.json };
    else merged.push(piece);
  }
  return merged.map((piece) => ('json' in piece ? quote(piece.json) : piece.sql)).join(' || ');
}

const quoted = (x: string) => `'"' || ${x} || '"'`;
const encode: Record<SqlType, (x: string) => string> = {
  text: (x) => `to_json(${x})::text`, // escapes
  'text[]': (x) => `to_json(${x})::text`,
  code: quoted, // identifiers and enum values, kept to plain letters by a check constraint
  int: (x) => `(${x})::text`,
  bigint: quoted, // a client would round it
  boolean: (x) => `(${x})::text`,
  numeric: quoted,
  date: quoted,
  timestamptz: (x) => `'"' || replace((${x} at time zone 'UTC')::text, ' ', 'T') || 'Z"'`,
};

function leafText(leaf: Leaf, row: string, profile: Profile): string {
  const x = at(leaf, row);
  const masked = leaf.mask && !profile.sees.has(leaf.mask) && masks[leaf.mask](x);
  // A mask must not make a value of none.
  const shown = masked ? (leaf.nullable ? `case when ${x} is not null then ${masked} end` : `(${masked})`) : x;
  const json = encode[leaf.type](shown);
  return leaf.nullable ? `coalesce(${json}, 'null')` : json;
}

function pieces(shape: Shape, place: Place, draft: Draft): Piece[] {
  const text = (of: Shape, inner: Place) => join(pieces(of, inner, draft));
  const { row } = place;
  switch (shape.is) {
    case 'constant':
      return [{ json: shape.json }];
    case 'leaf':
      return [{ sql: leafText(shape, row, draft.profile) }];
    case 'object': {
      const members = shape.members.flatMap(([key, of], i): Piece[] => [
        { json: `${i ? ',' : '{'}"${key}":` },
        ...pieces(of, place, draft),
      ]);
      const whole = [...(members.length ? members : [{ json: '{' }]), { json: '}' }];
      return shape.absent ? [{ sql: `case when ${at({ sql: shape.absent }, row)} then 'null' else ${join(whole)} end` }] : whole;
    }
    case 'one': {
      const one = draft.alias();
      const rest = `${from(shape.rows, one, row, draft)}${shape.rows.order ? ` order by ${orderBy(shape.rows.order, one)}` : ''}`;
      return [{ sql: `coalesce((select ${text(shape.of, { row: one })} from ${rest}${shape.rows.atMost ? ' limit 1' : ''}), 'null')` }];
    }
    case 'list': {
      const each = draft.alias();
      const order = shape.rows.order ? ` order by ${orderBy(shape.rows.order, each)}` : '';
      return [
        {
          sql: `(select '[' || coalesce(string_agg(${text(shape.of, { row: each })}, ','${order}), '') || ']' from ${from(shape.rows, each, row, draft)})`,
        },
      ];
    }
    case 'several': {
      const id = draft.alias();
      const branches = shape.of.map(({ prefix, one }) => ` when '${prefix}' then ${text(one, { row: id })}`).join('');
      const json = branches ? `case split_part(${id}.id, '_', 1)${branches} else 'null' end` : `'null'`;
      return [
        {
          sql: `(select '[' || coalesce(string_agg(${json}, ',' order by ${id}.place, ${id}.id), '') || ']' from ${ids(shape.from, row, draft)} ${id}(id, place))`,
        },
      ];
    }
    case 'count': {
      const counted = `from ${from(shape.rows, draft.alias(), place.above ?? row, draft)}`;
      if (!shape.cap) return [{ sql: `(select count(*)::text ${counted})` }];
      const fact = shape.of === 'rows' ? `least(count(*), ${shape.cap})` : `(count(*) > ${shape.cap})`;
      return [{ sql: `(select ${fact}::text from (select ${counted} limit ${shape.cap + 1}) capped)` }];
    }
    case 'sequence':
      return [{ json: '[' }, ...shape.of.flatMap((of, i) => [...(i ? [{ json: ',' }] : []), ...pieces(of, place, draft)]), { json: ']' }];
    case 'groups': {
      const [inner, group] = [draft.alias(), draft.alias()];
      const grouped = `select (${at(shape.by, inner)})::text as value, count(*)::int as count from ${from(shape.rows, inner, row, draft)} group by 1 order by 2 desc, 1 limit ${shape.atMost}`;
      return [
        {
          sql: `(select '[' || coalesce(string_agg(${text(shape.of, { row: group })}, ',' order by ${group}.count desc, ${group}.value), '') || ']' from (${grouped}) ${group})`,
        },
      ];
    }
    case 'page':
      return [{ sql: pageText(shape.page, shape.of, (inner) => text(shape.of, inner), row, draft) }];
    case 'each': {
      const { page } = place;
      const order = page!.backward ? ` order by ${row}._n desc` : '';
      const within = place.whole ? '' : ` filter (where ${row}._n <= ${size(page!, draft)})`;
      return [{ sql: `'[' || coalesce(string_agg(${text(shape.of, { row, page })}, ','${order})${within}, '') || ']'` }];
    }
    case 'cursor':
      return [{ sql: quoted(cursor(place.page!, row, draft)) }];
    case 'fact':
      return [factPiece(shape.fact, place.page!, row, draft)];
    case 'costs':
      return [{ json: costMark.repeat(shape.units) }, ...pieces(shape.of, place, draft)];
    case 'gap':
      return [{ json: `${gapMark}${shape.index}:` }, ...pieces(shape.of, place, draft), { json: gapMark }];
  }
}

function ids(source: Ids, above: string, draft: Draft): string {
  if ('given' in source) return `unnest(${draft.bind(source.given, 'text[]')}) with ordinality`;
  const each = source.below.map(({ rows, by }) => {
    const row = draft.alias();
    return `select ${row}.id, ${at(by, row)} from ${from(rows, row, above, draft)}`;
  });
  return `(${each.join(' union all ')})`;
}

const size = (page: Page, draft: Draft) => draft.bind(page.size, 'int');

/** Nothing below runs for rows outside the page. Only if something asks for it, rows are numbered and one more than asked is fetched. */
function pageText(page: Page, of: Shape, text: (inner: Place) => string, above: string, draft: Draft): string {
  const [inner, outer] = [draft.alias(), draft.alias()];
  const asked = factsOf(of);
  const rows = from(page.rows, inner, above, draft, beyond(page, inner, draft));
  const fetched = (most: number) => `select ${inner}.* from ${rows} order by ${orderBy(travelled(page), inner)} limit ${most}`;
  const ends = asked.has('startCursor') || asked.has('endCursor');
  if (!ends && !page.backward && !asked.has('hasNextPage'))
    return `(select ${text({ row: outer, page, above, whole: true })} from (select * from (${fetched(page.atMost)}) ${inner} limit ${size(page, draft)}) ${outer} group by ())`;
  const numbers = `row_number() over () as _n${ends ? ', count(*) over () as _of' : ''}`;
  return `(select ${text({ row: outer, page, above })} from (select ${inner}.*, ${numbers} from (${fetched(page.atMost + 1)}) ${inner}) ${outer} group by ())`;
}

/** What is selected of a page itself, apart from its rows. */
function factsOf(shape: Shape): Set<PageFact> {
  if (shape.is === 'fact') return new Set([shape.fact]);
  return new Set(shape.is === 'object' ? shape.members.flatMap(([, of]) => [...factsOf(of)]) : []);
}

function factPiece(fact: PageFact, page: Page, row: string, draft: Draft): Piece {
  const ahead = page.backward ? 'hasPreviousPage' : 'hasNextPage';
  if (fact === ahead) return { sql: `(count(*) > ${size(page, draft)})::text` };
  if (fact === 'hasNextPage' || fact === 'hasPreviousPage') return { json: String(page.after !== undefined) };
  const nearest = (fact === 'startCursor') !== page.backward;
  const picked = nearest ? '1' : `least(${row}._of, ${size(page, draft)})`;
  return { sql: `coalesce(min(${quoted(cursor(page, row, draft))}) filter (where ${row}._n = ${picked}), 'null')` };
}

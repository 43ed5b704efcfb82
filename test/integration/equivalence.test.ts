// What the reader answers is what graphql-js answers over the same rows with one plain resolver a field, for queries that nobody thought of; and nothing leaks from either.
import { execute, getOperationAST, getVariableValues, parse, validate, type GraphQLError } from 'graphql';
import { nounOf } from '../../src/graphql/reader/nouns.js';
import { Reader } from '../../src/graphql/reader/reader.js';
import { createSchema } from '../../src/graphql/schema.js';
import { bankRoles, profileOf, type Purpose } from '../../src/storage/profiles.js';
import { openReadPools, type ReadPools } from '../../src/storage/reader/pool.js';
import { createRun, type Run } from '../../src/storage/reader/run.js';
import type { Caller } from '../../src/storage/reader/shape.js';
import { openGraphWorld, type GraphWorld } from '../support/graph-world.js';
import { PlainGraph } from '../support/plain-graph.js';
import { loadRows } from '../support/plain-rows.js';
import { asksTooMuch, viewOf, type Row, type View } from '../support/plain-rights.js';
import { plantRows } from '../support/planted-rows.js';
import { RandomQueries, randomOf } from '../support/random-queries.js';

const queries = Number(process.env['QUERIES'] ?? 2_000);
const seed = Number(process.env['SEED'] ?? 20261125);
const secret = 'a cursor secret of more than 32 characters';
const schema = createSchema();
let world: GraphWorld;
let pools: ReadPools;
let reader: Reader;
let run: Run;
let plain: PlainGraph;

beforeAll(async () => {
  world = await openGraphWorld();
  await plant();
  pools = openReadPools(world.databaseUrl);
  run = createRun(pools);
  reader = new Reader(
    schema,
    Buffer.from(secret),
    async () => {},
    async () => {
      throw new Error('No query here is of the past');
    },
  );
  plain = new PlainGraph(createSchema(), await loadRows(world.rows), secret);
}, 120_000);
afterAll(async () => {
  await pools?.close();
  await world?.stop();
});

/** What the book has none of: text that JSON must escape, other currencies, cases of several collectors, and marks in all that is masked. */
async function plant(): Promise<void> {
  await plantRows(world.rows, randomOf(seed).below);
  for (const statement of [
    `update recovery_case set assignee = case abs(hashtext(id)) % 3 when 0 then 'ana' when 1 then 'ben' end, team = case abs(hashtext(id)) % 2 when 0 then E'a "quoted"\\nteam\\u0001\\\\ 😀' end`,
    `update borrower set name = 'N' || mark || E'name "x"\\t\\u0001', national_id = '31740' || mark || 'number', address = 'Jalan ' || mark || 'address' from (select id as of, 'mark' || row_number() over (order by id) as mark from borrower) m where of = id and abs(hashtext(id)) % 7 > 0`,
    `update contact_point set value = 'at ' || mark from (select id as of, 'mark' || row_number() over (order by id) || 'contact' as mark from contact_point) m where of = id`,
    `update loan set account_no = 'no ' || mark from (select id as of, 'mark' || row_number() over (order by id) || 'account' as mark from loan) m where of = id and abs(hashtext(id)) % 5 > 0`,
    `update bulk_export set asked_by = (array['ana', 'ben', 'someone', 'else'])[1 + abs(hashtext(id)) % 4]`,
    `update loan set currency = null where abs(hashtext(id)) % 9 = 0`,
    `update repayment set currency = case abs(hashtext(id)) % 3 when 0 then 'JPY' when 1 then 'KWD' else currency end`,
  ])
    await world.rows(statement);
}

interface Who {
  caller: Caller;
  view: View;
}
function someone(chosen: readonly string[], user: string, purpose?: Purpose): Who {
  const profile = profileOf(chosen, { purpose });
  const all = chosen.some((role) => role !== 'collector' && role !== 'platform');
  const ofCollector = (row: Row): boolean => chosen.includes('collector') && [null, user].includes(row['assignee']);
  const caller = { profile, user, roles: chosen };
  const view = viewOf(
    (...where) => plain.pointingAt(...where),
    { roles: chosen, masksLifted: profile.sees, caller },
    all ? 'all' : ofCollector,
  );
  return { caller, view };
}

let asked = 0;
/** @returns the JSON of the data, or the code of the fault */
async function readerSays(source: string, variables: object, { caller }: Who): Promise<string> {
  const document = parse(source);
  const operation = getOperationAST(document)!;
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables as Record<string, unknown>);
  if (errors) throw errors[0]!;
  expect(reader.reads(document, operation)).toBe(true);
  const context = { caller, run, traceId: 'trace' };
  const read = () => reader.query(document, operation, { variables: coerced!, caller }, context);
  try {
    const text = await read();
    if (++asked % 4 === 0) expect(await read()).toBe(text); // from the kept statement
    if (asked % 10 === 0) {
      const { data, errors: faults } = await execute({ schema, document, variableValues: variables as never, contextValue: context });
      expect([faults, JSON.stringify(data)]).toEqual([undefined, JSON.stringify(JSON.parse(text))]); // as beside introspection
    }
    return JSON.stringify(JSON.parse(text));
  } catch (error) {
    const code = (error as GraphQLError).extensions?.['code'];
    if (code !== 'FORBIDDEN') throw error;
    return 'FORBIDDEN';
  }
}

async function plainSays(source: string, variables: Record<string, unknown>, { view }: Who): Promise<string> {
  const document = parse(source);
  const operation = getOperationAST(document)!;
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  if (asksTooMuch(schema, document, operation, coerced!, view)) return 'FORBIDDEN';
  const { data, errors } = await plain.run(document, variables, view);
  if (errors) throw errors[0]!;
  return JSON.stringify(data);
}

/** The ids of rows, and the marked values of fields, that this caller must not see. */
function hiddenFrom({ view }: Who): Set<string> {
  const hidden = new Set<string>();
  for (const [noun, rows] of Object.entries(plain.rows))
    for (const row of rows) {
      const isNamed = noun === 'RecoveryCase' && view.roles.includes('platform'); // by the log of webhooks: its id, and nothing else
      if (!view.sees(row) && !isNamed) hidden.add(row.id);
      for (const [key, { declared }] of nounOf(noun).members)
        if (declared.is === 'column' && declared.mask && (!view.sees(row) || !view.masksLifted.has(declared.mask)))
          for (const mark of marksOf(String(row[key]))) hidden.add(mark);
    }
  return hidden;
}
const marksOf = (text: string): string[] => text.match(/mark\d+[a-z]+/g) ?? [];
/** Ids and marks of an answer, also those inside its cursors. */
function told(text: string): string[] {
  const cursors = text.match(/[\w-]{20,}\.[\w-]{43}/g) ?? [];
  const all = [text, ...cursors.map((cursor) => Buffer.from(cursor.split('.')[0]!, 'base64url').toString())].join(' ');
  return [...marksOf(all), ...(all.match(/[a-z]+_[0-9a-z]{16,}/g) ?? [])];
}

it(`answers ${queries} random queries of random callers as plain resolvers do, and tells nobody what is not theirs`, async () => {
  const random = new RandomQueries(schema, plain, seed);
  // Users of partners see by other rules, which have tests of their own.
  const people = [...bankRoles.map((role) => [role]), ['collector', 'platform'], ['legal', 'bureauReporter']].flatMap((chosen) =>
    (chosen.includes('collector') ? ['ana', 'ben', 'nobody'] : ['someone']).flatMap((user) =>
      [undefined, 'litigation' as const].map((purpose) => someone(chosen, user, purpose)),
    ),
  );
  const hidden = new Map(people.map((who) => [who, hiddenFrom(who)]));
  const seen = { answers: 0, refused: 0, invalid: 0, bytes: 0 };
  while (seen.answers + seen.refused < queries) {
    const who = random.pick(people);
    const { view } = who;
    const careful = random.below(4) > 0;
    const { source, variables } = random.next((noun, key, compared) => {
      const { roles: readers, members } = nounOf(noun);
      const { declared, roles: narrowed = readers } = members.get(key) ?? {};
      const masked = declared?.is === 'column' && declared.mask && !view.masksLifted.has(declared.mask);
      return !careful || ([readers, narrowed].every((some) => some.some((role) => view.roles.includes(role))) && !(compared && masked));
    });
    if (validate(schema, parse(source)).length) {
      seen.invalid++; // two fields of one key that differ
      continue;
    }
    const about = `${view.roles.join('+')} ${who.caller.user}\n${source}\n${JSON.stringify(variables)}`;
    const [read, expected] = await Promise.all([
      readerSays(source, variables, who).catch((error: Error) => Promise.reject(new Error(`${error.stack}\n${about}`))),
      plainSays(source, variables, who).catch((error: Error) => Promise.reject(new Error(`${error.stack}\n${about}`))),
    ]);
    if (read !== expected) throw new Error(`${about}\n${difference(read, expected)}`);
    const leaked = told(read).filter((each) => hidden.get(who)!.has(each));
    expect({ about, leaked }).toEqual({ about, leaked: [] });
    seen[read === 'FORBIDDEN' ? 'refused' : 'answers']++;
    seen.bytes += read.length;
  }
  expect(seen.answers).toBeGreaterThan(queries / 2);
  expect(seen.refused).toBeGreaterThan(queries / 50);
}, 240_000);

function difference(actual: string, expected: string): string {
  let at = 0;
  while (actual[at] === expected[at]) at++;
  const around = (text: string) => text.slice(Math.max(0, at - 120), at + 160);
  return `reader …${around(actual)}\nplain  …${around(expected)}`;
}

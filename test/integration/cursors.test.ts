// Cursors in any order over columns that may be null, while rows come in and secrets change: each row exactly once.
import { createHmac } from 'node:crypto';
import { getOperationAST, parse, type GraphQLError } from 'graphql';
import { Reader } from '../../src/graphql/reader/reader.js';
import { createSchema } from '../../src/graphql/schema.js';
import { profileOf } from '../../src/storage/profiles.js';
import { openReadPools, type ReadPools } from '../../src/storage/reader/pool.js';
import { createRun } from '../../src/storage/reader/run.js';
import { openGraphWorld, type GraphWorld } from '../support/graph-world.js';
import { randomOf } from '../support/random-queries.js';

const seed = Number(process.env['SEED'] ?? 20261125);
const [before, now] = ['a cursor secret of more than 32 characters', 'another secret of more than 32 characters'].map((text) =>
  Buffer.from(text),
);
let world: GraphWorld;
let pools: ReadPools;
beforeAll(async () => {
  world = await openGraphWorld();
  pools = openReadPools(world.databaseUrl);
}, 120_000);
afterAll(async () => {
  await pools?.close();
  await world?.stop();
});

type Ask = (query: string, variables: object) => Promise<any>;
function askWith(secret: Buffer, former?: Buffer, now?: () => number): Ask {
  const schema = createSchema();
  const past = async (): Promise<string> => '';
  const run = createRun(pools);
  const reader = new Reader(schema, secret, async () => {}, past, former, 30, now);
  const caller = { profile: profileOf(['auditor']), user: 'ada', roles: ['auditor'] };
  return async (query, variables) => {
    const document = parse(query);
    const request = { variables: variables as Record<string, unknown>, caller };
    return JSON.parse(await reader.query(document, getOperationAST(document)!, request, { caller, run, traceId: 'trace' }));
  };
}

const orders = {
  cases: ['OVERDUE_SINCE', 'CLOSED_ON', 'ASSIGNEE', 'TEAM', 'CLOSE_REASON', 'QUALITY_CLASS', 'DAYS_PAST_DUE', 'STAGE', 'SEQUENCE'],
  loans: ['NEXT_DUE_ON', 'JUDGEMENTAL_CLASS', 'PRODUCT_ID', 'OVERDUE_SINCE', 'DISBURSED_ON', 'CURRENCY', 'RESTRUCTURED_ON'],
  handoffs: ['ANSWERED_AT', 'PARTNER_REF', 'LAST_PROBLEM', 'NEXT_ATTEMPT_AT', 'CREATED_AT', 'ATTEMPTS'],
};
const tables = { cases: 'recovery_case', loans: 'loan', handoffs: 'handoff' };
const unique: Record<string, string[]> = { cases: ['ref'], loans: ['aggregate_id'], handoffs: ['delivery_key'] };

it('lists each row exactly once in any order, forwards and backwards, while rows are added', async () => {
  const { below } = randomOf(seed);
  const pick = <T>(from: readonly T[]): T => from[below(from.length)]!;
  const ask = askWith(now!);
  let added = 0;
  const add = async (root: keyof typeof tables): Promise<void> => {
    const id = `${root.slice(0, -1)}_added${String(++added).padStart(11, '0')}`;
    const over = Object.fromEntries([['id', id], ...unique[root]!.map((column) => [column, id])]);
    const table = tables[root];
    await world.rows(
      `insert into ${table} select (r).* from (select json_populate_record(t, $1::json) as r from ${table} t order by md5(id || $2) limit 1) made`,
      JSON.stringify(over),
      id,
    );
  };
  for (let run = 0; run < 40; run++) {
    const root = pick(Object.keys(tables) as (keyof typeof tables)[]);
    const orderBy = Array.from({ length: 1 + below(3) }, () => ({
      field: pick(orders[root]),
      direction: pick(['ASC', 'DESC']),
      nulls: pick(['FIRST', 'LAST']),
    }));
    const terms = orderBy.map(({ field, direction, nulls }) => `{ field: ${field}, direction: ${direction}, nulls: ${nulls} }`).join(', ');
    const [size, at, more, edge] = pick([
      ['first', 'after', 'hasNextPage', 'endCursor'],
      ['last', 'before', 'hasPreviousPage', 'startCursor'],
    ] as const);
    const query = `query ($at: String) { list: ${root}(${size}: ${7 + below(20)}, ${at}: $at, orderBy: [${terms}]) { nodes { id } pageInfo { ${more} ${edge} } } }`;
    const there = (await world.rows<{ id: string }>(`select id from ${tables[root]}`)).map(({ id }) => id);
    const seen: string[] = [];
    for (let cursor: string | null = null; ;) {
      const { list } = await ask(query, { at: cursor });
      seen.push(...list.nodes.map(({ id }: { id: string }) => id));
      if (!list.pageInfo[more]) break;
      cursor = list.pageInfo[edge];
      await add(root);
    }
    const times = new Map<string, number>();
    for (const id of seen) times.set(id, (times.get(id) ?? 0) + 1);
    expect({ query, missed: there.filter((id) => !times.has(id)), twice: [...times].filter(([, count]) => count > 1) }).toEqual({
      query,
      missed: [],
      twice: [],
    });
  }
  expect(added).toBeGreaterThan(100);
}, 120_000);

it('go on under a new secret while the former is believed, and no longer', async () => {
  const query = 'query ($at: String) { cases(first: 3, after: $at) { nodes { id } pageInfo { endCursor } } }';
  const first = await askWith(before!)(query, { at: null });
  const at = first.cases.pageInfo.endCursor;
  const second = await askWith(now!, before)(query, { at });
  expect(second.cases.nodes).toEqual((await askWith(before!)(query, { at })).cases.nodes);
  await expect(askWith(now!)(query, { at })).rejects.toMatchObject({
    extensions: { code: 'BAD_USER_INPUT' },
  } satisfies Partial<GraphQLError>);
  expect((await askWith(now!)(query, { at: second.cases.pageInfo.endCursor })).cases.nodes).toHaveLength(3);
});

it('are good for thirty days and, within one, the same', async () => {
  const noon = Date.UTC(2026, 3, 1, 12);
  let at = noon;
  const ask = askWith(now!, undefined, () => at);
  const query = 'query ($at: String) { cases(first: 3, after: $at) { nodes { id } pageInfo { endCursor } } }';
  const cursorNow = async (): Promise<string> => (await ask(query, { at: null })).cases.pageInfo.endCursor;
  const cursor = await cursorNow();
  at = noon + 11 * 3_600_000;
  expect(await cursorNow()).toBe(cursor);
  const next = (await ask(query, { at: cursor })).cases;
  at = noon + 30 * 86_400_000;
  expect((await ask(query, { at: cursor })).cases.nodes).toEqual(next.nodes);
  expect(await cursorNow()).not.toBe(cursor);
  at = noon + 31 * 86_400_000;
  await expect(ask(query, { at: cursor })).rejects.toMatchObject({
    path: ['cases'],
    extensions: { code: 'CURSOR_EXPIRED', http: { status: 400 } },
  });
  expect((await ask(query, { at: await cursorNow() })).cases.nodes).toEqual(next.nodes);
});

it('are refused without a day, as cursors were made before', async () => {
  const query = 'query ($at: String) { cases(first: 3, after: $at) { nodes { id } pageInfo { endCursor } } }';
  const { endCursor } = (await askWith(now!)(query, { at: null })).cases.pageInfo;
  const payload = Buffer.from(endCursor.split('.')[0], 'base64url')
    .toString()
    .replace(/\.\d+"/, '"');
  const signature = createHmac('sha256', now!).update(payload).digest('base64url');
  const at = `${Buffer.from(payload).toString('base64url')}.${signature}`;
  await expect(askWith(now!)(query, { at })).rejects.toMatchObject({ extensions: { code: 'CURSOR_EXPIRED' } });
});

// Bulk exports: every row once, of one moment, with the rights of whoever asked, and fetched by nobody else.
import { createHash, createHmac } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../src/domain/ids.js';
import { profileOf } from '../../src/storage/profiles.js';
import { openReadPools } from '../../src/storage/reader/pool.js';
import { createRun } from '../../src/storage/reader/run.js';
import { serveGraph } from '../support/graph-world.js';
import { openRightsWorld, type Asking, type RightsWorld } from '../support/rights-world.js';
import { until } from '../support/until.js';

const rowsAtOnce = 4;
let world: RightsWorld;
beforeAll(async () => {
  world = await openRightsWorld({ costLimit: 12_000, exports: { rowsAtOnce, sweepMs: 200 } });
}, 180_000);
afterAll(() => world?.stop());

interface Job {
  id: string;
  status: string;
  progress: number | null;
  rowCount: number;
  bytes: string;
  url: string | null;
  sha256: string | null;
  schemaVersion: string | null;
  asOf: { validAt: string | null; knownAt: string } | null;
  finishedAt: string | null;
  problem: string | null;
}
const fields = 'id status progress rowCount bytes url sha256 schemaVersion asOf { validAt knownAt } createdAt finishedAt expiresAt problem';
const text = (value: string) => JSON.stringify(value);
let keys = 0;

async function ask(caller: Asking, query: string, more = ''): Promise<{ bulkExport: Job | null; userErrors: any[]; code?: string }> {
  const key = more.includes('idempotencyKey') ? '' : `idempotencyKey: "key ${++keys}"`;
  const { data, code } = await world.askAs(
    caller,
    `mutation { bulkExport(input: { query: ${text(query)}, ${key} ${more} }) { bulkExport { ${fields} } userErrors { code message path ... on MandateExceeded { limit } } } }`,
  );
  return { ...(data?.bulkExport ?? { bulkExport: null, userErrors: [] }), ...(code ? { code } : {}) };
}
async function read(caller: Asking, id: string): Promise<Job | null> {
  const { data } = await world.askAs(caller, `{ node(id: "${id}") { ... on BulkExport { ${fields} } } }`);
  return data.node;
}
async function ended(caller: Asking, id: string, status = 'DONE'): Promise<Job> {
  const job = await until(
    `${id} has ended`,
    async () => {
      const now = (await read(caller, id))!;
      return ['QUEUED', 'RUNNING'].includes(now.status) ? null : now;
    },
    30_000,
  );
  expect([job.status, job.problem]).toEqual([status, status === 'FAILED' ? expect.any(String) : null]);
  return job;
}
async function exported(caller: Asking, query: string, more = ''): Promise<Job> {
  const { bulkExport, userErrors } = await ask(caller, query, more);
  expect(userErrors).toEqual([]);
  return ended(caller, bulkExport!.id);
}
const fetched = (job: Job) => fetch(`${world.url}${job.url}`);
async function linesOf(job: Job): Promise<unknown[]> {
  const told = await (await fetched(job)).text();
  expect(told === '' || told.endsWith('\n')).toBe(true);
  return told
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line)) as unknown[];
}
/** The same by pages. */
async function paged(caller: Asking, connection: string, args: string, selection: string): Promise<unknown[]> {
  const all: unknown[] = [];
  for (let after = ''; ;) {
    const { data, code } = await world.askAs(
      caller,
      `{ page: ${connection}(first: 10 ${after} ${args}) { nodes { ${selection} } pageInfo { hasNextPage endCursor } } }`,
    );
    expect(code).toBeUndefined();
    all.push(...data.page.nodes);
    if (!data.page.pageInfo.hasNextPage) return all;
    after = `after: "${data.page.pageInfo.endCursor}"`;
  }
}
/** Holds up whatever reads the table, until it is let go. */
async function holding<T>(table: string, work: () => Promise<T>): Promise<T> {
  let result: T;
  await world.store.transaction(async (tx) => {
    await tx.query(`lock table ${table} in access exclusive mode`);
    result = await work();
  });
  return result!;
}
/** Of the rows alone, since a snapshot of a job is none of its table that is held. */
const statusOf = async (id: string) =>
  (await world.rows<{ status: string }>('select status from bulk_export where id = $1', id))[0]!.status;

const ofCase = `id ref status stage daysPastDue borrower { name nationalId address masked { field maskedReason } } exposures { currency overdue { amount } } loans(first: 3) { nodes { id accountNo } }`;
/** One of them is called as the export's own would be. */
const ofVariables =
  'query ($first: Int!, $rows: CaseStatus, $full: Boolean = true) { cases(filter: { status: { eq: $rows } }) { nodes { id loans(first: $first) @include(if: $full) { nodes { id } } } } }';
const supervisor: Asking = { role: 'supervisor', purpose: 'collection' };

describe('writes all rows once, as paging the same connection gives them,', () => {
  it.each<[string, Asking, string, string, string]>([
    ['a supervisor', supervisor, 'cases', '', ofCase],
    ['a supervisor without a purpose', { role: 'supervisor' }, 'cases', '', ofCase],
    ['a supervisor of one branch', { ...supervisor, branches: ['ID-1'] }, 'cases', '', ofCase],
    ['a collector', { role: 'collector', user: 'ana', purpose: 'collection' }, 'cases', '', ofCase],
    [
      'a collector of one portfolio',
      { role: 'collector', user: 'ben', portfolios: ['CONSUMER'] },
      'loans',
      '',
      'id status accountNo borrower { name }',
    ],
    ['a law firm', { role: 'lawFirm', partner: 'harbor-legal', purpose: 'litigation' }, 'cases', '', 'id ref borrower { name nationalId }'],
    ['an agency', { role: 'agency', partner: 'lotus-recovery', purpose: 'collection' }, 'loans', '', 'id accountNo borrower { name }'],
    ['a platform engineer', { role: 'platform' }, 'connectors', '', 'id connectorId name'],
    [
      'in an order with nulls and a filter',
      supervisor,
      'cases',
      'filter: { status: { eq: OPEN } } orderBy: [{ field: ASSIGNEE, direction: DESC, nulls: FIRST }]',
      'id assignee',
    ],
    ['a supervisor of no branch', { ...supervisor, branches: [] }, 'cases', '', 'id'],
    ['of nothing', supervisor, 'cases', 'filter: { ref: { eq: "none" } }', 'id'],
    ['with what code fills', supervisor, 'cases', '', 'id availableActions { name reasons }'],
  ])('%s', async (_, caller, connection, args, selection) => {
    const job = await exported(caller, `{ ${connection}${args && `(${args})`} { nodes { ${selection} } } }`);
    const expected = await paged(caller, connection, args, selection);
    if (!args.includes('none') && caller.branches?.length !== 0)
      expect(expected.length).toBeGreaterThan(caller.role === 'platform' ? 2 : rowsAtOnce);
    expect(await linesOf(job)).toEqual(expected);
    expect(job).toMatchObject({ status: 'DONE', progress: 100, rowCount: expected.length, asOf: { validAt: null } });
  });

  it('by variables', async () => {
    const job = await exported(supervisor, ofVariables, `variables: ${text('{ "first": 2, "rows": "CLOSED" }')}`);
    const selection = 'id loans(first: 2) { nodes { id } }';
    const expected = await paged(supervisor, 'cases', 'filter: { status: { eq: CLOSED } }', selection);
    expect(expected.length).toBeGreaterThan(rowsAtOnce);
    expect(await linesOf(job)).toEqual(expected);
  });

  it('by edges and an alias, too', async () => {
    const job = await exported(
      supervisor,
      `query Mine { mine: loans { edges { node { ...L } } } } fragment L on Loan { id kind: __typename }`,
    );
    expect(await linesOf(job)).toEqual(await paged(supervisor, 'loans', '', 'id kind: __typename'));
  });
});

it('tells of the bytes what they are', async () => {
  const job = await exported(supervisor, '{ cases { nodes { id ref } } }');
  const response = await fetched(job);
  const bytes = Buffer.from(await response.arrayBuffer());
  const hash = createHash('sha256').update(bytes).digest();
  expect(job).toMatchObject({
    sha256: hash.toString('hex'),
    bytes: String(bytes.length),
    schemaVersion: sha256(readFileSync('schema/case-graph.graphql', 'utf8')),
  });
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'application/jsonl',
    'content-length': String(bytes.length),
    digest: `sha-256=${hash.toString('base64')}`,
    'repr-digest': `sha-256=:${hash.toString('base64')}:`,
    'cache-control': 'private, no-store',
  });
  expect((await fetch(`${world.url}${job.url}`, { method: 'HEAD' })).headers.get('content-length')).toBe(String(bytes.length));
  expect((await fetch(`${world.url}${job.url}`, { method: 'POST' })).status).toBe(405);
  expect(await world.rows(`select actor, action from audit_entry where subject = $1 order by at, number`, job.id)).toEqual([
    { actor: 'supervisor-1', action: 'bulkExport' },
    { actor: 'supervisor-1', action: 'downloadBulkExport' },
  ]);
});

it('has what is personal on record with its purpose, as it is for each page that is read', async () => {
  const caller: Asking = { role: 'legal', user: 'lea', purpose: 'litigation' };
  const job = await exported(caller, '{ cases { nodes { id borrower { nationalId } } } }');
  const read = await world.rows(`select purpose, detail from audit_entry where actor = 'lea' and action = 'READ_UNMASKED'`);
  expect(read).toEqual(
    Array.from({ length: Math.ceil(job.rowCount / rowsAtOnce) }, () => ({
      purpose: 'litigation',
      detail: { fields: ['Borrower.nationalId'] },
    })),
  );
});

it('reads one moment while everything changes', async () => {
  const before = new Map(
    (await world.rows<{ id: string; version: number }>('select id, version from recovery_case')).map(({ id, version }) => [id, version]),
  );
  const stepsOf = (lines: unknown[]) => (lines as { id: string; version: number }[]).map(({ id, version }) => version - before.get(id)!);
  let writing = true;
  let written = 0;
  const writer = (async () => {
    while (writing) {
      await world.rows('update recovery_case set version = version + 1');
      written++;
    }
  })();
  try {
    const seen: number[] = [];
    for (let i = 0; i < 3; i++) {
      const from = written;
      const job = await exported(supervisor, '{ cases { nodes { id version loans(first: 5) { nodes { id instalments { id } } } } } }');
      expect(written).toBeGreaterThan(from + 2);
      const steps = stepsOf(await linesOf(job));
      expect(steps).toHaveLength(before.size);
      expect(new Set(steps).size).toBe(1);
      seen.push(steps[0]!);
    }
    expect(seen[2]).toBeGreaterThan(seen[0]!);
    // What is written here would show: pages are of many moments, sooner or later.
    await until('pages mix moments', async () => new Set(stepsOf(await paged(supervisor, 'cases', '', 'id version'))).size > 1);
  } finally {
    writing = false;
    await writer;
  }
});

it('is seen by whoever asked for it and by platform engineers, who do not get the file', async () => {
  const agent: Asking = { role: 'agency', user: 'agent', partner: 'lotus-recovery' };
  const { id } = await exported(agent, '{ cases { nodes { id } } }');
  expect((await read(agent, id))!.url).toContain(`/exports/${id}.jsonl?`);
  const others: Asking[] = [
    { ...agent, user: 'another' },
    { role: 'lawFirm', partner: 'harbor-legal' },
    supervisor,
    { role: 'auditor' },
    { role: 'collector', user: 'ana' },
  ];
  for (const other of others) expect([other.role, await read(other, id)]).toEqual([other.role, null]);
  expect(await read({ role: 'platform' }, id)).toMatchObject({ id, status: 'DONE', url: null });
  const cancelled = await world.askAs(
    supervisor,
    `mutation { cancelBulkExport(input: { exportId: "${id}", idempotencyKey: "not mine" }) { bulkExport { id } userErrors { code path } } }`,
  );
  expect(cancelled.data.cancelBulkExport).toEqual({ bulkExport: null, userErrors: [{ code: 'NOT_FOUND', path: ['input', 'exportId'] }] });
});

it('is shown by Postgres itself to no narrowed caller but whoever asked', async () => {
  const ana: Asking = { role: 'collector', user: 'ana' };
  await exported(ana, '{ cases { nodes { id } } }');
  const pools = openReadPools(world.databaseUrl);
  const askers = (role: string, user: string) =>
    createRun(pools)(
      { name: 'askers', text: `select coalesce(string_agg(distinct asked_by, ' ' order by asked_by), '') from bulk_export`, reads: [] },
      { variables: {}, caller: { user, roles: [role], profile: profileOf([role]) } },
    );
  try {
    expect(await askers('collector', 'ana')).toBe('ana');
    expect(await askers('lawFirm', 'nobody')).toBe('');
    expect(await askers('platform', 'nobody')).toContain('ana');
  } finally {
    await pools.close();
  }
});

describe('is fetched by an address that', () => {
  let job: Job;
  beforeAll(async () => {
    job = await exported(supervisor, '{ connectors { nodes { id } } }');
  });
  const sign = (id: string, expires: number, secret = 'a cursor secret of more than 32 characters') => {
    const key = createHmac('sha256', secret).update('addresses of bulk exports').digest();
    const signature = createHmac('sha256', key).update(`${id} ${expires}`).digest('base64url');
    return fetch(`${world.url}/exports/${id}.jsonl?expires=${expires}&signature=${signature}`).then(({ status }) => status);
  };
  const soon = () => Math.floor(Date.now() / 1000) + 60;

  it('is good for a quarter of an hour', async () => {
    const expires = Number(new URL(job.url!, world.url).searchParams.get('expires'));
    expect(Math.abs(expires - Date.now() / 1000 - 900)).toBeLessThan(30);
    expect(await sign(job.id, soon())).toBe(200);
    expect(await sign(job.id, Math.floor(Date.now() / 1000) - 1)).toBe(403);
  });

  it.each([
    ['another secret', () => sign(job.id, soon(), 'another secret of more than 32 characters')],
    ['no signature', () => fetch(`${world.url}/exports/${job.id}.jsonl`).then(({ status }) => status)],
    ['another end', () => fetch(`${world.url}${job.url!.replace(/expires=\d/, 'expires=2')}`).then(({ status }) => status)],
    ['another job', () => fetch(`${world.url}${job.url!.replace(/export_\w+/, 'export_0000000000000000')}`).then(({ status }) => status)],
  ])('is refused with %s', async (_, asked) => expect(await asked()).toBe(403));

  it('leads nowhere for a job that is not there', async () => expect(await sign('export_0000000000000000', soon())).toBe(404));

  it('leads nowhere on a gateway that does not keep the file', async () => {
    const other = await serveGraph(world.store, world.databaseUrl);
    try {
      const response = await fetch(`${other.url}${job.url}`);
      expect([response.status, await response.json()]).toEqual([404, { message: 'The file is not kept by this gateway' }]);
    } finally {
      await other.stop();
    }
  });

  it('leads nowhere when the file is too old, which is removed then', async () => {
    const file = join(world.exportFolder, `${job.id}.jsonl`);
    expect(existsSync(file)).toBe(true);
    await world.rows(`update bulk_export set expires_at = now() where id = $1`, job.id);
    expect((await fetched(job)).status).toBe(410);
    await until('the file is removed', async () => !existsSync(file));
    expect(await read(supervisor, job.id)).toMatchObject({ status: 'EXPIRED', url: null, sha256: job.sha256 });
    expect((await fetched(job)).status).toBe(410);
  });
});

it.each([
  ['what is no document', '{ cases {', 'Syntax Error'],
  ['two roots', '{ cases { nodes { id } } loans { nodes { id } } }', 'one connection'],
  ['a root behind a fragment', '{ ...A } fragment A on Query { cases { nodes { id } } }', 'one connection'],
  ['two queries', 'query A { cases { nodes { id } } } query B { cases { nodes { id } } }', 'one query'],
  ['a mutation', 'mutation { assignCase(input: {}) { dryRun } }', 'not a mutation'],
  ['a subscription', 'subscription { breakerChanged { missed } }', 'not a subscription'],
  ['no connection', '{ case(id: "case_1") { id } }', 'case is no connection'],
  ['facets', '{ caseFacets(by: [STATUS]) { by } }', 'caseFacets is no connection'],
  ['a root that is not there', '{ houses { nodes { id } } }', 'no connection houses'],
  ['a variable that is not declared', '{ cases(filter: { ref: { eq: $s } }) { nodes { id } } }', '$s'],
  ['first', '{ cases(first: 10) { nodes { id } } }', 'leave first out'],
  ['after', '{ cases(after: "x") { nodes { id } } }', 'leave after out'],
  ['last', '{ cases(last: 10) { nodes { id } } }', 'leave last out'],
  ['before', '{ cases(before: "x") { nodes { id } } }', 'leave before out'],
  ['asOf in the document', '{ cases(asOf: {}) { nodes { id } } }', 'give asOf in the input'],
  ['a count beside the rows', '{ cases { totalCount nodes { id } } }', 'nodes { … }'],
  ['a directive', '{ cases { nodes @skip(if: true) { id } } }', 'nodes { … }'],
  ['cursors', '{ cases { edges { cursor node { id } } } }', 'nodes { … }'],
  ['a field that is not there', '{ cases { nodes { colour } } }', 'colour'],
  ['a nested list without its size', '{ cases { nodes { loans { nodes { id } } } } }', 'either first or last'],
  ['a nested list that is too large', '{ cases { nodes { loans(first: 101) { nodes { id } } } } }', 'A page holds 1 to 100'],
  [
    'what is too dear',
    '{ cases { nodes { loans(first: 100) { nodes { instalments { id } repayments(first: 100) { nodes { id } } } } } } }',
    'The operation costs',
  ],
  [
    'what is too deep',
    `{ cases { nodes { ${'borrower { cases(first: 1) { nodes { '.repeat(5)} id ${'} } }'.repeat(5)} } } }`,
    'fields deep',
  ],
  ['a filter by what is masked', '{ cases(filter: { borrower: { nationalId: { eq: "1" } } }) { nodes { id } } }', 'FORBIDDEN'],
])('refuses %s', async (_, query, message) => {
  const { bulkExport, userErrors, code } = await ask(supervisor, query);
  expect(bulkExport).toBeNull();
  if (code) return expect(code).toBe(message);
  expect(userErrors).toEqual([{ code: 'INVALID_INPUT', message: expect.stringContaining(message), path: ['input', 'query'] }]);
});

it.each([
  ['are no object', '[1]', 'a JSON object'],
  ['are missing', '{}', '$first'],
  ['are of another type', '{ "first": "x", "rows": "OPEN" }', '$first'],
])('refuses variables that %s', async (_, variables, message) => {
  const { userErrors } = await ask(supervisor, ofVariables, `variables: ${text(variables)}`);
  expect(userErrors).toEqual([{ code: 'INVALID_INPUT', message: expect.stringContaining(message), path: ['input', 'variables'] }]);
});

it('refuses what the caller may not read', async () => {
  expect(await ask({ role: 'agency', partner: 'lotus-recovery' }, '{ handoffs { nodes { id } } }')).toMatchObject({ code: 'FORBIDDEN' });
});

it('happens once for its key, and not at all in a dry run', async () => {
  const query = '{ cases { nodes { id } } }';
  const first = await ask(supervisor, query, 'idempotencyKey: "once"');
  expect((await ask(supervisor, query, 'idempotencyKey: "once"')).bulkExport!.id).toBe(first.bulkExport!.id);
  expect((await ask(supervisor, '{ loans { nodes { id } } }', 'idempotencyKey: "once"')).userErrors).toMatchObject([
    { code: 'IDEMPOTENCY_MISMATCH', path: ['input', 'idempotencyKey'] },
  ]);
  const count = async () => (await world.rows<{ n: number }>('select count(*)::int as n from bulk_export'))[0]!.n;
  const before = await count();
  expect(await ask(supervisor, query, 'dryRun: true')).toEqual({ bulkExport: null, userErrors: [] });
  expect(await count()).toBe(before);
});

it('lets five of a user run and twenty wait, and those of others go on', async () => {
  const caller: Asking = { role: 'auditor', user: 'many' };
  const query = '{ cases { nodes { id borrower { collaterals { id } } } } }';
  const ids: string[] = [];
  await holding('collateral', async () => {
    const statuses = async () =>
      (
        await world.rows<{ status: string; n: number }>(
          `select status, count(*)::int as n from bulk_export where asked_by = 'many' group by status order by status`,
        )
      ).map(({ status, n }) => `${status} ${n}`);
    const add = async () => {
      const { bulkExport, userErrors } = await ask(caller, query);
      expect(userErrors).toEqual([]);
      ids.push(bulkExport!.id);
    };
    for (let i = 0; i < 5; i++) await add();
    await until('five run', async () => (await statuses()).join() === 'RUNNING 5');
    for (let i = 0; i < 20; i++) await add();
    expect(await statuses()).toEqual(['QUEUED 20', 'RUNNING 5']);
    expect(await ask(caller, query)).toEqual({
      bulkExport: null,
      userErrors: [{ code: 'MANDATE_EXCEEDED', message: expect.stringContaining('20 exports'), path: null, limit: '20' }],
    });
    await exported(supervisor, '{ connectors { nodes { id } } }');
    await world.rows(`update bulk_export set document = '{ houses { nodes { id } } }' where id = $1`, ids[24]);
  });
  for (const id of ids.slice(0, 24)) await ended(caller, id);
  expect(await ended(caller, ids[24]!, 'FAILED')).toMatchObject({ problem: 'There is no connection houses', url: null });
}, 120_000);

it('is cancelled while it runs and before it does', async () => {
  const caller: Asking = { role: 'auditor', user: 'through' };
  const cancel = async (id: string, by = caller) => {
    const { data } = await world.askAs(
      by,
      `mutation { cancelBulkExport(input: { exportId: "${id}", idempotencyKey: "cancel ${id}", clientMutationId: "c" }) { bulkExport { id status } userErrors { code message } clientMutationId } }`,
    );
    return data.cancelBulkExport;
  };
  const query = '{ cases { nodes { id borrower { collaterals { id } } } } }';
  const ids: string[] = [];
  await holding('collateral', async () => {
    for (let i = 0; i < 6; i++) ids.push((await ask(caller, query)).bulkExport!.id);
    await until('five run', async () => (await Promise.all(ids.map(statusOf))).filter((status) => status === 'RUNNING').length === 5);
    for (const id of [ids[0]!, ids[5]!])
      expect(await cancel(id)).toEqual({ bulkExport: { id, status: 'CANCELLED' }, userErrors: [], clientMutationId: 'c' });
    expect(await cancel(ids[1]!, { role: 'platform' })).toMatchObject({ bulkExport: { status: 'CANCELLED' } });
  });
  for (const id of ids.slice(2, 5)) await ended(caller, id);
  for (const id of [ids[0]!, ids[1]!, ids[5]!]) {
    expect(await read(caller, id)).toMatchObject({ status: 'CANCELLED', url: null, sha256: null, finishedAt: expect.any(String) });
    await until('nothing is left of it', async () => !readdirSync(world.exportFolder).some((name) => name.startsWith(id)));
  }
  expect(await cancel(ids[2]!)).toMatchObject({ userErrors: [{ code: 'INVALID_INPUT', message: expect.stringContaining('DONE') }] });
});

describe('of the past', () => {
  const selection = 'id ref stage daysPastDue borrower { name nationalId } loans(first: 5) { nodes { id status } }';

  it.each<[string, Asking]>([
    ['a supervisor', supervisor],
    ['a supervisor of one branch', { ...supervisor, branches: ['ID-2'] }],
  ])(
    'is what the graph says of that moment: %s',
    async (_, caller) => {
      const [{ at }] = (await world.rows<{ at: string }>(
        `select to_char(percentile_disc(0.6) within group (order by recorded_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at from event_log`,
      )) as [{ at: string }];
      const knownAt = at.replace(/0+Z$/, 'Z');
      const job = await exported(caller, `{ cases { nodes { ${selection} } } }`, `asOf: { knownAt: "${knownAt}" }`);
      expect(job.asOf).toEqual({ validAt: null, knownAt });
      const lines = await linesOf(job);
      expect(lines.length).toBeGreaterThan(caller.branches ? 0 : rowsAtOnce);
      expect(lines).toEqual(await paged(caller, 'cases', `asOf: { knownAt: "${knownAt}" }`, selection));
      expect(lines).not.toEqual(await paged(caller, 'cases', '', selection));
    },
    120_000,
  );

  it('is of one world, with however many digits its instant is written', async () => {
    const [{ second }] = (await world.rows<{ second: string }>(
      `select to_char(max(recorded_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS') as second from event_log`,
    )) as [{ second: string }];
    await exported(supervisor, '{ cases { nodes { id } } }', `asOf: { knownAt: "${second}.0Z" }`);
    for (const knownAt of [`${second}Z`, `${second}.0Z`, `${second}.000000Z`])
      expect((await world.askAs(supervisor, `{ cases(first: 1, asOf: { knownAt: "${knownAt}" }) { nodes { id } } }`)).code).toBeUndefined();
  }, 120_000);

  it('is of a day by all that was known when it was asked for', async () => {
    const job = await exported(supervisor, `{ cases { nodes { ${selection} } } }`, 'asOf: { validAt: "2026-02-15" }');
    expect(job.asOf).toEqual({ validAt: '2026-02-15', knownAt: expect.any(String) });
    const then = `asOf: { validAt: "2026-02-15", knownAt: "${job.asOf!.knownAt}" }`;
    await until(
      'the past is folded',
      async () => !(await world.askAs(supervisor, `{ cases(first: 1 ${then}) { nodes { id } } }`)).code,
      30_000,
    );
    const lines = await linesOf(job);
    expect(lines.length).toBeGreaterThan(rowsAtOnce);
    expect(lines).toEqual(await paged(supervisor, 'cases', then, selection));
  }, 120_000);

  it('is the present of the log where nothing more is said', async () => {
    const job = await exported(supervisor, '{ cases { nodes { id daysPastDue } } }', 'asOf: {}');
    expect(Date.now() - Date.parse(job.asOf!.knownAt)).toBeLessThan(120_000);
    expect(await linesOf(job)).toEqual(await paged(supervisor, 'cases', '', 'id daysPastDue'));
  }, 120_000);

  it.each([
    ['a connection without one', '{ loans { nodes { id } } }', 'asOf: {}', 'loans has no past'],
    ['the future', '{ cases { nodes { id } } }', 'asOf: { knownAt: "2999-01-01T00:00:00Z" }', 'in the future'],
  ])('is refused for %s', async (_, query, more, message) =>
    expect((await ask(supervisor, query, more)).userErrors).toEqual([
      { code: 'INVALID_INPUT', message: expect.stringContaining(message), path: ['input', 'asOf'] },
    ]),
  );
});

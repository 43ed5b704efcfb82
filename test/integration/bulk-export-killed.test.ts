// An export whose gateway dies half-way is written from its beginning by the next one, and one that stops gives its exports back.
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { issueDevelopmentToken } from '../../src/graphql/auth/tokens.js';
import { freePort } from '../../src/sandbox/launch/ports.js';
import { gatewaySettings, supervise, type Supervised } from '../chaos/supervised.js';
import { openDatabase, type Database } from '../support/database.js';
import { until } from '../support/until.js';

const rows = 250_000;
const folder = mkdtempSync(join(tmpdir(), 'casegraph-exports-'));
let database: Database;
let gateway: Supervised;
let at: string;
const inDatabase = <Row extends object = any>(sql: string, ...values: unknown[]) =>
  database.store.transaction((tx) => tx.query<Row>(sql, values));

beforeAll(async () => {
  database = await openDatabase();
  await inDatabase(
    `insert into parked_message (id, topic, partition, message_offset, reason, raw, headers, state, parked_at)
     select 'parked_' || lpad(i::text, 8, '0'), 't', 0, i, 'cannot be read', '', '{}', 'PARKED', now() from generate_series(1, $1::int) i`,
    rows,
  );
  const port = await freePort(0);
  at = `http://127.0.0.1:${port}`;
  gateway = supervise({
    // A broker that is not there: without Kafka the gateway serves.
    ...gatewaySettings({ url: database.url, brokers: ['127.0.0.1:1'], topic: 't', group: 'g', port, logLevel: 'silent' }),
    EXPORT_DIR: folder,
  });
  await serves();
}, 120_000);
afterAll(async () => {
  await gateway?.stop();
  await database?.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

const serves = () => until('the gateway serves', async () => (await fetch(`${at}/healthz`).catch(() => null))?.ok);
async function ask(query: string): Promise<any> {
  const token = await issueDevelopmentToken({
    key: 'a key that is used on this machine only',
    user: 'platform-1',
    roles: ['platform'],
    ttlSeconds: 600,
  });
  const response = await fetch(`${at}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as any;
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}
const sizeOf = (name: string): number => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0;
async function begun(key: string): Promise<string> {
  const { bulkExport } = await ask(
    `mutation { bulkExport(input: { query: "{ parkedMessages { nodes { id offset reason } } }", idempotencyKey: "${key}" }) { bulkExport { id } userErrors { message } } }`,
  );
  const { id } = bulkExport.bulkExport;
  await until('it is written', async () => sizeOf(`${id}.1.part`) > 0);
  return id;
}
const stateOf = async (id: string): Promise<{ status: string; row_count: number; fence: string; attempts: number }> =>
  (await inDatabase('select status, row_count, fence::text, attempts from bulk_export where id = $1', id))[0];
async function isWhole(id: string): Promise<void> {
  const job = await until(
    'it is done',
    async () => {
      const { node } = await ask(`{ node(id: "${id}") { ... on BulkExport { status url sha256 rowCount bytes progress problem } } }`);
      expect(node.problem).toBeNull();
      return node.status === 'DONE' ? node : null;
    },
    60_000,
  );
  const text = await (await fetch(`${at}${job.url}`)).text();
  expect(job).toMatchObject({
    rowCount: rows,
    sha256: createHash('sha256').update(text).digest('hex'),
    bytes: String(Buffer.byteLength(text)),
    progress: 100,
  });
  const ids = text
    .split('\n')
    .slice(0, -1)
    .map((line) => (JSON.parse(line) as { id: string }).id);
  expect(ids).toHaveLength(rows);
  expect(new Set(ids).size).toBe(rows);
}

it('is taken up after a kill, under a lease that the dead gateway cannot write under', async () => {
  const id = await begun('killed');
  await gateway.kill('SIGKILL');
  const before = await stateOf(id);
  expect(before).toMatchObject({ status: 'RUNNING', fence: '1' });
  expect(before.row_count).toBeLessThan(rows);
  expect(readdirSync(folder)).toEqual([`${id}.1.part`]);
  await inDatabase(`update bulk_export set lease_until = now() - interval '1 second' where id = $1`, id); // else it runs out by itself
  await serves();
  await isWhole(id);
  expect(await stateOf(id)).toMatchObject({ status: 'DONE', fence: '2', attempts: 2 });
}, 120_000);

it('is given back by a gateway that stops, and is no attempt then', async () => {
  const id = await begun('stopped');
  await gateway.kill('SIGTERM');
  expect(await stateOf(id)).toMatchObject({ status: 'QUEUED', fence: '1', attempts: 0 });
  expect(readdirSync(folder)).not.toContain(`${id}.1.part`);
  await serves();
  await isWhole(id);
  expect(await stateOf(id)).toMatchObject({ status: 'DONE', fence: '2', attempts: 1 });
}, 120_000);

it('is given up when its gateway has ended with it again and again', async () => {
  const id = await begun('poison');
  await gateway.kill('SIGKILL');
  await inDatabase(`update bulk_export set lease_until = now() - interval '1 second', attempts = 5 where id = $1`, id);
  await serves();
  await until('it is given up', async () => (await stateOf(id)).status === 'FAILED');
}, 120_000);

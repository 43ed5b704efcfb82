// A newcomer's afternoon: start it, see a case, hand it to a law firm whose service fails, watch the breaker, heal it, and stop; the gateway is killed on the way.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fetchKafka } from '../../src/sandbox/launch/kafka.js';
import { until } from '../support/until.js';

const main = resolve('dist/src/main.js');
let folder: string;
let sandbox: ChildProcess;
let said = '';
let url: string;
let caseA: string;
let caseB: string;

const environment = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(DATABASE_URL|KAFKA_|PARTNER_|AUTH_|NODE_OPTIONS)/.test(name)),
  ) as Record<string, string>;
const token = (role: string) => new RegExp(`^  ${role} +(\\S+)$`, 'm').exec(said)![1]!;
const control = (partner: string) => new RegExp(`^  ${partner} +(\\S+)/control$`, 'm').exec(said)![1]!;
async function ask<T = any>(
  role: string,
  query: string,
  variables: object = {},
): Promise<{ data: T; errors?: { message: string; extensions: Record<string, unknown> }[] }> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token(role)}`, 'x-purpose': 'litigation' },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as never;
}
const pidOf = (what: string): number => JSON.parse(readFileSync(join(folder, 'run', `${what}.json`), 'utf8')).pid;
const lives = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const instruct = `mutation ($id: ID!, $firm: String!, $key: String!) { instructLawFirm(input: { caseId: $id, lawFirmId: $firm, idempotencyKey: $key }) {
  case { stage } handoff { id state } matter { id evidence { name sha256 bytes } } userErrors { code message } } }`;
const dealings = `query ($id: ID!) { case(id: $id) { stage legal matters { id state partnerRef steps { step applied } } handoffs(last: 10, filter: { operation: { eq: "placeClaim" } }) { nodes { id state connectorId partnerRef } }
  timeline(last: 60) { nodes { sequence type summary } } } }`;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'casegraph-e2e-'));
  chmodSync(folder, 0o755); // Postgres runs as a user of its own and has to enter it
  mkdirSync(join(folder, 'kafka'));
  await fetchKafka(resolve('.casegraph/kafka/libs'));
  symlinkSync(resolve('.casegraph/kafka/libs'), join(folder, 'kafka', 'libs')); // the jars are fetched once for all tests
  sandbox = spawn(process.execPath, [main, 'sandbox', '--folder', folder, '--borrowers', '80', '--loans', '120', '--port', '0'], {
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  sandbox.stdout!.on('data', (chunk: Buffer) => (said += chunk.toString()));
  sandbox.stderr!.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await until(
    'the first case',
    async () => /first case after/.test(said) || (sandbox.exitCode !== null && Promise.reject(new Error(said))),
    150_000,
  );
  url = /gateway on (\S+)/.exec(said)![1]!;
}, 180_000);

afterAll(async () => {
  if (sandbox.exitCode === null) {
    sandbox.kill('SIGTERM');
    await until('the sandbox has stopped', async () => sandbox.exitCode !== null || sandbox.signalCode !== null, 40_000);
  }
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

it('shows where everything is, with a token for each role', async () => {
  for (const wanted of ['Explorer', '/readyz', 'harbor-legal', '# Worklist']) expect(said).toContain(wanted);
  const page = await (await fetch(`${url}/`)).text();
  expect(page).toContain('<title>Casegraph explorer</title>');
  expect(page).not.toMatch(/src="http|href="http/);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  expect(await (await fetch(`${url}/metrics`)).text()).toContain('casegraph_outbox_waiting');
});

it('shows the worklist to those who may see it, as far as they may', async () => {
  const query =
    '{ cases(first: 5, orderBy: [{ field: REF, direction: ASC }]) { totalCount nodes { id ref borrower { name nationalId contactPoints { value } } } } }';
  const [legal, collector] = [await ask('legal', query), await ask('collector', query)];
  expect(legal.data.cases.nodes.length).toBeGreaterThan(0);
  for (const { id, borrower } of legal.data.cases.nodes) {
    expect(borrower.nationalId).not.toContain('***');
    const masked = collector.data.cases.nodes.find((each: { id: string }) => each.id === id)?.borrower;
    if (!masked) continue; // another case came between the two questions
    expect(masked.nationalId).toMatch(/^\*\*\*.{3}$/);
    for (const { value } of masked.contactPoints) expect(value).toMatch(/^\*\*\*/);
  }
  expect((await ask('platform', query)).errors![0]!.extensions['code']).toBe('FORBIDDEN');
});

it('hands a case to law firm B while law firm A answers 503, and keeps the one for A until its breaker lets it through', async () => {
  const eligible = await until(
    'two cases that are eligible for legal action',
    async () => {
      const { data } = await ask(
        'legal',
        '{ cases(first: 2, filter: { legalEligible: { eq: true }, status: { eq: OPEN }, legal: { eq: "PRE_LEGAL" } }) { nodes { id } } }',
      );
      return data?.cases.nodes.length === 2 && data.cases.nodes;
    },
    120_000,
  );
  [caseA, caseB] = eligible.map(({ id }: { id: string }) => id);
  await fetch(`${control('harbor-legal')}/control/fault`, { method: 'PUT', body: JSON.stringify({ status: 503 }) });
  const [a, b] = [
    await ask('legal', instruct, { id: caseA, firm: 'harbor-legal', key: 'e2e-a' }),
    await ask('legal', instruct, { id: caseB, firm: 'merdeka-law', key: 'e2e-b' }),
  ];
  expect(a.data.instructLawFirm.userErrors).toEqual([]);
  expect(a.data.instructLawFirm.matter.evidence.map(({ name }: { name: string }) => name)).toEqual([
    'loan-contracts.json',
    'schedule.csv',
    'repayments.csv',
    'contact-log.csv',
  ]);
  expect(b.data.instructLawFirm.userErrors).toEqual([]);
  await until(
    'the hand-over waits for the circuit',
    async () => (await ask('legal', dealings, { id: caseA })).data.case.handoffs.nodes[0].state === 'QUEUED_CIRCUIT_OPEN',
    30_000,
  );
  const { data } = await ask(
    'legal',
    '{ connectors(first: 10, filter: { kind: { eq: LAW_FIRM } }) { nodes { connectorId queuedHandoffs breaker { operation state failureRate queuedHandoffs } } } }',
  );
  const breakerOf = (id: string) =>
    data.connectors.nodes.find((each: any) => each.connectorId === id).breaker.find((each: any) => each.operation === 'placeClaim');
  expect(breakerOf('harbor-legal')).toMatchObject({ queuedHandoffs: 1, state: expect.stringMatching(/^(OPEN|HALF_OPEN)$/) });
  expect(breakerOf('merdeka-law')).toMatchObject({ state: 'CLOSED', queuedHandoffs: 0 });
  await until(
    'law firm B has accepted',
    async () => (await ask('legal', dealings, { id: caseB })).data.case.matters[0].state === 'ACCEPTED',
    20_000,
  );
}, 180_000);

it('delivers once when A is healed, takes its news and moves the stage, all of it in the timeline', async () => {
  await fetch(`${control('harbor-legal')}/control/fault`, { method: 'DELETE' });
  await until(
    'law firm A has accepted',
    async () => (await ask('legal', dealings, { id: caseA })).data.case.matters[0].state === 'ACCEPTED',
    40_000,
  );
  const ledger = (await (await fetch(`${control('harbor-legal')}/control/ledger`)).json()) as { deliveryId: string; operation: string }[];
  expect(ledger.filter(({ operation }) => operation === 'placeClaim')).toHaveLength(1);
  for (const type of ['matter.demandSent', 'matter.filed', 'matter.preservationGranted'])
    expect(
      (
        await fetch(`${control('harbor-legal')}/control/deliveries/${ledger[0]!.deliveryId}/steps`, {
          method: 'POST',
          body: JSON.stringify({ type }),
        })
      ).status,
    ).toBe(202);
  await until('the suit is filed', async () => (await ask('legal', dealings, { id: caseA })).data.case.stage === 'LITIGATION', 20_000);
  const types = (await ask('legal', dealings, { id: caseA })).data.case.timeline.nodes.map(({ type }: { type: string }) => type);
  for (const wanted of [
    'LAW_FIRM_INSTRUCTED',
    'HANDOFF_WAITING',
    'HANDOFF_ACCEPTED',
    'MATTER_ACCEPTED',
    'MATTER_DEMAND_SENT',
    'MATTER_FILED',
    'STAGE_CHANGED',
  ])
    expect(types).toContain(wanted);
}, 90_000);

it('answers the same request again with what it answered first, and another request under its key with a refusal', async () => {
  const again = await ask('legal', instruct, { id: caseA, firm: 'harbor-legal', key: 'e2e-a' });
  expect(again.data.instructLawFirm.userErrors).toEqual([]);
  const other = await ask('legal', instruct, { id: caseA, firm: 'merdeka-law', key: 'e2e-a' });
  expect(other.data.instructLawFirm.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_MISMATCH' }]);
});

it('refuses what is wrong in clear words, without a stack', async () => {
  const post = (headers: Record<string, string>, body: string) => fetch(`${url}/graphql`, { method: 'POST', headers, body });
  const json = { 'content-type': 'application/json' };
  const bearer = { ...json, authorization: `Bearer ${token('legal')}` };
  const cases: [expected: string, status: number, answer: Response][] = [
    ['UNAUTHENTICATED', 401, await post(json, '{"query":"{__typename}"}')],
    [
      'UNAUTHENTICATED',
      401,
      await post(
        { ...json, authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4Iiwicm9sZXMiOlsibGVnYWwiXX0.' },
        '{"query":"{__typename}"}',
      ),
    ],
    ['BAD_USER_INPUT', 400, await post(bearer, '{"query":"{ cases(first: 100000) { nodes { id } } }"}')],
    ['BAD_USER_INPUT', 400, await post(bearer, '{"query":"{ cases(first: 1, filter: { shoeSize: { eq: 46 } }) { nodes { id } } }"}')],
    [
      'COST_LIMIT',
      400,
      await post(
        bearer,
        JSON.stringify({
          query: `{ ${Array.from({ length: 40 }, (_, i) => `a${i}: __typename b${i}: cases(first: 1) { totalCount }`).join(' ')} }`,
        }),
      ),
    ],
    ['BAD_USER_INPUT', 415, await post({ ...bearer, 'content-type': 'text/plain' }, '{"query":"{__typename}"}')],
    ['COST_LIMIT', 413, await post(bearer, JSON.stringify({ query: `{ __typename } #${'x'.repeat(120_000)}` }))],
  ];
  for (const [expected, status, answer] of cases) {
    const text = await answer.text();
    expect([answer.status, JSON.parse(text).errors[0].extensions.code, text]).toEqual([status, expected, text]);
    expect(text).not.toMatch(/\bat .*\.js|node_modules|select /);
  }
  const webhook = await fetch(`${url}/callbacks/harbor-legal`, {
    method: 'POST',
    headers: { ...json, 'webhook-id': 'msg_1', 'webhook-timestamp': String(Math.floor(Date.now() / 1000)), 'webhook-signature': 'v1,AAAA' },
    body: '{}',
  });
  expect([webhook.status, await webhook.json()]).toEqual([401, { code: 'BAD_SIGNATURE', message: expect.any(String) }]);
});

it('comes back after the gateway was killed in the middle of the book, and its log folds to what it shows', async () => {
  const killed = pidOf('gateway');
  process.kill(killed, 'SIGKILL');
  await until(
    'another gateway has taken over',
    async () =>
      pidOf('gateway') !== killed &&
      (await fetch(`${url}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      )),
    40_000,
  );
  await until('the whole book is recorded', async () => /"lag":"0"/.test(await (await fetch(`${url}/readyz`)).text()), 150_000);
  const password = readFileSync(join(folder, 'postgres', 'password'), 'utf8');
  const port = /Postgres on 127\.0\.0\.1:(\d+)/.exec(said)![1]!;
  const text = execFileSync(process.execPath, [main, 'replay', '--check'], {
    env: { ...environment(), DATABASE_URL: `postgres://casegraph:${password}@127.0.0.1:${port}/postgres` },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  expect(text.trim().split('\n').at(-1)).toBe('equal');
}, 240_000);

it('stops in order and leaves nothing running', async () => {
  const pids = ['gateway', 'kafka', 'postgres'].map(pidOf);
  sandbox.kill('SIGINT');
  await until('the sandbox has stopped', async () => sandbox.exitCode !== null, 40_000);
  expect(sandbox.exitCode).toBe(0);
  expect(pids.filter(lives)).toEqual([]);
}, 60_000);

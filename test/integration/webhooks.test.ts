// Webhooks from a real gateway process to a real HTTP receiver: signed, in the order of each case, at least once, and parked when nobody takes them.
import { createServer, type Server } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { issueDevelopmentToken } from '../../src/graphql/auth/tokens.js';
import { freePort } from '../../src/sandbox/launch/ports.js';
import { gatewaySettings, supervise, type Supervised } from '../chaos/supervised.js';
import { openGraphWorld, type GraphWorld } from '../support/graph-world.js';
import { until } from '../support/until.js';

interface Received {
  path: string;
  headers: Record<string, string>;
  text: string;
  body: { id: string; type: string; version: number; sequence: string; recordedAt: string; data: any };
  status: number;
}

let world: GraphWorld;
let gateway: Supervised;
let at: string;
let receiver: Server;
let receiverUrl: string;
const received: Received[] = [];
/** What each path answers. */
const answers = new Map<string, () => number>();

beforeAll(async () => {
  world = await openGraphWorld();
  receiver = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => (text += chunk));
    request.on('end', () => {
      const status = answers.get(request.url!)?.() ?? 204;
      received.push({ path: request.url!, headers: request.headers as never, text, body: JSON.parse(text), status });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((ready) => receiver.listen(0, '127.0.0.1', ready));
  receiverUrl = `http://127.0.0.1:${(receiver.address() as { port: number }).port}`;
  const port = await freePort(0);
  at = `http://127.0.0.1:${port}`;
  gateway = supervise({
    // A broker that is not there: without Kafka the gateway serves and tells.
    ...gatewaySettings({ url: world.databaseUrl, brokers: ['127.0.0.1:1'], topic: 't', group: 'g', port, logLevel: 'silent' }),
    WEBHOOK_SECRET: 'a secret for webhooks, on this machine only',
    RETRY_BASE_MS: '20',
    RETRY_CAP_MS: '200',
    BREAKER_VOLUME_THRESHOLD: '4',
    BREAKER_WINDOW_MS: '2000',
    BREAKER_RESET_MS: '300',
  });
  await until('the gateway serves', async () => (await fetch(`${at}/healthz`).catch(() => null))?.ok);
}, 120_000);
afterAll(async () => {
  await gateway?.stop();
  await new Promise((closed) => receiver?.close(closed) ?? closed(null));
  await world?.stop();
}, 60_000);

async function ask(role: string, query: string, variables: object = {}): Promise<{ data: any; errors?: any[] }> {
  const token = await issueDevelopmentToken({
    key: 'a key that is used on this machine only',
    user: `${role}-1`,
    roles: [role],
    ttlSeconds: 600,
  });
  const response = await fetch(`${at}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const told = (await response.json()) as { data: any; errors?: any[] };
  if (process.env['CASEGRAPH_STACKS'] && told.errors) console.error(JSON.stringify(told.errors));
  return told;
}

const document = `subscription ($id: ID!, $full: Boolean = false) { caseChanged(id: $id) { sequence cause { type } case { ref borrower { nationalId @include(if: $full) } } } }`;
const register = async (input: object, role = 'platform') =>
  ask(
    role,
    'mutation ($input: RegisterWebhookInput!) { registerWebhook(input: $input) { secret webhook { id active } userErrors { code message path } } }',
    { input: { url: `${receiverUrl}/none`, document, roles: ['auditor'], ...input } },
  );
async function registered(name: string, over: object = {}): Promise<{ id: string; secret: string; of(caseId: string): Received[] }> {
  const { data } = await register({ name, url: `${receiverUrl}/${name}`, ...over });
  expect(data.registerWebhook.userErrors).toEqual([]);
  const refs = new Map(
    (await world.rows<{ id: string; ref: string }>('select id, ref from recovery_case')).map(({ id, ref }) => [ref, id]),
  );
  return {
    id: data.registerWebhook.webhook.id,
    secret: data.registerWebhook.secret,
    of: (caseId) => received.filter(({ path, body }) => path === `/${name}` && refs.get(body.data.caseChanged.case.ref) === caseId),
  };
}
const end = (webhookId: string) =>
  ask('platform', 'mutation ($id: ID!) { endWebhook(input: { webhookId: $id }) { webhook { active } userErrors { message } } }', {
    id: webhookId,
  });
let notes = 0;
const note = (id: string) =>
  world.ask(
    'supervisor',
    'mutation ($id: ID!, $key: String!) { recordInteraction(input: { caseId: $id, channel: PHONE, direction: OUTBOUND, outcome: NO_ANSWER, at: "2026-01-01T00:00:00Z", idempotencyKey: $key }) { userErrors { message } } }',
    { id, key: `note ${++notes}` },
  );
const someCases = async (count: number) =>
  (
    await world.rows<{ id: string }>(
      `select id from recovery_case where status = 'OPEN' and ownership = 'OWNED' and assignee is null order by id limit $1`,
      count,
    )
  ).map(({ id }) => id);
const sequenceOf = async (id: string) =>
  ((await world.rows('select sequence::int from recovery_case where id = $1', id)) as [{ sequence: number }])[0].sequence;
const taken = (all: Received[]) => all.filter(({ status }) => status < 300).map(({ body }) => Number(body.sequence));
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + 1 + i);

it.each([
  ['a document that is none', { document: 'subscription {' }, 'document'],
  ['a query', { document: '{ cases(first: 1) { nodes { id } } }' }, 'document'],
  ['another subscription', { document: 'subscription { breakerChanged { missed } }' }, 'document'],
  ['a case that is not the one that changed', { document: 'subscription { caseChanged(id: "case_1") { sequence } }' }, 'document'],
  ['a field that is not there', { document: document.replace('ref', 'colour') }, 'document'],
  ['variables that are none', { variables: '[1]' }, 'variables'],
  ['an address with a password', { url: 'https://a:b@host.example' }, 'url'],
])('%s is refused at registration', async (_, over, field) => {
  const { data } = await register({ name: 'wrong', ...over });
  expect(data.registerWebhook.userErrors).toEqual([
    { code: 'INVALID_INPUT', message: expect.stringContaining(field), path: ['input', field] },
  ]);
});

it('registering is for platform engineers', async () => {
  const { errors } = await register({ name: 'mine' }, 'supervisor');
  expect(errors![0].extensions.code).toBe('FORBIDDEN');
});

it('tells each case in its order, signed, through failures of the receiver and the death of the gateway', async () => {
  const [a, b] = (await someCases(2)) as [string, string];
  const { id, secret, of } = await registered('orders');
  const before = [await sequenceOf(a), await sequenceOf(b)] as [number, number];
  let failures = 0;
  answers.set('/orders', () => (++failures % 3 === 0 ? 503 : 204));
  for (let i = 0; i < 12; i++) await Promise.all([note(a), note(b)]);
  await gateway.kill('SIGKILL');
  await world.rows(`update webhook_delivery set lease_until = now() - interval '1 second' where state in ('SENDING', 'UNKNOWN')`); // else it runs out by itself in a minute
  for (let i = 0; i < 3; i++) await Promise.all([note(a), note(b)]);
  const after = [await sequenceOf(a), await sequenceOf(b)] as [number, number];
  await until('all are told', async () => taken(of(a)).includes(after[0]) && taken(of(b)).includes(after[1]), 50_000);
  for (const [i, each] of [a, b].entries()) {
    const told = taken(of(each));
    expect([...new Set(told)]).toEqual(range(before[i]!, after[i]!));
    expect(told).toEqual([...told].sort((x, y) => x - y));
  }
  const [one] = of(a) as [Received];
  expect(new Webhook(secret).verify(one.text, one.headers)).toEqual(one.body);
  expect(() => new Webhook(`whsec_${Buffer.from('another').toString('base64')}`).verify(one.text, one.headers)).toThrow();
  expect(one.body).toEqual({
    id: one.headers['webhook-id'],
    type: 'INTERACTION',
    version: 1,
    sequence: String(before[0] + 1),
    occurredOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    recordedAt: expect.any(String),
    data: {
      caseChanged: { sequence: String(before[0] + 1), cause: { type: 'INTERACTION' }, case: { ref: expect.any(String), borrower: {} } },
    },
  });
  await end(id);
}, 90_000);

it('has the rights that it was registered with, and sees nothing personal in clear, since it has no purpose', async () => {
  const [a] = (await someCases(1)) as [string];
  const variables = JSON.stringify({ full: true });
  const auditor = await registered('masked', { variables });
  const legal = await registered('of-legal', { variables, roles: ['legal'] });
  const none = await registered('none', { roles: ['platform'] });
  await note(a);
  await until('both are told', async () => auditor.of(a).length && legal.of(a).length);
  for (const { of } of [auditor, legal]) expect(of(a)[0]!.body.data.caseChanged.case.borrower.nationalId).toMatch(/^\*\*\*/);
  const delivery = await until(
    'the third is refused',
    async () =>
      (await world.rows(`select state, last_problem from webhook_delivery where webhook_id = $1 and state = 'REFUSED'`, none.id))[0],
  );
  expect(delivery.last_problem).toContain('NOT_VISIBLE');
  expect(received.filter(({ path }) => path === '/none')).toEqual([]);
  for (const each of [auditor, legal, none]) await end(each.id);
}, 40_000);

it('is told only of the types that it asked for, and is signed with both secrets after a renewal', async () => {
  const [a] = (await someCases(1)) as [string];
  const { id, secret, of } = await registered('holds', { types: ['HOLD_PLACED'] });
  const renewed = await ask('platform', 'mutation ($id: ID!) { renewWebhookSecret(input: { webhookId: $id }) { secret } }', { id });
  await note(a);
  const held = await world.ask(
    'legal',
    'mutation ($id: ID!) { placeHold(input: { caseId: $id, type: COMPLAINT, scopes: [SALE], reason: "x", idempotencyKey: "webhook hold" }) { userErrors { message } } }',
    { id: a },
  );
  expect(held.data.placeHold.userErrors).toEqual([]);
  await until('the hold is told', async () => of(a).length);
  expect(of(a).map(({ body }) => body.type)).toEqual(['HOLD_PLACED']);
  const [one] = of(a) as [Received];
  expect(renewed.data.renewWebhookSecret.secret).not.toBe(secret);
  for (const each of [secret, renewed.data.renewWebhookSecret.secret]) expect(new Webhook(each).verify(one.text, one.headers)).toBeTruthy();
  await end(id);
}, 40_000);

it('waits behind an open circuit while another is told, is parked after a day, and is told again on demand', async () => {
  const [a] = (await someCases(1)) as [string];
  const dead = await registered('dead');
  const alive = await registered('alive');
  let up = false;
  answers.set('/dead', () => (up ? 200 : 500));
  const before = await sequenceOf(a);
  for (let i = 0; i < 3; i++) await note(a);
  await until(
    'the circuit is open',
    async () => (await world.rows(`select 1 from breaker where operation = $1 and state <> 'CLOSED'`, dead.id)).length,
  );
  await until('the other is told', async () => taken(alive.of(a)).length === 3);
  await world.rows(
    `update webhook_delivery set created_at = created_at - interval '25 hours' where webhook_id = $1 and state <> 'PARKED'`,
    dead.id,
  );
  await until(
    'the first is parked',
    async () => (await world.rows(`select 1 from webhook_delivery where webhook_id = $1 and state = 'PARKED'`, dead.id)).length,
  );
  expect(taken(dead.of(a))).toEqual([]);
  up = true;
  // Those behind it are parked in their turn, when they have been tried in vain.
  await until(
    'all are told',
    async () => {
      const { data } = await ask('platform', 'mutation ($id: ID!) { redeliverWebhook(input: { webhookId: $id }) { redelivered } }', {
        id: dead.id,
      });
      expect(data.redeliverWebhook.redelivered).toBeGreaterThanOrEqual(0);
      return new Set(taken(dead.of(a))).size === 3;
    },
    30_000,
  );
  expect([...new Set(taken(dead.of(a)))].sort((x, y) => x - y)).toEqual(range(before, before + 3));
  const log = await ask(
    'platform',
    'query ($id: ID!) { node(id: $id) { ... on Webhook { name deliveries(first: 10) { nodes { sequence state type attempts } } } } }',
    { id: dead.id },
  );
  expect(log.data.node.deliveries.nodes.map(({ state }: { state: string }) => state)).toEqual(['ACCEPTED', 'ACCEPTED', 'ACCEPTED']);
  await end(dead.id);
  await note(a);
  await until('the other is told', async () => taken(alive.of(a)).length === 4);
  expect(await world.rows('select 1 from webhook_delivery where webhook_id = $1', dead.id)).toHaveLength(3);
  await end(alive.id);
}, 90_000);

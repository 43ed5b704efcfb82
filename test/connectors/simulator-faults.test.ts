// The faults of a simulated partner, each as it is seen on the wire, and the page that switches them.
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { Script } from 'node:vm';
import { Webhook } from 'standardwebhooks';
import { formerKeyOf } from '../../src/sandbox/partners/callbacks.js';
import { controlPage } from '../../src/sandbox/partners/control-page.js';
import { knobs, type Faults } from '../../src/sandbox/partners/faults.js';
import { startPartner, type Partner } from '../../src/sandbox/partners/server.js';
import { partnerSpecs } from '../../src/sandbox/partners/specs.js';
import { until } from '../support/until.js';

const webhookSecret = `whsec_${Buffer.from('a secret of twenty-four!').toString('base64')}`;
const spec = partnerSpecs.find(({ id }) => id === 'courier')!;
const message = JSON.stringify({ reference: 'R', to: '+62', channel: 'SMS', text: 'T' });
let partner: Partner;
let token: string;
let keys = 0;
const heard: { headers: IncomingHttpHeaders; body: string }[] = [];
let answers: number[] = [];
const door = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  heard.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
  response.writeHead(answers.shift() ?? 200).end();
});

const control = async (path: string, method = 'GET', body?: object) => {
  const reply = await fetch(`${partner.url}/control${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
  return { status: reply.status, said: (await reply.json()) as any };
};
const set = (faults: Faults, operation = 'sendReminder') => control(`/fault${operation && `?operation=${operation}`}`, 'PUT', faults);
const order = (signal?: AbortSignal, key = `k${++keys}`) =>
  fetch(`${partner.url}/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'idempotency-key': key },
    body: message,
    ...(signal ? { signal } : {}),
  });
const lookUp = (key: string) => fetch(`${partner.url}/deliveries/${key}`, { headers: { authorization: `Bearer ${token}` } });

beforeAll(async () => {
  await new Promise<void>((listening) => door.listen(0, '127.0.0.1', listening));
  const gateway = `http://127.0.0.1:${(door.address() as { port: number }).port}`;
  const credentials = { clientId: 'us', clientSecret: 'between us', webhookSecret };
  partner = await startPartner({ spec, port: 0, host: '127.0.0.1', ...credentials, gatewayUrl: () => gateway, ledgerFile: null });
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'us', client_secret: 'between us' });
  token = ((await (await fetch(`${partner.url}/oauth/token`, { method: 'POST', body: form })).json()) as any).access_token;
});
afterEach(() => control('/fault', 'DELETE'));
afterAll(async () => {
  await partner.stop();
  door.closeAllConnections();
  await new Promise((closed) => door.close(closed));
});

it('answers with a status, for one operation, and says when to come again', async () => {
  await set({ status: 503, retryAfterS: 7 });
  const reply = await order();
  expect([reply.status, reply.headers.get('retry-after'), (await lookUp('never')).status]).toEqual([503, '7', 404]);
  expect((await control('/state')).said).toMatchObject({ faults: {}, faultsOf: { sendReminder: { status: 503, retryAfterS: 7 } } });
  await set({});
  expect((await order()).status).toBe(201);
});
it('fails for a share of the calls', async () => {
  await set({ status: 500, rate: 0 });
  expect((await order()).status).toBe(201);
  await set({ status: 500, rate: 1 });
  expect((await order()).status).toBe(500);
});
it('waits, by chance a little longer', async () => {
  await set({ latencyMs: 60, jitterMs: 30 });
  const from = performance.now();
  await order();
  expect(performance.now() - from).toBeGreaterThan(55);
});
it('lets an answer drip', async () => {
  await set({ dripMs: 2 });
  const reply = await order();
  const reader = reply.body!.getReader();
  let pieces = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) pieces++;
  expect(pieces).toBeGreaterThan(5);
});
it('never answers and keeps the socket', async () => {
  await set({ halfOpen: true });
  await expect(order(AbortSignal.timeout(80))).rejects.toMatchObject({ name: 'TimeoutError' });
});
it('drops sockets before and after the work', async () => {
  for (const [fault, known] of [
    [{ dropSockets: true }, 404],
    [{ dropAfterEffect: true }, 200],
    [{ dropAnswers: true }, 200],
  ] as const) {
    await set(fault);
    const key = `drop-${Object.keys(fault)[0]}`;
    await expect(order(undefined, key)).rejects.toThrow();
    expect([fault, (await lookUp(key)).status]).toEqual([fault, known]);
  }
  await set({ dropAnswers: true }, '');
  await expect(lookUp('drop-dropAnswers')).rejects.toThrow();
});
it('answers too much, and with the wrong content type', async () => {
  await set({ oversizeBytes: 100_000, wrongContentType: true });
  const reply = await order();
  expect([reply.headers.get('content-type'), (await reply.text()).length > 100_000]).toEqual(['text/html', true]);
});
it('has too much to do', async () => {
  await set({ mostAtOnce: 1, latencyMs: 50 });
  const statuses = (await Promise.all([order(), order(), order()])).map(({ status }) => status);
  expect(statuses.sort()).toEqual([201, 429, 429]);
});

/** One piece of news with these faults: all that was heard of it until it is taken or given up. */
async function tell(faults: Faults, gatewaySays: number[] = []) {
  const key = `handoff_${String(++keys).padStart(16, '0')}`;
  await order(undefined, key);
  await set(faults);
  answers = [...gatewaySays];
  heard.length = 0;
  await control(`/deliveries/${key}/steps`, 'POST', { type: 'message.delivered', data: { at: '2026-01-01' } });
  await until('it is told', async () => (await control('/state')).said.callbacksWaiting === 0);
  const [newest] = (await control('/state')).said.callbacks;
  return { key, newest, heard: [...heard], faulty: heard.map(({ body }) => body) };
}
const fits = ({ headers, body }: (typeof heard)[number], secret = webhookSecret) => {
  try {
    new Webhook(secret).verify(body, headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
};

it('tells its news once taken, and shows the gateway’s last answer', async () => {
  const { key, newest, heard } = await tell({}, [500]);
  expect(newest).toMatchObject({ deliveryId: key, type: 'message.delivered', tries: 2, lastStatus: 200, state: 'TAKEN' });
  expect(heard.map((each) => fits(each))).toEqual([true, true]);
  expect(new Set(heard.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  expect(JSON.parse(heard[0]!.body)).toMatchObject({ deliveryId: key, sequence: 1, data: { at: '2026-01-01' } });
});
it('does not tell again what the gateway did not understand', async () =>
  expect((await tell({}, [422])).newest).toMatchObject({ tries: 1, lastStatus: 422, state: 'GIVEN_UP' }));
it.each<[keyof Faults, Faults, (told: Awaited<ReturnType<typeof tell>>) => unknown, unknown]>([
  ['wrongSignature', { wrongSignature: true }, ({ heard }) => fits(heard[0]!), false],
  ['oldKey', { oldKey: true }, ({ heard }) => [fits(heard[0]!), fits(heard[0]!, formerKeyOf(webhookSecret))], [false, true]],
  [
    'clockSkewMs',
    { clockSkewMs: 3_600_000 },
    ({ heard }) => Math.round((Number(heard[0]!.headers['webhook-timestamp']) * 1000 - Date.now()) / 3_600_000),
    1,
  ],
  ['badJson', { badJson: true }, ({ faulty }) => faulty[0]!.endsWith('"at":"2026-01-01"'), true],
  [
    'unknownDelivery',
    { unknownDelivery: true },
    ({ faulty, key }) => [JSON.parse(faulty[0]!).deliveryId === key, /^handoff_\w{16}$/.test(JSON.parse(faulty[0]!).deliveryId)],
    [false, true],
  ],
  ['otherRef', { otherRef: true }, ({ faulty }) => JSON.parse(faulty[0]!).partnerRef, 'CO-OTHER'],
  ['duplicateCallbacks', { duplicateCallbacks: true }, ({ faulty }) => [faulty.length, new Set(faulty).size], [2, 1]],
  ['noRetry', { noRetry: true }, ({ heard, newest }) => [heard.length, newest.state], [1, 'TAKEN']],
])('tells with %s', async (_, faults, look, expected) => expect(look(await tell(faults))).toEqual(expected));

it('refuses faults that there are not, and steps that make no sense', async () => {
  for (const [body, words] of [
    [{ explode: true }, 'no fault "explode"'],
    [{ toString: true }, 'no fault'],
    [{ status: 'x' }, 'must be a number'],
    [{ status: 99 }, 'from 400 to 599'],
    [{ rate: 2 }, 'from 0 to 1'],
    [{ refuse: {} }, 'a code and a reason'],
    [[], 'must be an object'],
  ] as const) {
    const { status, said } = await control('/fault', 'PUT', body as object);
    expect([status, said.error]).toEqual([400, expect.stringContaining(words)]);
  }
  expect((await control('/fault?operation=fly', 'PUT', {})).said.error).toContain('token, lookUp, sendReminder');
  await order(undefined, 'k-steps');
  expect((await control('/deliveries/k-steps/steps', 'POST', { type: 'x' })).status).toBe(400);
  expect((await control('/deliveries/k-steps/steps', 'POST', { type: 'message.failed', data: 7 })).status).toBe(400);
  expect((await control('/deliveries/nobody/steps', 'POST', { type: 'message.failed' })).status).toBe(404);
  expect((await control('/deliveries/k-steps/steps/message.failed')).said).toEqual({});
});
it('refuses what is not JSON', async () => {
  const headers = { authorization: `Bearer ${token}`, 'idempotency-key': 'broken' };
  expect((await fetch(`${partner.url}/messages`, { method: 'POST', headers, body: '{"' })).status).toBe(400);
});
it('counts its calls by what was asked and answered, and forgets all when told to', async () => {
  await control('/reset', 'POST');
  await order();
  await set({ dropSockets: true });
  await order().catch(() => {});
  await until('both are counted', async () => Object.keys((await control('/state')).said.calls.sendReminder ?? {}).length === 2);
  expect((await control('/state')).said.calls).toEqual({ sendReminder: { 201: 1, 'no answer': 1 } });
  await control('/reset', 'POST');
  expect((await control('/state')).said).toMatchObject({ calls: {}, effects: 0, callbacks: [], faults: {}, faultsOf: {} });
});

it('shows every fault on a page that loads nothing from elsewhere', () => {
  const page = controlPage({ ...spec, name: '<b>"Bold" & Co' });
  expect(page).toContain('<h1>&lt;b>&quot;Bold&quot; &amp; Co</h1>');
  expect(page.match(/(src|href)="[^"]*"/g)).toEqual(['href="data:,"']);
  const script = /<script>([\s\S]*)<\/script>/.exec(page)![1]!;
  expect(() => new Script(script)).not.toThrow();
  for (const [name, { label }] of Object.entries(knobs)) {
    expect(page).toContain(`"${name}":`);
    expect(page).toContain(label);
  }
  // What the script looks for is on the page.
  const ids = new Set([...page.matchAll(/ id="(\w+)"/g)].map(([, id]) => id));
  for (const [, id] of script.matchAll(/\$\('(\w+)'\)|fill\('(\w+)'/g)) if (id) expect(ids).toContain(id);
});

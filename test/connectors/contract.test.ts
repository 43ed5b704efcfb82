// One contract for all partners: every connector of the register against its simulated partner, over real HTTP.
import { createServer, type Server } from 'node:http';
import { NotSent, PartnerFault, type Connector } from '../../connectors/contract.js';
import { partners } from '../../connectors/index.js';
import { idOf } from '../../src/domain/ids.js';
import { startPartners } from '../../src/sandbox/partners/start.js';
import { partnerSpecs } from '../../src/sandbox/partners/specs.js';
import { aboutOf, orderBefore, orderOf } from '../../src/conformance/samples.js';
import { newsOf } from '../support/news.js';

const credentials = { clientId: 'us', clientSecret: 'between us', webhookSecret: 'whsec_b25seSBmb3IgdHJ5aW5nIGl0IG91dA==' };
let started: Awaited<ReturnType<typeof startPartners>>;
const urlOf = (id: string) => started.find((each) => each.id === id)!.url;
const connectorOf = (id: string, over: { url?: string; timeoutMs?: number; clientSecret?: string } = {}): Connector =>
  partners[id]!({ id, url: urlOf(id), timeoutMs: 2_000, ...credentials, ...over });
const fault = (id: string, faults: object) => fetch(`${urlOf(id)}/control/fault`, { method: 'PUT', body: JSON.stringify(faults) });
const ledger = async (id: string) => (await (await fetch(`${urlOf(id)}/control/ledger`)).json()) as { deliveryId: string; ref: string }[];
let deliveries = 0;
const newDelivery = () => idOf('handoff', 'contract test', ++deliveries);
const call = (deliveryId: string) => ({ deliveryId, signal: new AbortController().signal });

beforeAll(async () => {
  started = await startPartners({ credentialsOf: () => credentials, gatewayUrl: () => null, stateFolder: null, anyPort: true });
});
afterAll(() => Promise.all(started.map((each) => each.stop())));

it('has a simulator for each partner of the register, and none beside', () =>
  expect(partnerSpecs.map(({ id }) => id).sort()).toEqual(Object.keys(partners).sort()));

/** A server that gives one answer to everything but the token. */
async function answering(
  status: number,
  body: string,
  headers: Record<string, string> = {},
): Promise<{ url: string; seen: string[]; server: Server }> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`);
    request.resume();
    if (request.url === '/oauth/token')
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"access_token":"t","expires_in":600}');
    else response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return { url: `http://127.0.0.1:${(server.address() as { port: number }).port}`, seen, server };
}
const close = ({ server }: { server: Server }) => {
  server.closeAllConnections();
  return new Promise((closed) => server.close(closed));
};

const [line] = (newsOf('inquiry.completed') as { report: { tradelines: object[] } }).report.tradelines;
const wrongReports = [
  undefined,
  {},
  { tradelines: [{}] },
  { tradelines: [{ ...line, overdue: { amount: '-1.00', currency: 'IDR' } }] },
  { tradelines: [{ ...line, openedOn: '2026-02-30' }] },
  { tradelines: Array(501).fill(line) },
];

const wrongNews: [string, object][] = [
  ['matter.filed', {}],
  ['matter.filed', { ...newsOf('matter.filed'), filedOn: '2026-02-30' }],
  ['matter.filed', { ...newsOf('matter.filed'), claimed: { amount: '1,00', currency: 'IDR' } }],
  ['matter.demandSent', { ...newsOf('matter.demandSent'), level: 4 }],
  ['matter.judgmentGiven', { ...newsOf('matter.judgmentGiven'), result: 'WON' }],
  ['matter.preservationRenewed', { orderRef: 'P-1', renewedOn: '2026-01-01' }],
  ['matter.hearingScheduled', { at: 'soon' }],
  ['matter.accepted', { manifestSha256: 'x' }],
];

describe.each(Object.keys(partners))('%s', (id) => {
  const { kind, operations: offered } = partners[id]!({ id, url: 'http://127.0.0.1:1', timeoutMs: 1, ...credentials });
  const operations = Object.keys(offered);
  afterEach(() => fetch(`${urlOf(id)}/control/fault`, { method: 'DELETE' }));

  describe.each(operations)('%s', (operation) => {
    // Each delivery is of an account of its own: what a partner was told once is no news the second time.
    const numbers = new Map<string, number>();
    const first = 1_000 * (operations.indexOf(operation) + 1);
    const numberOf = (deliveryId: string) => numbers.get(deliveryId) ?? numbers.set(deliveryId, first + numbers.size).get(deliveryId)!;
    const send = (connector: Connector, deliveryId = newDelivery()) =>
      connector.operations[operation]!(orderOf(kind, operation, undefined, numberOf(deliveryId)), call(deliveryId));
    beforeAll(async () => {
      for (let n = first; n < first + 20; n++) {
        const before = orderBefore(kind, operation, n);
        if (!before) break;
        const taken = connectorOf(id).operations[before.operation]!(before.order, call(before.about ? aboutOf(n) : newDelivery()));
        expect(await taken).toMatchObject({ is: 'accepted' });
      }
    });

    it('is accepted with the partner’s own number, and looked up as such', async () => {
      const connector = connectorOf(id);
      const deliveryId = newDelivery();
      const answer = await send(connector, deliveryId);
      expect(answer).toEqual({ is: 'accepted', partnerRef: expect.stringMatching(/^[A-Z]{2}-\d{6}$/) });
      expect(await connector.lookUp(operation, call(deliveryId))).toEqual(answer);
    });
    it('has one effect when it is sent twice', async () => {
      const deliveryId = newDelivery();
      const [first, second] = [await send(connectorOf(id), deliveryId), await send(connectorOf(id), deliveryId)];
      expect(second).toEqual(first);
      expect((await ledger(id)).filter((each) => each.deliveryId === deliveryId)).toHaveLength(1);
    });
    it('is refused only by an explicit no, and looked up as refused', async () => {
      await fault(id, { refuse: { code: 'CONFLICT', reason: 'We act for the other side' } });
      const deliveryId = newDelivery();
      const refused = { is: 'refused', code: 'CONFLICT', reason: 'We act for the other side' };
      expect(await send(connectorOf(id), deliveryId)).toEqual(refused);
      expect(await connectorOf(id).lookUp(operation, call(deliveryId))).toEqual(refused);
    });
    it('was not done when the partner answers 503', async () => {
      await fault(id, { status: 503 });
      await expect(send(connectorOf(id))).rejects.toMatchObject({ sent: 'no' });
    });
    it('may have been done when the partner answers 500, hangs or drops the socket', async () => {
      const connector = connectorOf(id, { timeoutMs: 300 });
      await send(connector); // has its token
      for (const faults of [{ status: 500 }, { latencyMs: 1_500 }, { dropSockets: true }]) {
        await fault(id, faults);
        const from = Date.now();
        await expect(send(connector)).rejects.toMatchObject({ sent: 'maybe' });
        expect(Date.now() - from).toBeLessThan(1_200);
      }
    });
    it('is found by look-up when its answer was lost', async () => {
      const connector = connectorOf(id);
      await send(connector);
      await fault(id, { dropAnswers: true });
      const deliveryId = newDelivery();
      await expect(send(connector, deliveryId)).rejects.toMatchObject({ sent: 'maybe' });
      await expect(connector.lookUp(operation, call(deliveryId))).rejects.toMatchObject({ sent: 'maybe' });
      await fetch(`${urlOf(id)}/control/fault`, { method: 'DELETE' });
      expect(await connector.lookUp(operation, call(deliveryId))).toMatchObject({ is: 'accepted' });
    });
    it.each([
      [200, '{}'],
      [200, '"ACCEPTED"'],
      [200, '<html>'],
      [422, '{"error":"?"}'],
      [302, ''],
    ])('is unclear after %i %s', async (status, body) => {
      const odd = await answering(status, body);
      await expect(send(connectorOf(id, { url: odd.url }))).rejects.toBeInstanceOf(PartnerFault);
      await expect(send(connectorOf(id, { url: odd.url }))).rejects.toMatchObject({ sent: 'maybe' });
      await close(odd);
    });
  });

  it('says notFound of a delivery that it never saw', async () =>
    expect(await connectorOf(id).lookUp(operations[0]!, call(newDelivery()))).toEqual({ is: 'notFound' }));
  it('does nothing without its credentials', async () => {
    await expect(
      connectorOf(id, { clientSecret: 'wrong' }).operations[operations[0]!]!(orderOf(kind, operations[0]!), call(newDelivery())),
    ).rejects.toMatchObject({ sent: 'no' });
  });
  it('follows no redirect, and tells nobody else its token', async () => {
    const other = await answering(200, '{}');
    const redirecting = await answering(307, '', { location: other.url });
    await expect(
      connectorOf(id, { url: redirecting.url }).operations[operations[0]!]!(orderOf(kind, operations[0]!), call(newDelivery())),
    ).rejects.toBeInstanceOf(PartnerFault);
    expect(other.seen).toEqual([]);
    await Promise.all([close(other), close(redirecting)]);
  });
  it('stops when it is told to', async () => {
    const connector = connectorOf(id);
    await fault(id, { latencyMs: 1_500 });
    const abort = new AbortController();
    const sent = connector.operations[operations[0]!]!(orderOf(kind, operations[0]!), { deliveryId: newDelivery(), signal: abort.signal });
    abort.abort();
    await expect(sent).rejects.toBeInstanceOf(PartnerFault);
  });
  it('understands all the news that its partner has, and nothing else', () => {
    const spec = partnerSpecs.find((each) => each.id === id)!;
    const { callback } = spec;
    const body = (type: unknown, over = {}) => ({
      [callback.type]: type,
      [callback.deliveryId]: newDelivery(),
      [callback.partnerRef]: 'X-1',
      [callback.sequence]: 1,
      [callback.occurredAt]: '2026-01-31T10:00:00Z',
      [callback.data]: newsOf(String(type)),
      ...over,
    });
    const connector = connectorOf(id);
    for (const type of [...spec.steps, ...Object.values(spec.says)])
      expect(connector.readCallback(body(type))).toMatchObject({
        callback: { type: expect.stringMatching(/^[a-zA-Z]+\.[a-zA-Z]+$/), sequence: 1, partnerRef: 'X-1' },
      });
    for (const wrong of [
      null,
      'x',
      7,
      [],
      {},
      body('nonsense'),
      ...(id === 'harbor-legal' ? wrongNews.map(([type, data]) => body(type, { data })) : []),
      ...(id === 'merdeka-law' ? [body('gugatan_didaftarkan', { rincian: {} }), body('putusan', { rincian: { hasil: 'KALAH' } })] : []),
      ...(id === 'nusa-bureau' ? wrongReports.map((report) => body('inquiry.completed', { data: { report } })) : []),
      body(spec.steps[0], { [callback.sequence]: -1 }),
      body(spec.steps[0], { [callback.deliveryId]: "'; drop table" }),
      body(spec.steps[0], { [callback.occurredAt]: '2026-02-31T99:00:00Z' }),
      body(spec.steps[0], { [callback.data]: { a: '\u0000' } }),
    ])
      expect(connector.readCallback(wrong)).toEqual({ problem: expect.any(String) });
  });
});

it('has an error of its own for what was never sent', () => expect(new NotSent('CIRCUIT_OPEN', 'a', 'b').message).toContain('a.b'));

// What is published of the partners' APIs is what the connectors send and the simulators answer.
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { parse } from 'yaml';
import { partners } from '../../connectors/index.js';
import { openLedger } from '../../src/sandbox/partners/ledger.js';
import { openNusaDesk } from '../../src/sandbox/partners/nusa/desk.js';
import { faultOfFields } from '../../src/sandbox/partners/nusa/fields.js';
import { partnerSpecs } from '../../src/sandbox/partners/specs.js';
import { orderOf } from '../../src/conformance/samples.js';
import { newsOf } from '../support/news.js';

const documentOf = (id: string) => parse(readFileSync(`schema/partners/${id}.yaml`, 'utf8'));
const checksOf = (document: any) => {
  const ajv = new Ajv2020({ strict: false });
  (addFormats as unknown as (to: Ajv2020) => void)(ajv);
  ajv.addSchema(document, 'api');
  return (pointer: string) => ajv.compile({ $ref: `api#${pointer}` });
};
const escaped = (path: string) => path.replaceAll('~', '~0').replaceAll('/', '~1');

describe.each(Object.keys(partners))('%s', (id) => {
  const document = documentOf(id);
  const check = checksOf(document);
  const connector = (url: string) => partners[id]!({ id, url, clientId: 'a', clientSecret: 'b', timeoutMs: 2_000 });
  const operations = Object.keys(connector('http://127.0.0.1:1').operations);
  const published = Object.entries<any>(document.paths).flatMap(([path, methods]) =>
    Object.entries<any>(methods).map(([method, said]) => ({ path, method, ...said })),
  );

  const reads = Object.keys(connector('http://127.0.0.1:1')).filter((key) => key === 'readLedger');

  it('publishes each operation of its connector, the token and the look-up', () =>
    expect(
      published
        .map(({ operationId }) => operationId)
        .filter(Boolean)
        .sort(),
    ).toEqual([...operations, ...reads, 'lookUp', 'token'].sort()));

  it.each(operations)('sends %s as it is published', async (operation) => {
    let seen: { method: string; path: string; key: unknown; body: unknown } | null = null;
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const text = Buffer.concat(chunks).toString();
      response.setHeader('content-type', 'application/json');
      if (request.url === '/oauth/token') return void response.end('{"access_token":"t","expires_in":60}');
      seen = { method: request.method!.toLowerCase(), path: request.url!, key: request.headers['idempotency-key'], body: JSON.parse(text) };
      response.writeHead(503).end('{}');
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
    await connector(url).operations[operation]!(orderOf(connector(url).kind, operation), {
      deliveryId: 'handoff_0000000000000001',
      signal: new AbortController().signal,
    }).catch(() => {});
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    const { path, method } = published.find(({ operationId }) => operationId === operation)!;
    expect(seen).toMatchObject({
      method,
      path: expect.stringMatching(new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`)),
      key: 'handoff_0000000000000001',
    });
    const isBody = check(`/paths/${escaped(path)}/${method}/requestBody/content/application~1json/schema`);
    expect([isBody(seen!.body), isBody.errors]).toEqual([true, null]);
  });

  it('has a simulator with the same words and ways', () => {
    const { words, operations: simulated, lookUp } = partnerSpecs.find((each) => each.id === id)!;
    expect(check('/components/schemas/Accepted')({ [words.status]: words.yes, [words.ref]: 'X-1' })).toBe(true);
    expect(check('/components/schemas/Refused')({ [words.status]: words.no, [words.code]: 'NO', [words.reason]: '' })).toBe(true);
    expect(check('/components/schemas/NotFound')({ [words.status]: words.unknown })).toBe(true);
    for (const { name, method, path } of simulated) {
      const said = published.find(({ operationId }) => operationId === name)!;
      expect([name, said.method.toUpperCase(), path.test(said.path.replace(/\{\w+\}/g, 'x'))]).toEqual([name, method, true]);
    }
    expect(lookUp.test(published.find(({ operationId }) => operationId === 'lookUp')!.path.replace(/\{\w+\}/g, 'x'))).toBe(true);
  });
});

it('publishes the callbacks that it takes', () => {
  const document = documentOf('callbacks');
  const check = checksOf(document)('/components/schemas/Callback');
  const types: string[] = document.components.schemas.Callback.properties.type.enum;
  const understood = new Set<string>();
  for (const [id, create] of Object.entries(partners)) {
    const spec = partnerSpecs.find((each) => each.id === id)!;
    for (const type of [...spec.steps, ...Object.values(spec.says)]) {
      const { callback } = spec;
      const read = create({ id, url: 'http://127.0.0.1:1', clientId: '', clientSecret: '', timeoutMs: 1 }).readCallback({
        [callback.type]: type,
        [callback.deliveryId]: 'handoff_0000000000000001',
        [callback.partnerRef]: 'X',
        [callback.sequence]: 1,
        [callback.occurredAt]: '2026-01-01T00:00:00Z',
        [callback.data]: newsOf(type),
      });
      if (!('callback' in read)) throw new Error(`${id} does not understand ${type}`);
      expect([check(read.callback), check.errors]).toEqual([true, null]);
      understood.add(read.callback.type);
    }
  }
  expect([...understood].sort()).toEqual([...types].sort());
});

it.each([
  'dispute.opened',
  'dispute.closed',
  'inquiry.completed',
  'inquiry.refused',
  'placement.recallObjected',
  'placement.returned',
  'placement.closed',
  'bid.submitted',
  'putBack.requested',
  'invoice.submitted',
  'remittance.submitted',
])('publishes what comes with %s', (type) => {
  const check = checksOf(documentOf('callbacks'))('/components/schemas/Callback');
  const callback = { type, deliveryId: 'handoff_0000000000000001', partnerRef: 'X', sequence: 1, occurredAt: '2026-01-01T00:00:00Z' };
  expect(check({ ...callback, data: newsOf(type) })).toBe(true);
  for (const wrong of [undefined, {}]) expect(check({ ...callback, data: wrong })).toBe(false);
});

describe('the bureau’s simulator', () => {
  const document = documentOf('nusa-bureau');
  const check = checksOf(document);
  const spec = partnerSpecs.find(({ id }) => id === 'nusa-bureau')!;
  const odd = [undefined, null, '', 0, -1, 1.5, 6, 2 ** 31, 'x'.repeat(3_000), 'x\u0000', '2026-02-30', '31.01.2026', {}, [], true];
  const oddMoney = ['', '-1.00', '1,00', '1.', 1, null].flatMap((amount) => [
    { amount, currency: 'IDR' },
    { amount: '1.00', currency: 'rp' },
    { amount: '1.00', currency: 'IDR', unit: 1 },
  ]);

  it.each(spec.operations.map(({ name }) => name))('reads the fields of %s as they are published', (operation) => {
    const [path, method] = Object.entries<any>(document.paths).flatMap(([at, methods]) =>
      Object.entries<any>(methods).flatMap(([how, said]) => (said.operationId === operation ? [at, how] : [])),
    );
    const isBody = check(`/paths/${escaped(path!)}/${method}/requestBody/content/application~1json/schema`);
    const { asOf, ...order } = orderOf('CREDIT_BUREAU', operation) as { asOf: string };
    const body: Record<string, unknown> = { ...order, [operation === 'requestInquiry' ? 'requestedOn' : 'reportingDate']: asOf };
    expect([isBody(body), faultOfFields(operation, body)]).toEqual([true, null]);
    for (const field of [...Object.keys(body), 'replacesVersion', 'consentRef', 'something'])
      for (const value of [...odd, ...oddMoney]) {
        const wrong = JSON.parse(JSON.stringify({ ...body, [field]: value }));
        expect([field, value, faultOfFields(operation, wrong) === null]).toEqual([field, value, isBody(wrong)]);
      }
  });

  it('shows its ledger and answers inquiries as it is published', () => {
    const ledger = openLedger(null);
    const desk = openNusaDesk(ledger);
    const effect = { at: '', bodySha256: '', status: 201, answer: {}, about: null, ref: 'NB-1' };
    for (const [n, operation] of ['reportOverdue', 'withdrawReport', 'reportOverdue', 'markDispute', 'requestInquiry'].entries()) {
      const { asOf, ...order } = orderOf('CREDIT_BUREAU', operation, undefined, n < 2 ? 1 : 2) as { asOf: string };
      const kept = desk.kept(operation, { ...order, reportingDate: asOf, requestedOn: asOf });
      ledger.add({ ...effect, operation, deliveryId: `d${n}`, kept });
    }
    const page: any = desk.show(new URL('http://bureau/v2/ledger'));
    const isPage = check('/components/schemas/LedgerPage');
    expect([isPage(page), isPage.errors, page.entries.map(({ state }: any) => state)]).toEqual([true, null, ['CURED', 'OVERDUE']]);
    const isCallback = checksOf(documentOf('callbacks'))('/components/schemas/Callback');
    const common = { deliveryId: 'handoff_0000000000000001', partnerRef: 'X', sequence: 1, occurredAt: '2026-01-01T00:00:00Z' };
    const said = desk.says(ledger.effects().at(-1)!)!;
    for (const news of [said, ...spec.steps.map((type) => ({ type, data: desk.dataOf(type, ledger.effects().at(-1)!) }))])
      expect([news.type, isCallback({ ...common, ...news }), isCallback.errors]).toEqual([news.type, true, null]);
  });
});

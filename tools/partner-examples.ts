// `npm run examples:partners`: writes the examples of schema/partners that are missing, as the connectors send them and the simulators answer. --all writes all anew.
import { readFileSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { Alias, isAlias, isMap, parseDocument, type Document, type YAMLMap } from 'yaml';
import type { Exchange } from '../connectors/contract.js';
import { partners } from '../connectors/index.js';
import { orderBefore, orderOf, sampleDelivery } from '../src/conformance/samples.js';
import { newsOf } from '../test/support/news.js';
import { idOf } from '../src/domain/ids.js';
import { startPartner } from '../src/sandbox/partners/server.js';
import { partnerSpecs } from '../src/sandbox/partners/specs.js';
import type { PartnerSpec } from '../src/sandbox/partners/spec.js';

const all = process.argv.includes('--all');
const credentials = { clientId: 'casegraph', clientSecret: 'pretend' };
const fileOf = (id: string) => `schema/partners/${id}.yaml`;

/** Follows aliases and references within the document. */
function mapAt(document: Document, from: unknown, ...path: string[]): YAMLMap | null {
  const whole = (node: unknown): unknown => {
    const plain = isAlias(node) ? (node as Alias).resolve(document) : node;
    const ref = isMap(plain) ? plain.get('$ref') : undefined;
    return typeof ref === 'string' && ref.startsWith('#/') ? mapAt(document, document.contents, ...ref.slice(2).split('/')) : plain;
  };
  let node = whole(from);
  for (const key of path) node = isMap(node) ? whole(node.get(key, true)) : null;
  return isMap(node) ? node : null;
}

/** Only where there is none, so that what is written by hand stays. */
function put(document: Document, content: YAMLMap | null, value: unknown): void {
  if (content && (all || !content.has('example'))) content.set('example', document.createNode(value, { aliasDuplicateObjects: false }));
}

/** Those by name that are missing. */
function putEach(document: Document, content: YAMLMap | null, values: Record<string, { value: unknown }>): void {
  if (!content) return;
  if (all || !content.has('examples')) return void content.set('examples', document.createNode(values, { aliasDuplicateObjects: false }));
  const there = mapAt(document, content, 'examples')!;
  for (const [name, value] of Object.entries(values))
    if (!there.has(name)) there.set(name, document.createNode(value, { aliasDuplicateObjects: false }));
}

/** Leaves a file alone that says the same as before. */
async function keep(id: string, document: Document): Promise<void> {
  if (isDeepStrictEqual(document.toJS(), parseDocument(readFileSync(fileOf(id), 'utf8')).toJS())) return;
  const config = await resolveConfig(fileOf(id));
  writeFileSync(fileOf(id), await format(document.toString({ lineWidth: 150, singleQuote: true }), { ...config, filepath: fileOf(id) }));
  process.stdout.write(`✓ ${fileOf(id)}\n`);
}

/** What is sent of an order, the yes to it, and the no to it without its fields. */
async function told(spec: PartnerSpec, operation: string) {
  const simulator = await startPartner({
    spec,
    port: 0,
    host: '127.0.0.1',
    ...credentials,
    webhookSecret: `whsec_${Buffer.alloc(24).toString('base64')}`,
    gatewayUrl: () => null,
    ledgerFile: null,
  });
  let newest: Exchange | undefined;
  let empty = false;
  const connector = partners[spec.id]!({
    id: spec.id,
    url: simulator.url,
    ...credentials,
    timeoutMs: 5_000,
    tap: {
      saw: (exchange) => (newest = exchange),
      change: (sent) => (empty && sent.headers['idempotency-key'] ? { ...sent, body: {} } : sent),
    },
  });
  let deliveries = 0;
  const call = () => ({ deliveryId: idOf('handoff', 'example', ++deliveries), signal: AbortSignal.timeout(5_000) });
  const send = async (name: string, order: object, about = call()) => {
    await connector.operations[name]!(order, about);
    return { about, exchange: newest! };
  };
  try {
    const before = orderBefore(connector.kind, operation);
    if (before) await send(before.operation, before.order, before.about ? { ...call(), deliveryId: sampleDelivery } : call());
    const yes = await send(operation, orderOf(connector.kind, operation));
    const reads = (connector as unknown as Record<string, unknown>)['readLedger'];
    if (typeof reads === 'function') await reads(null, AbortSignal.timeout(5_000));
    const ledger = newest!;
    await connector.lookUp(operation, yes.about);
    const found = newest!;
    await connector.lookUp(operation, call());
    const unknown = newest!;
    empty = true;
    const no = await send(operation, orderOf(connector.kind, operation));
    return { body: yes.exchange.sent.body, yes: yes.exchange, no: no.exchange, found, unknown, ledger };
  } finally {
    await simulator.stop();
  }
}

const newsIn = ({ callback, refPrefix }: PartnerSpec, type: string) => ({
  [callback.type]: type,
  [callback.deliveryId]: idOf('handoff', 'example', 1),
  [callback.partnerRef]: `${refPrefix}-000001`,
  [callback.sequence]: 1,
  [callback.occurredAt]: '2026-01-31T10:00:00Z',
  [callback.data]: newsOf(type),
});

const published = parseDocument(readFileSync(fileOf('callbacks'), 'utf8'));
const callbackExamples: Record<string, { value: object }> = {};
for (const spec of partnerSpecs) {
  const document = parseDocument(readFileSync(fileOf(spec.id), 'utf8'));
  const paths = mapAt(document, document.contents, 'paths')!;
  for (const { key: path } of paths.items)
    for (const { key: method } of mapAt(document, paths, String(path))!.items) {
      const said = mapAt(document, paths, String(path), String(method))!;
      const operation = String(said.get('operationId'));
      const request = mapAt(document, said, 'requestBody', 'content', 'application/json');
      const response = (status: string) => mapAt(document, said, 'responses', status, 'content', 'application/json');
      if (operation === 'token') {
        const form = { grant_type: 'client_credentials', client_id: 'casegraph', client_secret: 'the secret that was agreed' };
        put(document, mapAt(document, said, 'requestBody', 'content', 'application/x-www-form-urlencoded'), form);
        put(document, response('200'), { access_token: 'opaque', token_type: 'Bearer', expires_in: 600 });
      } else if (operation === 'lookUp') {
        const { found, unknown } = await told(spec, spec.operations[0]!.name);
        put(document, response('200'), found.reply!.data);
        put(document, response('404'), unknown.reply!.data);
      } else if (operation === 'readLedger') {
        put(document, response('200'), (await told(spec, spec.operations[0]!.name)).ledger.reply!.data);
      } else if (spec.operations.some(({ name }) => name === operation)) {
        const { body, yes, no } = await told(spec, operation);
        put(document, request, body);
        put(document, response(String(yes.reply!.status)), yes.reply!.data);
        put(document, response(String(no.reply!.status)), no.reply!.data);
      }
    }
  const types = [...new Set([...Object.values(spec.says), ...spec.steps])];
  const examples: Record<string, { value: object }> = Object.fromEntries(types.map((type) => [type, { value: newsIn(spec, type) }]));
  if (spec.callback.type === 'type') Object.assign(callbackExamples, examples);
  const news = mapAt(document, document.contents, 'webhooks', 'news', 'post', 'requestBody', 'content', 'application/json');
  putEach(document, news, examples);
  await keep(spec.id, document);
}
const callback = mapAt(published, published.contents, 'paths', '/callbacks/{partner}', 'post')!;
const body = mapAt(published, callback, 'requestBody', 'content', 'application/json')!;
putEach(published, body, callbackExamples);
put(published, mapAt(published, callback, 'responses', '200', 'content', 'application/json'), { outcome: 'recorded' });
const faults: Record<string, { code: string; message: string }> = {
  400: { code: 'NOT_JSON', message: 'The body is not JSON' },
  401: { code: 'BAD_SIGNATURE', message: 'The signature or its timestamp does not fit' },
  404: { code: 'NOT_FOUND', message: 'There is no such delivery' },
  405: { code: 'METHOD_NOT_ALLOWED', message: 'Callbacks are sent by POST' },
  413: { code: 'TOO_LARGE', message: 'A callback may have 262144 bytes' },
  422: { code: 'UNREADABLE', message: '/sequence must be >= 1' },
  503: { code: 'UNAVAILABLE', message: 'Not recorded, send it again' },
};
for (const [status, fault] of Object.entries(faults))
  put(published, mapAt(published, callback, 'responses', status, 'content', 'application/json'), fault);
await keep('callbacks', published);

// Every document in schema/partners is good OpenAPI, and its examples are true: they fit their schemas, the simulators answer them as is said, the connectors read the news.
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { createConfig, lint } from '@redocly/openapi-core';
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { partners } from '../../connectors/index.js';
import { orderBefore, sampleDelivery } from '../../src/conformance/samples.js';
import { startPartner } from '../../src/sandbox/partners/server.js';
import { partnerSpecs } from '../../src/sandbox/partners/specs.js';
import type { PartnerSpec } from '../../src/sandbox/partners/spec.js';

const folder = 'schema/partners';
const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
const documents = Object.fromEntries(files.map((file) => [file, parse(readFileSync(`${folder}/${file}`, 'utf8'))]));
const base = 'https://casegraph.example/partners/';
const ajv = new Ajv2020({ strict: false });
(addFormats as unknown as (to: Ajv2020) => void)(ajv);
for (const [file, document] of Object.entries(documents)) ajv.addSchema(document, base + file);
const escaped = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1');

interface Content {
  file: string;
  pointer: string;
  content: any;
}
/** Follows references within the document. */
function at(file: string, pointer: string): { pointer: string; node: any } {
  const keys = pointer.split('/').slice(1);
  const node = keys.reduce((value, key) => value?.[key.replaceAll('~1', '/').replaceAll('~0', '~')], documents[file]);
  return typeof node?.$ref === 'string' && node.$ref.startsWith('#') ? at(file, node.$ref.slice(1)) : { pointer, node };
}
const said = Object.entries<any>(documents).flatMap(([file, document]) =>
  ['paths', 'webhooks'].flatMap((part) =>
    Object.entries<any>(document[part] ?? {}).flatMap(([path, methods]) =>
      Object.entries<any>(methods).map(([method, operation]) => ({
        file,
        path,
        method: method.toUpperCase(),
        operation,
        pointer: `/${part}/${escaped(path)}/${method}`,
      })),
    ),
  ),
);
const contents: Content[] = said.flatMap(({ file, pointer, operation }) =>
  [`${pointer}/requestBody`, ...Object.keys(operation.responses).map((status) => `${pointer}/responses/${status}`)].flatMap((where) => {
    const { pointer: real, node } = at(file, where);
    return Object.entries<any>(node?.content ?? {}).map(([type, content]) => ({
      file,
      pointer: `${real}/content/${escaped(type)}`,
      content,
    }));
  }),
);
const examplesOf = ({ content }: Content): unknown[] => [
  ...('example' in content ? [content.example] : []),
  ...Object.values<any>(content.examples ?? {}).map(({ value }) => value),
];

it.each(files)('%s has nothing that the recommended rules complain of', async (file) => {
  // What may be added to a callback is not listed in each of its forms; the test below holds examples to their schemas.
  const rules = { 'no-invalid-media-type-examples': { severity: 'error', allowAdditionalProperties: true } } as const;
  const config = await createConfig({ extends: ['recommended'], rules });
  const problems = await lint({ ref: `${folder}/${file}`, config });
  expect(problems.map(({ ruleId, message, location }) => `${ruleId} ${location[0]?.pointer}: ${message}`)).toEqual([]);
});

it('has examples of all that is sent and answered, and each fits its schema', () => {
  const faults = contents.flatMap((each) => {
    const { file, pointer } = each;
    const examples = examplesOf(each);
    if (!examples.length) return [`${file}${pointer} has no example: npm run examples:partners writes it`];
    const check = ajv.compile({ $ref: `${base}${file}#${pointer}/schema` });
    return examples.flatMap((example) =>
      check(example) ? [] : [`${file}${pointer} ${check.errors![0]!.instancePath} ${check.errors![0]!.message}`],
    );
  });
  expect(faults).toEqual([]);
  expect(contents.length).toBeGreaterThan(50);
});

describe.each(Object.keys(partners))('%s', (id) => {
  const spec = partnerSpecs.find((each) => each.id === id)!;
  const { kind } = partners[id]!({ id, url: 'http://127.0.0.1:1', clientId: '', clientSecret: '', timeoutMs: 1 });
  const file = `${id}.yaml`;
  const mine = said.filter((each) => each.file === file);
  const named = (operationId: string) => mine.find(({ operation }) => operation.operationId === operationId)!;
  const exampleOf = (operationId: string, where: string, type = 'application/json') =>
    at(file, `${named(operationId).pointer}/${where}`).node.content[type].example;
  const numbers = { anyRef: (answer: any) => ({ ...answer, [spec.words.ref]: spec.words.ref in answer ? 'X' : undefined }) };

  it.each(spec.operations.map(({ name }) => name))('answers the examples of %s as they say', async (operation) => {
    await withSimulator(spec, async (ask) => {
      const path = (body: any) =>
        named(operation).path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(body[name] ?? shownOf(name) ?? sampleDelivery));
      const shownOf = (name: string) => named(operation).operation.parameters?.find((each: any) => each.name === name)?.example;
      const first = orderBefore(kind, operation)?.operation;
      if (first) await ask('POST', named(first).path, exampleOf(first, 'requestBody'), sampleDelivery);
      const { method } = named(operation);
      const body = exampleOf(operation, 'requestBody');
      const yes = await ask(method, path(body), body, 'handoff_0000000000000001');
      expect([yes.status, numbers.anyRef(yes.said)]).toEqual([201, numbers.anyRef(exampleOf(operation, 'responses/201'))]);
      expect((await ask(method, path(body), {}, 'handoff_0000000000000002')).status).toBe(422);
      const { [spec.words.reason]: _, ...no } = (await ask(method, path(body), {}, 'handoff_0000000000000002')).said;
      expect(exampleOf(operation, 'responses/422')).toMatchObject(no);
      const found = await ask('GET', named('lookUp').path.replace(/\{\w+\}/, 'handoff_0000000000000001'));
      expect([found.status, found.said]).toEqual([200, yes.said]);
    });
  });
  it('answers the examples of the token and the look-up as they say', () =>
    withSimulator(spec, async (ask, url) => {
      const form = new URLSearchParams(exampleOf('token', 'requestBody', 'application/x-www-form-urlencoded'));
      const token = (await (await fetch(`${url}/oauth/token`, { method: 'POST', body: form })).json()) as object;
      expect(Object.keys(token).sort()).toEqual(Object.keys(exampleOf('token', 'responses/200')).sort());
      const unknown = await ask('GET', named('lookUp').path.replace(/\{\w+\}/, 'handoff_0000000000000009'));
      expect([unknown.status, unknown.said]).toEqual([404, exampleOf('lookUp', 'responses/404')]);
    }));
  it('has examples of all its news, which its connector reads', () => {
    const connector = partners[id]!({ id, url: 'http://127.0.0.1:1', clientId: '', clientSecret: '', timeoutMs: 1 });
    const { examples } = at(file, `${named('news').pointer}/requestBody`).node.content['application/json'];
    const isCallback = ajv.compile({ $ref: `${base}callbacks.yaml#/components/schemas/Callback` });
    expect(Object.keys(examples).sort()).toEqual([...new Set([...spec.steps, ...Object.values(spec.says)])].sort());
    for (const [type, { value }] of Object.entries<any>(examples)) {
      const read = connector.readCallback(value);
      expect([type, read]).toEqual([type, { callback: expect.anything() }]);
      expect([type, isCallback((read as { callback: object }).callback), isCallback.errors]).toEqual([type, true, null]);
    }
  });
});

it('has examples of the published callbacks, each of which a connector reads', () => {
  const { examples, schema } = documents['callbacks.yaml'].paths['/callbacks/{partner}'].post.requestBody.content['application/json'];
  expect(schema.$ref).toBe('#/components/schemas/Callback');
  expect(Object.keys(examples).sort()).toEqual([...documents['callbacks.yaml'].components.schemas.Callback.properties.type.enum].sort());
  const readers = Object.entries(partners).map(([id, create]) =>
    create({ id, url: 'http://127.0.0.1:1', clientId: '', clientSecret: '', timeoutMs: 1 }),
  );
  for (const [type, { value }] of Object.entries<any>(examples))
    expect([type, readers.some(({ readCallback }) => 'callback' in readCallback(value))]).toEqual([type, true]);
});

type Ask = (method: string, path: string, body?: object, key?: string) => Promise<{ status: number; said: any }>;

/** One whose books are empty, and who knows us by the credentials of the examples. */
async function withSimulator(spec: PartnerSpec, work: (ask: Ask, url: string) => Promise<void>): Promise<void> {
  const credentials = { clientId: 'casegraph', clientSecret: 'the secret that was agreed' };
  const webhookSecret = `whsec_${Buffer.alloc(24).toString('base64')}`;
  const simulator = await startPartner({
    spec,
    port: 0,
    host: '127.0.0.1',
    ...credentials,
    webhookSecret,
    gatewayUrl: () => null,
    ledgerFile: null,
  });
  try {
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: credentials.clientId,
      client_secret: credentials.clientSecret,
    });
    const { access_token: token } = (await (await fetch(`${simulator.url}/oauth/token`, { method: 'POST', body: form })).json()) as any;
    const ask: Ask = async (method, path, body, key) => {
      const headers = { authorization: `Bearer ${token}`, ...(key ? { 'idempotency-key': key } : {}) };
      const reply = await fetch(`${simulator.url}${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
      return { status: reply.status, said: await reply.json() };
    };
    await work(ask, simulator.url);
  } finally {
    await simulator.stop();
  }
}

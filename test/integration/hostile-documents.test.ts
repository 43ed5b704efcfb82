// What strangers try: the twelve checks of graphql-cop against production, and thousands of documents that are malformed or too dear.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openGraphWorld, type GraphWorld } from '../support/graph-world.js';
import { hostileDocuments } from '../support/hostile-documents.js';

let world: GraphWorld;
let authorization: string;
beforeAll(async () => {
  world = await openGraphWorld(true, { production: true, adHocRoles: ['auditor'] });
  authorization = `Bearer ${await world.token(['auditor'], { ttlSeconds: 3_000 })}`;
}, 120_000);
afterAll(() => world?.stop());

type Answer = { status: number; text: string; body: { data?: any; errors?: { message: string; extensions: any }[] } };
async function send(init: RequestInit & { path?: string }): Promise<Answer> {
  const response = await fetch(`${world.url}${init.path ?? '/graphql'}`, {
    method: 'POST',
    ...init,
    headers: { 'content-type': 'application/json', authorization, ...init.headers },
  });
  const text = await response.text();
  return { status: response.status, text, body: text.startsWith('{') ? JSON.parse(text) : {} };
}
const ask = (query: string, more: object = {}) => send({ body: JSON.stringify({ query, ...more }) });
const codesOf = ({ body }: Answer) => body.errors?.map(({ extensions }) => extensions.code);

describe('the checks of graphql-cop', () => {
  it('1: a hundred aliases are refused', async () =>
    expect(codesOf(await ask(`{ ${Array.from({ length: 101 }, (_, i) => `alias${i}: __typename`).join(' ')} }`))).toEqual(['COST_LIMIT']));
  it('2: an array of queries is refused', async () => {
    const answer = await send({ body: JSON.stringify(Array.from({ length: 10 }, () => ({ query: '{ __typename }' }))) });
    expect([answer.status, codesOf(answer)]).toEqual([400, ['BAD_USER_INPUT']]);
  });
  it('3: queries by GET are refused', async () =>
    expect((await send({ method: 'GET', path: '/graphql?query={__typename}' })).status).toBe(405));
  it('4: mutations by GET are refused', async () =>
    expect((await send({ method: 'GET', path: '/graphql?query=mutation{__typename}' })).status).toBe(405));
  it('5: queries in a form, which a foreign page can send, are refused', async () =>
    expect((await send({ body: 'query=%7B__typename%7D', headers: { 'content-type': 'application/x-www-form-urlencoded' } })).status).toBe(
      415,
    ));
  it('6: nothing is traced to the client', async () => {
    const { body } = await send({ body: '{"query":"{ __typename }"}', headers: { 'apollo-tracing': '1' } });
    expect(Object.keys(body)).toEqual(['data', 'extensions']);
    expect(body).toMatchObject({ extensions: { cost: expect.any(Object) } });
    expect(Object.keys((body as { extensions: object }).extensions)).toEqual(['cost']);
  });
  it('7: five hundred times the same field are refused', async () =>
    expect(codesOf(await ask(`{ ${'__typename '.repeat(500)} }`))).toEqual(['COST_LIMIT']));
  it('8: fields are not suggested', async () => {
    const answer = await ask('{ case(id: "x") { reff } }');
    expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
    expect(answer.text).not.toContain('Did you mean');
  });
  it('9: there is no explorer', async () => {
    for (const path of ['/', '/graphiql', '/playground', '/console', '/graphql'])
      expect((await send({ method: 'GET', path, headers: { accept: 'text/html' } })).text).not.toContain('<html');
  });
  it('10: the schema is told to nobody but the platform and those who may ask freely', async () => {
    const introspect = async (role: string) => codesOf(await asRole(role, '{ __schema { types { name } } }'));
    expect(await introspect('collector')).toEqual(['PERSISTED_DOCUMENT_REQUIRED']);
    expect(await introspect('platform')).toBeUndefined();
    expect(codesOf(await asRole('platform', '{ __typename connectors(first: 1) { totalCount } }'))).toEqual([
      'PERSISTED_DOCUMENT_REQUIRED',
    ]);
  });
  it('11: directives without end are refused', async () =>
    expect(codesOf(await ask(`{ __typename ${'@aa'.repeat(200)} }`))).toEqual(['COST_LIMIT']));
  it('12: the schema is not asked in circles', async () =>
    expect(
      codesOf(await ask('{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }')),
    ).toEqual(['BAD_USER_INPUT']));
});

const asRole = async (role: string, query: string) =>
  send({ body: JSON.stringify({ query }), headers: { authorization: `Bearer ${await world.token([role])}` } });

it('answers 5,000 hostile documents without a fault of its own, and keeps nothing of them', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const sendAll = async (count: number, seed: number) => {
    const faults: object[] = [];
    const seen: Record<string, number> = {};
    for (const { kind, body } of hostileDocuments(count, seed)) {
      const answer = await send({ body });
      for (const code of codesOf(answer) ?? ['fine']) seen[code] = (seen[code] ?? 0) + 1;
      if (answer.status >= 500 || codesOf(answer)?.includes('INTERNAL')) faults.push({ kind, body: body.slice(0, 300), text: answer.text });
      if (faults.length > 4) break;
    }
    expect(faults).toEqual([]);
    return seen;
  };
  /** What the heap holds on to: the resident set of this process is that of the client and the test as well. */
  const held = () => (collect(), process.memoryUsage().heapUsed + process.memoryUsage().external) / 1e6;
  await sendAll(1_500, 1); // what the first of each kind loads, and caches until they are full, is not growth
  const before = held();
  const seen = await sendAll(5_000, 2);
  expect(seen['COST_LIMIT']).toBeGreaterThan(1_000);
  expect(seen['BAD_USER_INPUT']).toBeGreaterThan(1_000);
  expect(held() - before).toBeLessThan(50);
  expect((await ask('{ cases(first: 1) { totalCount } }')).body.data.cases.totalCount).toBeGreaterThan(0);
}, 400_000);

// Documents that nobody who means well sends: cut, garbled, wrong in their types, too large, or dear. Made from a seed, so that each can be made again.
import { randomOf, type Random } from '../../src/sandbox/book/random.js';

export interface Hostile {
  kind: string;
  /** The body of the request. */
  body: string;
}

const sound = [
  '{ cases(first: 5, filter: { status: { eq: OPEN } }) { nodes { id ref stage borrower { name } loans(first: 2) { nodes { id } } } pageInfo { endCursor } } }',
  'query ($id: ID!) { case(id: $id) { ref timeline(last: 5) { nodes { type summary } } availableActions { name reasons } } }',
  'query ($n: Int, $at: String) { handoffs(first: $n, after: $at) { totalCount nodes { id state } } }',
  'mutation ($id: ID!) { placeHold(input: { caseId: $id, type: DISPUTE, scopes: [LEGAL], reason: "r", idempotencyKey: "k" }) { userErrors { code } } }',
  '{ __schema { types { name fields { name } } } }',
];
const values: unknown[] = [
  null, true, 0, -1, 1.5, 1e21, 2 ** 31, '', 'x'.repeat(5_000), '\u0000', '\ud800', '🂡', "'; drop table recovery_case; --", [], {}, [[[]]], { eq: null },
  'case_0000000000000000', 'aGk.aGk', '9999-99-99', '0000-01-01', '999999999999999999999', 'NaN', '2026-01-01T00:00:00Z', '__proto__',
]; // prettier-ignore
const nested = (open: string, close: string, times: number, core: string) => open.repeat(times) + core + close.repeat(times);

const kinds: Record<string, (random: Random) => string | object> = {
  cut: (random) => ({ query: random.pick(sound).slice(0, random.int(0, 80)) }),
  garbled(random) {
    const text = [...random.pick(sound)];
    for (let i = 0; i < random.int(1, 6); i++) text[random.int(0, text.length - 1)] = random.pick([...'{}()[]:!$@#"\\|&\u0000\u2028é ...']);
    return { query: text.join('') };
  },
  notJson: (random) => JSON.stringify({ query: random.pick(sound) }).slice(0, random.int(0, 60)),
  notAnObject: (random) => random.pick(['[]', 'null', '7', '"query"', `[${JSON.stringify({ query: sound[0] })}]`]),
  wrongParts: (random) => ({
    query: random.pick([...values, ...sound]),
    variables: random.pick(values),
    operationName: random.pick(values),
    extensions: random.pick(values),
    documentId: random.pick([undefined, ...values]),
  }),
  wrongVariables: (random) => ({ query: random.pick(sound), variables: { id: random.pick(values), n: random.pick(values), at: random.pick(values) } }),
  wrongFilters: (random) => ({
    query: 'query ($f: RecoveryCaseFilter, $o: [RecoveryCaseOrder!]) { cases(first: 2, filter: $f, orderBy: $o) { nodes { id } } }',
    variables: {
      f: { [random.pick(['ref', 'openedOn', 'daysPastDue', 'sequence', 'stage', 'not', 'and', 'loans', 'shoeSize'])]: random.pick([...values.map((eq) => ({ eq })), ...values.map((value) => ({ in: [value] })), ...values]) },
      o: random.pick([undefined, ...values]),
    },
  }),
  unknownFields: (random) => ({ query: `{ ${random.pick(['case', 'cases', 'users', '__type', 'node'])}(${random.pick(['id', 'first', 'name'])}: ${random.pick(['1', '"x"', '$v', '{}', '[1]'])}) { ${random.pick(['id', 'password', '__schema', '... on User { id }', '...gone'])} } }` }),
  aliases: (random) => ({ query: `{ ${Array.from({ length: random.int(40, 900) }, (_, i) => `a${i}: __typename`).join(' ')} }` }),
  repeats: (random) => ({ query: `{ cases(first: 1) { nodes { ${'id '.repeat(random.int(30, 5_000))} } } }` }),
  directives: (random) => ({ query: `{ __typename ${'@include(if: true) '.repeat(random.int(110, 900))} }` }),
  deep: (random) => ({ query: nested('{ case(id: "x") { borrower { cases ', '} } }', random.int(5, 900), '{ id }') }),
  deepest: (random) => ({ query: nested(random.pick(['{a', '{...{a', '{a(b:{c:[']), '', random.int(100, 4_000), '') }),
  deepValues: (random) => ({ query: `{ cases(first: 1, filter: ${nested('{ not: ', ' }', random.int(20, 2_000), '{ ref: { eq: "x" } }')}) { nodes { id } } }` }),
  deepVariables: (random) => `{"query":"query ($f: RecoveryCaseFilter) { cases(first: 1, filter: $f) { nodes { id } } }","variables":{"f":${nested('{"not":', '}', random.int(20, 8_000), '{"ref":{"eq":"x"}}')}}}`,
  fragments(random) {
    const many = random.int(3, 200);
    return { query: `{ ...f0 } ${Array.from({ length: many }, (_, i) => `fragment f${i} on Query { ...f${(i + 1) % many} ...f${(i * 7) % many} __typename }`).join(' ')}` };
  },
  dear: (random) => ({ query: `{ cases(first: ${random.int(20, 100)}) { nodes { loans(first: 100) { nodes { instalments { number } repayments(first: 100) { nodes { id } } } } } } }` }),
  roots: (random) => ({ query: `{ ${'cases(first: 1) { totalCount } '.repeat(random.int(21, 400))} }` }),
  circles: (random) => ({ query: `{ __schema { types { ${nested('fields { type { ', ' } }', random.int(4, 300), 'name')} } } }` }),
  long: (random) => ({ query: `# ${'é'.repeat(random.int(1_000, 60_000))}\n{ __typename }` }),
  subscription: () => ({ query: 'subscription { caseChanged(id: "case_0000000000000000") { sequence } }' }),
}; // prettier-ignore

export function* hostileDocuments(count: number, seed: number): Generator<Hostile> {
  const random = randomOf(seed, 'hostile');
  const names = Object.keys(kinds);
  for (let i = 0; i < count; i++) {
    const kind = names[i % names.length]!;
    const made = kinds[kind]!(random);
    yield { kind, body: typeof made === 'string' ? made : JSON.stringify(made) };
  }
}

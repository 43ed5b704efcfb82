// The reader where no row is needed: faults, rights of nobody, and how often a statement is prepared.
import { execute, getOperationAST, parse, type GraphQLError } from 'graphql';
import { fillGaps, parsed, settled } from '../../src/graphql/reader/gaps.js';
import { Reader } from '../../src/graphql/reader/reader.js';
import { createSchema } from '../../src/graphql/schema.js';
import { profileOf } from '../../src/storage/profiles.js';
import { createRun, type Run } from '../../src/storage/reader/run.js';
import { gapMark } from '../../src/storage/reader/write.js';

const secret = Buffer.from('a cursor secret of more than 32 characters');
const contextOf = (run: Run, ...roles: string[]) => ({
  run,
  caller: { profile: profileOf(roles), user: 'someone', roles },
  traceId: 'trace',
});

function readerOver(run: Run, secrets: [Buffer, Buffer?] = [secret]) {
  const schema = createSchema();
  const reader = new Reader(
    schema,
    secrets[0],
    async () => {},
    async () => '',
    secrets[1],
  );
  return {
    ask(source: string, role: string, variables = {}): Promise<string> {
      const document = parse(source);
      const context = contextOf(run, role);
      return reader.query(document, getOperationAST(document)!, { variables, caller: context.caller }, context);
    },
    throughGraphql: async (source: string, role: string) =>
      execute({ schema, document: parse(source), contextValue: contextOf(run, role) }) as Promise<{ data?: any; errors?: GraphQLError[] }>,
  };
}

describe('a fault', () => {
  const failing = (code: string) =>
    readerOver(async () => {
      throw Object.assign(new Error('canceling statement "select secret"'), { code });
    });

  it.each([
    ['57014', 'UPSTREAM_TIMEOUT', true],
    ['42P01', 'INTERNAL', false],
  ])('of Postgres, %s, is told as %s beside what graphql-js reads, without its text', async (code, told, retryable) => {
    const { data, errors } = await failing(code).throughGraphql(
      '{ __schema { queryType { name } } x: case(id: "case_0") { id } }',
      'auditor',
    );
    expect(data).toEqual({ __schema: { queryType: { name: 'Query' } }, x: null });
    expect(errors).toMatchObject([{ path: ['x'], extensions: { code: told, retryable } }]);
    expect(JSON.stringify(errors)).not.toContain('secret');
  });

  it('of rights names the field that was asked too much', async () => {
    const nothing = readerOver(async () => '{}');
    const query = '{ all: cases(first: 1) { nodes { work: matters { id } } } }';
    await expect(nothing.ask(query, 'collector')).rejects.toMatchObject({
      path: ['all', 'nodes', 'work'],
      extensions: { code: 'FORBIDDEN' },
    });
    const { errors } = await nothing.throughGraphql(`${query.slice(0, -1)} __typename __schema { queryType { name } } }`, 'collector');
    expect(errors).toMatchObject([{ path: ['all', 'nodes', 'work'], extensions: { code: 'FORBIDDEN' } }]);
  });
});

describe('a field that code fills', () => {
  const text = `{"a":[{"n":1,"x":${gapMark}0:{"k":1}${gapMark}},{"n":2,"x":${gapMark}0:{"k":2}${gapMark}}],"b":${gapMark}1:{"k":3}${gapMark}}`;
  const odd = (nullable: boolean) => ({
    fill: (rows: Record<string, unknown>[]) => rows.map((row) => row['k']),
    complete: (value: unknown) => {
      if (value === 2) throw new Error('no even number');
      return value;
    },
    nullable,
  });
  const broken = {
    fill: () => {
      throw new Error('out of order');
    },
    complete: (value: unknown) => value,
    nullable: true,
  };

  it('fails alone where it may be null, and is told by its path', async () => {
    const filled = await fillGaps(text, [odd(true), broken], {});
    const { text: whole, errors } = settled(filled);
    expect(JSON.parse(whole)).toEqual({
      a: [
        { n: 1, x: 1 },
        { n: 2, x: null },
      ],
      b: null,
    });
    expect(errors.map(({ path, extensions }) => [path, extensions['code']])).toEqual([
      [['a', 1, 'x'], 'INTERNAL'],
      [['b'], 'INTERNAL'],
    ]);
    expect(parsed(filled)).toEqual({
      a: [
        { n: 1, x: 1 },
        { n: 2, x: expect.any(Error) },
      ],
      b: expect.any(Error),
    });
  });
  it('fails the whole where it may not', async () => {
    await expect(fillGaps(text, [odd(false), broken], {})).rejects.toThrow('no even number');
  });
});

it('gives nobody any row', () => {
  const nobody = profileOf(['a role that is not known']);
  expect([nobody.roles.size, nobody.sees.size, nobody.rows['recovery_case']!('t', () => '$1')]).toEqual([0, 0, 'false']);
});

describe('a statement', () => {
  it('gets a name at its second use, and a connection with too many names is given up', async () => {
    const asked: unknown[] = [];
    const client = {
      query: async ({ name }: { name?: string }) => (asked.push(name), { rows: [['{}']] }),
      release: (end: boolean) => void asked.push(end),
    };
    const run = createRun({ whole: { connect: async () => client } } as never, 1);
    const [one, two] = ['one', 'two'].map((name) => ({ name, text: 'select 1', reads: [] }));
    for (const statement of [one, one, two, two]) await run(statement!, { caller: { profile: {} } } as never);
    expect(asked).toEqual([undefined, false, 'one', false, undefined, false, 'two', true]);
  });
});

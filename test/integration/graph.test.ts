// The case graph as its callers meet it: pages, rights, requests that happen once, and live changes.
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { recordLateFacts } from '../../src/actions/record-loan-facts.js';
import { openGraphWorld, type GraphWorld } from '../support/graph-world.js';
import { until } from '../support/until.js';

let world: GraphWorld;
beforeAll(async () => {
  world = await openGraphWorld();
}, 120_000);
afterAll(() => world?.stop());

describe('pages', () => {
  it.each([
    ['OVERDUE_SINCE', 'ASC', 'FIRST'],
    ['OVERDUE_SINCE', 'DESC', 'LAST'],
    ['CLOSED_ON', 'ASC', 'LAST'],
    ['CLOSED_ON', 'DESC', 'FIRST'],
    ['QUALITY_CLASS', 'DESC', 'LAST'],
  ])('of cases by %s %s with nulls %s hold each case once, forwards and backwards', async (field, direction, nulls) => {
    const all = (await world.rows<{ id: string }>('select id from recovery_case')).map(({ id }) => id).sort();
    const query = (
      size: string,
      cursor: string,
    ) => `query ($at: String) { cases(${size}: 7, ${cursor}: $at, orderBy: [{ field: ${field}, direction: ${direction}, nulls: ${nulls} }]) {
      nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
    const walk = async (forwards: boolean) => {
      const seen: string[] = [];
      for (let at: string | null = null; ;) {
        const { data, text } = await world.ask('auditor', forwards ? query('first', 'after') : query('last', 'before'), { at });
        if (!data?.cases) throw new Error(text);
        const { nodes, pageInfo } = data.cases;
        const ids = nodes.map(({ id }: { id: string }) => id);
        if (forwards) seen.push(...ids);
        else seen.unshift(...ids);
        if (!(forwards ? pageInfo.hasNextPage : pageInfo.hasPreviousPage)) return seen;
        at = forwards ? pageInfo.endCursor : pageInfo.startCursor;
      }
    };
    const forwards = await walk(true);
    expect([...forwards].sort()).toEqual(all);
    expect(await walk(false)).toEqual(forwards);
  });

  it('count what a filter finds, and its complement', async () => {
    const count = async (filter: string) =>
      (await world.ask('auditor', `{ cases(first: 1, filter: ${filter}) { totalCount } }`)).data.cases.totalCount as number;
    const [all, open, not] = [
      await count('{ id: { isNull: false } }').catch(() => -1),
      await count('{ status: { eq: OPEN } }'),
      await count('{ not: { status: { eq: OPEN } } }'),
    ];
    const [{ count: kept }] = (await world.rows<{ count: string }>('select count(*) from recovery_case')) as [{ count: string }];
    expect(open + not).toBe(Number(kept));
    expect([-1, Number(kept)]).toContain(all);
    const late = await world.rows<{ count: string }>(`select count(*) from recovery_case where business_date(tenant) - overdue_since > 60`);
    expect(await count('{ daysPastDue: { gt: 60 } }')).toBe(Number(late[0]!.count));
  });

  it.each([
    ['no size', '{ cases { nodes { id } } }', 'Give either first or last'],
    ['a size too great', '{ cases(first: 100000) { nodes { id } } }', '1 to 100'],
    ['an empty filter', '{ cases(first: 1, filter: {}) { nodes { id } } }', 'A filter says something'],
    ['null in a filter', '{ cases(first: 1, filter: { status: null }) { nodes { id } } }', 'isNull'],
    ['a cursor of somebody else', '{ cases(first: 1, after: "aGk.aGk") { nodes { id } } }', 'not a cursor'],
    ['an unknown field of a filter', '{ cases(first: 1, filter: { shoeSize: { eq: 46 } }) { nodes { id } } }', 'shoeSize'],
  ])('refuse %s', async (_, query, said) => {
    const { status, errors } = await world.ask('auditor', query);
    expect([status, errors?.[0]]).toEqual([
      400,
      {
        message: expect.stringContaining(said),
        extensions: expect.objectContaining({ code: 'BAD_USER_INPUT' }),
        ...(errors?.[0] && 'locations' in errors[0] ? { locations: expect.anything() } : { path: ['cases'] }),
      },
    ]);
  });

  it('refuse a cursor under another filter', async () => {
    const { data } = await world.ask('auditor', '{ cases(first: 1) { pageInfo { endCursor } } }');
    const { errors } = await world.ask(
      'auditor',
      'query ($at: String) { cases(first: 1, after: $at, filter: { status: { eq: OPEN } }) { nodes { id } } }',
      { at: data.cases.pageInfo.endCursor },
    );
    expect(errors![0]!.extensions['code']).toBe('CURSOR_MISMATCH');
  });
});

describe('what an answer has cost', () => {
  const costOf = async (role: string, query: string, variables: object = {}) => {
    const { data, extensions } = JSON.parse((await world.ask(role, query, variables)).text);
    return { data, cost: extensions.cost as { requested: number; actual: number } };
  };
  const sum = (counts: number[]) => counts.reduce((all, each) => all + each, 0);
  const page = `cases(first: 40, filter: { status: { eq: OPEN } }) { totalCount edges { node { ref interactionCount exposures { currency overdue { amount } } borrower { name contactPoints { value } }
    loans(first: 3) { pageInfo { hasNextPage } nodes { id classifications { __typename } } } lastInteraction { type: channel } availableActions { name } } } }`;
  it.each([
    ['of the reader', `{ ${page} }`],
    ['of graphql-js', `{ __schema { queryType { name } } ${page} }`],
  ])('is what came back, in an answer %s', async (_, query) => {
    const { data, cost } = await costOf('auditor', query);
    const ofCase = ({ exposures, borrower, loans }: any) =>
      1 + 5 + exposures.length + 1 + borrower.contactPoints.length + 1 + 2 * loans.nodes.length + 1;
    const expected = 1 + 5 + sum(data.cases.edges.map(({ node }: any) => ofCase(node)));
    expect(cost.actual).toBe(expected);
    expect(cost.requested).toBeGreaterThan(cost.actual);
  });

  it.each([
    ['nothing that is found', '{ case(id: "case_0000000000000000") { ref borrower { name } } }', { requested: 2, actual: 1 }],
    [
      'what is skipped',
      '{ case(id: "case_0000000000000000") @skip(if: true) { ref } a: loan(id: "loan_0000000000000000") { id } }',
      { requested: 2, actual: 1 },
    ],
    ['what cannot be asked', '{ cases(first: 1000) { nodes { id } } }', { requested: 101, actual: 101 }],
    ['facets', '{ caseFacets(by: [STATUS]) { values { count } } }', { requested: 125, actual: 22 }],
    ['the schema', '{ __typename __schema { types { name } } }', { requested: 0, actual: 0 }],
  ])('is told for %s', async (_, query, expected) => expect((await costOf('auditor', query)).cost).toMatchObject(expected));

  it('is not raised by tabs in what people wrote', async () => {
    const [{ id }] = (await world.rows<{ id: string }>(`select id from recovery_case where status = 'CLOSED' order by id limit 1`)) as [
      { id: string },
    ];
    const reason = '\t\ttold by\tphone';
    const input = `caseId: "${id}", type: DISPUTE, scopes: [SALE], reason: ${JSON.stringify(reason)}, idempotencyKey: "tabs"`;
    await world.ask('legal', `mutation { placeHold(input: { ${input} }) { dryRun } }`);
    const { data, cost } = await costOf('legal', `{ case(id: "${id}") { holds { reason } } }`);
    expect([data.case.holds, cost.actual]).toEqual([[{ reason }], 2]);
  });

  it('is told for a mutation', async () => {
    const { cost } = await costOf(
      'supervisor',
      'mutation { assignCase(input: { caseId: "case_0000000000000000", idempotencyKey: "cost", dryRun: true }) { case { ref } userErrors { code } } }',
    );
    expect(cost).toMatchObject({ requested: 16, actual: 10 });
  });
});

describe('facets', () => {
  const facets = `query ($filter: RecoveryCaseFilter) { caseFacets(by: [STAGE, CURRENCY, LEGAL_ELIGIBLE, TEAM], filter: $filter) { by values { n: count value } } }`;
  const counted = async (role: string, filter: object | null = null, user?: string) => {
    const { data, text } = await world.ask(role, facets, filter ? { filter } : {}, user);
    if (!data?.caseFacets) throw new Error(text);
    return Object.fromEntries(
      data.caseFacets.map((each: any) => [each.by, Object.fromEntries(each.values.map(({ value, n }: any) => [value, n]))]),
    );
  };
  const groups = async (by: string, where: string) =>
    Object.fromEntries(
      (await world.rows(`select ${by} as value, count(distinct c.id)::int as n from recovery_case c left join case_exposure e on e.case_id = c.id where ${where} group by 1`))
        .map(({ value, n }) => [value, n]), // prettier-ignore
    );

  it('count the cases that the filter finds, by each value', async () => {
    const found = await counted('auditor', { status: { eq: 'OPEN' } });
    expect(found).toEqual({
      STAGE: await groups('stage', "status = 'OPEN'"),
      CURRENCY: await groups('e.currency', "status = 'OPEN' and e.id is not null"),
      LEGAL_ELIGIBLE: await groups('legal_eligible', "status = 'OPEN'"),
      TEAM: await groups('team', "status = 'OPEN'"),
    });
    expect(Object.keys(found.STAGE).length).toBeGreaterThan(2);
  });
  it('count only what the caller may see', async () => {
    const [{ id }] = (await world.rows(`select id from recovery_case where status = 'OPEN' and assignee is null order by id limit 1`)) as [
      { id: string },
    ];
    const assign = (assignee: string | null) => world.rows('update recovery_case set assignee = $2 where id = $1', id, assignee);
    await assign('eva');
    expect((await counted('collector', null, 'ben')).STAGE).toEqual(await groups('stage', "assignee is null or assignee = 'ben'"));
    await assign(null);
    expect((await world.ask('platform', facets)).errors![0]!.extensions['code']).toBe('FORBIDDEN');
  });
  it('are the same beside introspection, where graphql-js completes them', async () => {
    const alone = await world.ask('auditor', '{ caseFacets(by: [STATUS]) { by values { value count } } }');
    const { data } = await world.ask(
      'auditor',
      '{ caseFacets(by: [STATUS]) { by values { value count } } __type(name: "Query") { name } }',
    );
    expect(data.caseFacets).toEqual(alone.data.caseFacets);
  });
});

describe('entities of a federated graph', () => {
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { __typename ... on RecoveryCase { id name: ref borrower { nationalId } } ... on Loan { id accountNo } } }`;
  const entities = async (role: string, of: object[], user?: string) => (await world.ask(role, query, { of }, user)).data?._entities;
  const someRows = async () => {
    const [theCase] = await world.rows<{ id: string; ref: string }>(
      `select id, ref from recovery_case where assignee is null order by id limit 1`,
    );
    const [loan] = await world.rows<{ id: string }>('select id from loan order by id limit 1');
    return { theCase: theCase!, loan: loan! };
  };

  it('are read in their order, masked as everywhere, and null where an id names nothing of that type', async () => {
    const { theCase, loan } = await someRows();
    const of = [
      { __typename: 'Loan', id: loan.id },
      { __typename: 'RecoveryCase', id: theCase.id },
      { __typename: 'RecoveryCase', id: loan.id },
      { __typename: 'Loan', id: 'nonsense' },
    ];
    expect(await entities('auditor', of)).toEqual([
      { __typename: 'Loan', id: loan.id, accountNo: expect.stringMatching(/^\*\*\*/) },
      { __typename: 'RecoveryCase', id: theCase.id, name: theCase.ref, borrower: { nationalId: expect.stringMatching(/^\*\*\*/) } },
      null,
      null,
    ]);
    expect(await entities('auditor', of.slice(0, 2))).toHaveLength(2);
    expect(await entities('auditor', [])).toEqual([]);
  });
  it('are only those that the caller may see', async () => {
    const { theCase } = await someRows();
    const of = [{ __typename: 'RecoveryCase', id: theCase.id }];
    await world.rows('update recovery_case set assignee = $2 where id = $1', theCase.id, 'eva');
    expect([await entities('collector', of, 'eva'), await entities('collector', of, 'ben')]).toEqual([[expect.any(Object)], [null]]);
    await world.rows('update recovery_case set assignee = null where id = $1', theCase.id);
    expect((await world.ask('platform', query, { of })).errors![0]!.extensions['code']).toBe('FORBIDDEN');
  });
  it.each([
    [[{ __typename: 'Handoff', id: 'handoff_1' }]],
    [[{ id: 'x' }]],
    [[7]],
    [Array.from({ length: 101 }, () => ({ __typename: 'Loan', id: 'x' }))],
  ])('are refused where they are not represented by type and id', async (of) =>
    expect((await world.ask('auditor', query, { of })).errors![0]!.extensions['code']).toBe('BAD_USER_INPUT'),
  );
  it('come beside the schema of the subgraph, where graphql-js completes them', async () => {
    const { theCase } = await someRows();
    const { data } = await world.ask(
      'auditor',
      `query ($of: [_Any!]!) { _service { sdl } _entities(representations: $of) { ... on RecoveryCase { name: ref } } }`,
      {
        of: [{ __typename: 'RecoveryCase', id: theCase.id }],
      },
    );
    expect(data._service.sdl).toContain('type RecoveryCase implements Node @key(fields: "id") {');
    expect(data._entities).toEqual([{ name: theCase.ref }]);
  });
});

describe('a case', () => {
  it('is the same by id, by its reference and as a node, with aliases, fragments and directives', async () => {
    const [{ id, ref }] = (await world.rows('select id, ref from recovery_case order by id limit 1')) as [{ id: string; ref: string }];
    const { data } = await world.ask(
      'auditor',
      `query ($id: ID!, $ref: String!, $yes: Boolean!) { a: case(id: $id) { ...seen } b: caseByRef(system: "casegraph", ref: $ref) { ...seen } c: node(id: $id) { __typename ... on RecoveryCase { ...seen } } none: case(id: "case_0000000000000000") { id } }
       fragment seen on RecoveryCase { name: ref id stage @include(if: $yes) team @skip(if: $yes) loans(first: 2) { edges { cursor node { id } } } }`,
      { id, ref, yes: true },
    );
    expect(data.a).toMatchObject({ id, name: ref });
    expect(Object.keys(data.a)).toEqual(['name', 'id', 'stage', 'loans']);
    expect(data.b).toEqual(data.a);
    expect(data.c).toEqual({ __typename: 'RecoveryCase', ...data.a });
    expect(data.none).toBeNull();
  });

  it('lists the numbers that other systems know it by, and is found by each of them', async () => {
    const [theCase] = (await world.rows<{ id: string; ref: string }>('select id, ref from recovery_case order by id offset 3 limit 1')) as [
      { id: string; ref: string },
    ];
    const refs = async (role: string, query: string) =>
      (await world.ask(role, `{ found: ${query} { id externalRefs { system ref } } }`)).data.found;
    const own = { system: 'casegraph', ref: theCase.ref };
    const byId = `case(id: "${theCase.id}")`;
    for (let time = 0; time < 3; time++) expect(await refs('auditor', byId)).toEqual({ id: theCase.id, externalRefs: [own] });
    await world.rows(`insert into external_ref (system, ref, node_id) values ('workout', 'W-7', $1)`, theCase.id);
    const both = { id: theCase.id, externalRefs: [own, { system: 'workout', ref: 'W-7' }] };
    expect(await refs('auditor', byId)).toEqual(both);
    for (const { system, ref } of both.externalRefs)
      expect(await refs('auditor', `caseByRef(system: "${system}", ref: "${ref}")`)).toEqual(both);
    const filtered = await world.ask(
      'auditor',
      '{ cases(first: 5, filter: { externalRefs: { some: { system: { eq: "workout" } } } }) { nodes { id } } }',
    );
    expect(filtered.data.cases.nodes).toEqual([{ id: theCase.id }]);
  });

  it('is among several nodes in the order of their ids, with null for what is not there', async () => {
    const [{ id, loan }] = (await world.rows(
      'select c.id, l.id as loan from recovery_case c join loan l using (borrower_id) order by c.id, l.id limit 1',
    )) as [{ id: string; loan: string }];
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on RecoveryCase { ref } ... on Loan { status } } }';
    const none = 'borrower_0000000000000000';
    const { data } = await world.ask('auditor', query, { ids: [loan, none, id, 'nonsense', loan] });
    const aLoan = { __typename: 'Loan', id: loan, status: expect.any(String) };
    expect(data.nodes).toEqual([aLoan, null, { __typename: 'RecoveryCase', id, ref: expect.any(String) }, null, aLoan]);
    expect((await world.ask('auditor', query, { ids: [] })).data.nodes).toEqual([]);
    const tooMany = await world.ask('auditor', query, { ids: Array.from({ length: 101 }, () => none) });
    expect(tooMany).toMatchObject({ status: 400, errors: [{ path: ['nodes'], extensions: { code: 'BAD_USER_INPUT' } }] });
    expect((await world.ask('platform', query, { ids: [id] })).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  it('answers introspection and data in one document', async () => {
    const { data } = await world.ask(
      'auditor',
      '{ __type(name: "RecoveryCase") { name } cases(first: 1) { nodes { __typename ref availableActions { name allowed } } } }',
    );
    expect(data.__type.name).toBe('RecoveryCase');
    expect(data.cases.nodes[0]).toMatchObject({
      __typename: 'RecoveryCase',
      availableActions: expect.arrayContaining([expect.objectContaining({ name: 'INSTRUCT_LAW_FIRM' })]),
    });
  });
});

describe('rights', () => {
  const person = '{ cases(first: 20) { nodes { id borrower { name nationalId address contactPoints { value } loans { accountNo } } } } }';
  it.each([
    ['collector', { nationalId: true, contact: true, accountNo: true }],
    ['supervisor', { nationalId: true, contact: false, accountNo: true }],
    ['legal', { nationalId: false, contact: false, accountNo: false }],
    ['bureauReporter', { nationalId: false, contact: true, accountNo: false }],
    ['auditor', { nationalId: true, contact: true, accountNo: true }],
  ])('mask for %s what it does not need', async (role, masked) => {
    const { data } = await world.ask(role, person);
    for (const { borrower } of data.cases.nodes) {
      const hidden = (value: string) => value.startsWith('***');
      expect({
        nationalId: hidden(borrower.nationalId),
        contact: borrower.contactPoints.every(({ value }: { value: string }) => hidden(value)),
        accountNo: borrower.loans.every(({ accountNo }: { accountNo: string }) => hidden(accountNo)),
      }).toEqual(masked);
    }
  });
  it('hide a value that is too short to show its end', async () => {
    const [{ id }] = (await world.rows(
      `select b.id from borrower b join recovery_case c on c.borrower_id = b.id order by b.id limit 1`,
    )) as [{ id: string }];
    await world.rows('update borrower set national_id = $2 where id = $1', id, '12345');
    expect((await world.ask('auditor', 'query ($id: ID!) { borrower(id: $id) { nationalId } }', { id })).data.borrower.nationalId).toBe(
      '***',
    );
    await world.rows('update borrower set national_id = $2 where id = $1', id, '3174010101900001');
    expect((await world.ask('auditor', 'query ($id: ID!) { borrower(id: $id) { nationalId } }', { id })).data.borrower.nationalId).toBe(
      '***001',
    );
  });
  it('put each read in clear on record before it is answered', async () => {
    const before = await world.rows('select 1 from audit_entry');
    await world.ask('auditor', '{ cases(first: 1) { nodes { borrower { nationalId } } } }');
    await world.ask('legal', '{ cases(first: 1) { nodes { borrower { nationalId } } } }');
    const after = await world.rows<{ actor: string; detail: object }>('select actor, action, detail from audit_entry order by number');
    expect(after.slice(before.length)).toEqual([
      { actor: 'legal-1', action: 'READ_UNMASKED', detail: { fields: ['Borrower.nationalId'] } },
    ]);
  });
  it.each([
    ['platform', '{ cases(first: 1) { nodes { id } } }'],
    ['collector', '{ cases(first: 1) { nodes { matters { id } } } }'],
    ['legal', '{ parkedMessages(first: 1) { nodes { id } } }'],
    ['legal', '{ parkedMessages(first: 1) { totalCount } }'],
    ['legal', '{ parkedMessages(first: 1) { pageInfo { hasNextPage } } }'],
    ['legal', '{ parkedMessages(first: 1) { edges { cursor } } }'],
    ['platform', '{ cases(first: 1) { totalCount } }'],
    ['collector', '{ cases(first: 1, filter: { matters: { some: { courtRef: { eq: "1" } } } }) { totalCount } }'],
    ['platform', '{ handoffs(first: 1, orderBy: [{ field: STATE, direction: ASC }]) { totalCount } }'],
    ['platform', '{ connectors(first: 1) { nodes { id } } handoffs(first: 1, filter: { case: { ref: { eq: "x" } } }) { totalCount } }'],
    ['auditor', 'mutation { assignCase(input: { caseId: "case_0000000000000000", idempotencyKey: "x" }) { dryRun } }'],
    ['collector', '{ loans: cases(first: 1, filter: { borrower: { nationalId: { eq: "1" } } }) { nodes { id } } }'],
    ['collector', '{ cases(first: 1, filter: { loans: { some: { accountNo: { contains: "1" } } } }) { nodes { id } } }'],
  ])('refuse %s %s', async (role, query) => {
    const { errors } = await world.ask(role, query);
    expect(errors![0]!.extensions['code']).toBe('FORBIDDEN');
  });
  it('show a collector the cases that are theirs or nobody’s, by whatever way they come', async () => {
    const [{ id, borrower_id }] = (await world.rows(
      `select id, borrower_id from recovery_case where status = 'OPEN' and borrower_id in (select borrower_id from recovery_case group by 1 having count(*) = 1) order by id limit 1`,
    )) as [{ id: string; borrower_id: string }];
    await world.ask(
      'supervisor',
      'mutation ($id: ID!) { assignCase(input: { caseId: $id, assignee: "ana", idempotencyKey: "to-ana" }) { userErrors { message } } }',
      { id },
    );
    const seenBy = async (user: string) =>
      (
        await world.ask(
          'collector',
          'query ($id: ID!, $b: ID!) { case(id: $id) { id } borrower(id: $b) { id } node(id: $id) { id } }',
          { id, b: borrower_id },
          user,
        )
      ).data;
    expect(await seenBy('ana')).toEqual({ case: { id }, borrower: { id: borrower_id }, node: { id } });
    expect(await seenBy('ben')).toEqual({ case: null, borrower: null, node: null });
    const { data } = await world.ask(
      'collector',
      'mutation ($id: ID!) { recordInteraction(input: { caseId: $id, channel: PHONE, direction: OUTBOUND, outcome: NO_ANSWER, at: "2026-01-01T00:00:00Z", idempotencyKey: "ben" }) { case { id } userErrors { code } } }',
      { id },
      'ben',
    );
    expect(data.recordInteraction).toEqual({ case: null, userErrors: [{ code: 'NOT_FOUND' }] });
  });
});

describe('requests', () => {
  const hold = `mutation ($id: ID!, $key: String!, $reason: String!, $version: Int, $dry: Boolean) { placeHold(input: { caseId: $id, type: DISPUTE, scopes: [LEGAL, BUREAU], reason: $reason, idempotencyKey: $key, expectedVersion: $version, dryRun: $dry }) {
    case { version heldScopes availableActions { name allowed ruleIds } } hold { id scopes } dryRun userErrors { __typename code message ... on ConcurrencyConflict { currentVersion } ... on GuardRejected { ruleId } } } }`;
  const anOpenCase = async () =>
    (
      await world.rows<{ id: string; version: number }>(
        `select id, version from recovery_case where status = 'OPEN' and legal_eligible and legal = 'PRE_LEGAL' and placement = 'NONE' and id not in (select case_id from hold) order by id limit 1`,
      )
    )[0]!;

  it('happen once under their key, and are refused when the key is used for another', async () => {
    const { id } = await anOpenCase();
    const answers = await Promise.all(Array.from({ length: 8 }, () => world.ask('legal', hold, { id, key: 'once', reason: 'same' })));
    expect(new Set(answers.map(({ data }) => data.placeHold.hold.id)).size).toBe(1);
    expect(await world.rows('select 1 from hold where case_id = $1', id)).toHaveLength(1);
    const other = await world.ask('legal', hold, { id, key: 'once', reason: 'other' });
    expect(other.data.placeHold.userErrors).toMatchObject([{ __typename: 'PlainError', code: 'IDEMPOTENCY_MISMATCH' }]);
    expect(answers[0]!.data.placeHold.case.heldScopes).toEqual(['BUREAU', 'LEGAL']);
    const action = answers[0]!.data.placeHold.case.availableActions.find(({ name }: { name: string }) => name === 'INSTRUCT_LAW_FIRM');
    expect(action).toEqual({ name: 'INSTRUCT_LAW_FIRM', allowed: false, ruleIds: ['no-legal-hold'] });
    const instructed = await world.ask(
      'legal',
      'mutation ($id: ID!) { instructLawFirm(input: { caseId: $id, lawFirmId: "harbor-legal", idempotencyKey: "held" }) { userErrors { ... on GuardRejected { ruleId } } } }',
      { id },
    );
    expect(instructed.data.instructLawFirm.userErrors).toEqual([{ ruleId: 'no-legal-hold' }]);
  });

  it('steer hand-overs by role: engineers what they do not see, collectors nothing, and nobody what is not there', async () => {
    const { id } = await anOpenCase();
    const [{ handoff }] = (await world.rows<{ handoff: string }>(
      `insert into handoff (id, delivery_key, case_id, connector_id, operation, state, payload, payload_sha256, lane, lane_sequence, attempts, next_attempt_at, fence, created_at)
       values ('handoff_steered000000000', 'steered', $1, 'harbor-legal', 'placeClaim', 'QUEUED', '{}', '', 'steered', 1, 0, now(), 0, now()) returning id as handoff`,
      id,
    )) as [{ handoff: string }];
    let keys = 0;
    const steer = (role: string, name: string, handoffId = handoff) =>
      world.ask(
        role,
        `mutation ($id: ID!, $key: String!) { ${name}(input: { handoffId: $id, reason: "mended", idempotencyKey: $key }) { state handoff { atRisk } case { id } userErrors { code ... on GuardRejected { ruleId } } } }`,
        { id: handoffId, key: `steer ${++keys}` },
      );
    expect((await steer('platform', 'parkHandoff')).data.parkHandoff).toEqual({
      state: 'PARKED',
      handoff: null,
      case: null,
      userErrors: [],
    });
    expect((await steer('platform', 'redeliverHandoff')).data.redeliverHandoff).toMatchObject({ state: 'QUEUED', userErrors: [] });
    expect((await steer('platform', 'cancelHandoff')).errors![0]!.extensions['code']).toBe('FORBIDDEN');
    expect((await steer('collector', 'parkHandoff')).errors![0]!.extensions['code']).toBe('FORBIDDEN');
    expect((await steer('legal', 'redeliverHandoff')).data.redeliverHandoff.userErrors).toEqual([
      { code: 'GUARD_REJECTED', ruleId: 'handoff-state' },
    ]);
    expect((await steer('legal', 'cancelHandoff', 'handoff_0000000000000000')).data.cancelHandoff.userErrors).toEqual([
      { code: 'NOT_FOUND' },
    ]);
    expect((await steer('legal', 'cancelHandoff')).data.cancelHandoff).toEqual({
      state: 'CANCELLED',
      handoff: { atRisk: false },
      case: { id },
      userErrors: [],
    });
  });

  it('meet a newer version as a conflict, and a dry run leaves nothing behind', async () => {
    const { id, version } = await anOpenCase();
    const count = async () =>
      (
        await world.rows(
          `select (select count(*) from hold) h, (select count(*) from event_log) f, (select count(*) from timeline_entry) t, (select count(*) from answered_request) r, (select version from recovery_case where id = $1) v`,
          id,
        )
      )[0];
    const before = await count();
    const dry = await world.ask('legal', hold, { id, key: 'dry', reason: 'x', dry: true });
    expect(dry.data.placeHold).toMatchObject({ dryRun: true, userErrors: [], hold: null });
    const stale = await world.ask('legal', hold, { id, key: 'stale', reason: 'x', version: version + 7 });
    expect(stale.data.placeHold.userErrors).toEqual([
      { __typename: 'ConcurrencyConflict', code: 'CONCURRENCY_CONFLICT', message: expect.any(String), currentVersion: version },
    ]);
    expect(await count()).toEqual(before);
  });

  const told = `decision { outcome ruleId policyVersion reasons citation earliestAllowedAt inputs decidedOn } dryRun userErrors { code ... on GuardRejected { ruleId } }`;
  const kept = 'select count(*)::int as n from decision';
  it.each([
    ['placeHold', 'legal', 'type: DISPUTE, scopes: [CONTACT], reason: "x"', 'PLACE_HOLD'],
    [
      'recordInteraction',
      'legal',
      'channel: PHONE, direction: OUTBOUND, outcome: NO_ANSWER, at: "2026-04-01T09:00:00Z"',
      'RECORD_INTERACTION',
    ],
    ['assignCase', 'supervisor', 'assignee: "ana"', 'ASSIGN_CASE'],
    ['placeCaseWithAgency', 'supervisor', 'agencyId: "lotus-recovery"', 'PLACE_WITH_AGENCY'],
    ['instructLawFirm', 'legal', 'lawFirmId: "harbor-legal"', 'INSTRUCT_LAW_FIRM'],
  ])('are decided alike in a dry run and when they are done: %s', async (name, role, more, action) => {
    const { id } = await anOpenCase();
    const ask = async (key: string, dryRun: boolean, extra = '') => {
      const input = `caseId: "${id}", ${more}, idempotencyKey: "${name} ${key}", dryRun: ${dryRun}`;
      const { data, text } = await world.ask(role, `mutation { ${name}(input: { ${input} }) { ${told} ${extra} } }`);
      if (!data?.[name]) throw new Error(text);
      return data[name];
    };
    const [{ n }] = (await world.rows<{ n: number }>(kept)) as [{ n: number }];
    const dry = await ask('dry', true);
    expect(dry).toMatchObject({
      dryRun: true,
      userErrors: [],
      decision: { outcome: 'ALLOWED', ruleId: action, reasons: [], citation: null },
    });
    expect(JSON.parse(dry.decision.inputs)).toMatchObject({ action, status: 'OPEN', ownership: 'OWNED' });
    expect(await world.rows(kept)).toEqual([{ n }]);
    const extra = 'case { decisions { id outcome ruleId policyVersion reasons inputs decidedOn } }';
    const { case: after, ...done } = await ask('done', false, extra);
    expect(done).toEqual({ ...dry, dryRun: false });
    const { citation: _, earliestAllowedAt: __, inputs, ...same } = done.decision;
    const row = after.decisions.at(-1);
    expect({ ...row, inputs: JSON.parse(row.inputs) }).toEqual({
      ...same,
      id: expect.stringMatching(/^decision_/),
      inputs: JSON.parse(inputs),
    });
    const again = await ask('done', false, 'again: decision { id }');
    expect(again).toEqual({ ...done, again: { id: row.id } });
    expect(await world.rows(kept)).toEqual([{ n: n + 1 }]);
  });

  it('are refused by a decision that names the rule, in a dry run as without', async () => {
    const [{ id }] = (await world.rows<{ id: string }>(`select id from recovery_case where status = 'CLOSED' order by id limit 1`)) as [
      { id: string },
    ];
    const counted = `select (select count(*) from decision) d, (select count(*) from event_log) f, (select count(*) from audit_entry) a`;
    const before = await world.rows(counted);
    const ask = async (dryRun: boolean, agencyId = 'lotus-recovery') =>
      (
        await world.ask(
          'supervisor',
          `mutation { placeCaseWithAgency(input: { caseId: "${id}", agencyId: "${agencyId}", idempotencyKey: "closed", dryRun: ${dryRun} }) { ${told} } }`,
        )
      ).data.placeCaseWithAgency;
    const dry = await ask(true);
    expect(dry).toMatchObject({
      decision: { outcome: 'REFUSED', ruleId: 'case-open' },
      userErrors: expect.arrayContaining([{ code: 'GUARD_REJECTED', ruleId: 'case-open' }]),
    });
    expect(dry.decision.reasons).toContain('The case is closed');
    expect(await ask(false)).toEqual({ ...dry, dryRun: false });
    expect(await world.rows(counted)).toEqual(before);
  });

  it('sell all of the cases or none', async () => {
    const open = await world.rows<{ id: string }>(
      `select id from recovery_case where status = 'OPEN' and overdue_since is not null and placement = 'NONE' and legal in ('NONE', 'PRE_LEGAL') and id not in (select case_id from hold) order by id desc limit 2`,
    );
    const [{ id: closed }] = (await world.rows(`select id from recovery_case where status = 'CLOSED' limit 1`)) as [{ id: string }];
    const sell = (key: string, ids: string[]) =>
      world.ask(
        'legal',
        `mutation ($ids: [ID!]!) { closePortfolioSale(input: { saleRef: "S-${key}", buyerId: "summit-assets", caseIds: $ids, price: { amount: "1000.00", currency: "IDR" }, cutOffAt: "2026-04-01T00:00:00Z", idempotencyKey: "${key}" }) { handoff { operation } decision { id outcome ruleId inputs } userErrors { ... on GuardRejected { ruleId } } } }`,
        { ids },
      );
    const bad = (await sell('bad', [...open.map(({ id }) => id), closed])).data.closePortfolioSale;
    expect(bad.userErrors).toContainEqual({ ruleId: 'case-open' });
    expect(bad.decision).toMatchObject({ id: null, outcome: 'REFUSED', ruleId: 'case-open' });
    expect(JSON.parse(bad.decision.inputs)).toEqual({ cases: 3, refusedBy: [closed] });
    expect(await world.rows(`select 1 from recovery_case where ownership <> 'OWNED'`)).toEqual([]);
    expect(
      (
        await sell(
          'good',
          open.map(({ id }) => id),
        )
      ).data.closePortfolioSale,
    ).toEqual({
      handoff: { operation: 'assignPortfolio' },
      decision: { id: null, outcome: 'ALLOWED', ruleId: 'CLOSE_PORTFOLIO_SALE', inputs: expect.any(String) },
      userErrors: [],
    });
    expect(await world.rows(`select 1 from recovery_case where ownership = 'SALE_PENDING'`)).toHaveLength(2);
    expect(await world.rows(`select 1 from decision where rule_id = 'CLOSE_PORTFOLIO_SALE' and outcome = 'ALLOWED'`)).toHaveLength(2);
    const twice = await sell(
      'good2',
      open.map(({ id }) => id),
    );
    expect(twice.data.closePortfolioSale.decision).toMatchObject({ outcome: 'REFUSED', ruleId: 'still-owned' });
  });

  it.each([
    ['an amount with too many decimals', '1.001', '2026-04-05', 'INVALID_INPUT', null],
    ['a date that has passed', '1.00', '2026-01-05', 'INVALID_INPUT', null],
    ['a date beyond the mandate', '1.00', '2026-12-05', 'MANDATE_EXCEEDED', { ruleId: 'mandate', outcome: 'REFUSED' }],
  ])('refuse a promise with %s', async (_, amount, dueOn, code, decision) => {
    const [{ id }] = (await world.rows(
      `select c.id from recovery_case c join case_exposure e on e.case_id = c.id where status = 'OPEN' and e.currency = 'IDR' and overdue_since is not null and ownership = 'OWNED' limit 1`,
    )) as [{ id: string }];
    const { data, text } = await world.ask(
      'supervisor',
      'mutation ($id: ID!, $amount: Decimal!, $dueOn: Date!, $key: String!) { recordPromise(input: { caseId: $id, amount: { amount: $amount, currency: "IDR" }, dueOn: $dueOn, idempotencyKey: $key }) { decision { ruleId outcome } userErrors { code } } }',
      { id, amount, dueOn, key: `${amount} ${dueOn}` },
    );
    if (!data?.recordPromise) throw new Error(text);
    expect(data.recordPromise).toEqual({ decision, userErrors: [{ code }] });
  });

  it('name the field of an input that does not fit', async () => {
    const { errors } = await world.ask(
      'legal',
      'mutation { placeHold(input: { caseId: "nonsense", type: DISPUTE, scopes: [LEGAL], reason: "x", idempotencyKey: "k" }) { dryRun } }',
    );
    expect(errors![0]!.extensions['code']).toBe('BAD_USER_INPUT');
    expect(JSON.stringify(errors)).toContain('caseId');
  });
});

describe('live changes', () => {
  const note = (id: string, key: string) =>
    world.ask(
      'supervisor',
      'mutation ($id: ID!, $key: String!) { recordInteraction(input: { caseId: $id, channel: PHONE, direction: OUTBOUND, outcome: NO_ANSWER, at: "2026-01-01T00:00:00Z", idempotencyKey: $key }) { userErrors { message } } }',
      { id, key },
    );
  const subscription =
    'subscription ($id: ID!, $after: String) { caseChanged(id: $id, afterSequence: $after) { sequence cause { type } entry { type summary } case { ref } } }';
  const someCase = async () =>
    (
      await world.rows<{ id: string; sequence: string }>(
        `select id, sequence::text from recovery_case where status = 'OPEN' and ownership = 'OWNED' and sequence > 5 order by id limit 1`,
      )
    )[0]!;

  it('come over WebSocket from a sequence on, each once and in order, also those that happen meanwhile', async () => {
    const { id, sequence } = await someCase();
    const client = createClient({
      url: `${world.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: async () => ({ authorization: `Bearer ${await world.token(['auditor'])}` }),
    });
    const seen: number[] = [];
    const stop = client.subscribe<{ caseChanged: { sequence: string; entry: { summary: string } } }>(
      { query: subscription, variables: { id, after: '0' } },
      { next: ({ data }) => void seen.push(Number(data!.caseChanged.sequence)), error: () => {}, complete: () => {} },
    );
    await Promise.all(Array.from({ length: 60 }, (_, i) => note(id, `ws ${i}`)));
    const last = Number(sequence) + 60;
    await until('all changes have come', async () => seen.length >= last, 20_000);
    expect(seen).toEqual(Array.from({ length: last }, (_, i) => i + 1));
    stop();
    await client.dispose();
  }, 40_000);

  it('come as server-sent events, which end with a reason when the token does', async () => {
    const { id } = await someCase();
    const token = await world.token(['auditor'], { ttlSeconds: 3 });
    const response = await fetch(`${world.url}/graphql/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: subscription, variables: { id } }),
    });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/event-stream')]);
    let text = '';
    const reading = (async () => {
      for await (const chunk of response.body!.pipeThrough(new TextDecoderStream() as never) as unknown as AsyncIterable<string>)
        text += chunk;
    })();
    await note(id, 'sse');
    await until('the change has come', async () => text.includes('"INTERACTION"'), 10_000);
    await reading;
    expect(text).toContain('"reason":"TOKEN_EXPIRED"');
  }, 30_000);

  it('are refused without a token, and to those who may not see the case', async () => {
    const closed = (authorization: string) =>
      new Promise<{ code: number; reason: string }>((done) => {
        const client = createClient({
          url: `${world.url.replace('http', 'ws')}/graphql`,
          webSocketImpl: WebSocket,
          retryAttempts: 0,
          lazy: false,
          connectionParams: { authorization },
          onNonLazyError: () => {},
          on: { closed: (event) => done(event as { code: number; reason: string }) },
        });
        void client;
      });
    expect(await closed('')).toMatchObject({ code: 4401 });
    const response = await fetch(`${world.url}/graphql/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query: subscription }),
    });
    expect(response.status).toBe(401);
    const token = await world.token(['collector'], { user: 'nobody' });
    const [{ id }] = (await world.rows(`select id from recovery_case where assignee = 'ana'`)) as [{ id: string }];
    const refused = await fetch(`${world.url}/graphql/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: subscription, variables: { id } }),
    });
    expect(await refused.text()).toContain('There is no such case');
  });
});

it('tells instants in ISO 8601 and UTC', async () => {
  const { data } = await world.ask('auditor', '{ cases(first: 1) { nodes { timeline(first: 1) { nodes { recordedAt } } } } }');
  expect(data.cases.nodes[0].timeline.nodes[0].recordedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
});

it('lists the loans that wait for their account, to those who see all cases', async () => {
  const waiting = `{ loans(first: 10, filter: { result: { eq: AWAITING_SNAPSHOT } }) { totalCount nodes { id status repayments(first: 5) { totalCount } } } }`;
  await world.store.transaction((tx) =>
    recordLateFacts(tx, [
      {
        source: '/core-banking/test',
        id: 'early',
        type: 'LoanTransactionPosted',
        tenant: 'demo',
        aggregateId: 'demo/core/UNKNOWN',
        sequence: 1n,
        effectiveOn: '2026-03-01',
        businessOn: '2026-03-01',
        occurredAt: new Date('2026-03-01T00:00:00Z'),
        data: {
          transactionId: 'early',
          kind: 'REPAYMENT',
          valueOn: '2026-03-01',
          postedOn: '2026-03-01',
          amount: 5n,
          currency: 'IDR',
          portions: null,
        },
      },
    ]),
  );
  expect((await world.ask('supervisor', waiting)).data.loans).toMatchObject({
    totalCount: 1,
    nodes: [{ status: 'AWAITING_SNAPSHOT', repayments: { totalCount: 1 } }],
  });
  expect((await world.ask('collector', waiting)).data.loans.totalCount).toBe(0);
  expect((await world.ask('platform', waiting)).status).not.toBe(200);
});

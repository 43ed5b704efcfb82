// The past of the case graph: what it answered while the book was played is what it answers later, asked for that moment.
import { fillBook, openGraphWorld, type GraphWorld } from '../support/graph-world.js';
import { until } from '../support/until.js';

const loanFields = `id accountNo status result overdueSince daysPastDue pausedDays bucket qualityClass ownQualityClass doubts assessedOn episode nextDueOn
  overdue { amount currency } overduePrincipal { amount } overdueInterest { amount } outstanding { amount }
  instalments { number dueOn due { amount } outstanding { amount } } repayments(first: 100) { nodes { transactionRef valueOn amount { amount } reversedOn recordedAt } }
  bureauFlags { reportKey state version overdueSince daysPastDue overdue { amount } }`;
const caseFields = `id ref status stage openedOn closedOn reopened overdueSince daysPastDue highestThreshold qualityClass treatment arrangement legal placement legalEligible assignee
  exposures { currency loans overdue { amount } outstanding { amount } } arrears { enteredOn curedOn episode } thresholds { days crossedOn wouldNotHaveFired }
  timeline(first: 100) { totalCount nodes { type summary effectiveOn recordedAt sequence } } promises { dueOn state } holds { type scopes }
  communications(first: 20) { nodes { text payBy state } } borrower { id borrowerNo name segment } loans(first: 20) { nodes { ${loanFields} } }`;
const ofCase = `query ($id: ID!, $asOf: AsOfInput) { case(id: $id, asOf: $asOf) { ${caseFields} } }`;
const ofLoan = `query ($id: ID!, $asOf: AsOfInput) { loan(id: $id, asOf: $asOf) { ${loanFields} } }`;
const ofBorrower = `query ($id: ID!, $asOf: AsOfInput) { borrower(id: $id, asOf: $asOf) { id borrowerNo name language loans { id status daysPastDue } } }`;
const worklist = `query ($asOf: AsOfInput) { cases(first: 50, filter: { status: { eq: OPEN } }, orderBy: [{ field: OVERDUE_SINCE, direction: ASC }], asOf: $asOf) { totalCount nodes { id stage daysPastDue qualityClass overdueSince } } }`;

let world: GraphWorld;
const said: { at: string; query: string; id: string | undefined; data: unknown }[] = [];
const lists: { at: string; data: unknown }[] = [];

async function ask(query: string, variables: object): Promise<any> {
  const { data, errors } = await world.ask('supervisor', query, variables);
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}
const now = async (): Promise<string> =>
  (await world.rows<{ now: string }>(`select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as now`))[0]!
    .now;

async function record(): Promise<void> {
  const at = await now();
  const cases = await world.rows<{ id: string; borrower_id: string }>(
    `select id, borrower_id from recovery_case order by md5(id || $1) limit 4`,
    at,
  );
  const loans = await world.rows<{ id: string }>(`select id from loan order by md5(id || $1) limit 3`, at);
  for (const { id, borrower_id } of cases) {
    said.push({ at, query: ofCase, id, data: await ask(ofCase, { id }) });
    said.push({ at, query: ofBorrower, id: borrower_id, data: await ask(ofBorrower, { id: borrower_id }) });
  }
  for (const { id } of loans) said.push({ at, query: ofLoan, id, data: await ask(ofLoan, { id }) });
  if (lists.length < 2 && cases.length === 4) lists.push({ at, data: await ask(worklist, {}) });
}

beforeAll(async () => {
  world = await openGraphWorld(false);
  let days = 0;
  await fillBook(world.store, {
    book: { borrowers: 60, loans: 90, months: 8, until: '2026-03-31' },
    onDay: async () => (++days % 23 === 0 ? record() : undefined),
  });
}, 240_000);
afterAll(() => world?.stop(), 60_000);

it('answers for each moment what the live graph answered then', async () => {
  expect(said.length).toBeGreaterThan(60);
  let folded = 0;
  for (const { at, query, id, data } of said) {
    expect({ at, data: await ask(query, { id, asOf: { knownAt: at } }) }).toEqual({ at, data });
    folded++;
  }
  expect(folded).toBe(said.length);
}, 240_000);

it('answers for the present what the live graph answers', async () => {
  for (const { id } of await world.rows<{ id: string }>('select id from recovery_case order by id limit 10'))
    expect(await ask(ofCase, { id, asOf: {} })).toEqual(await ask(ofCase, { id }));
}, 120_000);

it('answers a worklist of the past, once the log is folded, and says so until then', async () => {
  for (const { at, data } of lists) {
    const first = await world.ask('supervisor', worklist, { asOf: { knownAt: at } });
    expect(first).toMatchObject({ status: 503, errors: [{ extensions: { code: 'AS_OF_PREPARING', retryable: true } }] });
    await until(
      'the past is folded',
      async () => (await world.ask('supervisor', worklist, { asOf: { knownAt: at } })).status !== 503,
      120_000,
    );
    expect(await ask(worklist, { asOf: { knownAt: at } })).toEqual(data);
  }
}, 240_000);

it('tells what was so on a day apart from what was known of it: a back-dated repayment', async () => {
  const [row] = await world.rows<{ loan_id: string; value_on: string; posted_on: string; recorded: string }>(
    `select loan_id, value_on::text, posted_on::text, to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as recorded
     from repayment where posted_on - value_on > 3 and reversed_on is null and kind = 'REPAYMENT' order by posted_on - value_on desc limit 1`,
  );
  const query = `query ($id: ID!, $asOf: AsOfInput) { loan(id: $id, asOf: $asOf) { repayments(first: 100) { totalCount } } }`;
  const { loan_id: id, value_on: validAt, recorded: knownAt } = row!;
  const before = await now().then(
    async () =>
      (
        await world.rows<{ at: string }>(
          `select to_char(($1::timestamptz - interval '1 microsecond') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at`,
          knownAt,
        )
      )[0]!.at,
  );
  const later = (await ask(query, { id, asOf: { validAt } })).loan.repayments.totalCount;
  const then = (await ask(query, { id, asOf: { validAt, knownAt: before } })).loan.repayments.totalCount;
  expect(later).toBe(then + 1);
});

it('shows nothing of a loan before it was known', async () => {
  const [{ id }] = (await world.rows<{ id: string }>('select id from loan order by id limit 1')) as [{ id: string }];
  expect(await ask(ofLoan, { id, asOf: { knownAt: '2020-01-01T00:00:00Z' } })).toEqual({ loan: null });
});

it('keeps rights and masks in the past', async () => {
  const { id, data } = said.find(({ query }) => query === ofBorrower)!;
  const { data: masked } = await world.ask(
    'auditor',
    `query ($id: ID!, $asOf: AsOfInput) { borrower(id: $id, asOf: $asOf) { nationalId name } }`,
    { id, asOf: {} },
  );
  const { data: live } = await world.ask('auditor', `query ($id: ID!) { borrower(id: $id) { nationalId name } }`, { id });
  expect(masked).toEqual(live);
  expect(data).toBeTruthy();
  const { rows } = { rows: await world.rows('select 1 from loan limit 1') };
  expect(rows).toHaveLength(1);
});

it.each([
  [
    'two moments in one query',
    `{ a: loan(id: "loan_0", asOf: { validAt: "2026-01-01" }) { id } b: loan(id: "loan_0") { id } }`,
    'asOf must be the same',
  ],
  [
    'a moment that has not come',
    `{ loan(id: "loan_0", asOf: { knownAt: "2999-01-01T00:00:00Z" }) { id } }`,
    'asOf.knownAt is in the future',
  ],
])('refuses %s', async (_, query, message) => {
  expect(await world.ask('supervisor', query)).toMatchObject({ status: 400, errors: [{ message: expect.stringContaining(message) }] });
});

it('leaves nothing behind', async () => {
  const tables = await world.rows<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname ~ '^as_of_[0-9]+$'`,
  );
  expect(tables.length).toBeGreaterThan(20);
  for (const { name } of tables) expect(await world.rows(`select 1 from ${name} limit 1`)).toEqual([]);
});

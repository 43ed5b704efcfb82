// The floor: bare node:http in front of one prepared statement a screen, written by hand, without GraphQL, tokens, rights or masks.
import { createServer } from 'node:http';
import pg from 'pg';
import { businessDate } from './book.js';
import type { QueryName } from './queries.js';

const { databaseUrl } = JSON.parse(process.argv[2]!) as { databaseUrl: string };

const object = (members: Record<string, string>): string =>
  `${Object.entries(members)
    .map(([key, sql], i) => `'${i ? ',' : '{'}"${key}":' || ${sql}`)
    .join(' || ')} || '}'`;
const list = (of: string, rest: string, order: string): string =>
  `(select '[' || coalesce(string_agg(${of}, ',' order by ${order}), '') || ']' from ${rest})`;
const nodes = (sql: string): string => `'{"nodes":' || ${sql} || '}'`;
const text = (x: string): string => `to_json(${x})::text`;
const quoted = (x: string): string => `'"' || ${x} || '"'`;
const plain = (x: string): string => `(${x})::text`;
const orNull = (sql: string): string => `coalesce(${sql}, 'null')`;
const instant = (x: string): string => quoted(`replace((${x} at time zone 'UTC')::text, ' ', 'T') || 'Z'`);
const unit = (x: string): string => `case when ${x}.currency = 'VND' then 1 else 0.01 end`;
const money = (row: string, column: string): string =>
  object({ amount: quoted(`${row}.${column}_minor * ${unit(row)}`), currency: quoted(`${row}.currency`) });
const pastDue = (row: string): string => plain(`coalesce(date '${businessDate}' - ${row}.overdue_since, 0)`);

const instalments = list(
  object({ number: plain('i.number'), dueOn: quoted('i.due_on'), due: money('i', 'due'), outstanding: money('i', 'outstanding') }),
  'instalment i where i.loan_id = l.id',
  'i.number, i.id',
);
const loans = (members: Record<string, string>): string =>
  nodes(list(object(members), '(select * from loan l where l.borrower_id = c.borrower_id order by l.id limit 10) l', 'l.id'));
const page = (members: Record<string, string>): string =>
  `select ${object({
    cases: nodes(
      list(
        object(members),
        `(select * from recovery_case c where c.status = 'OPEN' and c.assignee = $1 order by c.overdue_since, c.id limit 50) c`,
        'c.overdue_since, c.id',
      ),
    ),
  })} as json`;

const wholeCase = {
  id: quoted('c.id'),
  ref: text('c.ref'),
  status: quoted('c.status'),
  stage: quoted('c.stage'),
  openedOn: quoted('c.opened_on'),
  overdueSince: orNull(quoted('c.overdue_since')),
  daysPastDue: pastDue('c'),
  qualityClass: plain('c.quality_class'),
  legalEligible: plain('c.legal_eligible'),
  assignee: orNull(text('c.assignee')),
  version: plain('c.version'),
  sequence: quoted('c.sequence'),
  borrower: `(select ${object({
    id: quoted('b.id'),
    borrowerNo: text('b.borrower_no'),
    name: text('b.name'),
    nationalId: orNull(text('b.national_id')),
    language: text('b.language'),
    contactPoints: list(
      object({ channel: quoted('p.channel'), value: text('p.value'), preferred: plain('p.preferred'), consent: plain('p.consent') }),
      'contact_point p where p.borrower_id = b.id',
      'p.ordinal, p.id',
    ),
  })} from borrower b where b.id = c.borrower_id)`,
  exposures: list(
    object({
      currency: text('e.currency'),
      loans: plain('e.loans'),
      overdue: money('e', 'overdue'),
      outstanding: money('e', 'outstanding'),
    }),
    'case_exposure e where e.case_id = c.id',
    'e.currency, e.id',
  ),
  loans: loans({
    id: quoted('l.id'),
    accountNo: orNull(text('l.account_no')),
    status: quoted('l.status'),
    currency: orNull(text('l.currency')),
    daysPastDue: pastDue('l'),
    bucket: quoted('l.bucket'),
    qualityClass: plain('greatest(l.quality_class, l.obligor_class)'),
    nextDueOn: orNull(quoted('l.next_due_on')),
    principal: money('l', 'principal'),
    overdue: money('l', 'overdue'),
    outstanding: money('l', 'outstanding'),
    instalments,
  }),
  timeline: nodes(
    list(
      object({
        sequence: quoted('t.sequence'),
        type: text('t.type'),
        summary: text('t.summary'),
        actor: text('t.actor'),
        effectiveOn: quoted('t.effective_on'),
        recordedAt: instant('t.recorded_at'),
      }),
      '(select * from timeline_entry t where t.case_id = c.id order by t.sequence desc, t.id desc limit 20) t',
      't.sequence, t.id',
    ),
  ),
  interactions: nodes(
    list(
      object({
        channel: quoted('t.channel'),
        direction: quoted('t.direction'),
        outcome: quoted('t.outcome'),
        note: orNull(text('t.note')),
        at: instant('t.at'),
        actor: text('t.actor'),
      }),
      '(select * from interaction t where t.case_id = c.id order by t.at, t.id limit 10) t',
      't.at, t.id',
    ),
  ),
  promises: list(
    object({ dueOn: quoted('p.due_on'), state: quoted('p.state'), amount: money('p', 'amount'), paid: money('p', 'paid') }),
    'promise_to_pay p where p.case_id = c.id',
    'p.due_on, p.id',
  ),
  handoffs: nodes(
    list(
      object({
        id: quoted('h.id'),
        connectorId: text('h.connector_id'),
        operation: text('h.operation'),
        state: quoted('h.state'),
        createdAt: instant('h.created_at'),
      }),
      '(select * from handoff h where h.case_id = c.id order by h.created_at, h.id limit 10) h',
      'h.created_at, h.id',
    ),
  ),
  placements: list(
    object({
      agencyId: text('a.agency_id'),
      state: quoted('a.state'),
      placedOn: quoted('a.placed_on'),
      expiresOn: quoted('a.expires_on'),
      commissionRate: quoted('a.commission_rate'),
    }),
    'agency_placement a where a.case_id = c.id',
    'a.placed_on, a.id',
  ),
  bureauFlags: list(
    object({
      bureauId: text('f.bureau_id'),
      state: quoted('f.state'),
      version: plain('f.version'),
      raisedOn: quoted('f.raised_on'),
      daysPastDue: plain('f.days_past_due'),
      overdue: money('f', 'overdue'),
    }),
    'bureau_flag f where f.case_id = c.id',
    'f.raised_on, f.id',
  ),
};

const statements: Record<QueryName, string> = {
  wholeCase: `select '{"case":' || ${object(wholeCase)} || '}' as json from recovery_case c where c.id = $1`,
  worklist: page({
    id: quoted('c.id'),
    ref: text('c.ref'),
    stage: quoted('c.stage'),
    daysPastDue: pastDue('c'),
    qualityClass: plain('c.quality_class'),
    borrower: `(select ${object({ id: quoted('b.id'), name: text('b.name'), jurisdiction: text('b.jurisdiction') })} from borrower b where b.id = c.borrower_id)`,
    exposures: list(
      object({ currency: text('e.currency'), overdue: money('e', 'overdue') }),
      'case_exposure e where e.case_id = c.id',
      'e.currency, e.id',
    ),
    interactionCount: '(select count(*)::text from interaction i where i.case_id = c.id)',
    lastInteraction: orNull(
      `(select ${object({ at: instant('i.at'), channel: quoted('i.channel'), outcome: quoted('i.outcome') })} from interaction i where i.case_id = c.id order by i.at desc, i.id desc limit 1)`,
    ),
  }),
  schedules: page({
    id: quoted('c.id'),
    ref: text('c.ref'),
    loans: loans({
      id: quoted('l.id'),
      accountNo: orNull(text('l.account_no')),
      daysPastDue: pastDue('l'),
      outstanding: money('l', 'outstanding'),
      instalments,
    }),
  }),
};

const pool = new pg.Pool({ connectionString: databaseUrl, max: 8, options: '-c jit=off -c plan_cache_mode=force_generic_plan' });
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk));
  request.on('end', () => {
    const { operationName, variables } = JSON.parse(body) as { operationName: string; variables: Record<string, string> };
    const name = (operationName[0]!.toLowerCase() + operationName.slice(1)) as QueryName;
    pool
      .query<[string]>({ name, text: statements[name], values: Object.values(variables), rowMode: 'array' } as never)
      .then(({ rows }) => {
        const text = `{"data":${(rows as unknown as [string][])[0]![0]}}`;
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }).end(text);
      })
      .catch((error: Error) => response.writeHead(500).end(error.message));
  });
});
server.listen(0, '127.0.0.1', () => process.send!({ url: `http://127.0.0.1:${(server.address() as { port: number }).port}` }));

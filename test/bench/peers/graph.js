// What both servers with hand-written resolvers share: the schema of the three screens, and one batched statement for each relation.
import pg from 'pg';

export const settings = JSON.parse(process.argv[2]);

pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) => `${text.slice(0, 10)}T${text.slice(11, -3)}Z`);
const pool = new pg.Pool({
  connectionString: settings.databaseUrl,
  max: 8,
  options: '-c timezone=UTC -c jit=off -c plan_cache_mode=force_generic_plan',
});
const rowsOf = async (name, text, values) => (await pool.query({ name, text, values })).rows;

export const typeDefs = `
  type Query {
    case(id: ID!): RecoveryCase
    cases(first: Int!, filter: CaseFilter!, orderBy: [CaseOrder!]): RecoveryCaseConnection!
  }
  input CaseFilter { status: CaseStatusFilter!, assignee: StringFilter! }
  input CaseStatusFilter { eq: CaseStatus! }
  input StringFilter { eq: String! }
  input CaseOrder { field: CaseOrderField!, direction: OrderDirection!, nulls: NullPlacement }
  enum CaseStatus { OPEN CLOSED }
  enum CaseOrderField { OVERDUE_SINCE }
  enum OrderDirection { ASC DESC }
  enum NullPlacement { FIRST LAST }
  type RecoveryCaseConnection { nodes: [RecoveryCase!]! }
  type RecoveryCase {
    id: ID! ref: String! status: String! stage: String! openedOn: String! overdueSince: String daysPastDue: Int! qualityClass: Int!
    legalEligible: Boolean! assignee: String version: Int! sequence: String!
    borrower: Borrower! exposures: [Exposure!]! loans(first: Int!): LoanConnection! timeline(last: Int!): TimelineConnection!
    interactionCount: Int! lastInteraction: Interaction interactions(first: Int!): InteractionConnection! promises: [PromiseToPay!]!
    handoffs(first: Int!): HandoffConnection! placements: [Placement!]! bureauFlags: [BureauFlag!]!
  }
  type Money { amount: String! currency: String! }
  type Borrower { id: ID! borrowerNo: String! name: String! nationalId: String language: String! jurisdiction: String! contactPoints: [ContactPoint!]! }
  type ContactPoint { channel: String! value: String! preferred: Boolean! consent: Boolean! }
  type Exposure { currency: String! loans: Int! overdue: Money! outstanding: Money! }
  type LoanConnection { nodes: [Loan!]! }
  type Loan {
    id: ID! accountNo: String status: String! currency: String daysPastDue: Int! bucket: String! qualityClass: Int! nextDueOn: String
    principal: Money overdue: Money outstanding: Money instalments: [Instalment!]!
  }
  type Instalment { number: Int! dueOn: String! due: Money! outstanding: Money! }
  type TimelineConnection { nodes: [TimelineEntry!]! }
  type TimelineEntry { sequence: String! type: String! summary: String! actor: String! effectiveOn: String! recordedAt: String! }
  type InteractionConnection { nodes: [Interaction!]! }
  type Interaction { channel: String! direction: String! outcome: String! note: String at: String! actor: String! }
  type PromiseToPay { dueOn: String! state: String! amount: Money! paid: Money! }
  type HandoffConnection { nodes: [Handoff!]! }
  type Handoff { id: ID! connectorId: String! operation: String! state: String! createdAt: String! }
  type Placement { agencyId: String! state: String! placedOn: String! expiresOn: String! commissionRate: String! }
  type BureauFlag { bureauId: String! state: String! version: Int! raisedOn: String! daysPastDue: Int! overdue: Money! }
`;

const pastDue = `coalesce((select business_date from business_day where tenant = 'demo') - overdue_since, 0) as "daysPastDue"`;
const caseColumns = `id, ref, status, stage, opened_on as "openedOn", overdue_since as "overdueSince", ${pastDue}, quality_class as "qualityClass",
  legal_eligible as "legalEligible", assignee, version, sequence, borrower_id as "borrowerId"`;

export const caseOf = async (id) => (await rowsOf('case', `select ${caseColumns} from recovery_case where id = $1`, [id]))[0];
export const casesOf = async ({ first, filter }) => ({
  nodes: await rowsOf(
    'cases',
    `select ${caseColumns} from recovery_case where status = $1 and assignee = $2 order by overdue_since, id limit $3`,
    [filter.status.eq, filter.assignee.eq, first],
  ),
});

/** Rows of a table by the key above them, `most` of each where there is one. */
const many =
  (table, key, columns, order, most = () => null, reversed = '') =>
  async (keys, args) => {
    const limit = most(args);
    const text = limit
      ? `select k.key, t.* from unnest($1::text[]) k(key), lateral (select ${columns} from ${table} where ${key} = k.key order by ${order} limit $2) t`
      : `select ${key} as key, ${columns} from ${table} where ${key} = any($1) order by ${order}`;
    const by = new Map(keys.map((each) => [each, []]));
    for (const row of await rowsOf(`${table}${reversed}${limit ? ' page' : ''}`, text, limit ? [keys, limit] : [keys]))
      by.get(row.key).push(row);
    return keys.map((each) => (reversed ? by.get(each).reverse() : by.get(each)));
  };
const money = (...names) => names.map((name) => `${name}_minor as "${name}Minor"`).join(', ');
const connection = (batch) => async (keys, args) => (await batch(keys, args)).map((nodes) => ({ nodes }));
const first = (args) => args.first;

/** By type and field: the column of the row above that is the key, and rows for a batch of such keys. */
export const relations = {
  RecoveryCase: {
    borrower: [
      'borrowerId',
      async (keys) => {
        const rows = await rowsOf(
          'borrower',
          `select id, borrower_no as "borrowerNo", name, national_id as "nationalId", language, jurisdiction from borrower where id = any($1)`,
          [keys],
        );
        const by = new Map(rows.map((row) => [row.id, row]));
        return keys.map((key) => by.get(key));
      },
    ],
    exposures: ['id', many('case_exposure', 'case_id', `currency, loans, ${money('overdue', 'outstanding')}`, 'currency, id')],
    loans: [
      'borrowerId',
      connection(
        many(
          'loan',
          'borrower_id',
          `id, account_no as "accountNo", status, currency, ${pastDue}, bucket, greatest(quality_class, obligor_class) as "qualityClass",
           next_due_on as "nextDueOn", ${money('principal', 'overdue', 'outstanding')}`,
          'id',
          first,
        ),
      ),
    ],
    timeline: [
      'id',
      connection(
        many(
          'timeline_entry',
          'case_id',
          'sequence, type, summary, actor, effective_on as "effectiveOn", recorded_at as "recordedAt"',
          'timeline_entry.sequence desc, timeline_entry.id desc',
          (args) => args.last,
          ' reversed',
        ),
      ),
    ],
    interactionCount: [
      'id',
      async (keys) => {
        const rows = await rowsOf(
          'count',
          'select case_id as key, count(*)::int as count from interaction where case_id = any($1) group by case_id',
          [keys],
        );
        const by = new Map(rows.map(({ key, count }) => [key, count]));
        return keys.map((key) => by.get(key) ?? 0);
      },
    ],
    lastInteraction: [
      'id',
      async (keys) =>
        (
          await many('interaction', 'case_id', 'channel, direction, outcome, note, at, actor', 'at desc, id desc', () => 1, ' last')(keys)
        ).map(([last]) => last),
    ],
    interactions: [
      'id',
      connection(many('interaction', 'case_id', 'channel, direction, outcome, note, at, actor', 'interaction.at, interaction.id', first)),
    ],
    promises: ['id', many('promise_to_pay', 'case_id', `due_on as "dueOn", state, currency, ${money('amount', 'paid')}`, 'due_on, id')],
    handoffs: [
      'id',
      connection(
        many(
          'handoff',
          'case_id',
          'id, connector_id as "connectorId", operation, state, created_at as "createdAt"',
          'handoff.created_at, handoff.id',
          first,
        ),
      ),
    ],
    placements: [
      'id',
      many(
        'agency_placement',
        'case_id',
        'agency_id as "agencyId", state, placed_on as "placedOn", expires_on as "expiresOn", commission_rate as "commissionRate"',
        'placed_on, id',
      ),
    ],
    bureauFlags: [
      'id',
      many(
        'bureau_flag',
        'case_id',
        `bureau_id as "bureauId", state, version, raised_on as "raisedOn", days_past_due as "daysPastDue", currency, ${money('overdue')}`,
        'raised_on, id',
      ),
    ],
  },
  Borrower: { contactPoints: ['id', many('contact_point', 'borrower_id', 'channel, value, preferred, consent', 'ordinal, id')] },
  Loan: {
    instalments: ['id', many('instalment', 'loan_id', `number, due_on as "dueOn", currency, ${money('due', 'outstanding')}`, 'number, id')],
  },
};

const amountOf = (minor, currency) => {
  if (currency === 'VND') return minor;
  const digits = minor.padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
};
const amounts = (...names) =>
  Object.fromEntries(
    names.map((name) => [name, (row) => ({ amount: amountOf(row[`${name}Minor`], row.currency), currency: row.currency })]),
  );

/** Resolvers of all fields that are more than a column. */
export const amountResolvers = {
  Exposure: amounts('overdue', 'outstanding'),
  Loan: amounts('principal', 'overdue', 'outstanding'),
  Instalment: amounts('due', 'outstanding'),
  PromiseToPay: amounts('amount', 'paid'),
  BureauFlag: amounts('overdue'),
};

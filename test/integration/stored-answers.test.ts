// Stored answers about cases: given again only while nothing that they were made of has changed, whatever changed it.
import { getOperationAST, parse, type DocumentNode } from 'graphql';
import { asSubgraph } from '../../src/graphql/federation.js';
import { Reader } from '../../src/graphql/reader/reader.js';
import { createSchema } from '../../src/graphql/schema.js';
import { createKeep } from '../../src/storage/case-answers.js';
import { profileOf } from '../../src/storage/profiles.js';
import { openReadPools, type ReadPools } from '../../src/storage/reader/pool.js';
import { createRun, type Run } from '../../src/storage/reader/run.js';
import { createStoredRun } from '../../src/storage/reader/stored-run.js';
import type { Table } from '../../src/storage/reader/shape.js';
import * as tables from '../../src/storage/tables.js';
import { fillBook, openGraphWorld, type GraphWorld } from '../support/graph-world.js';
import { until } from '../support/until.js';
import { wholeCaseQuery } from '../support/whole-case.js';

let world: GraphWorld;
let pools: ReadPools;
beforeAll(async () => {
  world = await openGraphWorld(false);
  pools = openReadPools(world.databaseUrl);
}, 60_000);
afterAll(async () => {
  await pools?.close();
  await world?.stop();
});

const schema = asSubgraph(createSchema([]));
const outside = ['Connector', 'Breaker', 'PortfolioSale', 'SaleBid', 'SaleTape', 'Remittance'];
const documents: Record<string, DocumentNode> = {
  legal: parse(wholeCaseQuery(schema, outside)),
  collector: parse(
    wholeCaseQuery(schema, [
      ...outside,
      'RecoveryCase.matters',
      'RecoveryCase.dealings',
      'RecoveryCase.invoices',
      'RecoveryCase.partnerMoney',
      'RecoveryCase.partnerPayments',
      'RecoveryCase.bureauInquiries',
      'RecoveryCase.statutoryClocks',
      'RecoveryCase.sales',
      'LegalMatter',
      'SaleLoan',
      'PassedOnPayment',
      'PutBack',
    ]),
  ),
};
const secret = Buffer.from('a cursor secret of more than 32 characters');

let given = 0;
let kept = 0;
function readers() {
  const live = createRun(pools);
  const keep = createKeep(world.store, { error: (fields) => expect(fields).toBeUndefined() });
  const counted: Run = async (statement, request) => {
    const text = await live(statement, request);
    if (request.storedAs && text && !text.includes('\u0002')) given++;
    return text;
  };
  const stored = createStoredRun(counted, (answer) => {
    kept++;
    keep(answer);
  });
  const reader = new Reader(
    schema,
    secret,
    async () => {},
    async () => '',
  );
  const ask = (run: Run, role: string, id: string) => {
    const caller = { profile: profileOf([role], { purpose: 'collection' }), user: `${role}-1`, roles: [role], purpose: 'collection' };
    const document = documents[role]!;
    return reader.query(document, getOperationAST(document)!, { variables: { id }, caller }, { caller, run, traceId: 't' });
  };
  return { live: (role: string, id: string) => ask(live, role, id), stored: (role: string, id: string) => ask(stored, role, id) };
}

const casesOf = async (most: number) =>
  (await world.rows<{ id: string }>('select id from recovery_case order by ref limit $1', most)).map(({ id }) => id);

it('they are what reading anew says, on every fourth day of a book, for all fields of a case', async () => {
  const { live, stored } = readers();
  const differing: string[] = [];
  let compared = 0;
  await fillBook(world.store, {
    book: { borrowers: 40, loans: 60, months: 4, until: '2026-03-31' },
    onDay: async (date) => {
      if (Number(date.slice(8)) % 4) return;
      for (const id of await casesOf(6)) {
        for (let time = 0; time < 3; time++)
          for (const role of ['legal', 'collector']) {
            compared++;
            if ((await stored(role, id)) !== (await live(role, id))) differing.push(`${date} ${role} ${id}`);
          }
      }
    },
  });
  expect(differing).toEqual([]);
  expect(compared).toBeGreaterThan(300);
  expect(given).toBeGreaterThan(compared / 10);
}, 180_000);

/** Of rows that change by themselves: the change that a partner's answer or another source makes. */
const changes: Record<string, string> = {
  handoff: `update handoff set attempts = attempts + 1, state = 'UNKNOWN' where case_id = $1`,
  communication: `update communication set state = 'DELIVERED' where case_id = $1`,
  legal_matter: `insert into legal_matter (id, case_id, law_firm_id, handoff_id, state, preservation, instructed_on, partner_sequence, version)
    select 'matter_' || substr(id, 6), id, 'harbor-legal', 'handoff_x', 'FILED', 'NONE', '2026-03-01', 1, 1 from recovery_case where id = $1`,
  matter_step: `insert into matter_step (id, matter_id, step, partner_sequence, occurred_at, recorded_at, applied, data)
    select 'step_' || substr(id, 8), id, 'FILED', 1, now(), now(), true, '{}' from legal_matter where case_id = $1`,
  evidence_item: `insert into evidence_item (id, matter_id, ordinal, name, media_type, sha256, bytes, content, frozen_at)
    select 'evidence_' || substr(id, 8), id, 1, 'a.csv', 'text/csv', '00', 1, 'YQ==', now() from legal_matter where case_id = $1`,
  preservation_order: `insert into preservation_order (id, matter_id, order_ref, state)
    select 'preservation_' || substr(id, 8), id, 'P-1', 'APPLIED' from legal_matter where case_id = $1`,
  matter_instruction: `insert into matter_instruction (id, matter_id, handoff_id, kind, instructed_on, instructed_by)
    select 'instruction_' || substr(id, 8), id, 'handoff_x', 'FILING', '2026-03-01', 'ana' from legal_matter where case_id = $1`,
  matter_payment: `insert into matter_payment (id, matter_id, handoff_id, transaction_ref, kind, currency, amount_minor, claim_minor, value_on, told_on, due_on)
    select 'mpayment_' || substr(id, 8), id, 'handoff_x', 'T-1', 'PAYMENT', 'IDR', 1, 2, '2026-03-01', '2026-03-01', '2026-03-03' from legal_matter where case_id = $1`,
  evidence_custody: `insert into evidence_custody (id, matter_id, event, custodian, at, sha256)
    select 'custody_' || substr(id, 8), id, 'FROZEN', 'ana', now(), '00' from legal_matter where case_id = $1`,
  statutory_clock: `insert into statutory_clock (id, tenant, case_id, kind, about, state, based_on, started_on, expires_on, alarms, attend_on, policy_version, citation, verified)
    select 'clock_x' || substr(id, 6), tenant, id, 'LIMITATION', '', 'RUNNING', '2026-03-01', '2026-03-01', '2029-03-01', '{}', '2028-09-01', '1', 'a law', false from recovery_case where id = $1`,
  clock_interruption: `insert into clock_interruption (id, clock_id, cause, interrupted_on, evidence, void)
    select 'interruption_' || substr(id, 6), id, 'DEMAND', '2026-03-02', 'a letter', false from statutory_clock where case_id = $1`,
  agency_placement: `insert into agency_placement (id, case_id, agency_id, handoff_id, state, placed_on, expires_on, commission_rate, policy_version, partner_sequence, version)
    select 'placement_' || substr(id, 6), id, 'lotus-recovery', 'handoff_x', 'ACTIVE', '2026-03-01', '2026-06-01', 0.2, '1', 1, 1 from recovery_case where id = $1`,
  placed_loan: `insert into placed_loan (id, placement_id, case_id, loan_id, account_no, itemised_on, since, currency, placed_minor, principal_minor, interest_minor, fees_minor, payments_minor, credits_minor)
    select 'placedloan_' || substr(id, 11), id, case_id, 'loan_x', 'A', '2026-03-01', '2026-02-01', 'IDR', 3, 1, 1, 1, 0, 0 from agency_placement where case_id = $1`,
  placement_status: `insert into placement_status (id, placement_id, case_id, sequence, occurred_at, received_on, calls, messages, letters, visits, complaints, late)
    select 'pstatus_' || substr(id, 11), id, case_id, 1, now(), '2026-03-02', 1, 0, 0, 0, 0, false from agency_placement where case_id = $1`,
  sale_loan: `insert into sale_loan (id, sale_id, sale_ref, loan_id, case_id, ordinal, tape_ref, state, ownership, currency, principal_minor, interest_minor, other_minor, legal_balance_minor, days_past_due,
      rule_ids, reasons, added_on)
    select 'saleloan_' || substr(l.id, 6), 'sale_x', 'S-1', l.id, c.id, 1, 'T-1', 'SALE_CANDIDATE', 'SALE_CANDIDATE', l.currency, 1, 1, 1, 3, 40, '{}', '{}', '2026-03-01'
    from recovery_case c join loan l on l.borrower_id = c.borrower_id where c.id = $1 and l.currency is not null on conflict do nothing`,
  passed_on_payment: `insert into passed_on_payment (id, sale_id, sale_loan_id, loan_id, case_id, buyer_id, transaction_ref, number, kind, currency, amount_minor, value_on, told_at, owed_on, handoff_id, state)
    select 'passedon_' || substr(id, 10), sale_id, id, loan_id, case_id, 'summit-assets', 'P-1', 1, 'PAYMENT', currency, 5, '2026-03-02', now(), '2026-03-02', 'handoff_x', 'OWED' from sale_loan where case_id = $1 on conflict do nothing`,
  put_back: `insert into put_back (id, sale_id, sale_loan_id, loan_id, case_id, put_back_ref, reason, words, requested_on, in_time, due_on, state, currency)
    select 'putback_' || substr(id, 10), sale_id, id, loan_id, case_id, 'SPB-1', 'FRAUD', 'So it is', '2026-03-02', true, '2026-03-16', 'REQUESTED', currency from sale_loan where case_id = $1 on conflict do nothing`,
  collateral: `update collateral set kind = kind || ' 2' where borrower_id = (select borrower_id from recovery_case where id = $1)`,
  valuation: `update valuation set appraiser = coalesce(appraiser, '') || ' 2' where collateral_id in (select k.id from collateral k join recovery_case c on c.borrower_id = k.borrower_id where c.id = $1)`,
  external_ref: `insert into external_ref (system, ref, node_id) select 'core-banking', ref, id from recovery_case where id = $1`,
  recovery_case: `update recovery_case set assignee = null, team = 'north' where id = $1`,
  borrower: `update borrower set name = name || ' II' where id = (select borrower_id from recovery_case where id = $1)`,
  loan: `update loan set overdue_minor = overdue_minor + 1 where borrower_id = (select borrower_id from recovery_case where id = $1)`,
};
/** No field of a case leads there. */
const unread = ['sold_case'];

it('each table of a case is either proved by its own rows here, or changes together with the case, its borrower or its loans', () => {
  const within = (Object.values(tables) as Table[]).filter(
    ({ within }) => within !== 'open' && within !== 'bank' && within !== 'partner' && within !== 'asker',
  );
  expect(
    within
      .filter(({ together }) => !together)
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual([...Object.keys(changes), ...unread].toSorted());
});

it.each(Object.entries(changes))(
  '%s: a change makes them void with its commit',
  async (_table, change) => {
    const { live, stored } = readers();
    for (const id of await casesOf(8)) {
      const before = await live('legal', id);
      for (let time = 0; time < 2; time++) expect(await stored('legal', id)).toBe(before);
      await world.rows(change, id);
      expect(await stored('legal', id)).toBe(await live('legal', id));
    }
  },
  60_000,
);

it('what is read after a commit is never older than it, while others write and read', async () => {
  const [id] = (await world.rows<{ id: string }>('select case_id as id from handoff group by 1 order by count(*) desc, 1 limit 1')) as [
    { id: string },
  ];
  const { stored } = readers();
  await stored('legal', id.id);
  given = kept = 0;
  let committed = 0;
  let writing = true;
  const stale: string[] = [];
  const write = async () => {
    for (let i = 1; i <= 300; i++) {
      await world.rows('update handoff set attempts = $2 where case_id = $1', id.id, i);
      committed = i;
      if (i % 5 === 0) await until('somebody was answered from what is stored', async () => given > i / 5 && kept > i / 5, 5_000);
    }
    writing = false;
  };
  const read = async () => {
    while (writing) {
      const least = committed;
      const attempts = [...(await stored('legal', id.id)).matchAll(/"attempts":(\d+)/g)].map(([, n]) => Number(n));
      if (attempts.some((each) => each < least)) stale.push(`${attempts.join(' ')} after ${least}`);
    }
  };
  await Promise.all([write(), read(), read(), read(), read()]);
  expect(stale).toEqual([]);
  expect(given).toBeGreaterThan(60);
  expect(kept).toBeGreaterThan(60);
}, 60_000);

// Loans in arrears told fact by fact, an asset manager at its desk, and the graph over them: for tests of sales.
import { advanceBusinessDate } from '../../src/actions/advance-business-date.js';
import { recordLateFacts } from '../../src/actions/record-loan-facts.js';
import type { LoanFact } from '../../src/domain/loan/loan-facts.js';
import { serveGraph } from './graph-world.js';
import { openWorld, until, type World } from './partner-world.js';
import { line, paid, reversed, snapshot } from './read-model.js';

export interface SaleWorld extends World {
  graphUrl: string;
  loanOf(account: string): Promise<string>;
  caseOf(account: string): Promise<string>;
  /** An account of a borrower, in arrears since 15 January 2026. */
  open(account: string, borrower: string, over?: object): Promise<unknown>;
  pay(account: string, sequence: number, id: string, on: string, amount: number, toldAt?: string): Promise<unknown>;
  undo(account: string, sequence: number, id: string, on: string): Promise<unknown>;
  to(date: string): Promise<string>;
  ask(role: string, query: string, variables?: object): Promise<{ data: any; errors?: any[] }>;
  /** A mutation of a sale by its name and input; the answer is its payload. */
  act(name: string, input: object, more?: string, role?: string): Promise<any>;
  delivered(): Promise<unknown>;
}
const tenant = 'sale';
const dues = ['2026-01-15', '2026-02-15', '2026-03-15', '2026-12-15'];

export async function openSaleWorld(): Promise<SaleWorld> {
  const world = await openWorld();
  await world.rows('delete from business_day');
  const graph = await serveGraph(world.store, world.url);
  await world.deliver();
  const tell = (account: string, fact: LoanFact, over: object = {}) =>
    world.store.transaction((tx) =>
      recordLateFacts(tx, [{ ...fact, ...over, tenant, aggregateId: `${tenant}/core/${account}` } as LoanFact]),
    );
  const one = async (query: string, account: string) => (await world.rows<{ id: string }>(query, account))[0]!.id;
  let keys = 0;
  const ask: SaleWorld['ask'] = async (role, query, variables = {}) => {
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${await graph.token([role], { user: `${role}-1` })}`,
      'x-purpose': role === 'auditor' ? 'audit' : 'litigation',
    };
    const response = await fetch(`${graph.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
    return (await response.json()) as { data: any; errors?: any[] };
  };
  return {
    ...world,
    graphUrl: graph.url,
    ask,
    loanOf: (account) => one('select id from loan where account_no = $1', account),
    caseOf: (account) => one('select c.case_id as id from case_loan c join loan l on l.id = c.loan_id where l.account_no = $1', account),
    open: (account, borrower, over = {}) => {
      const fact = snapshot(
        1,
        dues.map((on, n) => line(n + 1, on, 1_000_000_00)),
        { on: '2026-01-01', principal: 4_000_000_00 },
      );
      return tell(account, { ...fact, data: { ...fact.data, accountNo: account, borrowerId: borrower, ...over } } as LoanFact);
    },
    pay: (account, sequence, id, on, amount, toldAt = `${on}T03:00:00Z`) =>
      tell(account, paid(sequence, id, on, amount), { id: `${account}/${id}/${sequence}`, occurredAt: new Date(toldAt) }),
    undo: (account, sequence, id, on) => tell(account, reversed(sequence, id, on), { id: `${account}/${id}/undone` }),
    to: (date) => advanceBusinessDate(world.store, tenant, date),
    async act(name, input, more = '', role = 'legal') {
      const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
      const { data, errors } = await ask(
        role,
        `mutation ($input: ${type}!) { ${name}(input: $input) { ${more} dryRun decision { outcome ruleId earliestAllowedAt }
           userErrors { __typename code message path ... on GuardRejected { ruleId citation earliestAllowedAt } } } }`,
        { input: { idempotencyKey: `${name} ${++keys}`, ...input } },
      );
      if (errors) throw new Error(JSON.stringify(errors));
      return data[name];
    },
    delivered: () =>
      until(
        async () =>
          !(
            await world.rows(
              `select 1 from handoff where connector_id = 'summit-assets' and state in ('QUEUED', 'SENDING', 'UNKNOWN', 'QUEUED_CIRCUIT_OPEN')`,
            )
          ).length,
        'the buyer has all that it is owed',
      ),
    async stop() {
      await graph.stop();
      await world.stop();
    },
  };
}

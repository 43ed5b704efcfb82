// Sales as the rules ask for them: what may be sold, what is in a sale, and what was passed on of it.
import type { LocalDate } from '../domain/fact.js';
import type { LoanOwnership } from '../domain/sale/item.js';
import { PortfolioSale, SaleLoan } from './definitions/sales.js';
import type { InferEntity, Store, Tx } from './store.js';

export type SaleRow = InferEntity<typeof PortfolioSale>;
export type SaleLoanRow = InferEntity<typeof SaleLoan>;

/** Of a row of sale_loan: the loan is not the bank's to work on. */
export const away = `s.ownership in ('SALE_PENDING', 'TRANSFERRED', 'BUYBACK_PENDING')`;

export interface Criteria {
  jurisdiction?: string | null;
  currency: string;
  productClass?: string | null;
  branch?: string | null;
  portfolio?: string | null;
  minDaysPastDue?: number | null;
  maxDaysPastDue?: number | null;
}

export interface Place {
  loanId: string;
  caseId: string;
}

const placed = `select distinct on (c.loan_id) c.loan_id as "loanId", c.case_id as "caseId" from case_loan c join recovery_case r on r.id = c.case_id`;
const newestFirst = 'order by c.loan_id, (c.cured_on is null) desc, r.ordinal desc';

/** The loans that are named, by themselves or with their cases, each with the newest case that it is in. */
export const loansNamed = (tx: Tx, loanIds: readonly string[], caseIds: readonly string[]): Promise<Place[]> =>
  tx.query<Place>(`${placed} where c.loan_id = any($1) or (c.case_id = any($2) and c.cured_on is null) ${newestFirst}`, [loanIds, caseIds]);

/** The loans in arrears that criteria name, the latest first. @param most how many at most */
export const loansMeeting = (tx: Tx, { currency, ...criteria }: Criteria, most: number): Promise<Place[]> =>
  tx.query<Place>(
    `select "loanId", "caseId" from (${placed} join loan l on l.id = c.loan_id join borrower b on b.id = l.borrower_id
       where r.status = 'OPEN' and c.cured_on is null and l.overdue_since is not null and l.currency = $1
         and l.jurisdiction = coalesce($2, l.jurisdiction) and ($3::text is null or l.product_class = $3) and ($4::text is null or b.branch = $4) and ($5::text is null or b.portfolio = $5)
         and business_date(l.tenant) - l.overdue_since between coalesce($6, 0) and coalesce($7, 100000) ${newestFirst}) found
     join loan l on l.id = "loanId" order by l.overdue_since, "loanId" limit $8`,
    [
      currency,
      criteria.jurisdiction ?? null,
      criteria.productClass ?? null,
      criteria.branch ?? null,
      criteria.portfolio ?? null,
      criteria.minDaysPastDue ?? null,
      criteria.maxDaysPastDue ?? null,
      most,
    ],
  );

export interface SaleableRow {
  loanId: string;
  accountNo: string | null;
  productClass: string | null;
  status: string;
  currency: string | null;
  jurisdiction: string | null;
  disbursedOn: LocalDate | null;
  overdueSince: LocalDate | null;
  principalMinor: string;
  interestMinor: string;
  otherMinor: string;
  legalBalanceMinor: string;
  /** The sale that it is in. */
  saleId: string | null;
  documents: string[];
  securedMinor: string | null;
}

/** What the rules and a tape ask of loans, in order of id. */
export const saleable = (tx: Tx, loanIds: readonly string[]): Promise<SaleableRow[]> =>
  tx.query<SaleableRow>(
    `select l.id as "loanId", l.account_no as "accountNo", l.product_class as "productClass", l.status, l.currency, l.jurisdiction, l.disbursed_on::text as "disbursedOn",
       l.overdue_since::text as "overdueSince", l.outstanding_principal_minor::text as "principalMinor", l.outstanding_interest_minor::text as "interestMinor",
       (l.outstanding_fee_minor + l.outstanding_penalty_minor)::text as "otherMinor", l.outstanding_minor::text as "legalBalanceMinor",
       (select s.sale_id from sale_loan s where s.loan_id = l.id and s.ownership <> 'BANK') as "saleId",
       (select sum(k.value_minor)::text from collateral k where k.loan_id = l.id and k.currency = l.currency) as "securedMinor",
       array_remove(array[case when l.account_no is not null then 'ACCOUNT' end, case when l.disbursed_on is not null then 'DISBURSEMENT' end,
         case when exists (select from instalment i where i.loan_id = l.id) then 'SCHEDULE' end, case when b.national_id is not null then 'IDENTITY' end], null) as documents
     from loan l left join borrower b on b.id = l.borrower_id where l.id = any($1) order by l.id`,
    [loanIds],
  );

export const saleById = (tx: Tx, id: string): Promise<SaleRow | null> => tx.em.findOne(PortfolioSale, { id });

/** In their order, locked. */
export const itemsOf = async (tx: Tx, saleId: string, ...states: string[]): Promise<SaleLoanRow[]> => {
  const rows = await tx.rows(SaleLoan).where('sale_id = $1', [saleId]);
  return rows.filter(({ state }) => !states.length || states.includes(state)).sort((a, b) => a.ordinal - b.ordinal);
};

/** Which of these loans are not the bank's to work on. */
export async function loansAway(tx: Tx, loanIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (!loanIds.length) return new Set();
  const rows = await tx.query<{ id: string }>(`select s.loan_id as id from sale_loan s where s.loan_id = any($1) and ${away}`, [loanIds]);
  return new Set(rows.map(({ id }) => id));
}

/** Region G of the loans that each case has in arrears; what is a buyer's counts also where core banking has closed it. */
export async function ownershipsOf(tx: Tx, caseIds: readonly string[]): Promise<Map<string, LoanOwnership[]>> {
  const rows = await tx.query<{ case_id: string; ownerships: LoanOwnership[] }>(
    `select c.case_id, array_agg(coalesce((select s.ownership from sale_loan s where s.loan_id = c.loan_id and s.ownership <> 'BANK'), 'BANK')) as ownerships
     from (select distinct k.case_id, k.loan_id from case_loan k where k.case_id = any($1)
       and (k.cured_on is null or exists (select from sale_loan s where s.loan_id = k.loan_id and ${away}))) c group by c.case_id`,
    [caseIds],
  );
  return new Map(rows.map((row) => [row.case_id, row.ownerships]));
}

/** Loans that are or were a buyer's, with the terms by which what is paid on them is passed on. */
export interface TermRow {
  id: string;
  saleId: string;
  saleRef: string;
  loanId: string;
  caseId: string;
  buyerId: string;
  currency: string;
  cutOffAt: string;
  cutOffZone: string;
  returnedAt: string | null;
  accountNo: string;
  aggregateId: string;
}
export const termsOf = (tx: Tx, condition: { loanIds: readonly string[] } | { saleId: string }): Promise<TermRow[]> =>
  tx.bulk<TermRow>(
    `select s.id, s.sale_id as "saleId", s.sale_ref as "saleRef", s.loan_id as "loanId", s.case_id as "caseId", s.buyer_id as "buyerId", s.currency, s.cut_off_at::text as "cutOffAt",
       s.cut_off_zone as "cutOffZone", s.returned_at::text as "returnedAt", l.account_no as "accountNo", l.aggregate_id as "aggregateId"
     from sale_loan s join loan l on l.id = s.loan_id where s.transferred_on is not null and ${'saleId' in condition ? 's.sale_id = $1' : 's.loan_id = any($1)'} order by s.id`,
    ['saleId' in condition ? condition.saleId : condition.loanIds],
  );

/** What was passed on so far of each payment of these: how often, and how much. */
export async function passedOf(tx: Tx, ids: readonly string[]): Promise<Map<string, { count: number; sum: bigint }>> {
  const rows = await tx.query<{ sale_loan_id: string; transaction_ref: string; count: number; sum: string }>(
    `select sale_loan_id, transaction_ref, count(*)::int as count, sum(amount_minor)::text as sum from passed_on_payment where sale_loan_id = any($1) group by 1, 2`,
    [ids],
  );
  return new Map(rows.map((row) => [`${row.sale_loan_id} ${row.transaction_ref}`, { count: row.count, sum: BigInt(row.sum) }]));
}

/** When core banking first told of a payment with this value date. */
export async function firstToldAt(tx: Tx, aggregateId: string, transactionId: string, valueOn: LocalDate): Promise<Date | null> {
  const [row] = await tx.query<{ at: string }>(
    `select occurred_at::text as at from event_log where aggregate_id = $1 and type = 'LoanTransactionPosted' and data->>'transactionId' = $2 and data->>'valueOn' = $3 order by arrival limit 1`,
    [aggregateId, transactionId, valueOn],
  );
  return row ? new Date(row.at) : null;
}

/** Before a word about an assignment gets its place in the log: what is paid on these cases meanwhile comes wholly before it or wholly after. */
export const lockSoldCases = (tx: Tx, handoffId: string): Promise<object[]> =>
  tx.query(
    `select from recovery_case where id in (select o.case_id from portfolio_sale s join sold_case o on o.sale_id = s.id where s.handoff_id = $1) order by id for update`,
    [handoffId],
  );

const caseOf = {
  put_back: 'select case_id as id from put_back where id = $1',
  sale_loan: 'select case_id as id from sale_loan where id = $1',
};
/** The case of a put-back or of a loan in a sale; null where there is none. */
export const caseOfItem = async (store: Store, table: keyof typeof caseOf, id: string): Promise<string | null> =>
  (await store.alone<{ id: string }>(caseOf[table], [id]))[0]?.id ?? null;

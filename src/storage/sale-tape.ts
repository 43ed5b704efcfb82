// The rows of a data tape, a template at a time, read in pieces: of the loans that are in a sale, in their order.
import type { Tx } from './store.js';

export interface TapeOf {
  saleId: string;
  /** With names and account numbers, and balances as they are now; else pseudonyms, and balances as the sale has them. */
  full: boolean;
}
export type TapeRow = Record<string, unknown>;

const atOnce = 500;

/** Each template's query: `$1` is the sale. Money is decimal text; what is personal is asked for in a full tape only. */
function queriesOf(full: boolean): Readonly<Record<string, string>> {
  const person = (sql: string) => (full ? sql : 'null');
  const loanId = full ? 'l.account_no' : 'i.tape_ref';
  const partyId = full ? 'b.borrower_no' : `'C-' || substr(min(i.tape_ref) over (partition by l.borrower_id), 3)`; // of its first loan by name, which tells nothing either
  const protection = (id: string) => (full ? `${id}` : `'K-' || left(encode(sha256(convert_to(i.tape_ref || ${id}, 'UTF8')), 'hex'), 12)`);
  const amount = (minor: string) => `trim_scale(${minor} * currency_unit(i.currency))::text`;
  const balance = (loan: string, item: string) => amount(full ? loan : item);
  const from = `from sale_loan i join loan l on l.id = i.loan_id join borrower b on b.id = l.borrower_id join recovery_case c on c.id = i.case_id
    where i.sale_id = $1 and i.state in ('SALE_CANDIDATE', 'SALE_PENDING', 'TRANSFERRED')`;
  const collateral = from.replace('where', 'join collateral k on k.loan_id = l.id where');
  const held = (type: string) => `exists (select from hold h where h.case_id = c.id and h.type = '${type}' and h.released_at is null)`;
  const reachable = (channel: string) => `exists (select from contact_point p where p.borrower_id = b.id and p.channel = '${channel}')`;
  const paid = `from repayment r where r.loan_id = l.id and r.kind in ('REPAYMENT', 'RECOVERY') and r.reversed_on is null`;
  const cutOff = `coalesce((select s.cut_off_at at time zone s.cut_off_zone from portfolio_sale s where s.id = i.sale_id)::date, business_date(c.tenant))::text`;
  return {
    '1-counterparty': `select distinct on (l.borrower_id) ${cutOff} as cut_off_date, ${partyId} as counterparty_identifier, ${person('b.name')} as counterparty_name, 'BORROWER' as counterparty_role,
        ${held('DECEASED')} as deceased, ${person('b.national_id')} as national_identifier, ${person('b.address')} as address, b.jurisdiction as country, ${reachable('EMAIL')} as email_available,
        ${reachable('PHONE')} as phone_available, (select max(a.at)::date::text from interaction a where a.case_id = c.id) as date_of_last_contact, c.legal as legal_proceedings_status
      ${from} order by l.borrower_id, i.ordinal`,
    '2.1-borrower-loan': `select ${partyId} as counterparty_identifier, ${loanId} as loan_identifier ${from} order by i.ordinal`,
    '2.2-mortgage-protection': `select ${loanId} as loan_identifier, ${protection('k.id')} as protection_identifier ${collateral} and l.product_class = 'MORTGAGE' order by i.ordinal, k.id`,
    '2.3-other-protection': `select ${loanId} as loan_identifier, ${protection('k.id')} as protection_identifier ${collateral} and l.product_class is distinct from 'MORTGAGE' order by i.ordinal, k.id`,
    '2.4-guarantor-guarantee': `select ${protection('g.id')} as guarantor_identifier, ${loanId} as loan_identifier, ${person('g.name')} as guarantor_name
      ${from.replace('where', 'join guarantor g on g.loan_id = l.id where')} order by i.ordinal, g.id`,
    '3-loan': `select ${loanId} as loan_identifier, l.disbursed_on::text as inception_date, l.jurisdiction as governing_law, l.product_class as asset_class, l.product_id as product_type,
        (select max(due_on)::text from instalment n where n.loan_id = l.id) as maturity_date, i.currency,
        ${balance('l.outstanding_principal_minor', 'i.principal_minor')} as principal_balance, ${balance('l.outstanding_interest_minor', 'i.interest_minor')} as accrued_interest_balance,
        ${balance('(l.outstanding_fee_minor + l.outstanding_penalty_minor)', 'i.other_minor')} as other_balances, ${balance('l.outstanding_minor', 'i.legal_balance_minor')} as legal_balance,
        ${full ? 'greatest(0, coalesce(business_date(c.tenant) - l.overdue_since, 0))' : 'i.days_past_due'} as days_past_due, (select max(value_on)::text ${paid}) as last_payment_date,
        (select ${amount('r.amount_minor')} ${paid} order by r.value_on desc, r.id desc limit 1) as last_payment_amount, l.default_since::text as default_date, c.legal as legal_status,
        (select min(m.occurred_at)::date::text from legal_matter d join matter_step m on m.matter_id = d.id where d.case_id = c.id and m.step = 'FILED') as proceedings_started, c.stage
      ${from} order by i.ordinal`,
    '4-collateral': `select ${protection('k.id')} as protection_identifier, 'COLLATERAL' as protection_type, k.kind as collateral_type, k.currency,
        trim_scale(k.value_minor * currency_unit(k.currency))::text as latest_valuation_amount, k.valued_on::text as latest_valuation_date ${collateral} order by i.ordinal, k.id`,
    '5-repayments': `select ${loanId} as loan_identifier, to_char(r.value_on, 'YYYY-MM') as month, ${amount('sum(r.amount_minor)')} as total_repayment
      ${from.replace('where', `join repayment r on r.loan_id = l.id and r.kind in ('REPAYMENT', 'RECOVERY') and r.reversed_on is null where`)}
      group by i.ordinal, 1, 2, i.currency order by i.ordinal, 2`,
  };
}

/** In one snapshot; a few hundred rows are held at once. */
export async function* tapeRows(tx: Tx, template: string, { saleId, full }: TapeOf): AsyncGenerator<TapeRow[]> {
  const cursor = `tape_${template.replace(/\W/g, '_')}`;
  await tx.query(`declare ${cursor} no scroll cursor for ${queriesOf(full)[template]!}`, [saleId]);
  for (;;) {
    const rows = await tx.query<TapeRow>(`fetch ${atOnce} from ${cursor}`);
    if (!rows.length) break;
    yield rows;
  }
  await tx.query(`close ${cursor}`);
}

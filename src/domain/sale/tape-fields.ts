// The fields of a data tape after the EBA's NPL templates, as far as they are known here: which are filled, which tell of a person, and why the others are empty.

export interface TapeField {
  /** As the Implementing Regulation numbers it, where that is known here. */
  number: string | null;
  name: string;
  /** Left empty in a masked tape. */
  personal?: true;
  /** Why it is empty in every tape; left out where it is filled. */
  empty?: string;
}
export interface TapeTemplate {
  /** Of its file and sheet. */
  name: string;
  title: string;
  fields: readonly TapeField[];
  /** Fields that are known by number only: they have no column. */
  unnamed: readonly { numbers: string; what: string }[];
}

const filled = (name: string, number: string | null = null): TapeField => ({ number, name });
const personal = (name: string, number: string | null = null): TapeField => ({ number, name, personal: true });
const empty = (name: string, why: string, number: string | null = null): TapeField => ({ number, name, empty: why });
const notTold = 'core banking does not tell it';
const notRetail = 'of companies; the book is retail';

/** Source: Commission Implementing Regulation (EU) 2023/2083, by a secondary list of its fields; the primary text was not read. */
export const tapeTemplates: readonly TapeTemplate[] = [
  {
    name: '1-counterparty',
    title: '1 Counterparty',
    fields: [
      filled('cut_off_date', '1.00'),
      empty('counterparty_group_identifier', notTold),
      empty('counterparty_group_name', notTold),
      filled('counterparty_identifier'),
      personal('counterparty_name'),
      empty('economic_activity', notTold),
      filled('counterparty_role'),
      empty('legal_type', notTold),
      empty('date_of_birth', notTold),
      empty('residency', notTold),
      filled('deceased'),
      personal('national_identifier'),
      empty('national_identifier_source', notTold),
      empty('lei', notRetail),
      personal('address'),
      empty('city', 'the address is one text'),
      empty('postcode', 'the address is one text'),
      filled('country'),
      filled('email_available'),
      filled('phone_available'),
      filled('date_of_last_contact'),
      empty('financial_statements_type', notRetail),
      empty('ebit', notRetail, '1.30'),
      empty('insolvency_practitioner', notTold, '1.31'),
      filled('legal_proceedings_status', '1.32'),
      empty('other_measures', notTold, '1.33'),
    ],
    unnamed: [{ numbers: 'between statements type and 1.30', what: 'financials of companies' }],
  },
  {
    name: '2.1-borrower-loan',
    title: '2.1 Borrower and loan',
    fields: [filled('counterparty_identifier'), filled('loan_identifier')],
    unnamed: [],
  },
  {
    name: '2.2-mortgage-protection',
    title: '2.2 Mortgage loan and protection',
    fields: [filled('loan_identifier'), filled('protection_identifier')],
    unnamed: [],
  },
  {
    name: '2.3-other-protection',
    title: '2.3 Other loan and protection',
    fields: [filled('loan_identifier'), filled('protection_identifier')],
    unnamed: [],
  },
  {
    name: '2.4-guarantor-guarantee',
    title: '2.4 Guarantor and guarantee',
    fields: [filled('guarantor_identifier'), filled('loan_identifier'), personal('guarantor_name')],
    unnamed: [],
  },
  {
    name: '3-loan',
    title: '3 Loan',
    fields: [
      filled('loan_identifier', '3.01'),
      filled('inception_date', '3.02'),
      filled('governing_law', '3.03'),
      empty('joint_counterparties', notTold, '3.04'),
      filled('asset_class', '3.05'),
      filled('product_type', '3.06'),
      filled('maturity_date', '3.07'),
      filled('currency', '3.08'),
      filled('principal_balance', '3.09'),
      filled('accrued_interest_balance', '3.10'),
      filled('other_balances', '3.11'),
      filled('legal_balance', '3.12'),
      filled('days_past_due', '3.13'),
      filled('last_payment_date', '3.21'),
      filled('last_payment_amount', '3.22'),
      filled('default_date', '3.23'),
      filled('legal_status', '3.24'),
      filled('proceedings_started', '3.25'),
      filled('stage', '3.26'),
      empty('court', 'law firms tell it with their steps only', '3.27'),
      empty('possession_order', notTold, '3.28'),
      empty('limitation_date', 'it depends on acts that interrupt it', '3.29'),
    ],
    unnamed: [
      { numbers: '3.14–3.20', what: 'interest' },
      { numbers: '3.30–3.32', what: 'syndicated and securitised loans' },
      { numbers: '3.33–3.37', what: 'leases' },
      { numbers: '3.38–3.43', what: 'forbearance' },
    ],
  },
  {
    name: '4-collateral',
    title: '4 Collateral, guarantee, enforcement',
    fields: [
      filled('protection_identifier'),
      filled('protection_type', '4.01'),
      filled('collateral_type', '4.02'),
      empty('lien_position', notTold, '4.09'),
      empty('higher_ranking_loan', notTold, '4.10'),
      empty('deeds', notTold, '4.11'),
      filled('currency', '4.18'),
      filled('latest_valuation_amount'),
      filled('latest_valuation_date'),
      empty('guarantee_amount', notTold, '4.27'),
      empty('isin', notRetail, '4.28'),
      empty('cash_in_court', notTold, '4.36'),
      empty('sale_price', notTold, '4.37'),
    ],
    unnamed: [
      { numbers: '4.03–4.08', what: 'address and cadastre' },
      { numbers: '4.12–4.17', what: 'property' },
      { numbers: '4.19–4.26', what: 'valuations beside the latest' },
      { numbers: '4.29–4.35', what: 'enforcement and court appraisal' },
      { numbers: '4.38–4.42', what: 'auctions' },
      { numbers: '4.43–4.47', what: 'mortgages' },
    ],
  },
  {
    name: '5-repayments',
    title: '5 Repayments by month',
    fields: [
      filled('loan_identifier'),
      filled('month'),
      empty('repayment_by_external_agent', 'core banking does not tell who collected it', '5.02'),
      filled('total_repayment', '5.03'),
      empty('repayment_from_collateral', 'core banking does not tell where it came from', '5.04'),
    ],
    unnamed: [],
  },
];

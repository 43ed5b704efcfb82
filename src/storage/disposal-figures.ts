// How well pledged assets are turned into money: sums and means of those that were sold within two dates, by currency.
import type { LocalDate } from '../domain/fact.js';
import type { Tx } from './store.js';

export interface DisposalFilter {
  /** By the day of sale, both included. */
  from: LocalDate;
  to: LocalDate;
  jurisdiction?: string | null;
  kind?: string | null;
  method?: string | null;
}

export interface DisposalFigure {
  /** ISO 4217; amounts are in it, as decimals. */
  currency: string;
  sold: number;
  appraised: string;
  /** Prices less costs that were paid from them. */
  netProceeds: string;
  /** Net proceeds ÷ appraised, four decimals; null where nothing was appraised. */
  recoveryRate: string | null;
  /** Means, two decimals. */
  rounds: string;
  /** From the order, seizure or listing to the sale. */
  daysToSale: string;
}

const figures = `select d.currency, count(*)::int as sold, (sum(d.appraised_minor) * currency_unit(d.currency))::text as appraised,
    (sum(d.price_minor - coalesce(d.costs_minor, 0)) * currency_unit(d.currency))::text as "netProceeds",
    round(sum(d.price_minor - coalesce(d.costs_minor, 0)) / nullif(sum(d.appraised_minor), 0), 4)::text as "recoveryRate",
    round(avg(d.round), 2)::text as rounds,
    round(avg(d.sold_on - least(d.begun_on, coalesce(d.ordered_on, d.begun_on), coalesce(d.seized_on, d.begun_on))), 2)::text as "daysToSale"
  from disposal d join collateral k on k.id = d.collateral_id join recovery_case c on c.id = d.case_id
  where d.sold_on between $1::date and $2::date and ($3::text is null or c.jurisdiction = $3) and ($4::text is null or k.kind = $4) and ($5::text is null or d.method = $5)
  group by d.currency order by d.currency`;

export const disposalFigures = (tx: Tx, { from, to, jurisdiction, kind, method }: DisposalFilter): Promise<DisposalFigure[]> =>
  tx.query(figures, [from, to, jurisdiction ?? null, kind ?? null, method ?? null]);

// Where a pledged asset stands, as SQL: by its disposal, and before that by whether its newest valuation is in date.

const newestFirst = (day: string) => `order by ${day} desc, id desc limit 1`;

/** The same as `assetOf` of src/storage/assets.ts says. @param row a row of `collateral` */
export const assetStateOf = (row: string): string => `coalesce(
    (select state from disposal where collateral_id = ${row}.id ${newestFirst('begun_on')}),
    case when (select coalesce(expires_on, 'infinity') from valuation where collateral_id = ${row}.id ${newestFirst('valued_on')})
      >= (select business_date(tenant) from borrower where id = ${row}.borrower_id) then 'VALUED' else 'CHARGED' end)`;

// Days past due in SQL, of a loan or of a case; @ is the row.

/** By a look-up in the statement itself: a function would be called for each row. */
export const businessDateOf = (row: string): string => `(select d.business_date from business_day d where d.tenant = ${row}.tenant)`;
export const businessDate = businessDateOf('@');

export const pastDue = `coalesce(${businessDate} - @.overdue_since, 0)`;

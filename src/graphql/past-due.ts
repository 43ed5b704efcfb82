// Days past due in SQL, of a loan or of a case; @ is the row.

/** By a look-up in the statement itself: a function would be called for each row. */
export const businessDate = '(select d.business_date from business_day d where d.tenant = @.tenant)';

export const pastDue = `coalesce(${businessDate} - @.overdue_since, 0)`;

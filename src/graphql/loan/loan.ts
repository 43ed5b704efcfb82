// A loan with its exact position, its schedule, and what was repaid.
import { Int } from 'type-graphql';
import { instalment, loan, repayment } from '../../storage/tables.js';
import { Bucket, DelinquencyResult, LoanOwnership, LoanStatus } from '../enums.js';
import { Money } from '../money.js';
import { businessDate, pastDue } from '../past-due.js';
import { Column, Filled, List, Many, Masked, Noun, One } from '../reader/declare.js';
import { caseReadersAndFirms, caseReadersAndPartners } from '../roles.js';
import { DateTime, LocalDate } from '../scalars.js';
import { classifications, driversOf, LoanClassification, LoanDrivers, regulatoryDays } from './classifications.js';
import { DefaultCounter, defaultCounters } from './default-counter.js';

/** What of a loan changes seldom is kept as JSON beside it. */
const base = (sql: string) => `(select ${sql} from loan_base b where b.loan_id = @.id)`;
const graceDays = `coalesce(${base(`(b.base->'account'->>'graceDays')::int`)}, 0)`;
// Before anything is past due the column has the pauses that will count then.
const pausedDays = `(select coalesce(sum(upper(r) - lower(r)), 0)::int from unnest(@.paused * datemultirange(daterange(null, business_date(@.tenant)))) r where @.overdue_since is not null)`;
// Both may be kept ahead of their day.
const reached = '(select @.# where @.# <= business_date(@.tenant))';
const accountEased = `b.base->'account'->'restructured'`;
const scheduleEased = `b.base->'restructured'`;

// Instalment by instalment no grace counts, and a pause from the due date of each on.
const lateBy = `(select greatest(0, business_date(l.tenant) - @.due_on) from loan l where l.id = @.loan_id and l.result not in ('NONE', 'AWAITING_SNAPSHOT') and @.outstanding_minor > 0)`;
const pausedSinceDue = `(select sum(upper(r) - lower(r))::int from loan l, loan_base b, unnest((select range_agg(daterange((p->>'from')::date, (p->>'until')::date))
  from json_array_elements(b.base->'pauses') p where p->>'from' < p->>'until') * datemultirange(daterange(@.due_on, greatest(@.due_on, business_date(l.tenant))))) r
  where l.id = @.loan_id and b.loan_id = @.loan_id)`;

const driverColumns = [
  'result',
  'jurisdiction',
  'businessDate',
  'daysPastDue',
  'delinquentDays',
  'judgementalClass',
  'obligorClass',
  'restructuredOn',
  'restructuredNonPerforming',
];

@Noun(loan, {
  roles: caseReadersAndPartners,
  class: 'internal',
  description: 'A contract as core banking knows it, with its position as of the business date.',
})
export class Loan {
  @Column({ class: 'pii', mask: 'accountNo', nullable: true }) accountNo?: string;
  @Column(() => LoanStatus, { class: 'public' }) status!: string;
  @Column({ nullable: true }) productId?: string;
  @Column({ nullable: true }) productClass?: string;
  @Column({ class: 'public', nullable: true, description: 'ISO 4217.' }) currency?: string;
  @Column(() => Money, { class: 'public', nullable: true, description: 'What was lent.' }) principal?: Money;
  @Column(() => LocalDate, { class: 'public', nullable: true }) disbursedOn?: string;
  @Column(() => DelinquencyResult, { class: 'public' }) result!: string;
  @Column(() => LocalDate, { class: 'public', nullable: true, description: 'The oldest unpaid due date that has passed.' })
  overdueSince?: string;
  @Column({ class: 'public', sql: pastDue, description: 'Business date minus overdueSince; 0 when nothing is overdue.' })
  daysPastDue!: number;
  @Column({
    sql: pausedDays,
    description: 'Days within this episode that do not count for treatments.',
  })
  pausedDays!: number;
  @Column({ sql: graceDays, description: 'Days after a due date that do not count for treatments.' }) graceDays!: number;
  @Column({
    sql: `greatest(0, ${pastDue} - ${graceDays} - ${pausedDays})`,
    description: 'daysPastDue less grace and paused days: what treatments count.',
  })
  delinquentDays!: number;
  @Filled(() => Int, ['jurisdiction', 'businessDate', 'daysPastDue', 'delinquentDays'], regulatoryDays, {
    description: 'What the classes of the jurisdiction count: days past due, without grace and pause, unless its rules say otherwise.',
  })
  regulatoryDays!: number;
  @Column(() => LocalDate, {
    sql: reached,
    nullable: true,
    description: 'Since when what is past due has been material without a break, by the counter of default of the jurisdiction.',
  })
  materialSince?: string;
  @Column(() => LocalDate, { sql: reached, nullable: true, description: 'Since when it has been in default by that counter.' })
  defaultSince?: string;
  @Filled(() => DefaultCounter, ['result', 'jurisdiction', 'currency', 'businessDate', 'materialSince', 'defaultSince'], defaultCounters, {
    nullable: true,
    description:
      'Null where the rules of the jurisdiction have no such counter, none in the currency of the loan, or the loan is no longer live.',
  })
  defaultCounter?: DefaultCounter;
  @Column(() => Bucket) bucket!: string;
  @Column({
    sql: 'greatest(@.quality_class, @.obligor_class)',
    description:
      "Quality class 1 to 5 by the rules of the jurisdiction: the worst of days past due, people's judgement, restructuring and the borrower's other loans.",
  })
  qualityClass!: number;
  @Column({ sql: '@.quality_class', description: "The class by the loan alone, without the borrower's other loans." })
  ownQualityClass!: number;
  @Column({ sql: '@.obligor_class', description: "The class that the borrower's loans take each other to." }) obligorClass!: number;
  @Column({ sql: base(`(b.base->'account'->>'judgementalClass')::int`), nullable: true, description: 'The class that people gave it.' })
  judgementalClass?: number;
  @Column(() => LocalDate, {
    sql: base(`greatest((${accountEased}->>'on')::date, (${scheduleEased}->>'on')::date)`),
    nullable: true,
    description: 'When its terms were eased last for a borrower in difficulty.',
  })
  restructuredOn?: string;
  @Column({
    sql: base(
      `case when ${scheduleEased}->>'on' >= coalesce(${accountEased}->>'on', '') then (${scheduleEased}->>'wasNonPerforming')::boolean else (${accountEased}->>'wasNonPerforming')::boolean end`,
    ),
    nullable: true,
    description: 'Whether it was non-performing when its terms were eased: then it is watched longer.',
  })
  restructuredNonPerforming?: boolean;
  @Filled(() => LoanDrivers, driverColumns, driversOf, {
    description: 'What each rule alone makes of qualityClass: the worst of them is it.',
  })
  drivers!: LoanDrivers;
  @Filled(() => [LoanClassification], [...driverColumns, 'productClass'], classifications, {
    description: 'Its class by each scheme that is in force for it; none for a loan that is no longer live.',
  })
  classifications!: LoanClassification[];
  @Column(() => [String], { description: "What in the source's facts does not fit together: a code, and what it is about." })
  doubts!: string[];
  @Column(() => Money, { class: 'public', nullable: true }) overdue?: Money;
  @Column(() => Money, { class: 'public', nullable: true }) overduePrincipal?: Money;
  @Column(() => Money, { class: 'public', nullable: true }) overdueInterest?: Money;
  @Column(() => Money, { class: 'public', nullable: true }) overdueFee?: Money;
  @Column(() => Money, { class: 'public', nullable: true }) overduePenalty?: Money;
  @Column(() => Money, { class: 'public', nullable: true }) outstanding?: Money;
  @Column(() => Money, { class: 'public', nullable: true }) outstandingPrincipal?: Money;
  @Column(() => LocalDate, { class: 'public', nullable: true }) nextDueOn?: string;
  @Column(() => LocalDate, { nullable: true, description: 'The business date that the position was assessed for.' }) assessedOn?: string;
  @Column(() => LocalDate, {
    class: 'public',
    sql: businessDate,
    nullable: true,
    description: "The date that the bank's books are at.",
  })
  businessDate?: string;
  @Column({ class: 'public', nullable: true, description: 'ISO 3166-1 alpha-2: whose rules hold.' }) jurisdiction?: string;
  @Column({ description: 'Arrears episodes so far.' }) episode!: number;
  @Column(() => LoanOwnership, {
    sql: `coalesce((select s.ownership from sale_loan s where s.loan_id = @.id and s.ownership <> 'BANK' limit 1), 'BANK')`,
    description: 'Whose it is, by the sales that it is in.',
  })
  ownership!: string;
  @One('Borrower', { class: 'public' }) borrower!: unknown;
  @List('Instalment', 'number', { class: 'public' }) instalments!: unknown;
  @Many('Repayment', { class: 'public' }) repayments!: unknown;
  @List('Guarantor', 'name', { class: 'public' }) guarantors!: unknown;
  @List('Collateral', 'valuedOn', { class: 'public' }) collaterals!: unknown;
  @List('BureauFlag', 'raisedOn') bureauFlags!: unknown;
  @Masked() masked!: unknown;
}

@Noun(instalment, { roles: caseReadersAndFirms, class: 'public', description: 'One line of a schedule.' })
export class Instalment {
  @Column() number!: number;
  @Column(() => LocalDate) dueOn!: string;
  @Column(() => Money) principalDue!: Money;
  @Column(() => Money) interestDue!: Money;
  @Column(() => Money) feeDue!: Money;
  @Column(() => Money) penaltyDue!: Money;
  @Column(() => Money) due!: Money;
  @Column(() => Money) outstanding!: Money;
  @Column({ sql: `coalesce(${lateBy}, 0)`, description: 'Days since its own due date, while anything of it is open.' })
  daysPastDue!: number;
  @Column({
    sql: `greatest(0, coalesce(${lateBy}, 0) - coalesce(${pausedSinceDue}, 0))`,
    description: 'daysPastDue less the days of a pause since its own due date; no grace counts for a single instalment.',
  })
  delinquentDays!: number;
}

@Noun(repayment, { roles: caseReadersAndFirms, class: 'public', description: 'Money that moved on a loan.' })
export class Repayment {
  @Column() transactionRef!: string;
  @Column() kind!: string;
  @Column(() => LocalDate, { description: 'The day for which it counts.' }) valueOn!: string;
  @Column(() => LocalDate, { description: 'The day on which it was booked.' }) postedOn!: string;
  @Column(() => Money) amount!: Money;
  @Column(() => LocalDate, { nullable: true }) reversedOn?: string;
  @Column(() => DateTime, { description: 'When the gateway learned of it.' }) recordedAt!: string;
}

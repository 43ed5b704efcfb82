// A loan with its exact position, its schedule, and what was repaid.
import { instalment, loan, repayment } from '../../storage/tables.js';
import { Bucket, DelinquencyResult, LoanStatus } from '../enums.js';
import { Money } from '../money.js';
import { Column, List, Many, Noun, One } from '../reader/declare.js';
import { caseReaders } from '../roles.js';
import { DateTime, LocalDate } from '../scalars.js';

@Noun(loan, { roles: caseReaders, description: 'A contract as core banking knows it, with its position as of the business date.' })
export class Loan {
  @Column({ mask: 'accountNo', nullable: true }) accountNo?: string;
  @Column(() => LoanStatus) status!: string;
  @Column({ nullable: true }) productId?: string;
  @Column({ nullable: true }) productClass?: string;
  @Column({ nullable: true, description: 'ISO 4217.' }) currency?: string;
  @Column(() => Money, { nullable: true, description: 'What was lent.' }) principal?: Money;
  @Column(() => LocalDate, { nullable: true }) disbursedOn?: string;
  @Column(() => DelinquencyResult) result!: string;
  @Column(() => LocalDate, { nullable: true, description: 'The oldest unpaid due date that has passed.' }) overdueSince?: string;
  @Column({
    sql: 'coalesce(business_date(@.tenant) - @.overdue_since, 0)',
    description: 'Business date minus overdueSince; 0 when nothing is overdue.',
  })
  daysPastDue!: number;
  @Column({
    sql: '(select coalesce(sum(upper(r) - lower(r)), 0)::int from unnest(@.paused * datemultirange(daterange(null, business_date(@.tenant)))) r)',
    description: 'Days within this episode that do not count for treatments.',
  })
  pausedDays!: number;
  @Column(() => Bucket) bucket!: string;
  @Column({
    sql: 'greatest(@.quality_class, @.obligor_class)',
    description:
      "Quality class 1 to 5 by the rules of the jurisdiction: the worst of days past due, people's judgement, restructuring and the borrower's other loans.",
  })
  qualityClass!: number;
  @Column({ sql: '@.quality_class', description: "The class by the loan alone, without the borrower's other loans." })
  ownQualityClass!: number;
  @Column(() => [String], { description: "What in the source's facts does not fit together: a code, and what it is about." })
  doubts!: string[];
  @Column(() => Money, { nullable: true }) overdue?: Money;
  @Column(() => Money, { nullable: true }) overduePrincipal?: Money;
  @Column(() => Money, { nullable: true }) overdueInterest?: Money;
  @Column(() => Money, { nullable: true }) overdueFee?: Money;
  @Column(() => Money, { nullable: true }) overduePenalty?: Money;
  @Column(() => Money, { nullable: true }) outstanding?: Money;
  @Column(() => Money, { nullable: true }) outstandingPrincipal?: Money;
  @Column(() => LocalDate, { nullable: true }) nextDueOn?: string;
  @Column(() => LocalDate, { nullable: true, description: 'The business date that the position was assessed for.' }) assessedOn?: string;
  @Column({ description: 'Arrears episodes so far.' }) episode!: number;
  @One('Borrower') borrower!: unknown;
  @List('Instalment', 'number') instalments!: unknown;
  @Many('Repayment') repayments!: unknown;
  @List('Guarantor', 'name') guarantors!: unknown;
  @List('Collateral', 'valuedOn') collaterals!: unknown;
  @List('BureauFlag', 'raisedOn') bureauFlags!: unknown;
}

@Noun(instalment, { roles: caseReaders, description: 'One line of a schedule.' })
export class Instalment {
  @Column() number!: number;
  @Column(() => LocalDate) dueOn!: string;
  @Column(() => Money) principalDue!: Money;
  @Column(() => Money) interestDue!: Money;
  @Column(() => Money) feeDue!: Money;
  @Column(() => Money) penaltyDue!: Money;
  @Column(() => Money) due!: Money;
  @Column(() => Money) outstanding!: Money;
}

@Noun(repayment, { roles: caseReaders, description: 'Money that moved on a loan.' })
export class Repayment {
  @Column() transactionRef!: string;
  @Column() kind!: string;
  @Column(() => LocalDate, { description: 'The day for which it counts.' }) valueOn!: string;
  @Column(() => LocalDate, { description: 'The day on which it was booked.' }) postedOn!: string;
  @Column(() => Money) amount!: Money;
  @Column(() => LocalDate, { nullable: true }) reversedOn?: string;
  @Column(() => DateTime, { description: 'When the gateway learned of it.' }) recordedAt!: string;
}

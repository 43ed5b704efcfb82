// The sale of claims as the graph shows it: the deal, its loans one by one, bids, tapes, what is passed on, and what comes back.
import { againstDeal, dealActions } from '../../domain/sale/deal.js';
import { passedOnPayment, portfolioSale, putBack, saleBid, saleLoan, saleTape } from '../../storage/tables.js';
import { CaseAction } from '../case/available-actions.js';
import {
  AwardRule,
  BidState,
  LoanOwnership,
  NoticeMethod,
  PassedOnKind,
  PassedOnState,
  PutBackReason,
  PutBackState,
  ReturnGround,
  SaleLoanState,
  SaleState,
  TapeForm,
  TapeKind,
} from '../enums.js';
import { Money } from '../money.js';
import { Column, Filled, List, Many, Noun, One } from '../reader/declare.js';
import { legalReaders } from '../roles.js';
import { DateTime, Decimal, LocalDate } from '../scalars.js';

interface Row {
  state: string;
  bidsCloseAt: string | null;
  bidsOpenedAt: string | null;
  cutOffAt: string | null;
  assignedToBuyer: boolean;
}
const instant = (text: string | null) => (text === null ? null : new Date(text));

export function saleActions(rows: Record<string, unknown>[], now = new Date()): CaseAction[][] {
  return (rows as unknown as Row[]).map((row) =>
    dealActions.map((name) => {
      const deal = {
        state: row.state,
        bidsCloseAt: instant(row.bidsCloseAt),
        bidsOpened: row.bidsOpenedAt !== null,
        cutOffAt: instant(row.cutOffAt),
        assigned: row.assignedToBuyer,
      };
      const against = againstDeal(name, deal, now);
      const from = against.map(({ earliestAllowedAt }) => earliestAllowedAt);
      return {
        name,
        allowed: !against.length,
        reasons: against.map(({ message }) => message),
        ruleIds: against.map(({ ruleId }) => ruleId),
        earliestAt: !against.length || from.includes(undefined) ? null : (from as string[]).sort().at(-1)!,
      };
    }),
  );
}

@Noun(portfolioSale, {
  roles: legalReaders,
  class: 'internal',
  description:
    'The sale of claims to an asset manager, from the pool to the price. It tells of many cases: tokens that are narrowed to some see none.',
})
export class PortfolioSale {
  @Column({ description: 'What people call it.' }) ref!: string;
  @Column(() => SaleState) state!: string;
  @Column() jurisdiction!: string;
  @Column({ description: 'ISO 4217; all of its loans are in it.' }) currency!: string;
  @Column({ sql: '@.loans', description: 'How many loans are in it.' }) loanCount!: number;
  @Column(() => Money, { description: 'What its loans owed when they came in, or by the tape once there is one.' }) legalBalance!: Money;
  @Column(() => DateTime, { nullable: true, description: 'Until then bids are sealed, and nobody reads what they say.' })
  bidsCloseAt?: string;
  @Column(() => DateTime, { nullable: true }) bidsOpenedAt?: string;
  @Column(() => Decimal, {
    nullable: true,
    description: 'Of the legal balance; no bid below it is awarded.',
  })
  reserveFraction?: string;
  @Column({ nullable: true, description: 'The connector id of who buys it.' }) buyerId?: string;
  @Column(() => Money, { nullable: true }) price?: Money;
  @Column(() => Decimal, {
    nullable: true,
    description: 'The price over the legal balance, rounded down.',
  })
  priceFraction?: string;
  @Column(() => AwardRule, { nullable: true, description: 'By which it was awarded.' }) awardRule?: string;
  @Column({ nullable: true, description: 'Why another than the highest bid.' }) awardReason?: string;
  @Column({ nullable: true }) contractRef?: string;
  @Column(() => DateTime, { nullable: true, description: 'From this instant the claims are the buyer’s.' }) cutOffAt?: string;
  @Column({ nullable: true, description: 'IANA time zone: the clock by which the cut-off and days of payment are read.' })
  cutOffZone?: string;
  @Column(() => LocalDate) pooledOn!: string;
  @Column(() => LocalDate, { nullable: true }) publishedOn?: string;
  @Column(() => LocalDate, { nullable: true }) awardedOn?: string;
  @Column(() => LocalDate, { nullable: true }) signedOn?: string;
  @Column(() => LocalDate, { nullable: true, description: 'When the buyer took it over.' }) assignedOn?: string;
  @Column(() => LocalDate, { nullable: true, description: 'When the debtor of its last loan was notified.' }) notifiedOn?: string;
  @Column(() => LocalDate, { nullable: true, description: 'When its price was received.' }) settledOn?: string;
  @Column({ nullable: true, description: "The buyer's number of it." }) partnerRef?: string;
  @Column({ description: 'The policy by which it was pooled.' }) policyVersion!: string;
  @Column({ description: 'For expectedVersion.' }) version!: number;
  @Column({ sql: '@.handoff_id is not null', description: 'The buyer was told of the assignment.' }) assignedToBuyer!: boolean;
  @Many('SaleLoan', { there: 'sale_id' }) loans!: unknown;
  @List('SaleBid', 'buyerId', { there: 'sale_id' }) bids!: unknown;
  @List('SaleTape', 'madeOn', { there: 'sale_id' }) tapes!: unknown;
  @Many('PassedOnPayment', { there: 'sale_id' }) passedOn!: unknown;
  @List('PutBack', 'requestedOn', { there: 'sale_id' }) putBacks!: unknown;
  @One('Handoff', { description: 'The assignment.' }) handoff!: unknown;
  @Filled(() => [CaseAction], ['state', 'bidsCloseAt', 'bidsOpenedAt', 'cutOffAt', 'assignedToBuyer'], (rows) => saleActions(rows), {
    cost: 0,
    description: 'What may be done with it now, and if not, why.',
  })
  availableActions!: CaseAction[];
}

@Noun(saleLoan, {
  roles: legalReaders,
  class: 'internal',
  description: 'One loan in a sale; a loan that must not be sold is there with the rules against it.',
})
export class SaleLoan {
  @Column() saleRef!: string;
  @Column() ordinal!: number;
  @Column({ description: 'What tapes call it: a name that tells nothing.' }) tapeRef!: string;
  @Column(() => SaleLoanState) state!: string;
  @Column(() => LoanOwnership) ownership!: string;
  @Column(() => Money) principal!: Money;
  @Column(() => Money) interest!: Money;
  @Column(() => Money, { description: 'Fees and penalties.' }) other!: Money;
  @Column(() => Money, { description: 'What was owed in all when it came in, or by the tape once there is one.' }) legalBalance!: Money;
  @Column() daysPastDue!: number;
  @Column(() => Money, { nullable: true, description: 'Its share of the price, by legal balance.' }) price?: Money;
  @Column(() => [String], { description: 'The rules that stand against its sale, where it was left out.' }) ruleIds!: string[];
  @Column(() => [String], { description: 'The same in words.' }) reasons!: string[];
  @Column(() => LocalDate) addedOn!: string;
  @Column({ nullable: true }) buyerId?: string;
  @Column(() => DateTime, { nullable: true, description: 'What is paid from this instant on is passed on to the buyer.' })
  cutOffAt?: string;
  @Column(() => LocalDate, { nullable: true }) transferredOn?: string;
  @Column(() => LocalDate, {
    nullable: true,
    description: 'When the debtor was notified; before that the assignment does not bind the debtor.',
  })
  notifiedOn?: string;
  @Column(() => NoticeMethod, { nullable: true }) noticeMethod?: string;
  @Column({ nullable: true, description: 'Of the evidence.' }) noticeRef?: string;
  @Column({ nullable: true, description: 'SHA-256 of the evidence, in hex.' }) noticeSha256?: string;
  @Column(() => ReturnGround, { nullable: true, description: 'How it comes back.' }) returnGround?: string;
  @Column({ nullable: true }) returnReason?: string;
  @Column(() => Money, { nullable: true, description: 'Its price less what was passed on of it; never below zero.' }) refund?: Money;
  @Column(() => DateTime, { nullable: true, description: 'From this instant on it is the bank’s again.' }) returnedAt?: string;
  @Column(() => LocalDate, { nullable: true }) returnedOn?: string;
  @One('PortfolioSale', { here: 'sale_id' }) sale!: unknown;
  @One('Loan') loan!: unknown;
  @One('RecoveryCase', { here: 'case_id' }) case!: unknown;
  @List('PassedOnPayment', 'valueOn', { there: 'sale_loan_id' }) passedOn!: unknown;
  @List('PutBack', 'requestedOn', { there: 'sale_loan_id' }) putBacks!: unknown;
}

@Noun(saleBid, {
  roles: legalReaders,
  class: 'internal',
  description: 'An invitation to bid, and the bid. What it says is sealed until all bids are opened.',
})
export class SaleBid {
  @Column() buyerId!: string;
  @Column(() => BidState) state!: string;
  @Column(() => LocalDate) invitedOn!: string;
  @Column(() => DateTime, { nullable: true }) submittedAt?: string;
  @Column({ nullable: true, description: "The buyer's number of it." }) bidRef?: string;
  @Column(() => Money, { nullable: true, description: 'Null until all bids are opened.' }) price?: Money;
  @Column(() => Decimal, {
    nullable: true,
    description: 'The price over the legal balance, rounded down.',
  })
  priceFraction?: string;
  @One('PortfolioSale', { here: 'sale_id' }) sale!: unknown;
  @One('Handoff', { description: 'The tape.' }) handoff!: unknown;
}

@Noun(saleTape, {
  roles: legalReaders,
  class: 'internal',
  description: 'A tape of the loans in a sale, with totals and digests by which it is known again.',
})
export class SaleTape {
  @Column(() => TapeKind) kind!: string;
  @Column(() => TapeForm) form!: string;
  @Column(() => LocalDate) asOf!: string;
  @Column() loans!: number;
  @Column(() => Money) principal!: Money;
  @Column(() => Money) legalBalance!: Money;
  @Column({ description: 'Of the lines that the buyer was sent, or of the list of files; in hex.' }) sha256!: string;
  @Column({ sql: '@.files::text', description: 'JSON: name, rows, bytes and SHA-256 of each file.' }) files!: string;
  @Column(() => LocalDate) madeOn!: string;
  @Column() madeBy!: string;
  @One('PortfolioSale', { here: 'sale_id' }) sale!: unknown;
}

@Noun(passedOnPayment, {
  roles: legalReaders,
  class: 'internal',
  description: 'Money that came to the bank for a sold loan and is the buyer’s, or is asked back.',
})
export class PassedOnPayment {
  @Column({ description: 'The payment.' }) transactionRef!: string;
  @Column({ description: 'Of what was passed on of this payment.' }) number!: number;
  @Column(() => PassedOnKind) kind!: string;
  @Column(() => Money, { description: 'Below zero is asked back.' }) amount!: Money;
  @Column(() => LocalDate) valueOn!: string;
  @Column(() => DateTime, { description: 'When core banking first told of the payment.' }) toldAt!: string;
  @Column(() => LocalDate) owedOn!: string;
  @Column(() => PassedOnState) state!: string;
  @One('SaleLoan', { here: 'sale_loan_id' }) saleLoan!: unknown;
  @One('Handoff') handoff!: unknown;
}

@Noun(putBack, { roles: legalReaders, class: 'internal', description: 'The buyer puts a loan back for a reason.' })
export class PutBack {
  @Column({ description: "The buyer's number of it." }) putBackRef!: string;
  @Column(() => PutBackReason) reason!: string;
  @Column({ description: 'What the buyer says.' }) words!: string;
  @Column(() => LocalDate) requestedOn!: string;
  @Column({ description: 'It came within the days that the policy gives its reason.' }) inTime!: boolean;
  @Column(() => LocalDate, { description: 'By when the bank answers.' }) dueOn!: string;
  @Column(() => PutBackState) state!: string;
  @Column(() => LocalDate, { nullable: true }) answeredOn?: string;
  @Column({ nullable: true }) answeredBy?: string;
  @Column({ nullable: true, description: 'What the bank said.' }) answer?: string;
  @Column(() => Money, { nullable: true, description: 'The price of the loan less what was passed on of it; never below zero.' })
  refund?: Money;
  @One('SaleLoan', { here: 'sale_loan_id' }) saleLoan!: unknown;
  @One('Handoff') handoff!: unknown;
}

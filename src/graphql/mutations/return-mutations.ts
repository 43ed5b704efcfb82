// What people do with a sale after its assignment: notices, the price, and loans that come back.
import { ArrayMaxSize, IsOptional, Length, Matches } from 'class-validator';
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { answerPutBack, buyBackLoan } from '../../actions/return-loan.js';
import type { CaseRequest, Outcome } from '../../actions/request.js';
import { recordDebtorNotice, settleSale } from '../../actions/settle-sale.js';
import { caseOfItem } from '../../storage/sales.js';
import type { Store } from '../../storage/store.js';
import { visibleSequence } from '../../storage/timeline.js';
import { BuyBackGround, NoticeMethod } from '../enums.js';
import type { GraphContext } from '../reader/context.js';
import { Reference } from '../reader/roots.js';
import { LocalDate } from '../scalars.js';
import { Allowed } from './allowed.js';
import { actorOf, payloadOf } from './answer.js';
import { CasePayload, MoneyInput, RequestInput } from './inputs.js';
import { onSaleOf, SaleInput, SalePayload } from './sale-inputs.js';

@InputType()
class RecordDebtorNoticeInput extends SaleInput {
  @Field(() => [ID], { nullable: true, description: 'Of which loans; of all that wait for one when left out.' })
  @IsOptional()
  @ArrayMaxSize(2_000)
  loanIds?: string[];
  @Field(() => NoticeMethod) method!: NoticeMethod;
  @Field(() => String, { description: 'The number of the evidence in the bank’s files.' }) @Length(1, 60) evidenceRef!: string;
  @Field(() => String, { description: 'SHA-256 of the evidence, in hex.' })
  @Matches(/^[0-9a-f]{64}$/, { message: 'evidenceSha256 must be 64 hex digits' })
  evidenceSha256!: string;
  @Field(() => LocalDate) notifiedOn!: string;
}

@InputType()
class SettleSaleInput extends SaleInput {
  @Field(() => MoneyInput) received!: MoneyInput;
  @Field(() => LocalDate) receivedOn!: string;
  @Field(() => String, { description: 'The number of the payment in the bank’s books.' }) @Length(1, 60) paymentRef!: string;
}

@InputType()
class AnswerPutBackInput extends RequestInput {
  @Field(() => ID) @Matches(/^putback_[0-9a-z]{16}$/, { message: 'putBackId must be the id of a put-back' }) putBackId!: string;
  @Field(() => Boolean) accepted!: boolean;
  @Field(() => String, { description: 'What the buyer is told.' }) @Length(1, 2_000) words!: string;
}

@InputType()
class BuyBackLoanInput extends RequestInput {
  @Field(() => ID) @Matches(/^saleloan_[0-9a-z]{16}$/, { message: 'saleLoanId must be the id of a loan in a sale' }) saleLoanId!: string;
  @Field(() => BuyBackGround, { description: 'RECALL within the days that the policy gives; BUY_BACK by agreement.' })
  ground!: BuyBackGround;
  @Field(() => String) @Length(1, 2_000) reason!: string;
}

@ObjectType()
class ReturnPayload extends CasePayload {
  @Reference('SaleLoan') saleLoan?: string;
  @Reference('PutBack') putBack?: string;
  @Reference('Handoff') handoff?: string;
}

@Resolver()
export class ReturnMutations {
  constructor(private readonly store: Store) {}

  @Mutation(() => SalePayload, {
    nullable: true,
    description:
      'Records that debtors were notified of the assignment, and passes the evidence on to the buyer. Before that the assignment does not bind them.',
  })
  @Allowed('legal')
  recordDebtorNotice(
    @Arg('input', () => RecordDebtorNoticeInput) input: RecordDebtorNoticeInput,
    @Ctx() context: GraphContext,
  ): Promise<CasePayload> {
    const { loanIds = null, method, evidenceRef, evidenceSha256, notifiedOn } = input;
    return onSaleOf(this.store, context, input, (request) =>
      recordDebtorNotice(this.store, { ...request, loanIds, method, evidenceRef, evidenceSha256, notifiedOn }),
    );
  }

  @Mutation(() => SalePayload, { nullable: true, description: 'Records that the price was received.' })
  @Allowed('legal')
  settleSale(@Arg('input', () => SettleSaleInput) input: SettleSaleInput, @Ctx() context: GraphContext): Promise<CasePayload> {
    const { receivedOn, paymentRef } = input;
    const received = { amount: input.received.amount, currency: input.received.currency };
    return onSaleOf(this.store, context, input, (request) => settleSale(this.store, { ...request, received, receivedOn, paymentRef }));
  }

  @Mutation(() => ReturnPayload, {
    nullable: true,
    description: 'Answers a put-back: accepted, the loan comes back once the buyer has the answer.',
  })
  @Allowed('legal')
  answerPutBack(@Arg('input', () => AnswerPutBackInput) input: AnswerPutBackInput, @Ctx() context: GraphContext): Promise<CasePayload> {
    const { putBackId, accepted, words } = input;
    return this.onItem(context, input, 'put_back', putBackId, (request) =>
      answerPutBack(this.store, { ...request, putBackId, accepted, words }),
    );
  }

  @Mutation(() => ReturnPayload, {
    nullable: true,
    description: 'Asks the buyer for a loan back: it is the bank’s again once the buyer has said yes.',
  })
  @Allowed('legal')
  buyBackLoan(@Arg('input', () => BuyBackLoanInput) input: BuyBackLoanInput, @Ctx() context: GraphContext): Promise<CasePayload> {
    const { saleLoanId, ground, reason } = input;
    return this.onItem(context, input, 'sale_loan', saleLoanId, (request) =>
      buyBackLoan(this.store, { ...request, saleLoanId, ground, reason }),
    );
  }

  private async onItem(
    context: GraphContext,
    input: RequestInput,
    table: 'put_back' | 'sale_loan',
    id: string,
    act: (request: CaseRequest) => Promise<Outcome>,
  ): Promise<CasePayload> {
    const caseId = await caseOfItem(this.store, table, id);
    if (caseId === null || (await visibleSequence(context.run, context.caller, caseId)) === null)
      return payloadOf({ refused: [{ code: 'NOT_FOUND', message: 'There is no such loan', path: ['input'] }] }, input, undefined);
    const outcome = await act({ actor: actorOf(context), caseId, idempotencyKey: input.idempotencyKey, dryRun: input.dryRun });
    return payloadOf(outcome, input, caseId, { saleLoan: 'saleLoanId', putBack: 'putBackId', handoff: 'handoffId' });
  }
}

// What the bank decides of law firms' invoices.
import { ArrayMaxSize, IsOptional, Length, Matches, ValidateNested } from 'class-validator';
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { decideInvoice } from '../../actions/decide-invoice.js';
import type { InvoiceDecisionName } from '../../domain/legal/invoice.js';
import type { Store } from '../../storage/store.js';
import { InvoiceDecision } from '../enums.js';
import type { GraphContext } from '../reader/context.js';
import { Reference } from '../reader/roots.js';
import { Decimal } from '../scalars.js';
import { Allowed } from './allowed.js';
import { onCase } from './answer.js';
import { CaseInput, CasePayload } from './inputs.js';

@InputType({ description: 'A line that is not paid in full.' })
class InvoiceCutInput {
  @Field(() => String, { description: "The firm's number of the line." }) @Length(1, 20) line!: string;
  @Field(() => Decimal, { description: "What is paid of it, in the invoice's currency." }) amount!: string;
  @Field(() => String, { description: 'To the firm.' }) @Length(1, 500) reason!: string;
}

@InputType()
class DecideInvoiceInput extends CaseInput {
  @Field(() => ID) @Matches(/^invoice_[0-9a-z]{16}$/, { message: 'invoiceId must be the id of an invoice' }) invoiceId!: string;
  @Field(() => InvoiceDecision) decision!: InvoiceDecisionName;
  @Field(() => [InvoiceCutInput], { nullable: true, description: 'For SHORT_PAY: the lines that are cut; all others are paid in full.' })
  @IsOptional()
  @ArrayMaxSize(1_000)
  @ValidateNested({ each: true })
  lines?: InvoiceCutInput[];
  @Field(() => String, { description: 'To the firm.' }) @Length(1, 500) words!: string;
}

@ObjectType()
class DecideInvoicePayload extends CasePayload {
  @Reference('LawFirmInvoice') invoice?: string;
  @Reference('Handoff') handoff?: string;
}

@Resolver()
export class InvoiceMutations {
  constructor(private readonly store: Store) {}

  @Mutation(() => DecideInvoicePayload, {
    nullable: true,
    description: "Approves, short-pays or rejects a law firm's invoice. Above the mandate it waits until another person decides the same.",
  })
  @Allowed('supervisor', 'legal')
  decideInvoice(@Arg('input', () => DecideInvoiceInput) input: DecideInvoiceInput, @Ctx() context: GraphContext): Promise<CasePayload> {
    const { invoiceId, decision, lines, words } = input;
    const cuts = (lines ?? []).map(({ line, amount, reason }) => ({ line, amount, reason }));
    return onCase(context, input, (request) => decideInvoice(this.store, { ...request, invoiceId, decision, lines: cuts, words }), {
      invoice: 'invoiceId',
      handoff: 'handoffId',
    });
  }
}

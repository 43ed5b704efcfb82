// What the bank asks credit bureaus.
import { IsOptional, Length } from 'class-validator';
import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { requestInquiry } from '../../actions/request-inquiry.js';
import type { Store } from '../../storage/store.js';
import { InquiryPurpose, LegalBasis } from '../enums.js';
import type { GraphContext } from '../reader/context.js';
import { Reference } from '../reader/roots.js';
import { Allowed } from './allowed.js';
import { onCase } from './answer.js';
import { CaseInput, CasePayload } from './inputs.js';

@InputType()
class RequestBureauInquiryInput extends CaseInput {
  @Field(() => String, { nullable: true, description: "The connector id of a credit bureau; the policy's when left out." })
  @IsOptional()
  @Length(1, 60)
  bureauId?: string;
  @Field(() => InquiryPurpose) purpose!: InquiryPurpose;
  @Field(() => LegalBasis) legalBasis!: LegalBasis;
  @Field(() => String, { nullable: true, description: "The bank's number of the borrower's consent, where that is needed." })
  @IsOptional()
  @Length(1, 60)
  consentRef?: string;
}
@ObjectType()
class RequestBureauInquiryPayload extends CasePayload {
  @Reference('BureauInquiry') inquiry?: string;
  @Reference('Handoff') handoff?: string;
  @Field(() => Boolean, {
    nullable: true,
    description: 'An earlier inquiry for the same purpose answers this one, at no cost; null where nothing was done.',
  })
  cached?: boolean | null;
}

@Resolver()
export class InquiryMutations {
  constructor(private readonly store: Store) {}

  @Mutation(() => RequestBureauInquiryPayload, {
    nullable: true,
    description: 'Asks a credit bureau for its report on the borrower, or gives back one that is fresh.',
  })
  @Allowed('supervisor', 'legal', 'bureauReporter')
  async requestBureauInquiry(
    @Arg('input', () => RequestBureauInquiryInput) input: RequestBureauInquiryInput,
    @Ctx() context: GraphContext,
  ): Promise<CasePayload> {
    const { purpose, legalBasis, consentRef = null, bureauId = null } = input;
    const payload = await onCase(
      context,
      input,
      (request) => requestInquiry(this.store, { ...request, purpose, legalBasis, consentRef, bureauId }),
      { inquiry: 'inquiryId', handoff: 'handoffId', cached: 'cached' },
    );
    const { cached } = payload as { cached?: string };
    return { ...payload, cached: cached === undefined ? null : cached === 'yes' } as CasePayload;
  }
}

// What people tell the law firm of a live matter, and what they find out about a borrower before.
import { IsOptional, Length, Matches, ValidateNested } from 'class-validator';
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { addMatterEvidence } from '../../actions/add-matter-evidence.js';
import { assessHardship } from '../../actions/assess-hardship.js';
import { instructMatter } from '../../actions/instruct-matter.js';
import type { Store } from '../../storage/store.js';
import { DefaultCause, DocumentKind, InstructionKind } from '../enums.js';
import type { GraphContext } from '../reader/context.js';
import { Reference } from '../reader/roots.js';
import { Allowed } from './allowed.js';
import { onCase } from './answer.js';
import { CaseInput, CasePayload, MoneyInput } from './inputs.js';

@InputType()
abstract class MatterInput extends CaseInput {
  @Field(() => ID) @Matches(/^matter_[0-9a-z]{16}$/, { message: 'matterId must be the id of a matter' }) matterId!: string;
}

@InputType()
class InstructMatterInput extends MatterInput {
  @Field(() => InstructionKind, { description: 'What may be done.' }) approve!: InstructionKind;
  @Field(() => String, { nullable: true }) @IsOptional() @Length(1, 2000) note?: string;
  @Field(() => MoneyInput, { nullable: true, description: 'Of a settlement.' }) @IsOptional() @ValidateNested() amount?: MoneyInput;
}

@ObjectType()
class InstructMatterPayload extends CasePayload {
  @Reference('LegalMatter') matter?: string;
  @Reference('MatterInstruction') instruction?: string;
  @Reference('Handoff') handoff?: string;
}

@InputType()
class AddMatterEvidenceInput extends MatterInput {
  @Field(() => DocumentKind) kind!: DocumentKind;
  @Field(() => String) @Length(1, 200) @Matches(/^[^/\\\p{Cc}]+$/u, { message: 'name must be the name of a file' }) name!: string;
  @Field(() => String, { description: 'e.g. application/pdf.' })
  @Matches(/^[a-z]+\/[a-z0-9.+-]{1,80}$/, { message: 'mediaType must be a media type' })
  mediaType!: string;
  @Field(() => String, { description: 'Base64; at most 5,000,000 bytes, and no more than a request may have.' })
  @Length(1, 7_000_000)
  content!: string;
}

@ObjectType()
class AddMatterEvidencePayload extends CasePayload {
  @Reference('LegalMatter') matter?: string;
  @Reference('EvidenceItem') evidence?: string;
  @Reference('Handoff') handoff?: string;
}

@InputType()
class AssessHardshipInput extends CaseInput {
  @Field(() => DefaultCause, { description: 'UNREACHABLE is proof that nobody can reach the borrower.' }) cause!: DefaultCause;
  @Field(() => String, { description: 'What it was judged by.' }) @Length(1, 2000) words!: string;
}

@ObjectType()
class AssessHardshipPayload extends CasePayload {
  @Reference('HardshipAssessment') assessment?: string;
}

@Resolver()
export class MatterMutations {
  constructor(private readonly store: Store) {}

  @Mutation(() => InstructMatterPayload, {
    nullable: true,
    description: 'Tells the law firm that something may be done. FILING asks again for all that a suit needs.',
  })
  @Allowed('legal')
  instructMatter(@Arg('input', () => InstructMatterInput) input: InstructMatterInput, @Ctx() context: GraphContext): Promise<CasePayload> {
    const { matterId, approve, note = null, amount = null } = input;
    return onCase(context, input, (request) => instructMatter(this.store, { ...request, matterId, approve, note, amount }), {
      matter: 'matterId',
      instruction: 'instructionId',
      handoff: 'handoffId',
    });
  }

  @Mutation(() => AddMatterEvidencePayload, { nullable: true, description: 'Sends the law firm one more document, frozen as it is.' })
  @Allowed('legal')
  addMatterEvidence(
    @Arg('input', () => AddMatterEvidenceInput) input: AddMatterEvidenceInput,
    @Ctx() context: GraphContext,
  ): Promise<CasePayload> {
    const { matterId, kind, name, mediaType, content } = input;
    return onCase(context, input, (request) => addMatterEvidence(this.store, { ...request, matterId, kind, name, mediaType, content }), {
      matter: 'matterId',
      evidence: 'evidenceId',
      handoff: 'handoffId',
    });
  }

  @Mutation(() => AssessHardshipPayload, {
    nullable: true,
    description: 'Records why the borrower does not pay; without it no suit is filed.',
  })
  @Allowed('collector', 'supervisor', 'legal')
  assessHardship(@Arg('input', () => AssessHardshipInput) input: AssessHardshipInput, @Ctx() context: GraphContext): Promise<CasePayload> {
    const { cause, words } = input;
    return onCase(context, input, (request) => assessHardship(this.store, { ...request, cause, words }), { assessment: 'assessmentId' });
  }
}

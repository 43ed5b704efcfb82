// The messages that engineers have read again.
import { Arg, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { Redriven } from '../../actions/redrive-parked.js';
import { Allowed } from './allowed.js';

@InputType()
class RedriveParkedMessagesInput {
  @Field(() => [ID], { nullable: true, description: 'All that are parked when left out.' }) ids?: string[];
}

@ObjectType()
class RedriveParkedMessagesPayload {
  @Field(() => Int) redriven!: number;
  @Field(() => Int) stillParked!: number;
}

@Resolver()
export class ParkedMutations {
  constructor(private readonly redrive: (ids: readonly string[] | null) => Promise<Redriven>) {}

  @Mutation(() => RedriveParkedMessagesPayload, {
    nullable: true,
    description: 'Reads parked messages again, after what was wrong has been mended.',
  })
  @Allowed('platform')
  redriveParkedMessages(@Arg('input', () => RedriveParkedMessagesInput) input: RedriveParkedMessagesInput): Promise<Redriven> {
    return this.redrive(input.ids ?? null);
  }
}

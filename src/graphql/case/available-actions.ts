// What may be done with a case now, and if not, why: the same guards that the mutations ask.
import { Field, ObjectType } from 'type-graphql';
import { caseActions, guard, type CaseSituation } from '../../domain/case/guards.js';
import { DateTime } from '../scalars.js';

@ObjectType({ description: 'Something that can be done with a case. Front-ends show it and never rebuild its rules.' })
export class CaseAction {
  @Field(() => String) name!: string;
  @Field(() => Boolean) allowed!: boolean;
  @Field(() => [String], { description: 'Why not; empty when it is allowed.' }) reasons!: string[];
  @Field(() => [String], { description: 'The rules that stand against it.' }) ruleIds!: string[];
  @Field(() => DateTime, { nullable: true, description: 'When it would be allowed, where a rule can tell.' }) earliestAt?: string | null;
}

export function availableActions(cases: Record<string, unknown>[]): CaseAction[][] {
  return cases.map((row) => {
    const at = row as unknown as CaseSituation;
    return caseActions.map((name) => {
      const { allowed, against } = guard(name, at);
      return {
        name,
        allowed,
        reasons: against.map(({ message }) => message),
        ruleIds: against.map(({ ruleId }) => ruleId),
        earliestAt: null,
      };
    });
  });
}

// What may be done with a case now, and if not, why: the same guards that the mutations ask.
import { Field, ObjectType } from 'type-graphql';
import { nextContact } from '../../domain/case/contact-hours.js';
import { caseActions, guard, type CaseSituation } from '../../domain/case/guards.js';
import { policyFor } from '../../policies/index.js';
import { DateTime } from '../scalars.js';

@ObjectType({ description: 'Something that can be done with a case. Front-ends show it and never rebuild its rules.' })
export class CaseAction {
  @Field(() => String) name!: string;
  @Field(() => Boolean) allowed!: boolean;
  @Field(() => [String], { description: 'Why not; empty when it is allowed.' }) reasons!: string[];
  @Field(() => [String], { description: 'The rules that stand against it.' }) ruleIds!: string[];
  @Field(() => DateTime, { nullable: true, description: 'When it would be allowed, where a rule can tell.' }) earliestAt?: string | null;
}

type Row = CaseSituation & { jurisdiction: string; timeZone: string };

export function availableActions(cases: Record<string, unknown>[], now = new Date()): CaseAction[][] {
  return (cases as unknown as Row[]).map((row) => {
    const { contact, pursuit } = policyFor(row.jurisdiction, now.toISOString().slice(0, 10));
    const next = nextContact(contact, row.timeZone, now);
    const asked = { ...row, pursuit };
    const at = next?.getTime() === now.getTime() ? asked : { ...asked, contactFrom: next?.toISOString() ?? null };
    return caseActions.map((name) => {
      const { allowed, against } = guard(name, at);
      const from = against.map(({ earliestAllowedAt }) => earliestAllowedAt);
      return {
        name,
        allowed,
        reasons: against.map(({ message }) => message),
        ruleIds: against.map(({ ruleId }) => ruleId),
        earliestAt: allowed || from.includes(undefined) ? null : (from as string[]).sort().at(-1)!,
      };
    });
  });
}

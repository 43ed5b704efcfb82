// Why values are masked: told beside them, since a masked text looks like any other.
import { Field, ObjectType, registerEnumType } from 'type-graphql';
import type { GraphContext } from './context.js';
import { nounOf } from './nouns.js';

export enum MaskedReason {
  ROLE = 'ROLE',
  PURPOSE_MISSING = 'PURPOSE_MISSING',
  PURPOSE = 'PURPOSE',
}
registerEnumType(MaskedReason, {
  name: 'MaskedReason',
  description: 'Why a value is masked.',
  valuesConfig: {
    ROLE: { description: 'Your role does not see it.' },
    PURPOSE_MISSING: { description: 'The request did not say by x-purpose what it is for.' },
    PURPOSE: { description: 'The purpose of the request does not need it.' },
  },
});

@ObjectType({ description: 'A field whose value is masked.' })
export class MaskedField {
  @Field(() => String) field!: string;
  @Field(() => MaskedReason) maskedReason!: MaskedReason;
}

export const maskedFieldsOf =
  (noun: string) =>
  (rows: unknown[], { caller }: GraphContext): MaskedField[][] => {
    const masked = [...nounOf(noun).members].flatMap(([field, { declared }]): MaskedField[] => {
      const maskedReason = declared.is === 'column' && declared.mask ? caller.profile.masked(declared.mask) : null;
      return maskedReason ? [{ field, maskedReason: maskedReason as MaskedReason }] : [];
    });
    return rows.map(() => masked);
  };

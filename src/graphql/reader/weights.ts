// What fields cost, in units: told of a document before it runs, and of an answer by what is in it.
import { getNamedType, isCompositeType, type GraphQLField, type GraphQLNamedType, type GraphQLSchema } from 'graphql';
import type { Shape } from '../../storage/reader/shape.js';
import { costMark } from '../../storage/reader/write.js';
import type { Declared } from './nouns.js';

export const weights = { row: 1, mutation: 10, count: 5 };

/** What a field costs each time that it is answered, apart from what is selected below it. */
export function ownCost(schema: GraphQLSchema, on: GraphQLNamedType, field: GraphQLField<unknown, unknown>): number {
  const given = field.extensions['cost'] as number | undefined;
  if (given !== undefined) return given;
  if (on === schema.getMutationType()) return weights.mutation;
  const declared = field.extensions.reader as Declared | undefined;
  if (declared?.is === 'count' || field.name.startsWith('totalCount')) return weights.count;
  const written = declared?.is === 'column' || !isCompositeType(getNamedType(field.type)) || ['pageInfo', 'edges'].includes(field.name);
  return written ? 0 : weights.row;
}

/** The cost is written into the answer: of a list, with each of its rows. */
export function priced(units: number, shape: Shape): Shape {
  if (!units) return shape;
  const each = (of: Shape): Shape => ({ is: 'costs', units, of });
  switch (shape.is) {
    case 'list':
    case 'each':
    case 'groups':
      return { ...shape, of: each(shape.of) };
    case 'sequence':
      return { ...shape, of: shape.of.map(each) };
    case 'several':
      return { ...shape, of: shape.of.map(({ prefix, one }) => ({ prefix, one: each(one) })) };
    default:
      return each(shape);
  }
}

/** What an answer has cost, without reading it. */
export function unitsIn(text: string): number {
  let units = 0;
  for (let at = text.indexOf(costMark); at >= 0; at = text.indexOf(costMark, at + 1)) units++;
  return units;
}

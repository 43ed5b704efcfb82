// Where a query may enter the case graph: one line a root field.
import { Arg, Args, Extensions, Field, ID, Query, type ClassType } from 'type-graphql';
import { AsOfInput } from './as-of.js';
import { connectionOf, filterOf, pageArgsOf } from './connections.js';
import { Node } from './node.js';
import { nounOf, type Declared } from './nouns.js';

function root(declared: Declared, type: () => ClassType, description?: string): PropertyDecorator {
  return (target, key) => {
    Query(type, { nullable: true, description })(target, key as string, undefined as never);
    Extensions({ reader: declared })(target, key as string, undefined as never);
  };
}

/** `asOf`: whether its past can be asked for. */
interface Entrance {
  asOf?: boolean;
}
const withPast = ({ asOf }: Entrance, target: object, key: string | symbol, index: number): void => {
  if (asOf) Arg('asOf', () => AsOfInput, { nullable: true })(target, key as string, index);
};

/** One row by its id. */
export const ReadOne =
  (noun: string, entrance: Entrance = {}): PropertyDecorator =>
  (target, key) => {
    root({ is: 'root', noun, read: 'byId' }, () => nounOf(noun).type)(target, key);
    Arg('id', () => ID)(target, key as string, 0);
    withPast(entrance, target, key, 1);
  };

/** One row by the number that another system knows it by. Systems beside `casegraph` are looked up in external_ref. */
export const ReadRef =
  (noun: string, column: string, entrance: Entrance = {}): PropertyDecorator =>
  (target, key) => {
    root({ is: 'root', noun, read: 'byRef', by: column }, () => nounOf(noun).type)(target, key);
    Arg('ref', () => String)(target, key as string, 1);
    Arg('system', () => String)(target, key as string, 0);
    withPast(entrance, target, key, 2);
  };

/** All rows that the caller may see, a page at a time. */
export const ReadMany =
  (noun: string, entrance: Entrance = {}): PropertyDecorator =>
  (target, key) => {
    root(
      { is: 'root', noun, read: 'page' },
      () => connectionOf(noun),
      'In the usual order of its rows (by when they came to be, where that is known), then by id.',
    )(target, key);
    Args(() => pageArgsOf(noun))(target, key as string, 0);
    withPast(entrance, target, key, 1);
  };

/** How many rows have which value, by columns of an enum, under the same filter as the rows themselves. */
export const ReadFacets =
  (noun: string, by: object, facet: () => ClassType): PropertyDecorator =>
  (target, key) => {
    const declared: Declared = { is: 'root', noun, read: 'facets' };
    Query(() => [facet()], { nullable: true, description: 'The hundred most frequent values of each; a case counts once for each value.' })(
      target,
      key as string,
      undefined as never,
    );
    Extensions({ reader: declared, cost: facetCost })(target, key as string, undefined as never);
    Arg('by', () => [by])(target, key as string, 0);
    Arg('filter', () => filterOf(noun), { nullable: true })(target, key as string, 1);
  };
/** It goes through all rows that the filter leaves. */
const facetCost = 20;

/** Whatever an id names. */
export const ReadNode = (): PropertyDecorator => (target, key) => {
  root({ is: 'root', read: 'node' }, () => Node as never)(target, key);
  Arg('id', () => ID)(target, key as string, 0);
};

/** Whatever several ids name, in their order. */
export const ReadNodes = (): PropertyDecorator => (target, key) => {
  const description = 'In the order of the ids, null for what is not there or not for the caller; 100 at most.';
  Query(() => [Node as never], { nullable: 'items', description })(target, key as string, undefined as never);
  Extensions({ reader: { is: 'root', read: 'nodes' } satisfies Declared })(target, key as string, undefined as never);
  Arg('ids', () => [ID])(target, key as string, 0);
};

/** In the payload of a mutation or a subscription: the row whose id the payload carries, read when it is asked for. */
export const Reference =
  (noun: string): PropertyDecorator =>
  (target, key) => {
    Field(() => nounOf(noun).type, { nullable: true })(target, key as string);
    Extensions({ reader: { is: 'root', noun, read: 'reference' } satisfies Declared })(target, key as string, undefined as never);
  };

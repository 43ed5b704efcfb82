// The types that every noun gets for nothing: its connection, its filter and its order, made from the lines of its declaration.
import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType, type ClassType } from 'type-graphql';
import { DateTime, Decimal, LocalDate, Sequence } from '../scalars.js';
import { nounOf } from './nouns.js';

export enum OrderDirection {
  ASC = 'ASC',
  DESC = 'DESC',
}
export enum NullPlacement {
  FIRST = 'FIRST',
  LAST = 'LAST',
}
registerEnumType(OrderDirection, { name: 'OrderDirection' });
registerEnumType(NullPlacement, { name: 'NullPlacement' });

@ObjectType()
export class PageInfo {
  @Field() hasNextPage!: boolean;
  @Field() hasPreviousPage!: boolean;
  @Field(() => String, { nullable: true }) startCursor?: string;
  @Field(() => String, { nullable: true }) endCursor?: string;
}

const once = <T>(make: (noun: string) => T) => {
  const made = new Map<string, T>();
  return (noun: string): T => made.get(noun) ?? made.set(noun, make(noun)).get(noun)!;
};

/** A class made at run time: the fields in the order given, all with the decorator that type-graphql offers. */
function makeClass(name: string, kind: ClassDecorator, fields: Record<string, [type: () => unknown, nullable?: 'nullable']>): ClassType {
  const made = { [name]: class {} }[name]!;
  for (const [key, [type, nullable]] of Object.entries(fields)) Field(type as never, { nullable: !!nullable })(made.prototype, key);
  kind(made);
  return made;
}

export const connectionOf = once((noun) => {
  const node = () => nounOf(noun).type;
  const edge = makeClass(`${noun}Edge`, ObjectType(), { cursor: [() => String], node: [node] });
  return makeClass(`${noun}Connection`, ObjectType(), {
    edges: [() => [edge]],
    nodes: [() => [node()]],
    pageInfo: [() => PageInfo],
    totalCount: [() => Int, 'nullable'],
    totalCountIsEstimate: [() => Boolean],
  });
});

export const pageArgsOf = once((noun) =>
  makeClass(`${noun}PageArgs`, ArgsType(), {
    first: [() => Int, 'nullable'],
    after: [() => String, 'nullable'],
    last: [() => Int, 'nullable'],
    before: [() => String, 'nullable'],
    filter: [() => filterOf(noun), 'nullable'],
    orderBy: [() => [orderOf(noun)], 'nullable'],
  }),
);

/** Fields that can be compared and ordered: plain columns, not those made of several. */
export function comparable(noun: string): [key: string, type: object][] {
  return [...nounOf(noun).members].flatMap(([key, { declared, type }]): [string, object][] =>
    declared.is === 'column' && !Array.isArray(type()) && !isClass(type()) ? [[key, type()]] : [],
  );
}
const scalarClasses = new Set<unknown>([String, Boolean, Number]);
const isClass = (type: unknown) => typeof type === 'function' && !scalarClasses.has(type);

const constantly =
  <T>(value: T) =>
  () =>
    value;

export const filterOf: (noun: string) => ClassType = once((noun) => {
  const self = () => filterOf(noun);
  const related = [...nounOf(noun).members].flatMap(([key, { declared }]) =>
    declared.is === 'one' && declared.here
      ? [[key, [() => filterOf(declared.noun), 'nullable']]]
      : declared.is === 'many' || declared.is === 'list'
        ? [[key, [() => someOf(declared.noun), 'nullable']]]
        : [],
  );
  return makeClass(`${noun}Filter`, InputType(), {
    ...Object.fromEntries(comparable(noun).map(([key, type]) => [key, [constantly(operatorsOf(type)), 'nullable']])),
    ...Object.fromEntries(related),
    and: [() => [self()], 'nullable'],
    or: [() => [self()], 'nullable'],
    not: [self, 'nullable'],
  });
});

const someOf = once((noun) => makeClass(`${noun}SomeFilter`, InputType(), { some: [() => filterOf(noun)] }));

const operators = new Map<object, ClassType>();
const named = new Map<object, string>([
  [String, 'String'],
  [Boolean, 'Boolean'],
  [Int, 'Int'],
  [ID, 'ID'],
  [Decimal, 'Decimal'],
  [LocalDate, 'Date'],
  [DateTime, 'DateTime'],
  [Sequence, 'Sequence'],
]);

/** An enum must be told its name before it can be filtered by. */
export function nameEnum(type: object, name: string): void {
  registerEnumType(type, { name });
  named.set(type, name);
}

function operatorsOf(type: object): ClassType {
  const known = operators.get(type);
  if (known) return known;
  const one = [() => type, 'nullable'] as [() => unknown, 'nullable'];
  const ordered =
    (type !== Boolean && type !== ID && typeof type !== 'object') || [Int, Decimal, LocalDate, DateTime, Sequence].includes(type as never);
  const made = makeClass(`${named.get(type)}Operators`, InputType(), {
    eq: one,
    not: one,
    in: [() => [type], 'nullable'],
    isNull: [() => Boolean, 'nullable'],
    ...(ordered ? { gt: one, gte: one, lt: one, lte: one } : {}),
    ...(type === String ? { contains: one } : {}),
  });
  operators.set(type, made);
  return made;
}

export const orderOf = once((noun) => {
  const fields = Object.fromEntries(comparable(noun).map(([key]) => [key.replace(/[A-Z]/g, (l) => `_${l}`).toUpperCase(), key]));
  registerEnumType(fields, { name: `${noun}OrderField` });
  return makeClass(`${noun}Order`, InputType(), {
    field: [() => fields],
    direction: [() => OrderDirection],
    nulls: [() => NullPlacement, 'nullable'],
  });
});

/** All of them, once the noun is declared: the schema's builder takes no type that is made while it builds. */
export function makeTypesOf(noun: string): void {
  for (const make of [connectionOf, filterOf, someOf, orderOf, pageArgsOf]) make(noun);
}

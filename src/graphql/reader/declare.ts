// How a noun of the case graph is declared: one line a field. Each decorator is a type-graphql field plus what the reader must know of it.
import 'reflect-metadata';
import { Args, createUnionType, Extensions, Field, Int, ObjectType, type ClassType } from 'type-graphql';
import type { Mask, Table } from '../../storage/reader/shape.js';
import { connectionOf, makeTypesOf, pageArgsOf } from './connections.js';
import { Node } from './node.js';
import { maskedFieldsOf, MaskedField } from './masked.js';
import { describe, describeEmbedded, membersOf, nounOf, snake, type Declared, type FieldClass, type Fill, type Type } from './nouns.js';

interface Common {
  nullable?: boolean;
  description?: string;
  roles?: readonly string[];
  class?: Open;
  /** What it costs each row; by its kind when left out. */
  cost?: number;
}
type Open = Extract<FieldClass, 'public' | 'internal'>;
/** The columns that join the two where they are not the usual ones: `here` in this noun's table, `there` in the other's. */
interface Join {
  here?: string;
  there?: string;
}
type ColumnOptions = Omit<Common, 'class'> & { sql?: string } & (
    { class?: Open; mask?: undefined } | { class: 'pii' | 'sensitive'; mask: Mask }
  );

/** A type whose objects are rows of a table. Nobody reads it but `roles`; its fields are of `class` where they do not say another. */
export function Noun(table: Table, noun: { roles: readonly string[]; class: Open; description: string }): ClassDecorator {
  const { description, ...rights } = noun;
  return (target) => {
    describe(target as never, { table, ...rights });
    makeTypesOf(target.name);
    ObjectType({ implements: Node, description })(target);
  };
}

/** A type whose objects are written in the columns of their owner, all of whose names begin with the field's. */
export function Embedded(options: { absent: string; description: string }): ClassDecorator {
  return (target) => {
    ObjectType({ description: options.description })(target);
    Extensions({ embedded: options })(target as never);
    describeEmbedded(target, options.absent);
  };
}

function expose(declared: Declared, type: Type, options: Omit<Common, 'class'> & { class?: FieldClass }): PropertyDecorator {
  return (target, key) => {
    const { roles, nullable, description, class: of, cost } = options;
    membersOf(target).set(key as string, { declared, type, roles, class: of });
    Field(type as never, { nullable, description })(target, key as string);
    Extensions({ reader: declared, ...(cost === undefined ? {} : { cost }) })(target, key as string, undefined as never);
  };
}

/** A scalar of the row: the column of the same name unless `sql` says otherwise (@ is the row, # the name). */
export function Column(options?: ColumnOptions): PropertyDecorator;
export function Column(type: Type, options?: ColumnOptions): PropertyDecorator;
export function Column(first?: Type | ColumnOptions, second?: ColumnOptions): PropertyDecorator {
  const [given, options = {}] = typeof first === 'function' ? [first, second] : [undefined, first];
  return (target, key) => {
    const type = given ?? defaultType(Reflect.getMetadata('design:type', target, key));
    const { sql = '@.#', nullable = false, mask } = options;
    const stem = snake(key as string);
    const whole = /^@\.[#\w]+$/.test(sql) ? sql : `(${sql})`;
    expose({ is: 'column', stem, sql: whole, nullable, mask }, type, options)(target, key);
  };
}

const defaultType =
  (type: unknown): Type =>
  () =>
    type === Number ? Int : (type as ClassType); // a float never leaves the gateway

/** The row that a column here points to; or, with `latest`, the last of those that point to this row. */
export function One(noun: string, options: Common & Join & { latest?: string } = {}): PropertyDecorator {
  return (target, key) => {
    const { latest, here = latest ? undefined : `${snake(key as string)}_id`, there } = options;
    const { nullable = true } = options;
    expose({ is: 'one', noun, nullable, latest, here, there }, () => nounOf(noun).type, { ...options, nullable })(target, key);
  };
}

/** The rows that point to this row, as a Relay connection. */
export function Many(noun: string, { here, there, ...options }: Common & Join = {}): PropertyDecorator {
  return (target, key) => {
    expose({ is: 'many', noun, here, there }, () => connectionOf(noun), options)(target, key);
    Args(() => pageArgsOf(noun))(target, key as string, 0);
  };
}

/** The few rows that point to this row, all of them, ordered by one column. */
export function List(noun: string, by: string, { here, there, ...options }: Common & Join = {}): PropertyDecorator {
  return expose({ is: 'list', noun, by, here, there }, () => [nounOf(noun).type], options);
}

/** The few rows of several nouns that point to this row, together in order of one date of each. A noun that the caller may not read is left out. */
export function Several(union: string, nouns: Record<string, string>, options: Common = {}): PropertyDecorator {
  return (target, key) => {
    const types = () => Object.keys(nouns).map((noun) => nounOf(noun).type);
    const type = createUnionType({ name: union, types: types as never, resolveType: (row) => (row as { __typename: string }).__typename });
    expose({ is: 'several', nouns }, () => [type], options)(target, key);
  };
}

/** How many rows point to this row. */
export function Count(noun: string, { here, there, ...options }: Common & Join = {}): PropertyDecorator {
  return expose({ is: 'count', noun, here, there }, () => Int, options);
}

/** A field that code answers, from columns of the row, after the statement has run. */
export function Filled(type: Type, needs: string[], fill: Fill, options: Common = {}): PropertyDecorator {
  return expose({ is: 'filled', needs, fill }, type, options);
}

/** Which fields of this noun the caller sees masked, and why. */
export function Masked(): PropertyDecorator {
  return (target, key) =>
    Filled(() => [MaskedField], [], maskedFieldsOf(target.constructor.name) as Fill, {
      class: 'public',
      description: 'The fields that are masked in this answer, and why.',
    })(target, key);
}

// Random valid queries of the schema, from a seed: fragments, aliases, directives, variables, cursors and filters over values that are there.
import {
  coerceInputValue,
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { nounOf, type Declared } from '../../src/graphql/reader/nouns.js';
import type { PlainGraph } from './plain-graph.js';

export interface RandomQuery {
  source: string;
  variables: Record<string, unknown>;
}
/** Whether a field may be selected (`compared` undefined) or compared. */
export type Allows = (noun: string, key: string, compared?: 'compared') => boolean;

/** The same numbers again from the same seed. */
export function randomOf(seed: number): { chance(): number; below(n: number): number } {
  let state = seed;
  const chance = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
  return { chance, below: (n) => Math.floor(chance() * n) };
}

const deepest = 6;
const mostFields = 60;

export class RandomQueries {
  readonly below: (n: number) => number;
  private readonly chance: () => number;
  private variables: Record<string, unknown> = {};
  private declared: string[] = [];
  private fragments: string[] = [];
  private serial = 0;
  private fields = 0;
  private allows: Allows = () => true;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly graph: PlainGraph,
    seed: number,
  ) {
    ({ chance: this.chance, below: this.below } = randomOf(seed));
  }

  pick = <T>(from: readonly T[]): T => from[this.below(from.length)]!;
  private odds = (share: number): boolean => this.chance() < share;
  private some = <T>(most: number, make: () => T): T[] => Array.from({ length: this.below(most + 1) }, make);

  next(allows: Allows): RandomQuery {
    Object.assign(this, { variables: {}, declared: [], fragments: [], serial: 0, fields: 0, allows });
    const body = this.selection(this.schema.getQueryType()!, 0);
    const head = this.declared.length ? `(${this.declared.join(', ')})` : '';
    return { source: [`query Q${head} ${body}`, ...this.fragments].join('\n'), variables: this.variables };
  }

  /** A value of a type as a literal, or any part of it as a variable, or as the default of one that is not given. */
  private written(value: any, type: GraphQLInputType): string {
    if (this.odds(0.25)) {
      const name = `v${this.serial++}`;
      const given = this.odds(0.85) || isNonNullType(type);
      if (given) this.variables[name] = value;
      this.declared.push(`$${name}: ${String(type)}${given ? '' : ` = ${this.literal(value, type, false)}`}`);
      return `$${name}`;
    }
    return this.literal(value, type, true);
  }

  private literal(value: any, type: GraphQLInputType, mayVary: boolean): string {
    const whole = getNullableType(type);
    const inner = (part: any, of: GraphQLInputType) => (mayVary ? this.written(part, of) : this.literal(part, of, false));
    if (isListType(whole)) return `[${(value as unknown[]).map((each) => inner(each, whole.ofType as GraphQLInputType)).join(', ')}]`;
    if (isInputObjectType(whole))
      return `{ ${Object.entries(value)
        .map(([key, of]) => `${key}: ${inner(of, whole.getFields()[key]!.type)}`)
        .join(', ')} }`;
    return isEnumType(whole) ? String(value) : JSON.stringify(value);
  }

  private directive(): string {
    if (!this.odds(0.1)) return '';
    const type = this.schema.getDirective('skip')!.args[0]!.type;
    return ` @${this.pick(['include', 'skip'])}(if: ${this.written(this.odds(0.5), type)})`;
  }

  private selection(type: GraphQLObjectType, depth: number): string {
    const fields = Object.values(type.getFields()).filter((field) => this.maySelect(type, field));
    if (!fields.length) return '{ __typename }';
    const parts: string[] = [];
    for (let wanted = 1 + this.below(depth === 0 ? 3 : 5); wanted > 0; wanted--) {
      const roll = this.chance();
      if (roll < 0.08) parts.push(`${this.odds(0.5) ? `k${this.serial++}: ` : ''}__typename`);
      else if (roll < 0.16 && depth < deepest)
        parts.push(`...${this.odds(0.7) ? ` on ${type.name}` : ''}${this.directive()} ${this.selection(type, depth + 1)}`);
      else if (roll < 0.24 && depth < deepest) {
        const name = `F${this.serial++}`;
        this.fragments.push(`fragment ${name} on ${type.name} ${this.selection(type, depth + 1)}`);
        parts.push(`...${name}${this.directive()}`);
      } else if (roll < 0.3 && this.isNoun(type)) parts.push(`... on Node { id k${this.serial++}: __typename }`);
      else parts.push(this.field(this.pick(fields), depth));
    }
    return `{ ${parts.filter(Boolean).join(' ') || '__typename'} }`;
  }

  private maySelect(type: GraphQLObjectType, { name, extensions }: GraphQLField<unknown, unknown>): boolean {
    if (type === this.schema.getQueryType() && !extensions['reader']) return false; // counted beside the reader
    const { noun: to, read } = (extensions['reader'] ?? {}) as { noun?: string; read?: string };
    if (read === 'facets') return false; // counts, which have tests of their own
    return (!this.isNoun(type) || this.allows(type.name, name)) && (!to || this.allows(to, 'id'));
  }

  private isNoun = (type: { name: string }): boolean => type.name in this.graph.rows;

  private field(field: GraphQLField<unknown, unknown>, depth: number): string {
    const type = getNamedType(field.type);
    if (!isLeafType(type) && (depth >= deepest || this.fields > mostFields)) return '';
    this.fields++;
    const args = this.args(field, depth);
    const alias = args || this.odds(0.25) ? `k${this.serial++}: ` : '';
    const head = `${alias}${field.name}${args}${this.directive()}`;
    if (isObjectType(type)) return `${head} ${this.selection(type, depth + 1)}`;
    if (!isAbstractType(type)) return head;
    const branches = this.some(2, () => this.pick(this.schema.getPossibleTypes(type)));
    const common = type.name === 'Node' && this.odds(0.5) ? 'id' : '__typename';
    return `${head} { ${common} ${branches.map((branch) => `... on ${branch.name}${this.directive()} ${this.selection(branch, depth + 1)}`).join(' ')} }`;
  }

  private args(field: GraphQLField<unknown, unknown>, depth: number): string {
    if (!field.args.length) return '';
    const given = this.argsFor(field, depth);
    const parts = field.args.flatMap(({ name, type }) => (name in given ? [`${name}: ${this.written(given[name], type)}`] : []));
    return `(${parts.join(', ')})`;
  }

  private argsFor(field: GraphQLField<unknown, unknown>, depth: number): Record<string, unknown> {
    const declared = field.extensions['reader'] as Declared;
    const noun = 'noun' in declared && declared.noun && this.odds(0.9) ? declared.noun : this.pick(Object.keys(this.graph.rows));
    if (field.args.some(({ name }) => name === 'id')) return { id: this.someId(noun) };
    if (field.args.some(({ name }) => name === 'ids'))
      return { ids: this.some(5, () => this.someId(this.pick(Object.keys(this.graph.rows)))) };
    if (field.args.some(({ name }) => name === 'ref'))
      return { system: this.odds(0.9) ? 'casegraph' : 'other', ref: this.pick(this.graph.rows['RecoveryCase']!)['ref'] };
    return this.pageOf((declared as { noun: string }).noun, depth);
  }

  private someId = (noun: string): string =>
    this.odds(0.9) && this.graph.rows[noun]!.length
      ? this.pick(this.graph.rows[noun]!).id
      : `${nounOf(noun).table.prefix}_0000000000000000`;

  private pageOf(noun: string, depth: number): Record<string, unknown> {
    const forward = this.odds(0.75);
    const size = depth < 2 && this.odds(0.1) ? this.pick([10, 26, 100]) : 1 + this.below(5);
    const comparable = this.comparable(noun);
    const filter =
      this.odds(0.45) && comparable.length
        ? this.filter(this.schema.getType(`${noun}Filter`) as GraphQLInputObjectType, noun, 0)
        : undefined;
    const orderBy =
      this.odds(0.5) && comparable.length ? Array.from({ length: 1 + this.below(2) }, () => this.term(comparable)) : undefined;
    const coerced = (value: unknown, type: string) =>
      value === undefined ? undefined : coerceInputValue(value, this.schema.getType(type) as GraphQLInputType);
    const rows = this.graph.rows[noun]!;
    const cursor =
      this.odds(0.35) && rows.length
        ? this.graph.cursor(this.pick(rows), {
            filter: coerced(filter, `${noun}Filter`),
            orderBy: orderBy?.map((term) => coerced(term, `${noun}Order`)) as never,
          })
        : undefined;
    return Object.fromEntries(
      Object.entries({ [forward ? 'first' : 'last']: size, [forward ? 'after' : 'before']: cursor, filter, orderBy }).filter(
        ([, value]) => value !== undefined,
      ),
    );
  }

  private comparable(noun: string): string[] {
    const order = this.schema.getType(`${noun}OrderField`);
    if (!isEnumType(order)) return [];
    return order.getValues().flatMap(({ value }) => (this.allows(noun, value as string, 'compared') ? [value as string] : []));
  }

  private term(comparable: string[]): Record<string, unknown> {
    const key = this.pick(comparable);
    return {
      field: key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase(),
      direction: this.pick(['ASC', 'DESC']),
      ...(this.odds(0.5) ? { nulls: this.pick(['FIRST', 'LAST']) } : {}),
    };
  }

  private filter(type: GraphQLInputObjectType, noun: string, depth: number): Record<string, unknown> {
    const keys = Object.values(type.getFields()).filter(({ name }) => this.mayFilterBy(noun, name, depth));
    const chosen = Array.from({ length: 1 + this.below(2) }, () => this.pick(keys));
    return Object.fromEntries(
      chosen.map((field) => {
        const of = getNamedType(field.type) as GraphQLInputObjectType;
        if (field.name === 'and' || field.name === 'or') return [field.name, this.some(2, () => this.filter(of, noun, depth + 1))];
        if (field.name === 'not') return [field.name, this.filter(of, noun, depth + 1)];
        const to = nounOf(noun).members.get(field.name)!.declared;
        if (to.is === 'column') return [field.name, this.comparison(of, noun, field.name)];
        const other = (to as { noun: string }).noun;
        const inner = this.filter(this.schema.getType(`${other}Filter`) as GraphQLInputObjectType, other, depth + 1);
        return [field.name, to.is === 'one' ? inner : { some: inner }];
      }),
    );
  }

  private mayFilterBy(noun: string, key: string, depth: number): boolean {
    if (key === 'and' || key === 'or' || key === 'not') return depth < 2;
    const { declared } = nounOf(noun).members.get(key)!;
    if (declared.is === 'column') return this.allows(noun, key, 'compared');
    const other = (declared as { noun: string }).noun;
    return depth < 2 && this.allows(noun, key) && this.comparable(other).length > 0;
  }

  private comparison(type: GraphQLInputObjectType, noun: string, key: string): Record<string, unknown> {
    const operator = this.pick(Object.keys(type.getFields()));
    const values = this.graph.rows[noun]!.map((row) => row[key]).filter((value) => value !== null);
    if (operator === 'isNull' || !values.length) return { isNull: this.odds(0.5) };
    const instant = nounOf(noun).members.get(key)!.type() === this.schema.getType('DateTime');
    const sample = () => (instant ? `${this.pick(values)}Z` : this.pick(values));
    if (operator === 'in') return { in: this.some(3, sample) };
    if (operator === 'contains') return { contains: [...String(sample())].slice(1, 3).join('') };
    return { [operator]: sample() };
  }
}

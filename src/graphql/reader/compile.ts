// A GraphQL selection becomes a shape. What the shape depends on in this request is asked, so that the answers can key it.
import {
  getNamedType,
  getNullableType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
} from 'graphql';
import type { Leaf, Read, Request, Rows, Shape, Table } from '../../storage/reader/shape.js';
import { completes, type Complete } from './complete.js';
import { columnLeaf, idLeaf, leafOf, pointingAt, related } from './members.js';
import { nounByPrefix, nounOf, type Declared, type Fill } from './nouns.js';
import { facetsOf, pageOf } from './paging.js';
import { problem, under } from './problem.js';
import { keyed, type Scene } from './scene.js';
import { argsOf, type Args, type Selecting } from './selection.js';
import { ownCost, priced } from './weights.js';

/** A field that code fills: how, and how the answer becomes what was selected of it. */
export interface Gap {
  fill: Fill;
  complete: Complete;
  nullable: boolean;
}

const mostCounted = 10_000;
const mostIds = 100;
/** Ids that were given, as the row above those that they name: it proves nothing of them. */
const named: Table = { name: '', prefix: '', within: 'open' };
const mostGroups = 100;
const mostEntities = 100;
const rowId: Leaf = idLeaf;
interface Representation {
  __typename: string;
  id: string;
}
interface Id {
  prefix: string;
  key: string;
}

const constant = (value: unknown): Shape => ({ is: 'constant', json: JSON.stringify(value) });

export class Compiler {
  readonly gaps: Gap[] = [];
  /** The fields with personal data that the statement reads in clear, as `Noun.field`. */
  readonly clear = new Set<string>();
  /** The ids and numbers that the query enters by, for the record of such a read. */
  readonly entered: Read<string>[] = [];

  constructor(private readonly scene: Scene) {}

  /** The shape of all that is selected on a type, of which `member` draws each field. */
  object(
    type: GraphQLObjectType,
    nodes: readonly Selecting[],
    member: (field: GraphQLField<unknown, unknown>, nodes: FieldNode[]) => Shape,
  ): Shape {
    const drawn = (key: string, same: FieldNode[]): Shape => {
      const field = type.getFields()[same[0]!.name.value];
      try {
        return field ? this.costing(type, field, member(field, same)) : constant(type.name); // all that is valid and no field is __typename
      } catch (error) {
        throw under([key], error);
      }
    };
    const members = [...this.scene.selection.under(type, nodes)].map(([key, same]): [string, Shape] => [
      this.scene.forGraphql ? keyed(key) : key,
      drawn(key, same),
    ]);
    return { is: 'object', members };
  }

  costing(on: GraphQLNamedType, field: GraphQLField<unknown, unknown>, of: Shape): Shape {
    return priced(ownCost(this.scene.schema, on, field), of);
  }

  /** Where a query enters the graph, or where a payload does with the id it carries. */
  root(field: GraphQLField<unknown, unknown>, nodes: FieldNode[], carried?: Read<string>): Shape {
    const declared = field.extensions.reader as Extract<Declared, { is: 'root' }>;
    const args = argsOf(field, nodes[0]!);
    if (declared.read === 'page') return this.page(declared.noun!, field, nodes, { table: nounOf(declared.noun!).table });
    if (declared.read === 'facets') return this.facets(declared.noun!, field, nodes);
    if (declared.read === 'byRef') {
      this.entered.push((request) => String(args(request)['ref']));
      return {
        is: 'one',
        rows: {
          table: nounOf(declared.noun!).table,
          where: { named: rowId, system: (request: Request) => args(request)['system'], ref: (request: Request) => args(request)['ref'] },
        },
        of: this.noun(declared.noun!, nodes),
      };
    }
    if (declared.read === 'nodes') return this.nodes((request) => args(request)['ids'], nodes);
    if (declared.read === 'entities') return this.entities(args, nodes);
    return this.one((request) => idOf(carried ? carried(request) : args(request).id), nodes, declared.noun);
  }

  /** @param only the noun that it has to be of; whichever the id names when left out */
  private one(id: Read<Id>, nodes: FieldNode[], only?: string): Shape {
    this.entered.push((request) => id(request).key);
    const prefix = this.scene.questions.ask((request) => id(request).prefix);
    const noun = only ?? nounByPrefix(prefix)?.type.name;
    if (!noun || nounOf(noun).table.prefix !== prefix) return constant(null);
    const where = { leaf: rowId, is: 'eq' as const, value: (request: Request) => id(request).key };
    return { is: 'one', rows: { table: nounOf(noun).table, where }, of: this.noun(noun, nodes) };
  }

  private nodes(given: Read<string[]>, nodes: FieldNode[]): Shape {
    const prefixes = this.scene.questions.ask((request) => {
      const ids = given(request);
      if (ids.length > mostIds) throw problem('BAD_USER_INPUT', `nodes takes ${mostIds} ids at most`);
      return [...new Set(ids.map((id) => idOf(id).prefix))].sort().join(' ');
    });
    const nouns = prefixes.split(' ').flatMap((prefix) => nounByPrefix(prefix)?.type.name ?? []);
    return { is: 'several', from: { given }, of: this.eachById(nouns, nodes) };
  }

  /** How a row of each noun is read, once its id is known. */
  private eachById(nouns: string[], nodes: FieldNode[]): { prefix: string; one: Shape }[] {
    return nouns.map((noun) => {
      const { table } = nounOf(noun);
      return {
        prefix: table.prefix,
        one: { is: 'one', rows: { table, join: { table: named, here: 'id', there: 'id' } }, of: this.noun(noun, nodes) },
      };
    });
  }

  private mayRead(noun: string): boolean {
    try {
      this.scene.mustBeFor(noun);
      return true;
    } catch {
      return false;
    }
  }

  /** What a federated graph names by `{ __typename, id }`, in its order. */
  private entities(args: Read<Args>, nodes: FieldNode[]): Shape {
    const given: Read<Representation[]> = (request) => {
      const { representations } = args(request) as { representations: Representation[] };
      if (representations.length > mostEntities) throw problem('BAD_USER_INPUT', `There may be ${mostEntities} representations`);
      return representations;
    };
    const names = this.scene.questions.ask((request) => JSON.stringify(given(request).map(({ __typename }) => __typename)));
    return {
      is: 'sequence',
      of: (JSON.parse(names) as string[]).map((noun, i) => this.one((request) => idOf(given(request)[i]!.id), nodes, noun)),
    };
  }

  private noun(noun: string, nodes: readonly FieldNode[]): Shape {
    this.scene.mustBeFor(noun);
    const type = this.scene.schema.getType(nounOf(noun).type.name) as GraphQLObjectType;
    const drawn = this.object(type, nodes, (field, same) => this.field(noun, field, same));
    if (this.scene.forGraphql && drawn.is === 'object') drawn.members.push(['__typename', constant(type.name)]);
    return drawn;
  }

  private field(noun: string, field: GraphQLField<unknown, unknown>, nodes: FieldNode[]): Shape {
    const declared = field.extensions.reader as Declared | undefined;
    if (!declared) return { is: 'leaf', ...idLeaf };
    this.scene.mustBeFor(noun, field.name);
    if (declared.is === 'column' && declared.mask && this.scene.sees(declared as unknown as Leaf)) this.clear.add(`${noun}.${field.name}`);
    switch (declared.is) {
      case 'column':
        return this.column(declared, field, nodes);
      case 'filled': {
        const complete = completes(field.type, nodes, this.scene);
        const index = this.gaps.push({ fill: declared.fill, complete, nullable: !isNonNullType(field.type) }) - 1;
        return {
          is: 'gap',
          index,
          of: { is: 'object', members: declared.needs.map((key) => [key, { is: 'leaf', ...leafOf(noun, key), mask: undefined }]) },
        };
      }
      case 'several': {
        const nouns = Object.entries(declared.nouns).filter(([of]) => this.mayRead(of));
        const below = nouns.map(([of, by]) => ({ rows: pointingAt(noun, of), by: leafOf(of, by) }));
        return below.length
          ? {
              is: 'several',
              from: { below },
              of: this.eachById(
                nouns.map(([of]) => of),
                nodes,
              ),
            }
          : constant([]);
      }
      case 'root':
        throw new Error(`${noun}.${field.name} is a root field`);
      default:
        return this.relation(declared, noun, field, nodes);
    }
  }

  private column(
    declared: Extract<Declared, { is: 'column' }>,
    field: GraphQLField<unknown, unknown>,
    nodes: FieldNode[],
    stem?: string,
  ): Shape {
    const type = getNamedType(field.type);
    const embedded = isObjectType(type) && (type.extensions.embedded as { absent: string });
    if (!embedded)
      return {
        is: 'leaf',
        ...columnLeaf(declared, isListType(getNullableType(field.type)) ? [type] : isEnumType(type) ? 'enum' : type, stem),
      };
    const whole = this.object(type, nodes, (part, same) =>
      this.column(part.extensions.reader as typeof declared, part, same, declared.stem),
    );
    return declared.nullable && whole.is === 'object' ? { ...whole, absent: embedded.absent.replaceAll('#', declared.stem) } : whole;
  }

  private relation(
    declared: Extract<Declared, { noun: string }>,
    noun: string,
    field: GraphQLField<unknown, unknown>,
    nodes: FieldNode[],
  ): Shape {
    this.scene.mustBeFor(declared.noun); // also where nothing but its number is asked for
    const { rows } = related(noun, field.name)!;
    const by = (key: string, descending: boolean) => [
      { leaf: leafOf(declared.noun, key), descending, nulls: 'last' as const },
      { leaf: rowId, descending, nulls: 'last' as const },
    ];
    switch (declared.is) {
      case 'one':
        return {
          is: 'one',
          rows: declared.latest ? { ...rows, order: by(declared.latest, true), atMost: 1 } : rows,
          of: this.noun(declared.noun, nodes),
        };
      case 'list':
        return { is: 'list', rows: { ...rows, order: by(declared.by!, false) }, of: this.noun(declared.noun, nodes) };
      case 'count':
        return { is: 'count', rows, of: 'rows' };
      default:
        return this.page(declared.noun, field, nodes, rows);
    }
  }

  /** How many rows have which value, for each column that is asked about. */
  private facets(noun: string, field: GraphQLField<unknown, unknown>, nodes: FieldNode[]): Shape {
    this.scene.mustBeFor(noun);
    const { selection: _, ...rest } = this.scene;
    const facets = facetsOf({ noun, args: argsOf(field, nodes[0]!), ...rest });
    const value: Leaf = { sql: '@.value', type: 'text', nullable: true };
    const count: Leaf = { sql: '@.count', type: 'int', nullable: false };
    const type = getNamedType(field.type) as GraphQLObjectType;
    return {
      is: 'sequence',
      of: facets.map(({ key, leaf, rows }) =>
        this.object(type, nodes, (part, same): Shape => {
          const inner = getNamedType(part.type);
          if (isEnumType(inner)) return constant(this.scene.forGraphql ? key : inner.serialize(key));
          const of = this.object(inner as GraphQLObjectType, same, ({ name }) => ({ is: 'leaf', ...(name === 'value' ? value : count) }));
          return { is: 'groups', rows, by: leaf, atMost: mostGroups, of };
        }),
      ),
    };
  }

  private page(noun: string, field: GraphQLField<unknown, unknown>, nodes: FieldNode[], rows: Rows): Shape {
    this.scene.mustBeFor(noun);
    const { selection: _, ...rest } = this.scene;
    const page = pageOf({ noun, args: argsOf(field, nodes[0]!), rows, ...rest });
    const type = getNamedType(field.type) as GraphQLObjectType;
    const of = this.object(type, nodes, ({ name, type: part }, same): Shape => {
      const inner = getNamedType(part) as GraphQLObjectType;
      switch (name) {
        case 'nodes':
          return { is: 'each', of: this.noun(noun, same) };
        case 'edges':
          return {
            is: 'each',
            of: this.object(inner, same, ({ name }, under) => (name === 'cursor' ? { is: 'cursor' } : this.noun(noun, under))),
          };
        case 'pageInfo':
          return this.object(inner, same, ({ name }) => ({ is: 'fact', fact: name as never }));
        case 'totalCount':
          return { is: 'count', rows: page.rows, cap: mostCounted, of: 'rows' };
        default:
          return { is: 'count', rows: page.rows, cap: mostCounted, of: 'beyondCap' };
      }
    });
    return { is: 'page', page, of };
  }
}

/** `case_7k2m…` names a row of the table with the prefix `case`, whose id is the whole word. */
function idOf(id: string): Id {
  const [key = '', prefix = ''] = /^([a-z]+)_[0-9a-z]{1,32}$/.exec(id) ?? [];
  return { prefix, key };
}

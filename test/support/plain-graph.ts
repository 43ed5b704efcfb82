// The case graph read the plain way: all rows in memory, graphql-js, one resolver a field. Slow, obvious, and apart from the reader's SQL.
import { createHash, createHmac } from 'node:crypto';
import {
  defaultFieldResolver,
  execute,
  isAbstractType,
  isObjectType,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import { ID } from 'type-graphql';
import { Acknowledgement } from '../../src/graphql/bureau/flags.js';
import { BulkExportMoment } from '../../src/graphql/exports/bulk-export.js';
import { nounByPrefix, nounOf, type Declared } from '../../src/graphql/reader/nouns.js';
import { DateTime, Decimal, Sequence } from '../../src/graphql/scalars.js';
import type { Mask } from '../../src/storage/reader/shape.js';
import { maskedValue, type Row, type View } from './plain-rights.js';
import { amountOf, comparableOf, compare, isMoney, said, type Rows } from './plain-rows.js';

interface Context {
  view: View;
}
interface Order {
  field: string;
  direction: string;
  nulls?: string;
}
type Resolver = GraphQLFieldResolver<any, Context>;

export class PlainGraph {
  private readonly pointing = new Map<string, Map<string, Row[]>>();

  constructor(
    private readonly schema: GraphQLSchema,
    readonly rows: Rows,
    private readonly secret: string,
  ) {
    for (const type of Object.values(schema.getTypeMap())) {
      if (type.name.startsWith('__')) continue;
      if (isAbstractType(type)) type.resolveType = (row) => row.noun;
      if (!isObjectType(type)) continue;
      for (const field of Object.values(type.getFields()))
        field.resolve = this.resolver(type.name, field.name, field.extensions['reader'] as Declared | undefined);
    }
  }

  run(document: DocumentNode, variableValues: Record<string, unknown>, view: View): ExecutionResult | Promise<ExecutionResult> {
    return execute({ schema: this.schema, document, variableValues, contextValue: { view } });
  }

  /** Rows of a noun whose column has this value. */
  pointingAt(noun: string, column: string, value: unknown): Row[] {
    const name = `${noun}.${column}`;
    let known = this.pointing.get(name);
    if (!known) {
      this.pointing.set(name, (known = new Map()));
      for (const row of this.rows[noun]!) known.set(row[column], [...(known.get(row[column]) ?? []), row]);
    }
    return known.get(value as string) ?? [];
  }

  private related(row: Row, declared: Extract<Declared, { noun: string }>, view: View): Row[] {
    const forward = declared.is === 'one' && !declared.latest;
    const { here = 'id', there = forward ? 'id' : `${nounOf(row.noun).table.prefix}_id` } = declared;
    return this.pointingAt(declared.noun, there, row[here]).filter((other) => view.sees(other));
  }

  private meets(row: Row, filter: Record<string, any>, view: View): boolean {
    return Object.entries(filter).every(([key, of]): boolean => {
      if (key === 'and') return of.every((each: any) => this.meets(row, each, view));
      if (key === 'or') return of.some((each: any) => this.meets(row, each, view));
      if (key === 'not') return !this.meets(row, of, view);
      const { declared, type } = nounOf(row.noun).members.get(key)!;
      if (declared.is === 'one') return this.related(row, declared, view).some((other) => this.meets(other, of, view));
      if (declared.is === 'many' || declared.is === 'list')
        return this.related(row, declared, view).some((other) => this.meets(other, of.some, view));
      const x = comparableOf(type(), row[key]);
      return Object.entries<any>(of).every(([operator, given]): boolean => {
        if (operator === 'isNull') return (x === null) === given;
        if (operator === 'in') return x !== null && given.some((each: any) => compare(x, comparableOf(type(), each)) === 0);
        const other = comparableOf(type(), given);
        if (operator === 'not') return x === null || compare(x, other) !== 0;
        if (x === null) return false;
        if (operator === 'contains') return lower(String(x)).includes(lower(String(other)));
        const order = compare(x, other);
        return { eq: order === 0, gt: order > 0, gte: order >= 0, lt: order < 0, lte: order <= 0 }[operator]!;
      });
    });
  }

  private order(noun: string, orderBy: Order[] | undefined): [keys: string[], compare: (a: Row, b: Row) => number] {
    const usual = nounOf(noun).table.order?.column;
    const terms = orderBy?.length ? orderBy : usual ? [{ field: camel(usual), direction: 'ASC' }] : [];
    const byTerm = ({ field, direction, nulls }: Order, a: Row, b: Row): number => {
      const type = nounOf(noun).members.get(field)!.type();
      const [x, y] = [comparableOf(type, a[field]), comparableOf(type, b[field])];
      if (x === null || y === null) return x === y ? 0 : (x === null) === (nulls === 'FIRST') ? -1 : 1;
      return direction === 'DESC' ? compare(y, x) : compare(x, y);
    };
    return [
      [...terms.map(({ field }) => field), 'id'],
      (a, b) => {
        for (const term of terms) if (byTerm(term, a, b)) return byTerm(term, a, b);
        return compare(Buffer.from(a.id), Buffer.from(b.id));
      },
    ];
  }

  /** @param args as GraphQL coerces them */
  cursor(row: Row, { filter, orderBy }: { filter?: unknown; orderBy?: Order[] }): string {
    const about = createHash('sha256')
      .update(JSON.stringify([row.noun, filter, orderBy]))
      .digest('base64url')
      .slice(0, 12);
    const key = (name: string): string => {
      const type = nounOf(row.noun).members.get(name)?.type();
      const value = said(type, row[name]) as string | null;
      if (value === null) return 'null';
      if (type === DateTime) return JSON.stringify(value.replace('Z', '+00:00'));
      return type === Decimal || type === Sequence ? value : JSON.stringify(value);
    };
    const today = Math.floor(Date.now() / 86_400_000);
    const payload = `[${[JSON.stringify(`${about}.${today}`), ...this.order(row.noun, orderBy)[0].map(key)].join(', ')}]`;
    return `${Buffer.from(payload).toString('base64url')}.${createHmac('sha256', this.secret).update(payload).digest('base64url')}`;
  }

  private page(noun: string, rows: Row[], args: any, view: View): unknown {
    const [, order] = this.order(noun, args.orderBy);
    const all = rows.filter((row) => !args.filter || this.meets(row, args.filter, view)).sort(order);
    const given = args.after ?? args.before;
    const id = given && JSON.parse(Buffer.from(given.split('.')[0], 'base64url').toString()).at(-1);
    const mark = id && this.rows[noun]!.find((row) => row.id === id);
    const beyond = !mark ? all : all.filter((row) => (args.after ? order(row, mark) > 0 : order(row, mark) < 0));
    const size = args.first ?? args.last;
    const some = args.first ? beyond.slice(0, size) : beyond.slice(-size);
    const more = beyond.length > size;
    const edges = some.map((node) => ({ node, cursor: this.cursor(node, args) }));
    return {
      edges,
      nodes: some,
      totalCount: all.length,
      totalCountIsEstimate: false,
      pageInfo: {
        hasNextPage: args.first ? more : Boolean(args.before),
        hasPreviousPage: args.first ? Boolean(args.after) : more,
        startCursor: edges[0]?.cursor ?? null,
        endCursor: edges.at(-1)?.cursor ?? null,
      },
    };
  }

  private root(declared: Extract<Declared, { is: 'root' }>): Resolver {
    const byId = (id: string, view: View): Row | null => {
      const noun = nounByPrefix(id.split('_')[0]!)?.type.name;
      const row = noun && (!declared.noun || noun === declared.noun) ? this.pointingAt(noun, 'id', id)[0] : undefined;
      return row && view.sees(row) ? row : null;
    };
    switch (declared.read) {
      case 'page':
        return (_, args, { view }) =>
          this.page(
            declared.noun!,
            this.rows[declared.noun!]!.filter((row) => view.sees(row)),
            args,
            view,
          );
      case 'nodes':
        return (_, { ids }, { view }) => ids.map((id: string) => byId(id, view));
      case 'byRef':
        return (_, { system, ref }, { view }) =>
          (system === 'casegraph' && this.pointingAt(declared.noun!, declared.by!, ref).find((row) => view.sees(row))) || null;
      default:
        return (_, { id }, { view }) => byId(id, view);
    }
  }

  private resolver(owner: string, name: string, declared: Declared | undefined): Resolver {
    if (!declared) return defaultFieldResolver;
    if (owner === BulkExportMoment.name || owner === Acknowledgement.name) return (moment) => moment[name];
    if (owner === 'Money') return ({ minor, currency }) => (name === 'amount' ? amountOf(minor, currency) : currency);
    const sorted = (by: string, noun: string, rows: Row[]): Row[] => {
      const type = by === 'id' ? ID : nounOf(noun).members.get(by)!.type();
      return rows.sort(
        (a, b) => compare(comparableOf(type, a[by]), comparableOf(type, b[by])) || compare(Buffer.from(a.id), Buffer.from(b.id)),
      );
    };
    switch (declared.is) {
      case 'column': {
        const type = nounOf(owner).members.get(name)!.type();
        if (type === BulkExportMoment)
          return (row) => {
            const at = row.as_of_known_at as string | null;
            return at === null ? null : { validAt: row.as_of_valid_at, knownAt: at.replace(' ', 'T').replace(/\+00$/, 'Z') };
          };
        if (type === Acknowledgement)
          return (row) => {
            const [state, ref, code, words, at] = ['state', 'ref', 'code', 'words', 'at'].map((part) => row[`acknowledgement_${part}`]);
            return state === null ? null : { state, ref, code, words, at: at && at.replace(' ', 'T').replace(/\+00$/, 'Z') };
          };
        if (isMoney(type))
          return (row) =>
            row[`${declared.stem}_minor`] === null || row.currency === null
              ? null
              : { minor: row[`${declared.stem}_minor`], currency: row.currency };
        return (row, _, { view }) => maskedValue(said(type, row[name]), declared.mask as Mask | undefined, view);
      }
      case 'one':
        return (row, _, { view }) => {
          const rows = this.related(row, declared, view);
          return (declared.latest ? sorted(declared.latest, declared.noun, rows).at(-1) : rows[0]) ?? null;
        };
      case 'list':
        return (row, _, { view }) => sorted(declared.by!, declared.noun, this.related(row, declared, view));
      case 'count':
        return (row, _, { view }) => this.related(row, declared, view).length;
      case 'many':
        return (row, args, { view }) => this.page(declared.noun, this.related(row, declared, view), args, view);
      case 'filled':
        return async (row, _, { view }) =>
          (await declared.fill([Object.fromEntries(declared.needs.map((key) => [key, row[key]]))], { caller: view.caller } as never))[0];
      case 'several':
        return (row, _, { view }) =>
          Object.entries(declared.nouns)
            .filter(([noun]) => nounOf(noun).roles.some((role) => view.roles.includes(role)))
            .flatMap(([noun, by]) =>
              this.related(row, { is: 'many', noun }, view).map((other) => ({ other, at: `${other[by]} ${other.id}` })),
            )
            .sort((a, b) => compare(Buffer.from(a.at), Buffer.from(b.at)))
            .map(({ other }) => other);
      case 'root':
        return this.root(declared);
    }
  }
}

const lower = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
const camel = (column: string): string => column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

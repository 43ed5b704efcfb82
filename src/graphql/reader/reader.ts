// The reader: one query of the case graph, one statement, and its text handed on as it is.
import {
  defaultFieldResolver,
  isIntrospectionType,
  isObjectType,
  Kind,
  responsePathAsArray,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { createHash } from 'node:crypto';
import type { CursorKeys } from '../../storage/reader/draft.js';
import type { Run, Statement } from '../../storage/reader/run.js';
import type { Caller, Leaf, Read, Request, Shape } from '../../storage/reader/shape.js';
import { storable } from '../../storage/reader/storable.js';
import { write, type Written } from '../../storage/reader/write.js';
import { pastOf, type Past } from './as-of.js';
import { Compiler, type Gap } from './compile.js';
import type { GraphContext } from './context.js';
import { createCursors, type Cursors } from './cursors.js';
import { fillGaps, parsed, settled, type Filled } from './gaps.js';
import type { Declared } from './nouns.js';
import { under, understood } from './problem.js';
import { Questions } from './questions.js';
import { rightsOf } from './rights.js';
import { keyed } from './scene.js';
import { Selection } from './selection.js';
import { unitsIn } from './weights.js';

interface Compiled {
  statement: Statement;
  gaps: Gap[];
  questions: Questions;
  clear: readonly string[];
  entered: readonly Read<string>[];
}
export interface ClearRead {
  /** As `Noun.field`. */
  fields: readonly string[];
  /** The ids and numbers that were asked for; none where a list was. */
  entered: readonly string[];
}
/** Told of every read of personal data in clear before its answer is given. */
export type OnClearRead = (caller: Caller, read: ClearRead) => Promise<void>;
/** Reads a statement in the past instead. */
export type ReadPast = (past: Past, statement: Statement, request: Request) => Promise<string>;
type Draw = (compiler: Compiler) => Shape;

const named = (written: Written): Statement => ({
  ...written,
  name: createHash('sha256').update(written.text).digest('base64url').slice(0, 32),
});

const variantsKept = 32; // of one document: sizes of filters, directions of order, includes

export class Reader {
  private readonly known = new WeakMap<object, Map<string, Compiled[]>>();
  private readonly keys: CursorKeys;
  private readonly cursors: Cursors;

  constructor(
    private readonly schema: GraphQLSchema,
    secret: Buffer,
    private readonly onClearRead: OnClearRead,
    private readonly readPast: ReadPast,
    formerSecret?: Buffer,
    cursorDays = 30,
    now: () => number = Date.now,
  ) {
    this.cursors = createCursors(formerSecret ? [secret, formerSecret] : [secret], cursorDays, now);
    const padded = Buffer.concat([secret], 64);
    const [inner, outer] = [0x36, 0x5c].map((pad) => padded.map((byte) => byte ^ pad) as Buffer);
    this.keys = { inner: () => inner!, outer: () => outer! };
    for (const type of Object.values(schema.getTypeMap())) if (isObjectType(type) && !isIntrospectionType(type)) this.resolveFromRows(type);
  }

  /** Whether all of a query is read here; introspection, and what is not declared, is left to graphql-js. */
  reads(document: DocumentNode, operation: OperationDefinitionNode): boolean {
    const fields = this.schema.getQueryType()!.getFields();
    const declared = ({ selections }: SelectionSetNode): boolean =>
      selections.every((each) =>
        each.kind === Kind.FIELD
          ? each.name.value === '__typename' || fields[each.name.value]?.extensions.reader
          : declared(each.kind === Kind.INLINE_FRAGMENT ? each.selectionSet : fragment(each.name.value).selectionSet),
      );
    const fragment = (name: string) =>
      document.definitions.find((each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === name) as FragmentDefinitionNode;
    return operation.operation === 'query' && declared(operation.selectionSet);
  }

  /**
   * The data of a whole query, as JSON text.
   * @param failed told of each nullable field that failed alone
   */
  async query(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    request: Request,
    context: GraphContext,
    failed: (error: GraphQLError) => void = (error) => {
      throw error;
    },
  ): Promise<string> {
    const past = pastOf(this.schema, document, operation, request);
    const run: Run = past ? (statement, asked) => this.readPast(past, statement, asked) : context.run;
    const filled = await this.read(document, operation, request, context, false, run, this.whole(operation));
    const { text, errors } = settled(filled);
    errors.forEach(failed);
    return text;
  }

  /** @throws what `query` would refuse before it reads */
  check(document: DocumentNode, operation: OperationDefinitionNode, request: Request): void {
    this.compiled(document, operation, request, false, this.whole(operation));
  }

  private whole(operation: OperationDefinitionNode): Draw {
    return (compiler) => compiler.object(this.schema.getQueryType()!, [operation], (field, nodes) => compiler.root(field, nodes));
  }

  /** One field of an operation that graphql-js runs, `carried` being the id that a payload names its row by. */
  private async field(info: GraphQLResolveInfo, context: GraphContext, carried?: string): Promise<unknown> {
    const document = { kind: Kind.DOCUMENT, definitions: [info.operation, ...Object.values(info.fragments)] } as DocumentNode;
    const field = info.parentType.getFields()[info.fieldName]!;
    const request = { variables: info.variableValues, caller: context.caller, carried };
    try {
      return parsed(
        await this.read(document, info.fieldNodes[0]!, request, context, true, context.run, (compiler) =>
          compiler.costing(
            info.parentType,
            field,
            compiler.root(field, [...info.fieldNodes], carried === undefined ? undefined : (asked) => asked.carried!),
          ),
        ),
      );
    } catch (error) {
      const fault = understood(error);
      delete fault.extensions['http']; // the rest of the answer stands: it is no status of the whole
      throw under(responsePathAsArray(info.path), fault);
    }
  }

  private async read(
    document: DocumentNode,
    owner: object,
    request: Request,
    context: GraphContext,
    forGraphql: boolean,
    run: Run,
    draw: Draw,
  ): Promise<Filled> {
    const compiled = this.compiled(document, owner, request, forGraphql, draw);
    const { clear: fields, entered } = compiled;
    // Beside the reading: only the answer has to wait for both.
    const [text] = await Promise.all([
      run(compiled.statement, request),
      fields.length ? this.onClearRead(request.caller, { fields, entered: entered.map((read) => read(request)) }) : undefined,
    ]);
    context.cost?.spend(unitsIn(text));
    return compiled.gaps.length ? fillGaps(text, compiled.gaps, context) : { text, failures: [] };
  }

  private compiled(document: DocumentNode, owner: object, request: Request, forGraphql: boolean, draw: Draw): Compiled {
    const byProfile = this.known.get(owner) ?? this.known.set(owner, new Map()).get(owner)!;
    const { profile } = request.caller;
    const variants = byProfile.get(profile.name) ?? byProfile.set(profile.name, []).get(profile.name)!;
    const known = variants.find(({ questions }) => questions.answeredAlikeBy(request));
    if (known) return known;
    const questions = new Questions(request);
    const selection = new Selection(this.schema, document, questions);
    const sees = ({ mask }: Leaf) => !mask || profile.sees.has(mask);
    const compiler = new Compiler({
      schema: this.schema,
      selection,
      questions,
      sees,
      cursors: this.cursors,
      mustBeFor: rightsOf(profile.roles),
      forGraphql,
    });
    const shape = draw(compiler);
    const written = write(shape, profile, this.keys);
    const statement = named(written);
    const alone = storable(shape, written, profile, this.keys);
    if (alone) statement.ofCase = { caseId: alone.caseId, stored: named(alone.stored), fresh: named(alone.fresh) };
    const { gaps, clear, entered } = compiler;
    const compiled = { statement, gaps, questions, clear: [...clear], entered };
    if (variants.unshift(compiled) > variantsKept) variants.pop();
    return compiled;
  }

  /** Where graphql-js completes what was read here, it finds each field under its response key. */
  private resolveFromRows(type: GraphQLObjectType): void {
    for (const field of Object.values(type.getFields())) {
      const { resolve = defaultFieldResolver } = field;
      const root = (field.extensions.reader as Declared | undefined)?.is === 'root';
      if (!root)
        field.resolve = (row, args, context, info) =>
          row && keyed(info.path.key) in row ? row[keyed(info.path.key)] : resolve(row, args, context, info);
      else
        field.resolve = (payload, _args, context, info) =>
          payload && !payload[field.name] ? null : this.field(info, context, payload?.[field.name]);
    }
  }
}

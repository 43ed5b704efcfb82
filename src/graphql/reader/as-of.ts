// `asOf` on the entrances of the graph: one moment for a whole query, and whose past it is.
import { visit, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { Field, InputType } from 'type-graphql';
import type { Request } from '../../storage/reader/shape.js';
import { DateTime, LocalDate } from '../scalars.js';
import type { Declared } from './nouns.js';
import { problem } from './problem.js';
import { Questions } from './questions.js';
import { argsOf, remembered, Selection } from './selection.js';

@InputType({
  description: 'The past, on two axes: what was so on a day, and what had been learned of it by an instant. The log is folded up to there.',
})
export class AsOfInput {
  @Field(() => LocalDate, { nullable: true, description: 'As the world was at the close of this day; the latest when left out.' })
  validAt?: string;
  @Field(() => DateTime, { nullable: true, description: 'By what had been learned up to this instant; all that is known when left out.' })
  knownAt?: string;
}

export interface Past {
  moment: { validAt: string | null; knownAt: string | null };
  /** Ids and numbers that the query enters by; null when it enters all cases. */
  ids: string[] | null;
}

/** Most documents never ask, and are not looked at again. */
const asks = remembered((document: DocumentNode): boolean => {
  let found = false;
  visit(document, { Argument: ({ name }) => void (found ||= name.value === 'asOf') });
  return found;
});

/** @throws a BAD_USER_INPUT problem when the fields of one query are of different moments */
export function pastOf(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, request: Request): Past | null {
  if (!asks(document)) return null;
  const query = schema.getQueryType()!;
  const selection = new Selection(schema, document, new Questions(request));
  const entrances = [...selection.under(query, [operation]).values()].flatMap(([node]) => {
    const field = query.getFields()[node!.name.value];
    return field ? [{ declared: field.extensions.reader as Extract<Declared, { is: 'root' }>, args: argsOf(field, node!)(request) }] : [];
  });
  const moments = new Set(entrances.map(({ args }) => JSON.stringify(args['asOf'] ? momentOf(args['asOf']) : null)));
  if (moments.size > 1) throw problem('BAD_USER_INPUT', 'asOf must be the same on all fields of a query');
  const [asked] = entrances;
  if (!asked?.args['asOf']) return null;
  const moment = momentOf(asked.args['asOf']);
  if (moment.knownAt && Date.parse(moment.knownAt) > Date.now()) throw problem('BAD_USER_INPUT', 'asOf.knownAt is in the future');
  return {
    moment,
    ids: entrances.some(({ declared }) => declared.read === 'page') ? null : entrances.map(({ args }) => String(args['id'] ?? args['ref'])),
  };
}

const momentOf = ({ validAt = null, knownAt = null }: { validAt?: string | null; knownAt?: string | null }) => ({ validAt, knownAt });

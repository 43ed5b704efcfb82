// Who may see what, told apart from the reader: which rows are a caller's, what is masked, and whether a query asks for more than its roles may.
import {
  getArgumentValues,
  getNamedType,
  isObjectType,
  isUnionType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { collectFields, collectSubfields } from 'graphql/execution/collectFields.js';
import { allNouns, nounByPrefix, nounOf, type Declared } from '../../src/graphql/reader/nouns.js';
import type { Caller, Mask } from '../../src/storage/reader/shape.js';

/** A row of a table: its columns by their names, and every declared column by the name of its field. */
export type Row = Record<string, any> & { id: string; noun: string };

/** What one caller sees of the rows. */
export interface View {
  roles: readonly string[];
  masksLifted: ReadonlySet<string>;
  /** As fields that code fills know them. */
  caller: Caller;
  sees(row: Row): boolean;
}

/**
 * A row is seen with its owner, up to the case; what has no owner is seen by everyone who may read its noun.
 * @param scope the cases that are seen, or all rows whether there is a case or not
 */
export function viewOf(
  pointingAt: (noun: string, column: string, value: string) => Row[],
  who: Omit<View, 'sees'>,
  scope: 'all' | ((row: Row) => boolean),
): View {
  const known = new Map<Row, boolean>();
  const up = (noun: string, column: string, value: string): boolean => pointingAt(noun, column, value).some(sees);
  function decide(row: Row): boolean {
    // To whoever sees some cases only, Postgres shows their own, also where the platform is another role of theirs.
    if (row.noun === 'BulkExport')
      return row['asked_by'] === who.caller.user || (who.roles.includes('platform') && !who.roles.includes('collector'));
    if (scope === 'all') return true;
    if (row.noun === 'Remittance') return false; // it is of many cases
    if (row.noun.startsWith('Webhook')) return true; // also where it tells of one case
    if (row.noun === 'RecoveryCase') return scope(row);
    if (row.noun === 'Borrower') return up('RecoveryCase', 'borrower_id', row.id);
    if (row.noun === 'Loan') return up('RecoveryCase', 'borrower_id', row['borrower_id']);
    if (row['collateral_id'] !== undefined) return up('Collateral', 'id', row['collateral_id']);
    if (row['disposal_id'] !== undefined) return up('Disposal', 'id', row['disposal_id']);
    if (row.noun === 'PlacedLoan' || row.noun === 'PlacementStatus') return up('AgencyPlacement', 'id', row['placement_id']);
    if (row['case_id'] !== undefined) return up('RecoveryCase', 'id', row['case_id']);
    if (row['node_id'] !== undefined) return up('RecoveryCase', 'id', row['node_id']);
    if (row['clock_id'] !== undefined) return up('StatutoryClock', 'id', row['clock_id']);
    if (row['matter_id'] !== undefined) return up('LegalMatter', 'id', row['matter_id']);
    if (row['invoice_id'] !== undefined) return up('LawFirmInvoice', 'id', row['invoice_id']);
    if (row.noun !== 'Collateral' && row['loan_id'] !== undefined) return up('Loan', 'id', row['loan_id']);
    if (row['borrower_id'] !== undefined) return up('Borrower', 'id', row['borrower_id']);
    return true;
  }
  function sees(row: Row): boolean {
    const before = known.get(row);
    if (before !== undefined) return before;
    const now = decide(row);
    known.set(row, now);
    return now;
  }
  return { ...who, sees };
}

export function maskedValue(value: any, mask: Mask | undefined, { masksLifted }: View): unknown {
  if (!mask || value === null || masksLifted.has(mask)) return value;
  const letters = [...value];
  if (mask === 'note') return '***';
  if (mask === 'name') return `${letters[0] ?? ''}***`;
  return `***${letters.length > 6 ? letters.slice(-3).join('') : ''}`;
}

const isNoun = (name: string): boolean => allNouns().some(({ type }) => type.name === name);
const nounBehind = (type: string): string | undefined => [type, type.replace(/Connection$/, '')].find(isNoun);

/** Whether a query asks for a noun or a field that the caller's roles may not read, or compares what is masked for them. */
export function asksTooMuch(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
  { roles, masksLifted }: View,
): boolean {
  const fragments = Object.fromEntries(
    document.definitions.flatMap((each): [string, FragmentDefinitionNode][] =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each]] : [],
    ),
  );
  const held = (readers: readonly string[] | undefined): boolean => !readers || readers.some((role) => roles.includes(role));
  const mayRead = (noun: string, key?: string): boolean =>
    held(nounOf(noun).roles) && held(key === undefined ? undefined : nounOf(noun).members.get(key)?.roles);
  const mayCompare = (noun: string, key: string): boolean => {
    const declared = nounOf(noun).members.get(key)?.declared;
    return mayRead(noun, key) && !(declared?.is === 'column' && declared.mask && !masksLifted.has(declared.mask));
  };

  const filterIsAllowed = (noun: string, filter: Record<string, any>): boolean =>
    Object.entries(filter).every(([key, of]) => {
      if (key === 'and' || key === 'or') return of.every((each: any) => filterIsAllowed(noun, each));
      if (key === 'not') return filterIsAllowed(noun, of);
      const declared = nounOf(noun).members.get(key)?.declared;
      if (declared && declared.is !== 'column' && 'noun' in declared)
        return mayRead(noun, key) && mayRead(declared.noun!) && filterIsAllowed(declared.noun!, declared.is === 'one' ? of : of.some);
      return mayCompare(noun, key);
    });

  const isAllowed = (type: GraphQLObjectType, fields: ReadonlyMap<string, readonly FieldNode[]>): boolean =>
    [...fields.values()].every((nodes) => {
      const field = type.getFields()[nodes[0]!.name.value];
      if (!field) return true;
      const args = getArgumentValues(field, nodes[0]!, variables) as Record<string, any>;
      const to = getNamedType(field.type);
      const under = (noun: string): boolean => {
        const object = schema.getType(noun) as GraphQLObjectType;
        return isAllowed(object, collectSubfields(schema, fragments, variables, object, nodes));
      };
      if (typeof args['id'] === 'string' || args['ids'])
        return [args['id'] ?? args['ids']].flat().every((id: string) => {
          const noun = nounByPrefix(id.split('_')[0]!)?.type.name;
          return !noun || (to.name !== 'Node' && to.name !== noun) || (mayRead(noun) && under(noun)); // else it answers null
        });
      // What may not be read is left out of a union.
      if (isUnionType(to)) return mayRead(type.name, field.name) && to.getTypes().every(({ name }) => !mayRead(name) || under(name));
      const declared = field.extensions['reader'] as Declared | undefined;
      const noun = declared?.is === 'count' ? declared.noun : nounBehind(to.name);
      return (
        (!isNoun(type.name) || mayRead(type.name, field.name)) &&
        (!noun || (mayRead(noun) && filterIsAllowed(noun, args['filter'] ?? {}))) &&
        (args['orderBy'] ?? []).every((term: any) => mayCompare(noun!, term.field)) &&
        (!isObjectType(to) || under(to.name))
      );
    });
  const query = schema.getQueryType()!;
  return !isAllowed(query, collectFields(schema, fragments, variables, query, operation.selectionSet));
}

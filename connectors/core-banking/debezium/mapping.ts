// The mapping from tables and columns to facts: read and checked when the gateway starts, so that a row meets no surprise in it.
import { readFileSync } from 'node:fs';
import { dayIn, type ColumnHint } from './column.js';
import type { Json } from './exact-json.js';
import { compileMapping, fieldNamed, publishedEvent, requiredOf, type FieldSchema } from './published.js';

export type Field =
  ({ column: string; map?: Record<string, string | null>; default?: Json } & ColumnHint) | { constant: Json } | { event: 'date' };
export interface Tree {
  [name: string]: Field | Tree | (Field | Tree)[];
}

export interface FactMapping {
  type: string;
  loan?: Field;
  when?: { column: string; in: Json[] };
  effectiveDate?: Field;
  data: Tree;
}

export interface TableMapping {
  topic?: string;
  replicaIdentity?: 'default' | 'full' | string[];
  onDelete?: 'tell' | 'ignore';
  facts: FactMapping[];
}

export interface Mapping {
  tenant: string;
  system: string;
  currency: string;
  jurisdiction: string;
  timeZone: string;
  unavailableValue: string;
  tables: Record<string, TableMapping>;
}

/** Facts about something else than a loan, and by which field. */
export const aboutOthers: Readonly<Record<string, string | null>> = {
  BorrowerUpdated: 'borrowerId',
  CollateralUpdated: 'collateralId',
  BusinessDateAdvanced: null,
};

/** What tells apart the facts of one type and loan. */
export const elementOf: Readonly<Record<string, string>> = {
  InstallmentChanged: 'installmentNumber',
  LoanTransactionPosted: 'transactionId',
  ChargeApplied: 'chargeId',
};

export const isField = (node: Field | Tree | (Field | Tree)[]): node is Field =>
  !Array.isArray(node) && ('column' in node || 'constant' in node || 'event' in node);

/** @throws Error that begins with the setting's name and says what is wrong where */
export function readMapping(path: string | undefined): Mapping {
  if (!path) throw new Error('DEBEZIUM_MAPPING is not set: the path of the mapping from tables to facts');
  let given: unknown;
  try {
    given = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`DEBEZIUM_MAPPING cannot be read: ${(error as Error).message}`);
  }
  return checkMapping(given);
}

export function checkMapping(given: unknown): Mapping {
  const isMapping = compileMapping();
  if (!isMapping(given)) {
    const { instancePath, message, params } = isMapping.errors!.at(-1)!;
    throw new Error(
      `DEBEZIUM_MAPPING ${instancePath || '/'} ${message}${params['additionalProperty'] ? `: ${params['additionalProperty']}` : ''}`,
    );
  }
  const said = given as Omit<Mapping, 'timeZone' | 'unavailableValue'> & Partial<Mapping>;
  const mapping: Mapping = { timeZone: 'UTC', unavailableValue: '__debezium_unavailable_value', ...said };
  try {
    dayIn(mapping.timeZone, 0);
  } catch {
    throw new Error('DEBEZIUM_MAPPING /timeZone is no time zone');
  }
  mapping.tables = Object.fromEntries(
    Object.entries(said.tables).map(([name, table]) => [
      name,
      { ...table, facts: table.facts.map((fact) => completed(name, table, fact, mapping)) },
    ]),
  );
  const facts = Object.values(mapping.tables).flatMap((table) => table.facts);
  const paidInLines = facts.some(({ type, data }) => type === 'InstallmentChanged' && JSON.stringify(data).includes('"paid"'));
  const paidAgain = facts.some(({ type, data }) => type === 'LoanTransactionPosted' && !data['contained'] && !data['portions']);
  if (paidInLines && paidAgain)
    throw new Error(
      'DEBEZIUM_MAPPING pays twice: instalments map `paid`, so LoanTransactionPosted has to say `contained`, or its portions',
    );
  return mapping;
}

/** The fact with what the mapping says once for all. @throws when it cannot be made of this table's rows */
function completed(name: string, table: TableMapping, fact: FactMapping, { currency, jurisdiction }: Mapping): FactMapping {
  const at = `DEBEZIUM_MAPPING ${name} ${fact.type}`;
  const { schema } = publishedEvent(fact.type);
  if (!(fact.type in aboutOthers) && !fact.loan) throw new Error(`${at} does not say its loan`);
  const fallbacks: Tree = {
    currency: { constant: currency },
    jurisdiction: { constant: jurisdiction },
    ...(fact.loan ? { loanAccountId: fact.loan } : {}),
  };
  const known = Object.entries(fallbacks).filter(([field]) => schema.properties![field]);
  const data = { ...Object.fromEntries(known), ...fact.data };
  checkTree(at, data, schema);
  const lacking = requiredOf(schema).find((field) => !(field in data));
  if (lacking) throw new Error(`${at} lacks ${lacking}`);
  if (Array.isArray(table.replicaIdentity)) checkIdentity(at, table.replicaIdentity, fact);
  return { ...fact, data };
}

function checkTree(at: string, node: Field | Tree | (Field | Tree)[], schema: FieldSchema): void {
  if (Array.isArray(node)) {
    if (!schema.items) throw new Error(`${at} is no list`);
    node.forEach((each, i) => checkTree(`${at}/${i}`, each, schema.items!));
  } else if (isField(node)) {
    if ((schema.properties ?? schema.patternProperties) && !('constant' in node)) throw new Error(`${at} is made of several fields`);
  } else
    for (const [name, child] of Object.entries(node)) {
      const inner = fieldNamed(schema, name);
      if (!inner) throw new Error(`${at}/${name} is not in the event's schema`);
      checkTree(`${at}/${name}`, child, inner);
    }
}

/** With an index other than the primary key as its identity, an update may move what is not in the index, and no message says from where. */
function checkIdentity(at: string, index: readonly string[], { type, loan, data }: FactMapping): void {
  const by = aboutOthers[type] ?? elementOf[type];
  for (const field of [loan, by ? (data[by] as Field) : undefined])
    if (field && 'column' in field && !index.includes(field.column))
      throw new Error(`${at} is known by the column ${field.column}, which is not in its replica identity (${index.join(', ')})`);
}

// A change of a row becomes canonical events: what the row says now, and what went with the row that it was.
import { createHash } from 'node:crypto';
import type { CanonicalEvent } from '../../contract/source.js';
import type { Change, Row } from './change.js';
import { dayIn } from './column.js';
import type { Json } from './exact-json.js';
import { aboutOthers, elementOf, type Field, type FactMapping, type Mapping, type TableMapping } from './mapping.js';
import { publishedEvent } from './published.js';
import { BadColumn, fieldOf, NoFact, treeOf, type RowContext } from './row-reader.js';

/** Order among what stands at one place of the source's log: a snapshot was before it, and what goes makes room for what comes. */
const ranks = { snapshot: 0, gone: 1, told: 2 } as const;

type Told = Pick<CanonicalEvent, 'type' | 'aggregateid' | 'effectivedate' | 'data'>;

/** @throws BadColumn when a column is not as a fact needs it */
export function factsOf(change: Change, table: TableMapping, mapping: Mapping): CanonicalEvent[] {
  const said = (told: Told, rank: keyof typeof ranks, nth: number): CanonicalEvent => ({
    id: `${change.place.sequence}.${ranks[rank]}${change.place.within}.${markOf([change.table, change.op, nth, rank, keyOf(change)])}`,
    source: `/debezium/${mapping.tenant}/${mapping.system}`,
    time: new Date(change.changedMs).toISOString(),
    tenantid: mapping.tenant,
    sequence: change.place.sequence,
    ...(change.snapshot ? { replay: true } : {}),
    ...told,
  });
  const context = (row: Row, absent: string): RowContext => ({
    table: change.table,
    row,
    schemas: change.schemas,
    unavailableValue: mapping.unavailableValue,
    timeZone: mapping.timeZone,
    day: dayIn(mapping.timeZone, change.changedMs),
    absent,
  });
  const old = oldRowOf(change, table);
  const was = old && context(old, 'is not told of a row that is gone: set REPLICA IDENTITY FULL');
  const now = change.after && context(whole(change, table, mapping), 'is not in the row');
  return table.facts.flatMap((fact, nth) => {
    const events: CanonicalEvent[] = [];
    const told = now && toldOf(fact, now, mapping);
    if (was && (!now || movedAway(fact, was, now, mapping))) {
      const gone = !now && table.onDelete === 'ignore' ? null : goneOf(fact, was, mapping, now !== null);
      if (gone) events.push(said(published(gone, was), 'gone', nth));
    }
    if (told) events.push(said(told, change.snapshot ? 'snapshot' : 'told', nth));
    return events;
  });
}

/** What is known for certain of the row as it was: `before` is made up wherever the replica identity does not reach. */
function oldRowOf({ op, before, after, key, oldKey, newKey }: Change, { replicaIdentity = 'default' }: TableMapping): Row | null {
  if (Array.isArray(replicaIdentity))
    return op === 'd'
      ? Object.fromEntries(replicaIdentity.flatMap((name) => (before && name in before ? [[name, before[name]!]] : [])))
      : null;
  if (op === 'd') return newKey ? null : replicaIdentity === 'full' && before ? before : (key ?? {});
  if (oldKey && after) return { ...after, ...oldKey };
  return op === 'u' && replicaIdentity === 'full' ? before : null;
}

/** A large column that was left alone stands in `before`, where that is the whole row. */
function whole({ before, after }: Change, { replicaIdentity }: TableMapping, { unavailableValue }: Mapping): Row {
  if (replicaIdentity !== 'full' || !before) return after!;
  return Object.fromEntries(
    Object.entries(after!).map(([name, value]) => [name, value === unavailableValue ? (before[name] ?? value) : value]),
  );
}

function toldOf(fact: FactMapping, context: RowContext, mapping: Mapping): Told | null {
  if (fact.when && !fact.when.in.includes(context.row[fact.when.column] ?? null)) return null;
  try {
    const data = treeOf(fact.data, publishedEvent(fact.type).schema, context);
    const effectivedate = fact.effectiveDate
      ? fieldOf(fact.effectiveDate, 'date', context)
      : (data['valueDate'] ?? data['businessDate'] ?? context.day);
    const aggregateid = aggregateOf(fact, context, mapping);
    return published({ type: fact.type, aggregateid, effectivedate: effectivedate as string, data }, context);
  } catch (error) {
    if (error instanceof NoFact) return null;
    throw error;
  }
}

/** @throws BadColumn where a row makes an event that its published schema does not allow */
function published(told: Told, { table }: RowContext): Told {
  const { isValid } = publishedEvent(told.type);
  if (isValid(told.data)) return told;
  const { instancePath, message } = isValid.errors![0]!;
  throw new BadColumn(`DATA ${table} ${told.type} ${instancePath || '/'} ${message}`);
}

function aggregateOf(fact: FactMapping, context: RowContext, { tenant, system }: Mapping): string {
  if (aboutOthers[fact.type] === null) return tenant;
  const by = aboutOthers[fact.type];
  const number = fieldOf(by ? (fact.data[by] as Field) : fact.loan!, 'text', context) as string;
  if (!/^[^/\s]{1,64}$/.test(number))
    throw new BadColumn(`DATA ${context.table} ${fact.type} has a number that is empty, too long, or has a blank or slash in it`);
  return `${tenant}/${system}/${by ? `${by === 'borrowerId' ? 'borrower' : 'collateral'}/` : ''}${number}`;
}

function movedAway(fact: FactMapping, was: RowContext, now: RowContext, mapping: Mapping): boolean {
  const element = elementOf[fact.type];
  const identity = (context: RowContext) =>
    `${aggregateOf(fact, context, mapping)} ${element ? String(fieldOf(fact.data[element] as Field, 'text', context)) : ''}`;
  return identity(was) !== identity(now);
}

/** What it means that the row of a fact is gone, or `renamed` to another number; null where that means nothing by itself. @throws BadColumn where nothing could tell it */
function goneOf(fact: FactMapping, context: RowContext, mapping: Mapping, renamed: boolean): Told | null {
  if (fact.when && fact.when.column in context.row && !fact.when.in.includes(context.row[fact.when.column]!)) return null;
  const at = () => ({ aggregateid: aggregateOf(fact, context, mapping), effectivedate: context.day });
  const { schema } = publishedEvent(fact.type);
  switch (fact.type) {
    case 'InstallmentChanged': {
      const installmentNumber = fieldOf(fact.data['installmentNumber'] as Field, 'integer', context);
      return { type: fact.type, ...at(), data: { installmentNumber, currency: currencyOf(fact, context, mapping), removed: true } };
    }
    case 'LoanTransactionPosted': {
      const transactionId = fieldOf(fact.data['transactionId'] as Field, 'text', context);
      return { type: 'LoanTransactionReversed', ...at(), data: { transactionId, reversedOn: context.day } };
    }
    case 'ChargeApplied':
      return { type: 'ChargeRemoved', ...at(), data: treeOf(fact.data, schema, context) };
    case 'LoanAccountSnapshotted':
      return { type: 'LoanAccountStale', ...at(), data: { reason: 'The row of this account is gone at the source, or has another key' } };
    case 'BorrowerUpdated':
    case 'CollateralUpdated':
      // A borrower's loans say whose they are by themselves; security under two numbers would count twice.
      if (renamed && fact.type === 'BorrowerUpdated') return null;
      throw new BadColumn(`DELETE ${context.table}: no ${fact.type} can tell that it is gone (onDelete: ignore passes over it)`);
    default:
      return null;
  }
}

function currencyOf(fact: FactMapping, context: RowContext, { currency }: Mapping): Json {
  const field = fact.data['currency'] as Field;
  return 'column' in field && context.row[field.column] === undefined ? currency : fieldOf(field, 'text', context);
}

/** What the row is known by: the key, or all of it where a table has none. */
const keyOf = ({ key, after, before }: Change): Json => key ?? after ?? before;

/** Short, the same however often the change is sent, and no number of anybody's in it. */
const markOf = (parts: Json[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 16);

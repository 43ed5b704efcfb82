// Loans are written many at a time, each write guarded by the version that was read.
import { toDate } from '../domain/day.js';
import type { Assessment, Standing } from '../domain/loan/assess.js';
import { totalOf } from '../domain/loan/components.js';
import { keptBase, keptPostings, toJson } from '../domain/loan/kept-position.js';
import type { Position } from '../domain/loan/position.js';
import { isNew, Overtaken, type LoanRow } from './loans.js';
import type { Tx } from './store.js';

/** A step as it is kept: what ageing.ts writes on its date. */
const keptStep = ({ is }: { is: Standing }) => [
  is.result,
  is.overdueSince,
  String(is.overdue.principal),
  String(is.overdue.interest),
  String(is.overdue.fee),
  String(is.overdue.penalty),
  String(is.overdueTotal),
  is.bucket,
  is.qualityClass,
  is.nextDueOn,
];

const multirange = (ranges: Assessment['pauses']): string =>
  `{${ranges.map(([from, until]) => `[${toDate(from)},${toDate(until)})`).join()}}`;

type Field = readonly [name: string, type: string, of: (loan: LoanRow, is: Assessment) => unknown];

/** By column: its type, and what a row has there. These follow from the position alone. */
const ofPosition: readonly Field[] = [
  ['tenant', 'text', (loan) => loan.tenant],
  ['aggregate_id', 'text', (loan) => loan.aggregateId],
  ['account_no', 'text', ({ position }) => position.account?.accountNo],
  ['borrower_id', 'text', (loan) => loan.borrowerId],
  ['product_id', 'text', ({ position }) => position.account?.productId],
  ['product_class', 'text', ({ position }) => position.account?.productClass],
  ['jurisdiction', 'text', ({ position }) => position.account?.jurisdiction],
  ['currency', 'text', ({ position }) => position.account?.currency],
  ['status', 'text', ({ position }) => position.account?.status ?? 'AWAITING_SNAPSHOT'],
  ['principal_minor', 'bigint', ({ position }) => String(position.account?.principal ?? 0)],
  ['disbursed_on', 'date', ({ position }) => position.account?.disbursedOn],
  ['postings', 'json', ({ position }) => keptPostings(position)],
];
/** And these move with the days. */
const ofStanding: readonly Field[] = [
  ['id', 'text', (loan) => loan.id],
  ['version', 'int', (loan) => loan.version + 1],
  ['result', 'text', (_, is) => is.result],
  ['assessed_on', 'date', (_, is) => is.asOf],
  ['overdue_since', 'date', (_, is) => is.overdueSince],
  ['paused', 'datemultirange', (_, is) => multirange(is.pauses)],
  ['outstanding_principal_minor', 'bigint', (_, is) => String(is.outstanding.principal)],
  ['outstanding_interest_minor', 'bigint', (_, is) => String(is.outstanding.interest)],
  ['outstanding_fee_minor', 'bigint', (_, is) => String(is.outstanding.fee)],
  ['outstanding_penalty_minor', 'bigint', (_, is) => String(is.outstanding.penalty)],
  ['outstanding_minor', 'bigint', (_, is) => String(totalOf(is.outstanding))],
  ['overdue_principal_minor', 'bigint', (_, is) => String(is.overdue.principal)],
  ['overdue_interest_minor', 'bigint', (_, is) => String(is.overdue.interest)],
  ['overdue_fee_minor', 'bigint', (_, is) => String(is.overdue.fee)],
  ['overdue_penalty_minor', 'bigint', (_, is) => String(is.overdue.penalty)],
  ['overdue_minor', 'bigint', (_, is) => String(is.overdueTotal)],
  ['bucket', 'text', (_, is) => is.bucket],
  ['quality_class', 'int', (_, is) => is.qualityClass],
  ['material_since', 'date', (_, is) => is.materialSince],
  ['default_since', 'date', (_, is) => is.defaultSince],
  ['next_due_on', 'date', (_, is) => is.nextDueOn],
  ['next_step_on', 'date', (_, is) => is.nextStepOn],
  ['steps', 'json', (_, is) => (is.steps.length ? is.steps.map(keptStep) : undefined)],
  ['step_on', 'date[]', (_, is) => (is.steps.length ? is.steps.map(({ on }) => on) : undefined)],
  ['decides_on', 'date', (_, is) => is.decidesOn],
  ['doubts', 'text[]', (_, is) => is.doubts],
  ['touched', 'boolean', (loan) => loan.touched],
  ['touched_from', 'date', (loan) => loan.touchedFrom],
  ['episode', 'int', (loan) => loan.episode],
  ['in_arrears', 'boolean', (loan) => loan.inArrears],
  ['episode_since', 'date', (loan) => loan.episodeSince],
];
const all = [...ofStanding, ...ofPosition];
// The text of a batch is mostly names, so they are short on the way: a0, a1 …
const told = (fields: readonly Field[]) => `json_to_recordset($1::json) as r(${fields.map(([, type], i) => `a${i} ${type}`).join(', ')})`;
const set = (fields: readonly Field[], from: (name: string, i: number) => string) =>
  fields.flatMap(([name], i) => (name === 'id' ? [] : `${name} = ${from(name, i)}`)).join(', ');
const insert = `insert into loan (${all.map(([name]) => name).join(', ')}) select ${all.map((_, i) => `a${i}`).join(', ')} from ${told(all)}`;
const update = (fields: readonly Field[]) =>
  `update loan l set ${set(fields, (_, i) => `a${i}`)} from ${told(fields)} where l.id = a0 and l.version = a1 - 1 returning 1`;
const [updateAll, updateStanding] = [update(all), update(ofStanding)];
const insertBase = `insert into loan_base select * from json_to_recordset($1::json) as r(loan_id text, base json)`;
const upsertBase = `${insertBase} on conflict (loan_id) do update set base = excluded.base`;

function recordOf(fields: readonly Field[], loan: LoanRow, is: Assessment): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  fields.forEach(([, , of], i) => {
    const value = of(loan, is);
    if (value !== undefined && value !== null) record[`a${i}`] = value;
  });
  return record;
}

/** Whether anything but the postings differs. */
const baseDiffers = (a: Position, b: Position): boolean =>
  a.account !== b.account ||
  a.schedule !== b.schedule ||
  a.lines !== b.lines ||
  a.charges !== b.charges ||
  a.pauses !== b.pauses ||
  a.restructured !== b.restructured ||
  a.observed !== b.observed ||
  a.stale !== b.stale;

interface Change {
  loan: LoanRow;
  is: Assessment;
}

const recordsOf = (fields: readonly Field[], changes: readonly Change[]): string =>
  JSON.stringify(changes.map(({ loan, is }) => recordOf(fields, loan, is)));

async function updateLoans(tx: Tx, statement: string, fields: readonly Field[], changes: readonly Change[]): Promise<void> {
  if (!changes.length) return;
  const written = await tx.bulk(statement, [recordsOf(fields, changes)]);
  if (written.length !== changes.length) throw new Overtaken('A loan was written by another worker');
}

/** @throws Overtaken */
export async function writeLoans(tx: Tx, changes: readonly Change[]): Promise<void> {
  const [fresh, known] = [changes.filter(({ loan }) => isNew(loan)), changes.filter(({ loan }) => !isNew(loan))];
  if (fresh.length)
    await tx.bulk(insert, [recordsOf(all, fresh)]).catch((error: { code?: string }) => {
      throw error.code === '23505' ? new Overtaken('A loan was added by another worker') : error; // unique_violation
    });
  await updateLoans(tx, updateAll, all, known);
  for (const [statement, some] of [
    [insertBase, fresh],
    [upsertBase, known],
  ] as const) {
    const bases = some.filter(({ loan }) => baseDiffers(loan.position, loan.kept));
    if (bases.length) await tx.bulk(statement, [toJson(bases.map(({ loan }) => ({ loan_id: loan.id, base: keptBase(loan.position) })))]);
  }
}

/** What was written of a loan and all below it is what stands in the tables now. */
export function standAsWritten({ loan, is }: Change): void {
  loan.version += 1;
  loan.kept = loan.position;
  loan.keptLines = is.lines;
}

/** Loans whose positions are as they were read, on another day. @throws Overtaken */
export const writeStandings = (tx: Tx, changes: readonly Change[]): Promise<void> => updateLoans(tx, updateStanding, ofStanding, changes);

// Borrowers, contact points and collateral in bulk: the newest update by the source's order wins.
import type { BorrowerFact, CollateralFact } from '../domain/borrower.js';
import { idOf } from '../domain/ids.js';
import { toJson } from '../domain/loan/kept-position.js';
import { loanIdOf, type LoanRow } from './loans.js';
import type { Tx } from './store.js';

export const borrowerIdOf = (sourceRef: string): string => idOf('borrower', sourceRef);

const type = `id text, tenant text, source_ref text, borrower_no text, name text, national_id text, address text, jurisdiction text, language text, time_zone text, segment text, sequence bigint`;
const upsert = `insert into borrower as b select * from json_to_recordset($1::json) as r(${type})
  on conflict (id) do update set name = excluded.name, national_id = excluded.national_id, address = excluded.address, jurisdiction = excluded.jurisdiction,
    language = excluded.language, time_zone = excluded.time_zone, segment = excluded.segment, sequence = excluded.sequence
  where b.sequence < excluded.sequence returning id`;

/** A later update of one borrower in the list replaces an earlier one. */
export async function writeBorrowers(tx: Tx, facts: readonly BorrowerFact[]): Promise<void> {
  const newest = new Map<string, BorrowerFact>();
  for (const fact of facts) {
    const known = newest.get(fact.aggregateId);
    if (!known || known.sequence < fact.sequence) newest.set(fact.aggregateId, fact);
  }
  if (!newest.size) return;
  const rows = [...newest.values()].map((fact) => ({
    id: borrowerIdOf(fact.aggregateId),
    tenant: fact.tenant,
    source_ref: fact.aggregateId,
    borrower_no: fact.data.borrowerId,
    name: fact.data.name,
    national_id: fact.data.nationalId,
    address: fact.data.address,
    jurisdiction: fact.data.jurisdiction,
    language: fact.data.language,
    time_zone: fact.data.timeZone,
    segment: fact.data.segment,
    sequence: fact.sequence,
  }));
  const written = await tx.query<{ id: string }>(upsert, [toJson(rows)]);
  const changed = new Set(written.map(({ id }) => id));
  await tx.query('delete from contact_point where borrower_id = any($1)', [[...changed]]);
  const points = [...newest.values()]
    .filter((fact) => changed.has(borrowerIdOf(fact.aggregateId)))
    .flatMap((fact) =>
      fact.data.contactPoints.map((point, ordinal) => ({
        id: idOf('contact', fact.aggregateId, ordinal),
        borrower_id: borrowerIdOf(fact.aggregateId),
        ordinal,
        ...point,
      })),
    );
  await tx.query(
    'insert into contact_point select * from json_to_recordset($1::json) as r(id text, borrower_id text, ordinal int, channel text, value text, preferred boolean, consent boolean)',
    [JSON.stringify(points)],
  );
}

/** A loan may be seen before its borrower: until then the borrower is known by number only. */
export async function announceBorrowers(tx: Tx, loans: readonly (LoanRow & { borrowerRef: string })[]): Promise<void> {
  if (!loans.length) return;
  const rows = loans.map(({ borrowerRef, tenant, position: { account } }) => ({
    id: borrowerIdOf(borrowerRef),
    tenant,
    source_ref: borrowerRef,
    borrower_no: account!.borrowerId,
    name: account!.borrowerId,
    national_id: null,
    address: null,
    jurisdiction: account!.jurisdiction,
    language: 'en',
    time_zone: 'UTC',
    segment: null,
    sequence: -1,
  }));
  await tx.query(`insert into borrower select distinct on (id) * from json_to_recordset($1::json) as r(${type}) on conflict do nothing`, [
    toJson(rows),
  ]);
}

const collateralType = `id text, borrower_id text, loan_id text, collateral_ref text, kind text, description text, currency text, value_minor bigint, valued_on date, sequence bigint`;
const upsertCollateral = `insert into collateral as c select distinct on (id) * from json_to_recordset($1::json) as r(${collateralType}) order by id, sequence desc
  on conflict (id) do update set loan_id = excluded.loan_id, kind = excluded.kind, description = excluded.description, currency = excluded.currency, value_minor = excluded.value_minor,
    valued_on = excluded.valued_on, sequence = excluded.sequence where c.sequence < excluded.sequence`;

export async function writeCollateral(tx: Tx, facts: readonly CollateralFact[]): Promise<void> {
  if (!facts.length) return;
  const rows = facts.map(({ aggregateId, sequence, data }) => ({
    id: idOf('collateral', aggregateId, data.collateralId),
    borrower_id: borrowerIdOf(data.borrowerRef),
    loan_id: data.loanRef && loanIdOf(data.loanRef),
    collateral_ref: data.collateralId,
    kind: data.kind,
    description: data.description,
    currency: data.currency,
    value_minor: data.value,
    valued_on: data.valuedOn,
    sequence,
  }));
  await tx.query(upsertCollateral, [toJson(rows)]);
}

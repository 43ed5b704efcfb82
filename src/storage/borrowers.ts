// Borrowers, contact points and collateral in bulk: the newest update by the source's order wins.
import { coreValuationIdOf } from '../domain/collateral/asset.js';
import type { BorrowerFact, CollateralFact } from '../domain/borrower.js';
import { idOf } from '../domain/ids.js';
import { toJson } from '../domain/loan/kept-position.js';
import { loanIdOf } from './loans.js';
import type { Tx } from './store.js';

export const borrowerIdOf = (sourceRef: string): string => idOf('borrower', sourceRef);

const type = `id text, tenant text, source_ref text, borrower_no text, name text, national_id text, address text, jurisdiction text, language text, time_zone text, segment text, branch text, portfolio text, sequence bigint`;
const names = type.replaceAll(/ (text|bigint)/g, '');
const upsert = `insert into borrower as b (${names}) select * from json_to_recordset($1::json) as r(${type})
  on conflict (id) do update set name = excluded.name, national_id = excluded.national_id, address = excluded.address, jurisdiction = excluded.jurisdiction,
    language = excluded.language, time_zone = excluded.time_zone, segment = excluded.segment,
    branch = excluded.branch, portfolio = excluded.portfolio, sequence = excluded.sequence
  where b.sequence < excluded.sequence returning id`;

/** A borrower who is known by number only, from the snapshot of a loan that was seen before its borrower. */
export interface AnnouncedBorrower {
  borrowerRef: string;
  tenant: string;
  borrowerNo: string;
  jurisdiction: string;
}

const rowOf = (fact: BorrowerFact) => ({
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
  branch: fact.data.branch ?? null,
  portfolio: fact.data.portfolio ?? null,
  sequence: fact.sequence,
});
const announcedRowOf = (each: AnnouncedBorrower): ReturnType<typeof rowOf> => ({
  id: borrowerIdOf(each.borrowerRef),
  tenant: each.tenant,
  source_ref: each.borrowerRef,
  borrower_no: each.borrowerNo,
  name: each.borrowerNo,
  national_id: null,
  address: null,
  jurisdiction: each.jurisdiction,
  language: 'en',
  time_zone: 'UTC',
  segment: null,
  branch: null,
  portfolio: null,
  sequence: -1n,
});

/** The newest of each borrower wins. One statement in order of id: partitions that write the same borrowers at once wait for one another and never in a circle. */
export async function writeBorrowers(tx: Tx, facts: readonly BorrowerFact[], announced: readonly AnnouncedBorrower[]): Promise<void> {
  const newest = new Map<string, ReturnType<typeof rowOf>>();
  for (const row of [...announced.map(announcedRowOf), ...facts.map(rowOf)]) {
    const known = newest.get(row.id);
    if (!known || known.sequence < row.sequence) newest.set(row.id, row);
  }
  if (!newest.size) return;
  const rows = [...newest.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const written = new Set((await tx.query<{ id: string }>(upsert, [toJson(rows)])).map(({ id }) => id));
  const updated = new Map(
    facts
      .filter(
        (fact) => written.has(borrowerIdOf(fact.aggregateId)) && newest.get(borrowerIdOf(fact.aggregateId))!.sequence === fact.sequence,
      )
      .map((fact) => [borrowerIdOf(fact.aggregateId), fact]),
  );
  if (!updated.size) return;
  await tx.query('delete from contact_point where borrower_id = any($1)', [[...updated.keys()]]);
  const points = [...updated].flatMap(([borrowerId, { aggregateId, data }]) =>
    data.contactPoints.map((point, ordinal) => ({ id: idOf('contact', aggregateId, ordinal), borrower_id: borrowerId, ordinal, ...point })),
  );
  await tx.query(
    'insert into contact_point select * from json_to_recordset($1::json) as r(id text, borrower_id text, ordinal int, channel text, value text, preferred boolean, consent boolean)',
    [JSON.stringify(points)],
  );
}

/** Whom the bank speaks to, and where. */
export interface Person {
  borrowerNo: string;
  name: string;
  /** BCP 47. */
  language: string;
  /** A phone number or e-mail address: the preferred one, else the first. */
  point: { channel: 'PHONE' | 'EMAIL'; value: string } | null;
}

const people = `select b.id, b.borrower_no, b.name, b.language, p.channel, p.value from borrower b
  left join lateral (select channel, value from contact_point where borrower_id = b.id and channel in ('PHONE', 'EMAIL') order by preferred desc, ordinal limit 1) p on true
  where b.id = any($1)`;

export async function peopleOf(tx: Tx, borrowerIds: readonly string[]): Promise<Map<string, Person>> {
  if (!borrowerIds.length) return new Map();
  const rows = await tx.bulk<{
    id: string;
    borrower_no: string;
    name: string;
    language: string;
    channel: 'PHONE' | 'EMAIL' | null;
    value: string;
  }>(people, [borrowerIds]);
  return new Map(
    rows.map(({ id, borrower_no, name, language, channel, value }) => [
      id,
      { borrowerNo: borrower_no, name, language, point: channel && { channel, value } },
    ]),
  );
}

const collateralType = `id text, borrower_id text, loan_id text, collateral_ref text, kind text, description text, currency text, value_minor bigint, valued_on date, sequence bigint, source_ref text`;
const upsertCollateral = `insert into collateral as c select distinct on (id) * from json_to_recordset($1::json) as r(${collateralType}) order by id, sequence desc
  on conflict (id) do update set loan_id = excluded.loan_id, kind = excluded.kind, description = excluded.description, currency = excluded.currency, value_minor = excluded.value_minor,
    valued_on = excluded.valued_on, sequence = excluded.sequence where c.sequence < excluded.sequence`;

const valuationType = `id text, collateral_id text, source text, currency text, value_minor bigint, valued_on date, recorded_at timestamptz`;
// The asset's row changes with its valuations, also with one that came late: stored answers go by it.
const insertValuations = `with made as (insert into valuation (id, collateral_id, source, currency, value_minor, valued_on, recorded_at)
  select * from json_to_recordset($1::json) as r(${valuationType}) on conflict do nothing returning collateral_id)
  update collateral c set kind = c.kind from made where c.id = made.collateral_id`;

/** Each update is kept as a valuation too, so that it can be told what was known when. */
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
    source_ref: aggregateId,
  }));
  await tx.query(upsertCollateral, [toJson(rows)]);
  const valuations = rows.map(({ id, currency, value_minor, valued_on, sequence }, i) => ({
    id: coreValuationIdOf(id, sequence),
    collateral_id: id,
    source: 'CORE',
    currency,
    value_minor,
    valued_on,
    recorded_at: facts[i]!.recordedAt ?? new Date(),
  }));
  await tx.query(insertValuations, [toJson(valuations)]);
}

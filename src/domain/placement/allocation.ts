// Who of several agencies gets which case of a batch: by a random split with a recorded seed, or by a decision table. The same input gives the same answer, in whatever order it comes.
import type { LocalDate } from '../fact.js';
import { sha256 } from '../ids.js';
import { againstPermit, hasRoom, withCase, type AgencyTerms, type CaseToPlace, type Load } from './eligibility.js';
import type { AllocationRow } from './rules.js';

export interface Candidate extends CaseToPlace {
  caseId: string;
  daysPastDue: number;
  /** Overdue by currency, in minor units. */
  overdue: Readonly<Record<string, bigint>>;
}

export interface Offer {
  agencyId: string;
  terms: AgencyTerms;
  load: Load;
}

export interface Share {
  agencyId: string;
  /** Decimal text above 0, up to 1, with six decimals at most. */
  share: string;
}

export interface Allotment {
  caseId: string;
  /** Null: nobody got it, for the reason. */
  agencyId: string | null;
  ruleId: string;
  reason: string | null;
}

const whole = 1_000_000n;

/** In millionths. @returns null for what is no share */
export function millionthsOf(share: string): bigint | null {
  const read = /^([01])(?:\.(\d{1,6}))?$/.exec(share);
  if (!read) return null;
  const parts = BigInt(read[1]!) * whole + BigInt((read[2] ?? '').padEnd(6, '0'));
  return parts > 0n && parts <= whole ? parts : null;
}

/** Shuffled by the seed: each order is as likely as the other, and nobody can choose a case's place without choosing the seed. */
export const shuffled = <Of extends { caseId: string }>(all: readonly Of[], seed: string): Of[] =>
  all
    .map((each) => ({ each, at: sha256(`${seed} ${each.caseId}`) }))
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ each }) => each);

/** How many of `count` each share gets: by largest remainder, so that each is within one case of its share. What the shares leave is the last. */
export function quotas(count: number, shares: readonly bigint[]): number[] {
  const parts = [...shares, whole - shares.reduce((sum, each) => sum + each, 0n)];
  const exact = parts.map((part) => BigInt(count) * part);
  const got = exact.map((each) => Number(each / whole));
  const byRemainder = parts.map((_, i) => i).sort((a, b) => Number((exact[b]! % whole) - (exact[a]! % whole)) || a - b);
  for (let i = 0, left = count - got.reduce((sum, each) => sum + each, 0); i < left; i++) got[byRemainder[i]!]!++;
  return got;
}

const left = (caseId: string, ruleId: string, reason: string): Allotment => ({ caseId, agencyId: null, ruleId, reason });

/**
 * Champion and challenger: fixed shares of the cases that any of the agencies might have got, so that what they recover can be compared.
 * What shares leave below 1 stays with the bank as the control group; what an agency has no room for is passed to nobody, for that would bend the comparison.
 */
export function split(
  candidates: readonly Candidate[],
  shares: readonly Share[],
  offers: readonly Offer[],
  seed: string,
  today: LocalDate,
): Allotment[] {
  const offerOf = new Map(offers.map((offer) => [offer.agencyId, offer]));
  const apart: Allotment[] = [];
  const comparable = candidates.filter((each) => {
    const [against] = shares.flatMap(({ agencyId }) => againstPermit(agencyId, offerOf.get(agencyId)!.terms, each, today));
    if (against) apart.push(left(each.caseId, against.ruleId, against.message));
    return !against;
  });
  const order = shuffled(comparable, seed);
  const counts = quotas(
    order.length,
    shares.map(({ share }) => millionthsOf(share)!),
  );
  const loads = new Map(offers.map(({ agencyId, load }) => [agencyId, load]));
  let from = 0;
  const allotted = counts.flatMap((count, i) => {
    const mine = order.slice(from, (from += count));
    const share = shares[i];
    return mine.map((each): Allotment => {
      if (!share) return left(each.caseId, 'control-group', 'The shares leave it with the bank');
      const { agencyId } = share;
      const { terms } = offerOf.get(agencyId)!;
      const load = loads.get(agencyId)!;
      if (!hasRoom(terms, each, load)) return left(each.caseId, 'agency-capacity', `${agencyId} holds as much as it may`);
      loads.set(agencyId, withCase(terms, each, load));
      return { caseId: each.caseId, agencyId, ruleId: 'split', reason: null };
    });
  });
  return inOrder([...allotted, ...apart]);
}

const inOrder = (all: Allotment[]): Allotment[] => all.sort((a, b) => (a.caseId < b.caseId ? -1 : 1));

/** The first row whose conditions all hold. */
export function rowOf(
  rows: readonly AllocationRow[],
  { daysPastDue, overdue, segment, jurisdiction }: Candidate,
): AllocationRow | undefined {
  return rows.find(
    ({ minDaysPastDue = 0, maxDaysPastDue, minOverdue, segments, jurisdictions }) =>
      daysPastDue >= minDaysPastDue &&
      (maxDaysPastDue === undefined || daysPastDue <= maxDaysPastDue) &&
      (!minOverdue || Object.entries(overdue).some(([currency, minor]) => minor >= (minOverdue[currency] ?? 0n))) &&
      (!segments || (segment !== null && segments.includes(segment))) &&
      (!jurisdictions || jurisdictions.includes(jurisdiction)),
  );
}

/** By the table: each case goes to one of the agencies of its level that may have it, the one that got the fewest of this batch. */
export function byRules(
  candidates: readonly Candidate[],
  rowsOf: (jurisdiction: string) => readonly AllocationRow[],
  offers: readonly Offer[],
  seed: string,
  today: LocalDate,
): Allotment[] {
  const loads = new Map(offers.map(({ agencyId, load }) => [agencyId, load]));
  const got = new Map(offers.map(({ agencyId }) => [agencyId, 0]));
  const allotted = shuffled(candidates, seed).map((each): Allotment => {
    const row = rowOf(rowsOf(each.jurisdiction), each);
    if (!row) return left(each.caseId, 'no-allocation-row', 'No row of the table holds for it');
    const able = offers.filter(({ agencyId, terms }) => terms.level === row.level && !againstPermit(agencyId, terms, each, today).length);
    if (!able.length) return left(each.caseId, row.id, `No agency of level ${row.level} may have it`);
    const [first] = able
      .filter(({ agencyId, terms }) => hasRoom(terms, each, loads.get(agencyId)!))
      .sort((a, b) => got.get(a.agencyId)! - got.get(b.agencyId)! || (a.agencyId < b.agencyId ? -1 : 1));
    if (!first) return left(each.caseId, 'agency-capacity', `Each agency of level ${row.level} holds as much as it may`);
    loads.set(first.agencyId, withCase(first.terms, each, loads.get(first.agencyId)!));
    got.set(first.agencyId, got.get(first.agencyId)! + 1);
    return { caseId: each.caseId, agencyId: first.agencyId, ruleId: row.id, reason: null };
  });
  return inOrder(allotted);
}

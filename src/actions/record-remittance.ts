// Records what a partner reports to have collected: judged as a whole, then booked in one transaction, or nothing of it; a refused one is kept with its reasons.
import type { Fact } from '../domain/fact.js';
import { idOf, sha256 } from '../domain/ids.js';
import {
  contentOfPayment,
  dueOf,
  judgeRemittance,
  type BookedLine,
  type OwnPlacement,
  type Problem,
  type ReportedRemittance,
} from '../domain/placement/remittance.js';
import { policyFor } from '../policies/index.js';
import { casesById } from '../storage/cases.js';
import { Remittance } from '../storage/definitions/remittances.js';
import { logFacts } from '../storage/facts.js';
import { bookedBefore, ownWork, type PlacementRow } from '../storage/remittances.js';
import type { Store, Tx } from '../storage/store.js';
import { applyRemittanceRefused, applyReported, type Head, type KeptLine, type Refused, type Reported } from './book-remittance.js';

/** `problems`: nothing was booked. */
export type RecordedRemittance = { recorded: 'recorded' | 'seenBefore'; booked: number } | { problems: Problem[] };

/** The door of callbacks and of files. */
export const recordRemittance = (store: Store, partnerId: string, file: ReportedRemittance): Promise<RecordedRemittance> =>
  store.transaction((tx) => takeRemittance(tx, partnerId, file, null));

/** @param tenant whose it is where no placement tells */
export async function takeRemittance(
  tx: Tx,
  partnerId: string,
  file: ReportedRemittance,
  tenant: string | null,
): Promise<RecordedRemittance> {
  // One after another for a partner: each is judged by what the one before has booked.
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`remittances ${partnerId}`]);
  const work = await ownWork(tx, partnerId, [...new Set(file.lines.map(({ placement }) => placement))]);
  const of = tenant ?? work[0]?.tenant;
  if (of === undefined)
    return { problems: [{ line: 1, field: 'placement', code: 'NO_PLACEMENT', words: 'It is no case that was placed with you' }] };
  const [{ today }] = (await tx.query<{ today: string }>('select business_date($1)::text as today', [of])) as [{ today: string }];
  const { ref, remittedOn, currency, basis, lines } = file;
  // Of the payments, in whatever order and whichever way they came.
  const contents = lines.map((line) => `${line.paymentIdentifier} ${contentOfPayment(line, currency)}`).sort();
  const contentSha256 = sha256(JSON.stringify([remittedOn, currency, basis, Object.entries(file.totals).sort(), contents]));
  const head: Head = { remittanceId: idOf('remittance', partnerId, ref), partnerId, contentSha256, ref, remittedOn, currency, basis };
  const before = await tx.em.findOne(Remittance, { id: head.remittanceId });
  if (before?.contentSha256 === contentSha256) return { recorded: 'seenBefore', booked: 0 };
  // The cases are locked, in the order of everyone, before the facts get their places in the log.
  await casesById(
    tx,
    work.map(({ case_id }) => case_id),
  );
  const verdict = before ? conflict(ref) : await judged(tx, partnerId, file, work, today);
  const factOf = (aggregateId: string, type: string, data: object): Fact => ({
    source: `partner/${partnerId}`,
    id: `remittance/${ref}/${contentSha256.slice(0, 16)}/${type === 'RemittanceReported' ? aggregateId : 'refused'}`,
    type,
    tenant: of,
    aggregateId,
    sequence: 0n,
    effectiveOn: today,
    businessOn: today,
    occurredAt: new Date(),
    data,
  });
  if ('problems' in verdict) {
    const refusedId = idOf('remittance', partnerId, ref, contentSha256);
    const data: Refused = { ...head, remittanceId: refusedId, count: lines.length, problems: verdict.problems };
    const fact = factOf(`${of}/remittances/${partnerId}`, 'RemittanceRefused', data);
    if (!(await tx.em.findOne(Remittance, { id: refusedId })) && (await logFacts(tx, [fact])).length)
      await applyRemittanceRefused(tx, fact);
    return { problems: verdict.problems };
  }
  if (!verdict.booked.length) return { recorded: 'seenBefore', booked: 0 };
  const facts = [...byCase(verdict.booked)].map(([caseId, booked]) =>
    factOf(caseId, 'RemittanceReported', {
      ...head,
      whole: wholeOf(basis, verdict.booked, verdict.seenBefore),
      payments: booked.map(keptOf),
    } satisfies Reported),
  );
  await applyReported(tx, (await logFacts(tx, facts)) as Fact<string, Reported>[]);
  return { recorded: 'recorded', booked: verdict.booked.length };
}

const conflict = (ref: string): { problems: Problem[] } => ({
  problems: [{ line: null, field: 'ref', code: 'CONFLICT', words: `The remittance ${ref} was sent before with other lines` }],
});

async function judged(tx: Tx, partnerId: string, file: ReportedRemittance, work: readonly PlacementRow[], today: string) {
  const placements = new Map<string, OwnPlacement>();
  for (const row of work) {
    const own: OwnPlacement = {
      id: row.id,
      caseId: row.case_id,
      commissionRate: row.commission_rate,
      placedOn: row.placed_on,
      closedOn: row.closed_on,
      refused: row.refused,
      ...(row.commission_rule
        ? { directPaymentsEarn: row.commission_rule.directPaymentsEarn, tailDays: row.commission_rule.tailDays }
        : {}),
      rules: policyFor(row.jurisdiction, row.placed_on).remittances,
    };
    placements.set(row.handoff_id, own);
    if (row.partner_ref !== null) placements.set(row.partner_ref, own);
  }
  const identifiers = file.lines.flatMap(({ paymentIdentifier, reverses }) =>
    reverses === null ? [paymentIdentifier] : [paymentIdentifier, reverses],
  );
  return judgeRemittance(file, { placements, payments: await bookedBefore(tx, partnerId, [...new Set(identifiers)]), today });
}

function byCase(booked: readonly BookedLine[]): Map<string, BookedLine[]> {
  const cases = new Map<string, BookedLine[]>();
  for (const each of booked) {
    const { caseId } = each.placement;
    (cases.get(caseId) ?? cases.set(caseId, []).get(caseId)!).push(each);
  }
  return cases;
}

function wholeOf(basis: 'NET' | 'GROSS', booked: readonly BookedLine[], seenBefore: number): Reported['whole'] {
  let [held, direct, commission] = [0n, 0n, 0n];
  for (const { line, minors, commissionMinor } of booked) {
    if (line.via === 'PARTNER') held += minors.amount;
    else direct += minors.amount;
    commission += commissionMinor;
  }
  const due = String(dueOf(basis, held, commission));
  return { lines: booked.length, seenBefore, held: String(held), direct: String(direct), commission: String(commission), due };
}

const keptOf = ({ line, contentSha256, placement, minors, rate, commissionMinor }: BookedLine): KeptLine => ({
  line: line.line,
  workId: placement.id,
  paymentIdentifier: line.paymentIdentifier,
  type: line.type,
  via: line.via,
  paidOn: line.paidOn,
  reverses: line.reverses,
  contentSha256,
  minors: [
    String(minors.amount),
    String(minors.principal),
    String(minors.interest),
    String(minors.fee),
    String(minors.penalty),
    String(commissionMinor),
  ],
  rate,
});

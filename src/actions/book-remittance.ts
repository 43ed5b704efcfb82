// Books what a partner collected for the recorded facts: payments, what it holds and earns, and the cases' entries.
import type { Fact } from '../domain/fact.js';
import { idOf } from '../domain/ids.js';
import { minorToDecimal } from '../domain/money.js';
import type { Problem, ReportedRemittance } from '../domain/placement/remittance.js';
import { casesById } from '../storage/cases.js';
import { Remittance, RemittanceLine } from '../storage/definitions/remittances.js';
import { changeMoney, type MoneyChange } from '../storage/remittances.js';
import type { Tx } from '../storage/store.js';
import type { Applier } from './applier.js';
import { changeCase } from './change-case.js';

export type Head = Omit<ReportedRemittance, 'lines' | 'totals'> & { remittanceId: string; partnerId: string; contentSha256: string };
/** Minor units as text: it is kept in the log. */
export interface KeptLine {
  line: number;
  workId: string;
  paymentIdentifier: string;
  type: string;
  via: 'PARTNER' | 'BANK';
  paidOn: string;
  reverses: string | null;
  contentSha256: string;
  /** Amount, principal, interest, fee, penalty, commission. */
  minors: [string, string, string, string, string, string];
  rate: string;
}
/** One a case, so that the past of a case has its own. */
export type Reported = Head & {
  whole: { lines: number; seenBefore: number; held: string; direct: string; commission: string; due: string };
  payments: KeptLine[];
};
export type Refused = Head & { count: number; problems: Problem[] };

export const applyRemittanceReported: Applier = async (tx, fact: Fact<string, Reported>) => {
  await applyReported(tx, [fact]);
  return { caseId: fact.aggregateId, remittanceId: fact.data.remittanceId };
};

/** Of one remittance, a fact for each case. */
export async function applyReported(tx: Tx, facts: readonly Fact<string, Reported>[]): Promise<void> {
  const [first] = facts;
  if (!first) return;
  const { remittanceId, partnerId, currency } = first.data;
  if (!(await tx.em.findOne(Remittance, { id: remittanceId }))) makeHead(tx, first);
  const cases = new Map(
    (
      await casesById(
        tx,
        facts.map(({ aggregateId }) => aggregateId),
      )
    ).map((each) => [each.id, each]),
  );
  const changes: MoneyChange[] = [];
  for (const fact of facts) {
    const caseId = fact.aggregateId;
    const change: MoneyChange = {
      id: idOf('partnermoney', caseId, partnerId, currency),
      caseId,
      partnerId,
      currency,
      trust: 0n,
      settled: 0n,
      direct: 0n,
      commission: 0n,
    };
    for (const line of fact.data.payments) bookLine(tx, fact, line, change);
    changes.push(change);
    const count = fact.data.payments.length;
    const collected = change.trust + change.direct;
    changeCase(tx, cases.get(caseId)!, fact, [
      {
        type: 'PARTNER_MONEY_REPORTED',
        summary: `${partnerId} reports ${count} payment${count === 1 ? '' : 's'} of ${minorToDecimal(collected, currency)} ${currency}`,
        actor: fact.source,
        effectiveOn: fact.effectiveOn,
        data: { remittanceId, partnerId },
      },
    ]);
  }
  await changeMoney(tx, changes);
}

function makeHead(tx: Tx, fact: Fact<string, Reported>): void {
  const { remittanceId, partnerId, contentSha256, ref, remittedOn, currency, basis, whole } = fact.data;
  tx.em.create(Remittance, {
    id: remittanceId,
    tenant: fact.tenant,
    partnerId,
    ref,
    contentSha256,
    remittedOn,
    reportedOn: fact.businessOn,
    currency,
    basis,
    state: 'REPORTED',
    lines: whole.lines,
    seenBefore: whole.seenBefore,
    heldMinor: BigInt(whole.held),
    directMinor: BigInt(whole.direct),
    commissionMinor: BigInt(whole.commission),
    dueMinor: BigInt(whole.due),
    problems: [],
  });
}

function bookLine(tx: Tx, { aggregateId, data }: Fact<string, Reported>, line: KeptLine, change: MoneyChange): void {
  const [amountMinor, principalMinor, interestMinor, feeMinor, penaltyMinor, commissionMinor] = line.minors.map(BigInt) as [
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  const { paymentIdentifier, type, via, paidOn, reverses, contentSha256, workId, rate, line: ordinal } = line;
  const { remittanceId, partnerId, currency } = data;
  tx.append(RemittanceLine, {
    id: idOf('remline', partnerId, paymentIdentifier),
    remittanceId,
    caseId: aggregateId,
    partnerId,
    workId,
    ordinal,
    paymentIdentifier,
    type,
    via,
    paidOn,
    reverses,
    contentSha256,
    currency,
    amountMinor,
    principalMinor,
    interestMinor,
    feeMinor,
    penaltyMinor,
    commissionMinor,
    commissionRate: rate,
    settledOn: null,
  });
  if (via === 'PARTNER') change.trust += amountMinor;
  else change.direct += amountMinor;
  change.commission += commissionMinor;
}

export const applyRemittanceRefused: Applier = async (tx, fact: Fact<string, Refused>) => {
  const { remittanceId, partnerId, contentSha256, ref, remittedOn, currency, basis, count, problems } = fact.data;
  tx.em.create(Remittance, {
    id: remittanceId,
    tenant: fact.tenant,
    partnerId,
    ref,
    contentSha256,
    remittedOn,
    reportedOn: fact.businessOn,
    currency,
    basis,
    state: 'REFUSED',
    lines: count,
    seenBefore: 0,
    heldMinor: 0n,
    directMinor: 0n,
    commissionMinor: 0n,
    dueMinor: 0n,
    problems,
  });
  return { remittanceId };
};

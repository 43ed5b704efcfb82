// Settles a remittance by the bank's statement: what came has to be what was due, and from then on it is cash and no longer the partner's trust money.
import type { Fact } from '../domain/fact.js';
import { idOf } from '../domain/ids.js';
import { decimalToMinor, minorToDecimal } from '../domain/money.js';
import { audit } from '../storage/audit.js';
import { casesById } from '../storage/cases.js';
import { Remittance } from '../storage/definitions/remittances.js';
import { logFacts } from '../storage/facts.js';
import { casesOfRemittance, changeMoney, settleLines } from '../storage/remittances.js';
import { writeLock, type Store, type Tx } from '../storage/store.js';
import type { Applier } from './applier.js';
import { changeCase } from './change-case.js';
import { askedBefore, refuse, type CaseRequest, type Outcome } from './request.js';

export interface Confirmation {
  remittanceId: string;
  received: { amount: string; currency: string };
  receivedOn: string;
  /** Of the entry in the bank's statement. */
  statementRef: string;
}
type Settled = { remittanceId: string; receivedMinor: string; receivedOn: string; statementRef: string; actor: string };

export function confirmRemittance(
  store: Store,
  { actor, idempotencyKey, dryRun, ...wanted }: Pick<CaseRequest, 'actor' | 'idempotencyKey' | 'dryRun'> & Confirmation,
): Promise<Outcome> {
  return store.transaction(async (tx) => {
    const { remittanceId, received, receivedOn, statementRef } = wanted;
    const asked = [remittanceId, received.amount, received.currency, receivedOn, statementRef];
    const { before, keep } = await askedBefore(tx, { actor, idempotencyKey }, ['confirmRemittance', ...asked]);
    if (before) return before;
    const found = await tx.em.findOne(Remittance, { id: remittanceId });
    if (!found) return refuse({ code: 'NOT_FOUND', message: 'There is no such remittance', path: ['input', 'remittanceId'] });
    // As remittances of a partner are taken, one after another.
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`remittances ${found.partnerId}`]);
    const cases = await casesOfRemittance(tx, remittanceId);
    await casesById(tx, cases);
    const remittance = await tx.em.findOneOrFail(Remittance, { id: remittanceId }, { lockMode: writeLock, refresh: true });
    if (remittance.state !== 'REPORTED')
      return refuse({ code: 'GUARD_REJECTED', ruleId: 'remittance-waits', message: `The remittance is ${remittance.state.toLowerCase()}` });
    const { currency, dueMinor } = remittance;
    const receivedMinor = received.currency === currency ? decimalToMinor(received.amount, currency) : null;
    if (receivedMinor === null)
      return refuse({ code: 'INVALID_INPUT', message: `The remittance is in ${currency}, with its decimals`, path: ['input', 'received'] });
    const [{ today }] = (await tx.query<{ today: string }>('select business_date($1)::text as today', [remittance.tenant])) as [
      { today: string },
    ];
    if (receivedOn > today || receivedOn < remittance.remittedOn)
      return refuse({
        code: 'INVALID_INPUT',
        message: `It came between ${remittance.remittedOn} and ${today}`,
        path: ['input', 'receivedOn'],
      });
    if (receivedMinor !== dueMinor) {
      const says = (minor: bigint) => `${minorToDecimal(minor, currency)} ${currency}`;
      const message = `${says(dueMinor)} are due and ${says(receivedMinor)} came: the difference is ${says(receivedMinor - dueMinor)}`;
      return refuse({ code: 'GUARD_REJECTED', ruleId: 'received-is-due', message, path: ['input', 'received'] });
    }
    if (dryRun) return { done: { remittanceId }, dryRun: true };
    const data: Settled = { remittanceId, receivedMinor: String(receivedMinor), receivedOn, statementRef, actor: actor.user };
    const facts = cases.map((caseId): Fact<string, Settled> => ({
      source: `casegraph/${actor.user}`,
      id: `confirmRemittance/${idempotencyKey}/${caseId}`,
      type: 'RemittanceSettled',
      tenant: remittance.tenant,
      aggregateId: caseId,
      sequence: 0n,
      effectiveOn: today,
      businessOn: today,
      occurredAt: new Date(),
      data,
    }));
    await logFacts(tx, facts);
    await settle(tx, facts);
    keep({ remittanceId });
    await audit(tx, [{ actor, action: 'confirmRemittance', subject: remittanceId, detail: { statementRef, received: received.amount } }]);
    return { done: { remittanceId } };
  });
}

export const applyRemittanceSettled: Applier = async (tx, fact: Fact<string, Settled>) => {
  await settle(tx, [fact]);
  return { caseId: fact.aggregateId, remittanceId: fact.data.remittanceId };
};

/** Of one remittance, a fact for each case. */
async function settle(tx: Tx, facts: readonly Fact<string, Settled>[]): Promise<void> {
  const [{ data, businessOn }] = facts as [Fact<string, Settled>];
  const remittance = await tx.em.findOneOrFail(Remittance, { id: data.remittanceId });
  const { partnerId, currency } = remittance;
  Object.assign(remittance, {
    state: 'SETTLED',
    receivedMinor: BigInt(data.receivedMinor),
    receivedOn: data.receivedOn,
    statementRef: data.statementRef,
    settledOn: businessOn,
    settledBy: data.actor,
  });
  const held = new Map(
    (
      await settleLines(
        tx,
        remittance.id,
        facts.map(({ aggregateId }) => aggregateId),
        businessOn,
      )
    ).map((row) => [row.case_id, BigInt(row.held)]),
  );
  const cases = await casesById(
    tx,
    facts.map(({ aggregateId }) => aggregateId),
  );
  const factOf = new Map(facts.map((fact) => [fact.aggregateId, fact]));
  for (const theCase of cases) {
    const fact = factOf.get(theCase.id)!;
    const cash = minorToDecimal(held.get(theCase.id) ?? 0n, currency);
    changeCase(tx, theCase, fact, [
      {
        type: 'PARTNER_MONEY_SETTLED',
        summary: `${cash} ${currency} that ${partnerId} collected are settled`,
        actor: data.actor,
        effectiveOn: fact.effectiveOn,
        data: { remittanceId: remittance.id, partnerId },
      },
    ]);
  }
  await changeMoney(
    tx,
    [...held].map(([caseId, minor]) => ({
      id: idOf('partnermoney', caseId, partnerId, currency),
      caseId,
      partnerId,
      currency,
      trust: -minor,
      settled: minor,
      direct: 0n,
      commission: 0n,
    })),
  );
}

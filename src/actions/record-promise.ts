// Records a promise to pay: an amount by a date, within what the policy lets a collector accept.
import { plusDays } from '../domain/day.js';
import type { Fact } from '../domain/fact.js';
import { idOf } from '../domain/ids.js';
import { decimalToMinor, minorToDecimal } from '../domain/money.js';
import { policyFor } from '../policies/index.js';
import { casesById } from '../storage/cases.js';
import { CaseExposure, PromiseToPay } from '../storage/definitions/cases.js';
import type { Store } from '../storage/store.js';
import type { Applier } from './applier.js';
import { changeCase } from './change-case.js';
import { judge } from './guard-case.js';
import { interruptLimitation } from './limitation.js';
import { answerOnce, type CaseRequest, type Outcome, type Refusal } from './request.js';

export interface PromiseInput {
  amount: { amount: string; currency: string };
  dueOn: string;
}

export function recordPromise(store: Store, request: CaseRequest & PromiseInput): Promise<Outcome> {
  const { amount, currency } = request.amount;
  const { dueOn } = request;
  return answerOnce(
    store,
    'recordPromise',
    request,
    { amount, currency, dueOn },
    async (tx, theCase, today) => {
      const { refused, decided } = await judge(tx, 'RECORD_PROMISE', theCase, today);
      const refuse = (refusal: Refusal) => (refused.push(refusal), decided<never>());
      if (refused.length) return decided<never>();
      const minor = decimalToMinor(amount, currency);
      if (minor === null || minor <= 0n)
        return refuse({
          code: 'INVALID_INPUT',
          message: `The amount must be above zero, with the decimals of ${currency}`,
          path: ['input', 'amount'],
        });
      if (dueOn < today)
        return refuse({ code: 'INVALID_INPUT', message: `The date must not be before ${today}`, path: ['input', 'dueOn'] });
      const last = plusDays(today, policyFor(theCase.jurisdiction, today).promises.maxDaysAhead);
      if (dueOn > last) return refuse({ code: 'MANDATE_EXCEEDED', message: `A promise may be due on ${last} at the latest`, limit: last });
      const owed = await tx.em.findOne(CaseExposure, { caseId: theCase.id, currency });
      if (!owed)
        return refuse({
          code: 'INVALID_INPUT',
          message: `Nothing of this case is overdue in ${currency}`,
          path: ['input', 'amount', 'currency'],
        });
      return decided({ type: 'PromiseMade', data: { amountMinor: String(minor), currency, dueOn, actor: request.actor.user } });
    },
    applyPromise,
  );
}

export const applyPromise: Applier = async (
  tx,
  fact: Fact<string, { amountMinor: string; currency: string; dueOn: string; actor: string }>,
) => {
  const [theCase] = await casesById(tx, [fact.aggregateId]);
  const { amountMinor, currency, dueOn, actor } = fact.data;
  const promiseId = idOf('promise', fact.source, fact.id);
  tx.em.create(PromiseToPay, {
    id: promiseId,
    caseId: theCase!.id,
    currency,
    amountMinor: BigInt(amountMinor),
    dueOn,
    madeOn: fact.businessOn,
    state: 'OPEN',
    paidMinor: 0n,
    actor,
  });
  theCase!.arrangement = 'PROMISED';
  // Who promises to pay has acknowledged the debt.
  if (theCase!.legal !== 'NONE')
    await interruptLimitation(tx, fact, theCase!, [{ cause: 'ACKNOWLEDGEMENT', on: fact.businessOn, evidence: promiseId }]);
  changeCase(tx, theCase!, fact, [
    {
      type: 'PROMISE_MADE',
      summary: `${minorToDecimal(BigInt(amountMinor), currency)} ${currency} promised by ${dueOn}`,
      actor,
      effectiveOn: fact.effectiveOn,
      data: { promiseId },
    },
  ]);
  return { caseId: theCase!.id, promiseId };
};

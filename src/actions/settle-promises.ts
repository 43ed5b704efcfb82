// Promises that fell due: kept, kept in part or broken, by what was paid on the case's loans since they were made.
import { plusDays } from '../domain/day.js';
import type { Fact } from '../domain/fact.js';
import { policyFor } from '../policies/index.js';
import { casesById } from '../storage/cases.js';
import { PromiseToPay } from '../storage/definitions/cases.js';
import type { Tx } from '../storage/store.js';
import { changeCase } from './change-case.js';

const paidSince = `select coalesce(sum(r.amount_minor), 0)::text as paid from repayment r
  where r.kind = 'REPAYMENT' and r.reversed_on is null and r.currency = $3 and r.value_on between $4::date and $5::date
    and r.loan_id in (select loan_id from case_loan where case_id = $1) and ($2::text is null or r.loan_id = $2)`;

export async function settlePromises(tx: Tx, fact: Fact): Promise<void> {
  const today = fact.businessOn;
  const due = await tx.em.find(PromiseToPay, { state: 'OPEN', dueOn: { $lt: today } }, { orderBy: { id: 'asc' } });
  const cases = new Map(
    (
      await casesById(
        tx,
        due.map(({ caseId }) => caseId),
      )
    ).map((each) => [each.id, each]),
  );
  for (const promise of due) {
    const theCase = cases.get(promise.caseId)!;
    const lastDay = plusDays(promise.dueOn, policyFor(theCase.jurisdiction, today).promises.graceDays);
    if (theCase.tenant !== fact.tenant || lastDay >= today) continue;
    const [row] = await tx.bulk<{ paid: string }>(paidSince, [
      promise.caseId,
      promise.loanId ?? null,
      promise.currency,
      promise.madeOn,
      lastDay,
    ]);
    promise.paidMinor = BigInt(row!.paid);
    promise.state = promise.paidMinor >= promise.amountMinor ? 'KEPT' : promise.paidMinor > 0n ? 'PARTIAL' : 'BROKEN';
    const others = await tx.em.count(PromiseToPay, { caseId: promise.caseId, state: 'OPEN', id: { $ne: promise.id } });
    theCase.arrangement = others ? 'PROMISED' : 'NONE';
    changeCase(tx, theCase, fact, [
      {
        type: `PROMISE_${promise.state}`,
        summary: `The promise due ${promise.dueOn} is ${promise.state.toLowerCase()}`,
        actor: fact.source,
        effectiveOn: today,
        data: { promiseId: promise.id },
      },
    ]);
  }
}

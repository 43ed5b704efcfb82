// A loan comes back from its buyer: put back for a reason and answered, recalled, or bought back; it is the bank's again once the buyer has said yes.
import { daysBetween, plusDays } from '../domain/day.js';
import type { Fact } from '../domain/fact.js';
import { idOf } from '../domain/ids.js';
import { minorToDecimal } from '../domain/money.js';
import type { PutBackReason, ReturnGround } from '../domain/sale/item.js';
import { policyFor } from '../policies/index.js';
import { Loan } from '../storage/definitions/loans.js';
import { PutBack, SaleLoan } from '../storage/definitions/sales.js';
import { handoffIdOf, oweHandoffs } from '../storage/handoffs.js';
import { passedOf, saleById, type SaleLoanRow } from '../storage/sales.js';
import type { Store, Tx } from '../storage/store.js';
import type { Applier } from './applier.js';
import { changeCase } from './change-case.js';
import { judge } from './guard-case.js';
import { moveItem, tellSoldCases } from './move-sold-loans.js';
import type { FinalAnswer, News } from './news.js';
import { answerOnce, type CaseRequest, type Outcome, type Refusal } from './request.js';

/** The buyer asks for it under the delivery of the assignment. */
export async function followPutBack(tx: Tx, fact: Fact, news: News): Promise<boolean | void> {
  const {
    putBackRef,
    accountRef,
    reason,
    words = '',
  } = news.data as { putBackRef: string; accountRef: string; reason: PutBackReason; words?: string };
  const [found] = await tx.query<{ id: string; sale_id: string; jurisdiction: string }>(
    `select i.id, i.sale_id, s.jurisdiction from portfolio_sale s join sale_loan i on i.sale_id = s.id join loan l on l.id = i.loan_id
     where s.handoff_id = $1 and l.account_no = $2 and i.transferred_on is not null`,
    [news.handoff.id, accountRef],
  );
  const tell = (type: string, summary: string) =>
    changeCase(tx, news.theCase, fact, [
      { type, summary: `${news.handoff.connectorId}: ${summary}`, actor: fact.source, effectiveOn: fact.effectiveOn },
    ]);
  if (!found) return tell('PUT_BACK_UNREADABLE', `put-back ${putBackRef} is of no loan that it bought`);
  const id = idOf('putback', found.sale_id, putBackRef);
  if (await tx.em.findOne(PutBack, { id })) return tell('PUT_BACK_TOLD_AGAIN', `put-back ${putBackRef} again`);
  const [item] = await tx.rows(SaleLoan).byId([found.id]);
  const { putBack } = policyFor(found.jurisdiction, fact.businessOn).sale;
  tx.em.create(PutBack, {
    id,
    saleId: item!.saleId,
    saleLoanId: item!.id,
    loanId: item!.loanId,
    caseId: item!.caseId,
    putBackRef,
    reason,
    words,
    requestedOn: fact.businessOn,
    inTime: daysBetween(item!.transferredOn!, fact.businessOn) <= putBack.withinDays[reason],
    dueOn: plusDays(fact.businessOn, putBack.answerDays),
    state: 'REQUESTED',
    currency: item!.currency,
  });
  await tellSoldCases(tx, fact, [item!], {
    type: 'PUT_BACK_REQUESTED',
    summary: `${item!.buyerId} puts a loan back: ${reason}`,
    actor: fact.source,
    data: { saleId: item!.saleId, putBackId: id, reason },
  });
}

interface Answered extends Record<string, unknown> {
  putBackId: string;
  accepted: boolean;
  words: string;
  actor: string;
}

export function answerPutBack(
  store: Store,
  request: CaseRequest & { putBackId: string; accepted: boolean; words: string },
): Promise<Outcome> {
  const { putBackId, accepted, words, ...rest } = request;
  const data = { putBackId, accepted, words, actor: request.actor.user };
  return answerOnce<Answered>(
    store,
    'answerPutBack',
    rest,
    data,
    async (tx, theCase, today) => {
      const asked = await tx.em.findOneOrFail(PutBack, { id: putBackId, caseId: theCase.id });
      const [item] = await tx.rows(SaleLoan).byId([asked.saleLoanId]);
      const stands: Refusal[] = [];
      if (asked.state !== 'REQUESTED')
        stands.push({ code: 'GUARD_REJECTED', ruleId: 'put-back-once', message: `The put-back was ${asked.state.toLowerCase()}` });
      if (accepted && item!.state !== 'TRANSFERRED')
        stands.push({
          code: 'GUARD_REJECTED',
          ruleId: 'loan-transferred',
          message: 'The loan is not with the buyer, or is on its way back',
        });
      return (await judge(tx, 'BUY_BACK_LOAN', theCase, today, stands)).decided({ type: 'PutBackAnswered', data });
    },
    applyPutBackAnswered,
  );
}

export const applyPutBackAnswered: Applier = async (tx, fact: Fact<string, Answered>) => {
  const { putBackId, accepted, words, actor } = fact.data;
  const asked = await tx.em.findOneOrFail(PutBack, { id: putBackId });
  const [item] = await tx.rows(SaleLoan).byId([asked.saleLoanId]);
  const deliveryKey = `putback/${putBackId}`;
  const handoffId = handoffIdOf(deliveryKey);
  const refundMinor = accepted ? await askBack(tx, item!, 'PUT_BACK', asked.reason, handoffId) : null;
  Object.assign(asked, {
    state: accepted ? 'ACCEPTED' : 'REFUSED',
    answeredOn: fact.businessOn,
    answeredBy: actor,
    answer: words,
    refundMinor,
    handoffId,
  });
  await tellSoldCases(tx, fact, [item!], {
    type: accepted ? 'PUT_BACK_ACCEPTED' : 'PUT_BACK_REFUSED',
    summary: `The put-back by ${item!.buyerId} is ${accepted ? 'accepted' : 'refused'}`,
    actor,
    data: { saleId: asked.saleId, putBackId, handoffId },
  });
  await oweReturn(tx, item!, 'answerPutBack', deliveryKey, {
    putBackRef: asked.putBackRef,
    accepted,
    words,
    ...(refundMinor === null ? {} : { refund: moneyOf(refundMinor, asked.currency) }),
  });
  return { caseId: item!.caseId, putBackId, handoffId };
};

const moneyOf = (minor: bigint, currency: string) => ({ amount: minorToDecimal(minor, currency), currency });

/** @returns what the price of the loan was less what was passed on of it, and never below zero */
async function askBack(tx: Tx, item: SaleLoanRow, ground: ReturnGround, reason: string, handoffId: string): Promise<bigint> {
  const passed = [...(await passedOf(tx, [item.id])).values()].reduce((sum, each) => sum + each.sum, 0n);
  const price = item.priceMinor ?? 0n;
  const refundMinor = passed >= price ? 0n : price - passed;
  moveItem(item, 'ASK_BACK');
  Object.assign(item, { returnGround: ground, returnReason: reason, refundMinor, returnHandoffId: handoffId });
  return refundMinor;
}

async function oweReturn(tx: Tx, item: SaleLoanRow, operation: string, deliveryKey: string, more: Record<string, unknown>): Promise<void> {
  const { accountNo } = await tx.em.findOneOrFail(Loan, { id: item.loanId });
  await oweHandoffs(tx, [
    {
      deliveryKey,
      caseId: item.caseId,
      connectorId: item.buyerId!,
      operation,
      lane: deliveryKey,
      laneSequence: 1n,
      payload: { saleRef: item.saleRef, accountRef: accountNo!, ...more },
    },
  ]);
}

interface BoughtBack extends Record<string, unknown> {
  saleLoanId: string;
  ground: Exclude<ReturnGround, 'PUT_BACK'>;
  reason: string;
  actor: string;
}

export function buyBackLoan(
  store: Store,
  request: CaseRequest & { saleLoanId: string; ground: Exclude<ReturnGround, 'PUT_BACK'>; reason: string },
): Promise<Outcome> {
  const { saleLoanId, ground, reason, ...rest } = request;
  const data = { saleLoanId, ground, reason, actor: request.actor.user };
  return answerOnce<BoughtBack>(
    store,
    'buyBackLoan',
    rest,
    data,
    async (tx, theCase, today) => {
      const [item] = await tx.rows(SaleLoan).byId([saleLoanId]);
      const sale = (await saleById(tx, item!.saleId))!;
      const stands: Refusal[] = [];
      const { recall } = policyFor(sale.jurisdiction, today).sale;
      if (item!.state !== 'TRANSFERRED')
        stands.push({
          code: 'GUARD_REJECTED',
          ruleId: 'loan-transferred',
          message: 'The loan is not with the buyer, or is on its way back',
        });
      else if (ground === 'RECALL' && daysBetween(item!.transferredOn!, today) > recall.withinDays)
        stands.push({
          code: 'GUARD_REJECTED',
          ruleId: 'recall-window',
          message: `A loan may be recalled until ${plusDays(item!.transferredOn!, recall.withinDays)}`,
          citation: recall.citation,
        });
      return (await judge(tx, 'BUY_BACK_LOAN', theCase, today, stands)).decided({ type: 'LoanAskedBack', data });
    },
    applyLoanAskedBack,
  );
}

export const applyLoanAskedBack: Applier = async (tx, fact: Fact<string, BoughtBack>) => {
  const { saleLoanId, ground, reason, actor } = fact.data;
  const [item] = await tx.rows(SaleLoan).byId([saleLoanId]);
  const deliveryKey = `recall/${saleLoanId}/${fact.source}/${fact.id}`;
  const handoffId = handoffIdOf(deliveryKey);
  const refundMinor = await askBack(tx, item!, ground, reason, handoffId);
  await tellSoldCases(tx, fact, [item!], {
    type: 'LOAN_ASKED_BACK',
    summary: `${item!.buyerId} is asked to give a loan back: ${ground === 'RECALL' ? 'recall' : 'buy-back'}`,
    actor,
    data: { saleId: item!.saleId, saleLoanId, handoffId, ground },
  });
  await oweReturn(tx, item!, 'recall', deliveryKey, { ground, reason, refund: moneyOf(refundMinor, item!.currency) });
  return { caseId: item!.caseId, saleLoanId, handoffId };
};

const steps = { PUT_BACK: 'PUT_BACK', RECALL: 'RECALL', BUY_BACK: 'BUY_BACK' } as const;

/** The buyer's yes brings the loan home, and its no leaves the loan where it is. */
export async function followReturn(tx: Tx, fact: Fact, news: News, answer: FinalAnswer): Promise<void> {
  const [found] = await tx.query<{ id: string }>('select id from sale_loan where return_handoff_id = $1', [news.handoff.id]);
  if (!found || answer.is === 'parked') return;
  const [item] = await tx.rows(SaleLoan).byId([found.id]);
  const back = answer.is === 'accepted';
  if (!moveItem(item!, back ? steps[item!.returnGround as ReturnGround] : 'KEEP')) return;
  if (back) Object.assign(item!, { returnedAt: fact.occurredAt, returnedOn: fact.businessOn });
  else Object.assign(item!, { returnGround: null, returnReason: null, refundMinor: null, returnHandoffId: null });
  const asked = await tx.em.findOne(PutBack, { handoffId: news.handoff.id });
  if (asked && back) asked.state = 'RETURNED';
  await tellSoldCases(tx, fact, [item!], {
    type: back ? 'LOAN_RETURNED' : 'LOAN_KEPT_BY_BUYER',
    summary: back ? `${item!.buyerId} gave the loan back` : `${item!.buyerId} keeps the loan`,
    actor: fact.source,
    data: { saleId: item!.saleId, saleLoanId: item!.id },
  });
}

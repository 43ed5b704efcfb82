// After the assignment: the debtors are notified, which alone binds them, and the price is received.
import type { Fact, LocalDate } from '../domain/fact.js';
import { decimalToMinor, minorToDecimal } from '../domain/money.js';
import type { NoticeMethod } from '../domain/sale/rules.js';
import { saleSteps, type SaleState } from '../domain/sale/sale.js';
import { policyFor } from '../policies/index.js';
import { casesById } from '../storage/cases.js';
import { Loan } from '../storage/definitions/loans.js';
import { handoffIdOf, oweHandoffs } from '../storage/handoffs.js';
import { itemsOf, saleById } from '../storage/sales.js';
import type { Store } from '../storage/store.js';
import type { Applier } from './applier.js';
import { changeCase } from './change-case.js';
import { tellSoldCases } from './move-sold-loans.js';
import { onSale, type SaleRequest } from './on-sale.js';
import type { Outcome, Refusal } from './request.js';
import { toBuyer } from './to-buyer.js';

interface Notice {
  method: NoticeMethod;
  evidenceRef: string;
  /** Of the evidence, in hex. */
  evidenceSha256: string;
  notifiedOn: LocalDate;
}
interface Notified extends Record<string, unknown>, Notice {
  saleId: string;
  items: string[];
  actor: string;
}

/** @param request without loans, of all that were not notified of yet */
export function recordDebtorNotice(store: Store, request: SaleRequest & Notice & { loanIds?: string[] | null }): Promise<Outcome> {
  const { method, evidenceRef, evidenceSha256, notifiedOn } = request;
  const wanted = request.loanIds?.toSorted() ?? null;
  const notice = { method, evidenceRef, evidenceSha256, notifiedOn };
  return onSale<Notified>(
    store,
    'recordDebtorNotice',
    'RECORD_DEBTOR_NOTICE',
    request,
    { ...notice, loanIds: wanted },
    async (tx, { sale, today, refused, decided }) => {
      const rules = policyFor(sale.jurisdiction, today).sale.notice;
      const all = (await itemsOf(tx, sale.id, 'TRANSFERRED')).filter(({ notifiedOn: before }) => !before);
      const items = all.filter(({ loanId }) => !wanted || wanted.includes(loanId));
      for (const id of wanted ?? [])
        if (!items.some(({ loanId }) => loanId === id))
          refused.push({
            code: 'INVALID_INPUT',
            message: `${id} is no loan of the sale that waits for a notice`,
            path: ['input', 'loanIds'],
          });
      if (!rules.methods.includes(method))
        refused.push({
          code: 'GUARD_REJECTED',
          ruleId: 'notice-method',
          message: `By ${method} no debtor is bound in ${sale.jurisdiction}`,
          citation: rules.citation,
          path: ['input', 'method'],
        } as Refusal);
      if (!refused.length && !items.length)
        refused.push({ code: 'GUARD_REJECTED', ruleId: 'notice-once', message: 'No loan waits for a notice' });
      if (notifiedOn > today || (sale.assignedOn && notifiedOn < sale.assignedOn))
        refused.push({
          code: 'INVALID_INPUT',
          message: `A notice is given from the assignment to ${today}`,
          path: ['input', 'notifiedOn'],
        });
      return decided({
        type: 'DebtorNotified',
        data: { saleId: sale.id, items: items.map(({ id }) => id), ...notice, actor: request.actor.user },
      });
    },
    applyDebtorNotified,
  );
}

export const applyDebtorNotified: Applier = async (tx, fact: Fact<string, Notified>) => {
  const { saleId, items: ids, method, evidenceRef, evidenceSha256, notifiedOn, actor } = fact.data;
  const sale = (await saleById(tx, saleId))!;
  const all = await itemsOf(tx, saleId, 'TRANSFERRED');
  const items = all.filter(({ id }) => ids.includes(id));
  for (const item of items) Object.assign(item, { notifiedOn, noticeMethod: method, noticeRef: evidenceRef, noticeSha256: evidenceSha256 });
  if (all.every((item) => item.notifiedOn)) {
    sale.notifiedOn = fact.businessOn;
    sale.state = saleSteps[sale.state as SaleState].NOTIFY ?? sale.state;
  }
  sale.version++;
  await tellSoldCases(tx, fact, items, {
    type: 'DEBTOR_NOTIFIED',
    summary: `The debtor is notified of the assignment to ${sale.buyerId} by ${method} on ${notifiedOn}`,
    actor,
    data: { saleId, evidenceRef, evidenceSha256 },
  });
  const loans = await tx.em.find(Loan, { id: { $in: items.map(({ loanId }) => loanId) } }, { orderBy: { accountNo: 'asc' } });
  const deliveryKey = `notice/${saleId}/${fact.source}/${fact.id}`;
  await oweHandoffs(tx, [
    toBuyer(sale, sale.buyerId!, {
      deliveryKey,
      operation: 'notifyDebtor',
      payload: {
        saleRef: sale.ref,
        accountRefs: loans.map(({ accountNo }) => accountNo!),
        method,
        evidenceRef,
        evidenceSha256,
        notifiedOn,
      },
    }),
  ]);
  return { caseId: sale.leadCaseId, saleId, handoffId: handoffIdOf(deliveryKey) };
};

interface Settled extends Record<string, unknown> {
  saleId: string;
  receivedOn: LocalDate;
  paymentRef: string;
  actor: string;
}

export function settleSale(
  store: Store,
  request: SaleRequest & { received: { amount: string; currency: string }; receivedOn: LocalDate; paymentRef: string },
): Promise<Outcome> {
  const { received, receivedOn, paymentRef } = request;
  return onSale<Settled>(
    store,
    'settleSale',
    'SETTLE_SALE',
    request,
    { received, receivedOn, paymentRef },
    async (_tx, { sale, today, refused, decided }) => {
      const { currency, priceMinor } = sale;
      if (received.currency !== currency || decimalToMinor(received.amount, received.currency) !== priceMinor)
        refused.push({
          code: 'GUARD_REJECTED',
          ruleId: 'price-received',
          message: `The price is ${minorToDecimal(priceMinor ?? 0n, currency)} ${currency}`,
          path: ['input', 'received'],
        });
      if (receivedOn > today)
        refused.push({ code: 'INVALID_INPUT', message: `The price was received by ${today}`, path: ['input', 'receivedOn'] });
      return decided({ type: 'SaleSettled', data: { saleId: sale.id, receivedOn, paymentRef, actor: request.actor.user } });
    },
    applySaleSettled,
  );
}

export const applySaleSettled: Applier = async (tx, fact: Fact<string, Settled>) => {
  const { saleId, receivedOn, paymentRef, actor } = fact.data;
  const sale = (await saleById(tx, saleId))!;
  const [theCase] = await casesById(tx, [sale.leadCaseId]);
  Object.assign(sale, { state: 'SETTLED', settledOn: receivedOn, version: sale.version + 1 });
  changeCase(tx, theCase!, fact, [
    {
      type: 'SALE_PRICE_RECEIVED',
      summary: `The price of ${sale.ref} was received on ${receivedOn}`,
      actor,
      effectiveOn: fact.effectiveOn,
      data: { saleId, paymentRef },
    },
  ]);
  return { caseId: sale.leadCaseId, saleId };
};

// Decides a law firm's invoice: approved, short-paid or rejected; above the mandate by two people. The firm is told.
import type { Fact } from '../domain/fact.js';
import { judgeDecision, type WantedDecision } from '../domain/legal/decide-invoice.js';
import { invoiceSteps, type InvoiceDecisionName, type InvoiceState, type LineResult } from '../domain/legal/invoice.js';
import { decimalToMinor, minorToDecimal } from '../domain/money.js';
import { policyFor } from '../policies/index.js';
import { casesById } from '../storage/cases.js';
import { LawInvoice, LawInvoiceLine } from '../storage/definitions/law-invoices.js';
import { LegalMatter } from '../storage/definitions/matters.js';
import type { Store } from '../storage/store.js';
import type { Applier } from './applier.js';
import { changeCase } from './change-case.js';
import { judge } from './guard-case.js';
import { oweInvoiceDecision } from './owe-invoice-decision.js';
import { answerOnce, type CaseRequest, type Outcome, type Refusal } from './request.js';

export interface InvoiceDecisionInput {
  invoiceId: string;
  decision: InvoiceDecisionName;
  lines: { line: string; amount: string; reason: string }[];
  words: string;
}

type Decision = {
  invoiceId: string;
  decision: InvoiceDecisionName;
  /** By number of the line, minor units as text. */
  payable: Record<string, string>;
  payableMinor: string;
  reasons: Record<string, string>;
  words: string;
  /** What waits for a second person; null where it is decided. */
  second: string | null;
  actor: string;
};

export function decideInvoice(store: Store, request: CaseRequest & InvoiceDecisionInput): Promise<Outcome> {
  const { invoiceId, decision, lines, words, actor } = request;
  return answerOnce(
    store,
    'decideInvoice',
    request,
    { invoiceId, decision, lines, words },
    async (tx, theCase, today) => {
      const invoice = await tx.em.findOne(LawInvoice, { id: invoiceId, caseId: theCase.id });
      if (!invoice) return { refused: [{ code: 'NOT_FOUND', message: 'The case has no such invoice', path: ['input', 'invoiceId'] }] };
      const kept = await tx.em.find(LawInvoiceLine, { invoiceId }, { orderBy: { ordinal: 'asc' } });
      const currency = invoice.currency ?? null;
      const cuts: WantedDecision['cuts'][number][] = [];
      for (const { line, amount, reason } of lines) {
        const payableMinor = currency === null ? null : decimalToMinor(amount, currency);
        if (payableMinor === null) {
          const message = `The amount of line ${line} must have the decimals of the invoice's currency`;
          return { refused: [{ code: 'INVALID_INPUT', message, path: ['input', 'lines'] }] };
        }
        cuts.push({ number: line, payableMinor, reason });
      }
      const { billing } = policyFor(theCase.jurisdiction, today);
      const verdict = judgeDecision(
        {
          state: invoice.state as InvoiceState,
          currency,
          totalMinor: invoice.totalMinor ?? null,
          graveFindings: invoice.grave,
          lines: kept.map(({ number, totalMinor, result }) => ({ number, totalMinor, result: result as LineResult })),
          proposal: invoice.proposal ?? null,
          proposedBy: invoice.proposedBy ?? null,
        },
        { decision, cuts, words },
        currency === null ? null : (billing.mandate[currency] ?? null),
        actor.user,
      );
      const stands: Refusal[] = 'against' in verdict ? verdict.against.map((each) => ({ code: 'GUARD_REJECTED', ...each })) : [];
      const judging = await judge(tx, 'DECIDE_INVOICE', theCase, today, stands);
      if ('against' in verdict) return judging.decided<Decision>();
      const data: Decision = {
        invoiceId,
        decision,
        payable: Object.fromEntries([...verdict.payable].map(([number, minor]) => [number, String(minor)])),
        payableMinor: String(verdict.payableMinor),
        reasons: Object.fromEntries(cuts.map(({ number, reason }) => [number, reason])),
        words,
        second: verdict.second,
        actor: actor.user,
      };
      return judging.decided({ type: 'InvoiceDecided', data });
    },
    applyInvoiceDecided,
  );
}

export const applyInvoiceDecided: Applier = async (tx, fact: Fact<string, Decision>) => {
  const [theCase] = await casesById(tx, [fact.aggregateId]);
  const { invoiceId, decision, payable, payableMinor, reasons, words, second, actor } = fact.data;
  const invoice = await tx.em.findOneOrFail(LawInvoice, { id: invoiceId });
  const state = invoiceSteps[invoice.state as InvoiceState];
  const name = `invoice ${invoice.invoiceNumber}`;
  const tell = (type: string, summary: string): void =>
    changeCase(tx, theCase!, fact, [{ type, summary, actor, effectiveOn: fact.effectiveOn, data: { invoiceId } }]);
  if (second !== null) {
    Object.assign(invoice, { state: state.PROPOSE!, proposal: second, proposedBy: actor });
    tell('INVOICE_PROPOSED', `${name} of ${invoice.lawFirmId} waits for a second person`);
    return { caseId: theCase!.id, invoiceId } as Record<string, string>;
  }
  Object.assign(invoice, {
    state: state[decision]!,
    payableMinor: BigInt(payableMinor),
    decidedOn: fact.businessOn,
    decidedBy: actor,
    words,
  });
  const lines = await tx.em.find(LawInvoiceLine, { invoiceId }, { orderBy: { ordinal: 'asc' } });
  for (const line of lines) Object.assign(line, { payableMinor: BigInt(payable[line.number]!), reason: reasons[line.number] ?? null });
  const paid = invoice.currency ? `${minorToDecimal(invoice.payableMinor!, invoice.currency)} ${invoice.currency}` : 'nothing';
  tell(`INVOICE_${invoice.state}`, `${name} of ${invoice.lawFirmId}: ${invoice.state.toLowerCase().replace('_', ' ')}, ${paid} to be paid`);
  const matter = await tx.em.findOneOrFail(LegalMatter, { id: invoice.matterId });
  const cut = lines.filter((line) => line.payableMinor !== line.totalMinor);
  const handoffId = await oweInvoiceDecision(
    tx,
    theCase!,
    matter,
    invoice,
    cut.map(({ number, totalMinor, payableMinor: least, findings }) => ({
      number,
      totalMinor,
      payableMinor: least!,
      reason: reasons[number] ?? (findings.join('; ') || words),
    })),
  );
  return { caseId: theCase!.id, invoiceId, handoffId };
};

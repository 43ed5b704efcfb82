// Tells a law firm what was decided of its invoice, or what is wrong with its file.
import { minorToDecimal } from '../domain/money.js';
import type { LawInvoice } from '../storage/definitions/law-invoices.js';
import type { LegalMatter } from '../storage/definitions/matters.js';
import { handoffIdOf, oweHandoffs } from '../storage/handoffs.js';
import type { InferEntity, Tx } from '../storage/store.js';
import type { CaseRow } from './change-case.js';

export interface CutLine {
  number: string;
  totalMinor: bigint;
  payableMinor: bigint;
  reason: string;
}

/** The invoice has its state already; it is told once. */
export async function oweInvoiceDecision(
  tx: Tx,
  theCase: CaseRow,
  matter: InferEntity<typeof LegalMatter>,
  invoice: InferEntity<typeof LawInvoice>,
  cut: readonly CutLine[],
): Promise<string> {
  const { currency } = invoice;
  const money = (minor: bigint | null | undefined) =>
    currency == null || minor == null ? null : { amount: minorToDecimal(minor, currency), currency };
  const deliveryKey = `invoice/${invoice.id}/decision`;
  invoice.handoffId = handoffIdOf(deliveryKey);
  await oweHandoffs(tx, [
    {
      deliveryKey,
      caseId: theCase.id,
      connectorId: matter.lawFirmId,
      operation: 'decideInvoice',
      lane: `${theCase.id}/${matter.lawFirmId}`,
      laneSequence: theCase.sequence,
      payload: {
        orderDeliveryId: matter.handoffId,
        caseRef: theCase.ref,
        invoiceRef: invoice.id,
        invoiceNumber: invoice.invoiceNumber ?? null,
        fileSha256: invoice.fileSha256,
        decision: invoice.state,
        submitted: money(invoice.totalMinor),
        payable: money(invoice.payableMinor),
        lines: cut.map(({ number, totalMinor, payableMinor, reason }) => ({
          number,
          submitted: money(totalMinor)!,
          payable: money(payableMinor)!,
          reason,
        })),
        problems: invoice.problems,
        words: invoice.words ?? '',
      },
    },
  ]);
  return invoice.handoffId;
}

// Sample orders: one for each operation of the contract, as the gateway would give it. The conformance kit, the tests and the published examples are made of them.
import type { ConnectorKind } from '../../connectors/contract.js';
import { ofAgency } from './samples/agency.js';
import { ofAssetManager } from './samples/asset-manager.js';
import { ofCreditBureau } from './samples/credit-bureau.js';
import { ofLawFirm } from './samples/law-firm.js';
import { ofNotification } from './samples/notification.js';
import type { Before, Samples } from './samples/shared.js';

const ofKind: Partial<Record<ConnectorKind, Samples>> = {
  CREDIT_BUREAU: ofCreditBureau,
  LAW_FIRM: ofLawFirm,
  ASSET_MANAGER: ofAssetManager,
  AGENCY: ofAgency,
  NOTIFICATION: ofNotification,
};

/** The delivery that the first sample orders are about. */
export const sampleDelivery = 'handoff_0000000000000000';

/** The delivery that orders of a number are about where nobody says which. */
export const aboutOf = (n: number): string => (n === 1 ? sampleDelivery : `handoff_${String(n).padStart(16, '0')}`);

/** @param about the delivery that the order is about, where it is about another. @param n of a case, account or sale of its own for each number. @throws where there is no sample */
export function orderOf(kind: ConnectorKind, operation: string, about?: string | null, n = 1): object {
  const order = ofKind[kind]?.orders(n, about ?? aboutOf(n))[operation];
  if (!order) throw new Error(`There is no sample order for ${operation}: write one in src/conformance/samples`);
  return n === 1 ? order : numbered(order, n);
}

/** What a partner has to have taken before an order of this operation and number. */
export function orderBefore(kind: ConnectorKind, operation: string, n = 1): Before | null {
  const first = ofKind[kind]?.before(operation);
  return first ? { ...first, order: orderOf(kind, first.operation, undefined, n) } : null;
}

/** Of a case, or a sale, of its own. */
const numbered = (order: object, n: number): object => ({
  ...order,
  ...('caseRef' in order ? { caseRef: `RC-B${String(n).padStart(5, '0')}-1` } : {}),
  ...('saleRef' in order ? { saleRef: `S-${n}` } : {}),
});

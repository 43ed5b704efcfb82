// The enums of the case graph. They are open: a client keeps a default branch for values that come later.
import { disputeCodes, disputeOutcomes, disputeStates } from '../domain/bureau/dispute.js';
import { flagStates, reportKinds } from '../domain/bureau/flag.js';
import { stages } from '../domain/case/stage.js';
import { inquiryPurposes, inquiryStates, legalBases } from '../domain/inquiry/inquiry.js';
import { invoiceDecisions, invoiceStates, lineResults } from '../domain/legal/invoice.js';
import { matterStates, matterStepNames } from '../domain/legal/matter.js';
import { remittanceStates } from '../domain/placement/remittance.js';
import { placementStates } from '../domain/placement/placement.js';
import { nameEnum } from './reader/connections.js';

export function open<T extends string>(name: string, values: readonly T[]): Record<string, T> {
  const made = Object.fromEntries(values.map((value) => [value, value]));
  nameEnum(made, name);
  return made;
}

export const CaseStatus = open('CaseStatus', ['OPEN', 'CLOSED']);
export const CaseStage = open('CaseStage', stages);
export const LoanStatus = open('LoanStatus', [
  'AWAITING_SNAPSHOT',
  'ACTIVE',
  'CLOSED_OBLIGATIONS_MET',
  'WRITTEN_OFF',
  'CHARGED_OFF',
  'OVERPAID',
  'TRANSFERRED',
]);
export const DelinquencyResult = open('DelinquencyResult', ['AWAITING_SNAPSHOT', 'NONE', 'CURRENT', 'WITHIN_TOLERANCE', 'PAST_DUE']);
export const Bucket = open('Bucket', ['CURRENT', 'D1_30', 'D31_60', 'D61_90', 'D91_120', 'D121_180', 'D181_PLUS']);
export const ContactChannel = open('ContactChannel', ['PHONE', 'EMAIL', 'ADDRESS']);
export const InteractionChannel = open('InteractionChannel', ['PHONE', 'EMAIL', 'SMS', 'LETTER', 'VISIT', 'CHAT']);
export const Direction = open('Direction', ['INBOUND', 'OUTBOUND']);
export const InteractionOutcome = open('InteractionOutcome', [
  'NO_ANSWER',
  'CONNECTED',
  'RIGHT_PARTY',
  'REFUSAL_TO_PAY',
  'WRONG_NUMBER',
  'MESSAGE_LEFT',
]);
export const PromiseState = open('PromiseState', ['OPEN', 'KEPT', 'PARTIAL', 'BROKEN', 'CANCELLED']);
export const HoldType = open('HoldType', [
  'DISPUTE',
  'COMPLAINT',
  'DECEASED',
  'BANKRUPTCY',
  'VULNERABLE',
  'COURT_STAY',
  'FRAUD_INVESTIGATION',
  'IDENTITY_THEFT',
  'CEASE_CONTACT',
  'DATA_ERROR',
  'DISASTER_MORATORIUM',
]);
export const HoldScope = open('HoldScope', ['CONTACT', 'LEGAL', 'PLACEMENT', 'BUREAU', 'SALE']);
export const HandoffState = open('HandoffState', [
  'QUEUED',
  'QUEUED_CIRCUIT_OPEN',
  'SENDING',
  'UNKNOWN',
  'ACCEPTED',
  'REFUSED',
  'PARKED',
  'CANCELLED',
]);
export const MatterState = open('MatterState', matterStates);
export const MatterStepName = open('MatterStepName', matterStepNames);
export const InvoiceState = open('InvoiceState', invoiceStates);
export const InvoiceDecision = open('InvoiceDecision', invoiceDecisions);
export const InvoiceResult = open('InvoiceResult', lineResults);
export const RemittanceState = open('RemittanceState', remittanceStates);
export const RemittanceBasis = open('RemittanceBasis', ['NET', 'GROSS']);
export const PlacementState = open('PlacementState', placementStates);
export const BureauFileKind = open('BureauFileKind', ['PERIOD', 'RESUBMISSION', 'CORRECTION']);
export const BureauFileState = open('BureauFileState', [
  'ORDERED',
  'EMPTY',
  'MADE',
  'SENT',
  'RECEIVED',
  'ACCEPTED',
  'PARTLY_ACCEPTED',
  'REJECTED',
  'SUPERSEDED',
]);
export const BureauItemState = open('BureauItemState', ['HELD_BACK', 'PENDING', 'ACCEPTED', 'WARNED', 'REJECTED', 'CORRECTED', 'DELETED']);
export const BureauItemAction = open('BureauItemAction', ['CREATE', 'UPDATE', 'CORRECT', 'DELETE', 'DELETE_FRAUD', 'IDENTIFIER', 'NOTE']);
export const InquiryPurpose = open('InquiryPurpose', inquiryPurposes);
export type InquiryPurpose = (typeof inquiryPurposes)[number];
export const LegalBasis = open('LegalBasis', legalBases);
export type LegalBasis = (typeof legalBases)[number];
export const InquiryState = open('InquiryState', inquiryStates);
export const FlagState = open('FlagState', flagStates);
export const BureauReportKind = open('BureauReportKind', reportKinds);
export const DisputeState = open('DisputeState', disputeStates);
export const DisputeOutcome = open('DisputeOutcome', disputeOutcomes);
export const DisputeCode = open('DisputeCode', disputeCodes);
export const MessageState = open('MessageState', ['OWED', 'SENT', 'DELIVERED', 'FAILED']);
export const ConnectorKind = open('ConnectorKind', ['CREDIT_BUREAU', 'LAW_FIRM', 'ASSET_MANAGER', 'AGENCY', 'NOTIFICATION', 'WEBHOOK']);
export const BreakerState = open('BreakerState', ['CLOSED', 'OPEN', 'HALF_OPEN']);
export const ParkedState = open('ParkedState', ['PARKED', 'REDRIVEN']);

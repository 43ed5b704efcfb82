// The enums of the case graph. They are open: a client keeps a default branch for values that come later.
import { disputeCodes, disputeOutcomes, disputeStates } from '../domain/bureau/dispute.js';
import { flagStates, reportKinds } from '../domain/bureau/flag.js';
import {
  assetStates,
  collateralKinds,
  disposalMethods,
  roundResults,
  shareKinds,
  valuationMethods,
  valuationSources,
} from '../domain/collateral/asset.js';
import { stages } from '../domain/case/stage.js';
import { inquiryPurposes, inquiryStates, legalBases } from '../domain/inquiry/inquiry.js';
import { clockKinds, clockStates, interruptionCauses } from '../domain/legal/clock.js';
import { instructionKinds } from '../domain/legal/instruction.js';
import { invoiceDecisions, invoiceStates, lineResults } from '../domain/legal/invoice.js';
import { matterStates, matterStepNames } from '../domain/legal/matter.js';
import { preservationStates } from '../domain/legal/preservation.js';
import { defaultCauses, documentKinds } from '../domain/legal/rules.js';
import { closeCodes } from '../domain/placement/close-code.js';
import { remittanceStates } from '../domain/placement/remittance.js';
import { placementStates } from '../domain/placement/placement.js';
import { agencyLevels } from '../domain/placement/rules.js';
import { itemStates, loanOwnerships, putBackReasons, putBackStates, returnGrounds } from '../domain/sale/item.js';
import { noticeMethods } from '../domain/sale/rules.js';
import { awardRules, bidStates, saleStates } from '../domain/sale/sale.js';
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
export const PreservationState = open('PreservationState', preservationStates);
export const ClockKind = open('ClockKind', clockKinds);
export const ClockState = open('ClockState', clockStates);
export const InterruptionCause = open('InterruptionCause', interruptionCauses);
export const InstructionKind = open('InstructionKind', instructionKinds);
export type InstructionKind = (typeof instructionKinds)[number];
export const DocumentKind = open('DocumentKind', documentKinds);
export type DocumentKind = (typeof documentKinds)[number];
export const DefaultCause = open('DefaultCause', defaultCauses);
export type DefaultCause = (typeof defaultCauses)[number];
export const CustodyEvent = open('CustodyEvent', ['BUILT', 'FROZEN', 'ADDED', 'HANDED_OVER', 'RECEIVED', 'DIFFERS']);
export const PaymentNews = open('PaymentNews', ['PAYMENT', 'REVERSAL']);
export const InvoiceState = open('InvoiceState', invoiceStates);
export const InvoiceDecision = open('InvoiceDecision', invoiceDecisions);
export const InvoiceResult = open('InvoiceResult', lineResults);
export const RemittanceState = open('RemittanceState', remittanceStates);
export const RemittanceBasis = open('RemittanceBasis', ['NET', 'GROSS']);
export const PlacementState = open('PlacementState', placementStates);
export const CloseCode = open('CloseCode', closeCodes);
export const ObjectionAnswer = open('ObjectionAnswer', ['GRANTED', 'REFUSED']);
export const ContactFlag = open('ContactFlag', ['DURING_RECALL', 'AFTER_END']);
export const BatchMethod = open('BatchMethod', ['SPLIT', 'RULES']);
export const AgencyLevel = open('AgencyLevel', agencyLevels);
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
export const AssetState = open('AssetState', assetStates);
export const CollateralKind = open('CollateralKind', collateralKinds);
export const ValuationMethod = open('ValuationMethod', valuationMethods);
export const ValuationSource = open('ValuationSource', valuationSources);
export const DisposalMethod = open('DisposalMethod', disposalMethods);
export const RoundResult = open('RoundResult', roundResults);
export const ShareKind = open('ShareKind', shareKinds);
export const SaleState = open('SaleState', saleStates);
export const SaleLoanState = open('SaleLoanState', itemStates);
export const LoanOwnership = open('LoanOwnership', loanOwnerships);
export const AwardRule = open('AwardRule', awardRules);
export const BidState = open('BidState', bidStates);
export const NoticeMethod = open('NoticeMethod', noticeMethods);
export type NoticeMethod = (typeof noticeMethods)[number];
export const ReturnGround = open('ReturnGround', returnGrounds);
export const BuyBackGround = open('BuyBackGround', ['RECALL', 'BUY_BACK']);
export type BuyBackGround = 'RECALL' | 'BUY_BACK';
export const PutBackReason = open('PutBackReason', putBackReasons);
export const PutBackState = open('PutBackState', putBackStates);
export const PassedOnKind = open('PassedOnKind', ['PAYMENT', 'REVERSAL', 'CORRECTION']);
export const PassedOnState = open('PassedOnState', ['OWED', 'PASSED_ON', 'REFUSED']);
export const TapeKind = open('TapeKind', ['MASKED', 'FULL']);
export const TapeForm = open('TapeForm', ['ORDER', 'FILES']);

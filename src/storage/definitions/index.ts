// All that is kept, in one list: what the migrations are made from.
import { Borrower, ContactPoint, Guarantor } from './borrowers.js';
import { BureauInquiry, Tradeline } from './bureau-inquiries.js';
import { BureauDispute, BureauFlag, BureauReport } from './bureaus.js';
import {
  CaseExposure,
  CaseLoan,
  Decision,
  Hold,
  Interaction,
  PromiseToPay,
  RecoveryCase,
  ThresholdCrossing,
  TimelineEntry,
} from './cases.js';
import { BureauAnswer, BureauFile, BureauFileChunk, BureauFilePart, BureauItem, BureauProblem } from './bureau-files.js';
import { AuctionRound, Disposal, ProceedsShare, Valuation } from './collateral.js';
import { BulkExport } from './exports.js';
import { Collateral, Instalment, Loan, LoanBase, Repayment } from './loans.js';
import { AnsweredRequest, AuditEntry, BusinessDay, ExternalRef, LoggedFact, ParkedMessage, PartitionDate, Progress } from './log.js';
import { LawInvoice, LawInvoiceLine } from './law-invoices.js';
import { Communication } from './communications.js';
import { Breaker, CallbackReceipt, Connector, Handoff } from './handoffs.js';
import {
  ClockInterruption,
  EvidenceCustody,
  HardshipAssessment,
  MatterInstruction,
  MatterPayment,
  PreservationOrder,
  StatutoryClock,
} from './legal.js';
import { EvidenceItem, LegalMatter, MatterStep } from './matters.js';
import { PartnerFile } from './partner-files.js';
import {
  AgencyPlacement,
  AgencyProfile,
  PlacedLoan,
  PlacementAllotment,
  PlacementBatch,
  PlacementShare,
  PlacementStatus,
} from './placements.js';
import { PartnerMoney, Remittance, RemittanceLine } from './remittances.js';
import { PassedOnPayment, PortfolioSale, PutBack, SaleBid, SaleLoan, SaleTape, SealedBid, SoldCase } from './sales.js';
import { Webhook, WebhookDelivery } from './webhooks.js';

export const definitions = [
  Borrower,
  ContactPoint,
  Guarantor,
  Loan,
  LoanBase,
  Instalment,
  Repayment,
  Collateral,
  Valuation,
  Disposal,
  AuctionRound,
  ProceedsShare,
  RecoveryCase,
  CaseLoan,
  CaseExposure,
  ThresholdCrossing,
  TimelineEntry,
  Interaction,
  PromiseToPay,
  Hold,
  Decision,
  Handoff,
  LegalMatter,
  MatterStep,
  EvidenceItem,
  PreservationOrder,
  StatutoryClock,
  ClockInterruption,
  MatterInstruction,
  MatterPayment,
  EvidenceCustody,
  HardshipAssessment,
  LawInvoice,
  LawInvoiceLine,
  AgencyPlacement,
  PlacedLoan,
  PlacementStatus,
  PlacementBatch,
  PlacementShare,
  PlacementAllotment,
  AgencyProfile,
  Remittance,
  RemittanceLine,
  PartnerMoney,
  PortfolioSale,
  SoldCase,
  SaleLoan,
  SaleBid,
  SealedBid,
  SaleTape,
  PassedOnPayment,
  PutBack,
  BureauFlag,
  BureauInquiry,
  Tradeline,
  BureauReport,
  BureauDispute,
  Communication,
  Connector,
  Breaker,
  CallbackReceipt,
  LoggedFact,
  Progress,
  PartitionDate,
  BusinessDay,
  ParkedMessage,
  AnsweredRequest,
  AuditEntry,
  ExternalRef,
  Webhook,
  WebhookDelivery,
  BulkExport,
  BureauFile,
  BureauFilePart,
  BureauFileChunk,
  BureauItem,
  BureauProblem,
  BureauAnswer,
  PartnerFile,
];

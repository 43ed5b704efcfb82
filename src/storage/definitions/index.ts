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
import { BulkExport } from './exports.js';
import { Collateral, Instalment, Loan, LoanBase, Repayment } from './loans.js';
import { AnsweredRequest, AuditEntry, BusinessDay, ExternalRef, LoggedFact, ParkedMessage, PartitionDate, Progress } from './log.js';
import { Communication } from './communications.js';
import { Breaker, CallbackReceipt, Connector, Handoff } from './handoffs.js';
import { EvidenceItem, LegalMatter, MatterStep } from './matters.js';
import { PartnerFile } from './partner-files.js';
import { AgencyPlacement } from './placements.js';
import { PortfolioSale, SoldCase } from './sales.js';
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
  AgencyPlacement,
  PortfolioSale,
  SoldCase,
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

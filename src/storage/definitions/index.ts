// All that is kept, in one list: what the migrations are made from.
import { Borrower, ContactPoint, Guarantor } from './borrowers.js';
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
import { Collateral, Instalment, Loan, Repayment } from './loans.js';
import { AnsweredRequest, AuditEntry, BusinessDay, ExternalRef, LoggedFact, ParkedMessage, PartitionDate, Progress } from './log.js';
import {
  AgencyPlacement,
  Breaker,
  BureauFlag,
  CallbackReceipt,
  Communication,
  Connector,
  EvidenceItem,
  Handoff,
  LegalMatter,
  MatterStep,
  PortfolioSale,
  SoldCase,
} from './partners.js';

export const definitions = [
  ...[Borrower, ContactPoint, Guarantor, Loan, Instalment, Repayment, Collateral],
  ...[RecoveryCase, CaseLoan, CaseExposure, ThresholdCrossing, TimelineEntry, Interaction, PromiseToPay, Hold, Decision],
  ...[
    Handoff,
    LegalMatter,
    MatterStep,
    EvidenceItem,
    AgencyPlacement,
    PortfolioSale,
    SoldCase,
    BureauFlag,
    Communication,
    Connector,
    Breaker,
    CallbackReceipt,
  ],
  ...[LoggedFact, Progress, PartitionDate, BusinessDay, ParkedMessage, AnsweredRequest, AuditEntry, ExternalRef],
];

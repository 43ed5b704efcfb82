// What each kind of fact in the log does: the one list that the replay goes by.
import type { Applier } from './applier.js';
import { applyBusinessDate } from './advance-business-date.js';
import { applyAssignment } from './assign-case.js';
import { applyDisputeInvestigated, applyDisputeOpened, applyDisputeResolved } from './bureau-dispute.js';
import { applyBidsOpened, applySaleAwarded } from './award-sale.js';
import { applyPortfolioSold } from './close-portfolio-sale.js';
import { applySalePooled } from './create-sale-pool.js';
import { applyTapePublished } from './publish-sale-tape.js';
import { applyLoanAskedBack, applyPutBackAnswered } from './return-loan.js';
import { applyDebtorNotified, applySaleSettled } from './settle-sale.js';
import { applySaleAssigned, applySaleCancelled, applySaleSigned } from './sign-sale.js';
import { applyLawFirmInstructed, applyMatterWithdrawal } from './instruct-law-firm.js';
import { applyInquiryRequested, applyInquiryReused } from './request-inquiry.js';
import { applyCasePlaced, applyPlacementRecalled } from './place-case-with-agency.js';
import { applyHoldPlaced, applyHoldReleased } from './place-hold.js';
import { applyAnswer } from './record-answer.js';
import { applyCallback } from './record-callback.js';
import { applySaleTapeMade } from './record-sale-tape.js';
import { applyWaiting } from './record-waiting.js';
import { applyInteraction } from './record-interaction.js';
import { applyPromise } from './record-promise.js';

/** Facts of core banking are not here: they are applied in batches by record-loan-facts.ts. */
export const appliers: Readonly<Record<string, Applier>> = {
  BusinessDateAnnounced: async () => ({}), // the date itself is opened by BusinessDateAdvanced, once every partition has announced it
  BusinessDateAdvanced: async (tx, fact) => (await applyBusinessDate(tx, fact), {}),
  InteractionRecorded: applyInteraction,
  PromiseMade: applyPromise,
  HoldPlaced: applyHoldPlaced,
  HoldReleased: applyHoldReleased,
  CaseAssigned: applyAssignment,
  LawFirmInstructed: applyLawFirmInstructed,
  MatterWithdrawalRequested: applyMatterWithdrawal,
  CasePlaced: applyCasePlaced,
  PlacementRecalled: applyPlacementRecalled,
  PortfolioSold: applyPortfolioSold,
  SalePooled: applySalePooled,
  SaleTapePublished: applyTapePublished,
  SaleTapeMade: applySaleTapeMade,
  SaleBidsOpened: applyBidsOpened,
  SaleAwarded: applySaleAwarded,
  SaleSigned: applySaleSigned,
  SaleAssigned: applySaleAssigned,
  SaleCancelled: applySaleCancelled,
  DebtorNotified: applyDebtorNotified,
  SaleSettled: applySaleSettled,
  PutBackAnswered: applyPutBackAnswered,
  LoanAskedBack: applyLoanAskedBack,
  InquiryRequested: applyInquiryRequested,
  InquiryReused: applyInquiryReused,
  BureauDisputeOpened: applyDisputeOpened,
  BureauDisputeInvestigated: applyDisputeInvestigated,
  BureauDisputeResolved: applyDisputeResolved,
  HandoffAnswered: applyAnswer,
  PartnerCallback: applyCallback,
  HandoffWaits: applyWaiting,
};

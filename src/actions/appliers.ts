// What each kind of fact in the log does: the one list that the replay goes by.
import type { Applier } from './applier.js';
import { applyBusinessDate } from './advance-business-date.js';
import { applyAssignment } from './assign-case.js';
import { applyRemittanceSettled } from './confirm-remittance.js';
import { applyInvoiceDecided } from './decide-invoice.js';
import { applyDisputeInvestigated, applyDisputeOpened, applyDisputeResolved } from './bureau-dispute.js';
import { applyAssetListed, applyAuctionClosed } from './collateral/auction-asset.js';
import { applyProceedsDistributed } from './collateral/distribute-proceeds.js';
import { applyCollateralAdded, applyValuation } from './collateral/record-valuation.js';
import { applyAssetSeized, applyCollateralReleased, applyRepossessionOrdered } from './collateral/seize-asset.js';
import { applyAssetSoldPrivately, applyAssetTakenInLieu, applyInLieuProposed } from './collateral/sell-asset.js';
import { applyBidsOpened, applySaleAwarded } from './award-sale.js';
import { applyPortfolioSold } from './close-portfolio-sale.js';
import { applyEvidenceAdded } from './add-matter-evidence.js';
import { applyHardshipAssessed } from './assess-hardship.js';
import { applyMatterInstructed } from './instruct-matter.js';
import { applySalePooled } from './create-sale-pool.js';
import { applyTapePublished } from './publish-sale-tape.js';
import { applyLoanAskedBack, applyPutBackAnswered } from './return-loan.js';
import { applyDebtorNotified, applySaleSettled } from './settle-sale.js';
import { applySaleAssigned, applySaleCancelled, applySaleSigned } from './sign-sale.js';
import { applyLawFirmInstructed, applyMatterWithdrawal } from './instruct-law-firm.js';
import { applyInquiryRequested, applyInquiryReused } from './request-inquiry.js';
import { applyBatchPlaced } from './place-batch.js';
import { applyCasePlaced } from './place-case-with-agency.js';
import { applyObjectionAnswered, applyPlacementRecalled } from './recall-placement.js';
import { applyAgencyProfile } from './set-agency-profile.js';
import { applyHoldPlaced, applyHoldReleased } from './place-hold.js';
import { applyAnswer } from './record-answer.js';
import { applyCallback } from './record-callback.js';
import { applySaleTapeMade } from './record-sale-tape.js';
import { applyInvoiceFiled } from './record-invoice.js';
import { applyWaiting } from './record-waiting.js';
import { applyRemittanceRefused, applyRemittanceReported } from './book-remittance.js';
import { applyInteraction } from './record-interaction.js';
import { applyPromise } from './record-promise.js';
import { applyCancelled, applyParked, applyRedelivered } from './steer-handoff.js';
import { applyAged, applyEscalated } from './watch-handoffs.js';

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
  MatterInstructed: applyMatterInstructed,
  MatterEvidenceAdded: applyEvidenceAdded,
  HardshipAssessed: applyHardshipAssessed,
  CasePlaced: applyCasePlaced,
  PlacementRecalled: applyPlacementRecalled,
  RecallObjectionAnswered: applyObjectionAnswered,
  CasesPlaced: applyBatchPlaced,
  AgencyProfileSet: applyAgencyProfile,
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
  CollateralAdded: applyCollateralAdded,
  CollateralValued: applyValuation,
  RepossessionOrdered: applyRepossessionOrdered,
  AssetSeized: applyAssetSeized,
  AssetListed: applyAssetListed,
  AuctionClosed: applyAuctionClosed,
  AssetSoldPrivately: applyAssetSoldPrivately,
  AssetInLieuProposed: applyInLieuProposed,
  AssetTakenInLieu: applyAssetTakenInLieu,
  ProceedsDistributed: applyProceedsDistributed,
  CollateralReleased: applyCollateralReleased,
  InvoiceDecided: applyInvoiceDecided,
  RemittanceReported: applyRemittanceReported,
  RemittanceRefused: applyRemittanceRefused,
  RemittanceSettled: applyRemittanceSettled,
  InvoiceFiled: applyInvoiceFiled,
  HandoffAnswered: applyAnswer,
  PartnerCallback: applyCallback,
  HandoffWaits: applyWaiting,
  HandoffAged: applyAged,
  HandoffEscalated: applyEscalated,
  HandoffRedelivered: applyRedelivered,
  HandoffParked: applyParked,
  HandoffCancelled: applyCancelled,
};

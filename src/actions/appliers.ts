// What each kind of fact in the log does: the one list that the replay goes by.
import type { Applier } from './applier.js';
import { applyBusinessDate } from './advance-business-date.js';
import { applyAssignment } from './assign-case.js';
import { applyDisputeInvestigated, applyDisputeOpened, applyDisputeResolved } from './bureau-dispute.js';
import { applyPortfolioSold } from './close-portfolio-sale.js';
import { applyLawFirmInstructed, applyMatterWithdrawal } from './instruct-law-firm.js';
import { applyInquiryRequested, applyInquiryReused } from './request-inquiry.js';
import { applyCasePlaced, applyPlacementRecalled } from './place-case-with-agency.js';
import { applyHoldPlaced, applyHoldReleased } from './place-hold.js';
import { applyAnswer } from './record-answer.js';
import { applyCallback } from './record-callback.js';
import { applyWaiting } from './record-waiting.js';
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
  CasePlaced: applyCasePlaced,
  PlacementRecalled: applyPlacementRecalled,
  PortfolioSold: applyPortfolioSold,
  InquiryRequested: applyInquiryRequested,
  InquiryReused: applyInquiryReused,
  BureauDisputeOpened: applyDisputeOpened,
  BureauDisputeInvestigated: applyDisputeInvestigated,
  BureauDisputeResolved: applyDisputeResolved,
  HandoffAnswered: applyAnswer,
  PartnerCallback: applyCallback,
  HandoffWaits: applyWaiting,
  HandoffAged: applyAged,
  HandoffEscalated: applyEscalated,
  HandoffRedelivered: applyRedelivered,
  HandoffParked: applyParked,
  HandoffCancelled: applyCancelled,
};

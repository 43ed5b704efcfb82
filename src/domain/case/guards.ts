// What may be done with a case now, and if not, by which rule and from when: the same answers for the mutation, its dry run and `availableActions`.
import { mayStep, type AssetStep } from '../collateral/asset.js';

import type { DocumentKind, LegalRules, Readiness } from '../legal/rules.js';

export interface CaseSituation {
  status: string;
  legal: string;
  placement: string;
  ownership: string;
  legalEligible: boolean;
  overdueSince?: string | null;
  /** Scopes of the holds in force. */
  heldScopes: readonly string[];
  arrangement?: string;
  /** What legal action is judged by; left out where it is not asked about. */
  pursuit?: Pick<LegalRules, 'beforeInstructing' | 'beforeFiling' | 'forcedWithinDays'>;
  heldTypes?: readonly string[];
  /** Why the borrower does not pay, as it was last assessed. */
  hardshipCause?: string | null;
  contactAttempts?: number;
  rightPartyContacts?: number;
  /** Until the first period ends within which a suit has to be filed. */
  filingDueInDays?: number | null;
  /** The kinds of evidence that are there. */
  documentKinds?: readonly string[];
  /** Until this business date the case cools off after a placement; null or left out when it does not. */
  placeableFrom?: string | null;
  /** When the borrower may next be contacted, null when nobody can tell; left out when that is now, or not asked. */
  contactFrom?: string | null;
  /** States of the borrower's pledged assets; of the one asset that is asked about, where it is one. */
  assetStates?: readonly string[];
  /** Amounts that a rule of the action went by; they are told with the decision. */
  figures?: Readonly<Record<string, string>>;
}

export interface Guarded {
  allowed: boolean;
  /** Of each rule that stands against it. */
  against: { ruleId: string; message: string; citation?: string; earliestAllowedAt?: string }[];
}

export const caseActions = [
  'CONTACT_BORROWER',
  'RECORD_INTERACTION',
  'RECORD_PROMISE',
  'PLACE_HOLD',
  'RELEASE_HOLD',
  'ASSIGN_CASE',
  'INSTRUCT_LAW_FIRM',
  'WITHDRAW_MATTER',
  'ASSESS_HARDSHIP',
  'APPROVE_FILING',
  'INSTRUCT_MATTER',
  'CONTINUE_MATTER',
  'ADD_MATTER_EVIDENCE',
  'PLACE_WITH_AGENCY',
  'RECALL_PLACEMENT',
  'ANSWER_RECALL_OBJECTION',
  'CLOSE_PORTFOLIO_SALE',
  'CREATE_SALE_POOL',
  'REQUEST_BUREAU_INQUIRY',
  'OPEN_BUREAU_DISPUTE',
  'INVESTIGATE_BUREAU_DISPUTE',
  'RESOLVE_BUREAU_DISPUTE',
  'ADD_COLLATERAL',
  'RECORD_VALUATION',
  'ORDER_REPOSSESSION',
  'RECORD_SEIZURE',
  'LIST_FOR_AUCTION',
  'RECORD_AUCTION_RESULT',
  'RECORD_PRIVATE_SALE',
  'TAKE_IN_LIEU',
  'APPROVE_ASSET_IN_LIEU',
  'DISTRIBUTE_PROCEEDS',
  'RELEASE_COLLATERAL',
  'DECIDE_INVOICE',
] as const;
export type CaseActionName = (typeof caseActions)[number];

type Rule = (at: CaseSituation) => Guarded['against'][number] | null;

const rule =
  (ruleId: string, message: string, stands: (at: CaseSituation) => boolean): Rule =>
  (at) =>
    stands(at) ? { ruleId, message } : null;

const open = rule('case-open', 'The case is closed', ({ status }) => status !== 'OPEN');
const owned = rule('still-owned', 'The claim is sold or its sale is pending', ({ ownership }) => ownership !== 'OWNED');
const noMatter = rule('one-live-matter', 'A law firm has the case', ({ legal }) => legal !== 'NONE' && legal !== 'PRE_LEGAL');
const noPlacement = rule('one-contact-owner', 'An agency has the case', ({ placement }) => placement !== 'NONE');
const held = (scope: string): Rule =>
  rule(`no-${scope.toLowerCase()}-hold`, `A hold of scope ${scope} is in force`, ({ heldScopes }) => heldScopes.includes(scope));
const contactHours: Rule = ({ contactFrom }) => {
  if (contactFrom === undefined) return null;
  if (contactFrom === null) return { ruleId: 'contact-hours', message: 'Which time it is where the borrower lives is not known' };
  const message = 'Where the borrower lives it is outside of the contact hours';
  return { ruleId: 'contact-hours', message, earliestAllowedAt: contactFrom };
};
const inArrears = rule('in-arrears', 'Nothing is overdue', ({ overdueSince }) => !overdueSince);

const coolingOff: Rule = ({ placeableFrom }) =>
  placeableFrom
    ? {
        ruleId: 'cooling-off',
        message: `After its last placement the case cools off until ${placeableFrom}`,
        earliestAllowedAt: `${placeableFrom}T00:00:00Z`,
      }
    : null;

/** A dispute holds what goes to the bureau for as long as it waits. */
const inDispute = rule('bureau-dispute-open', 'No dispute about a flag waits', ({ heldScopes }) => !heldScopes.includes('BUREAU'));

const liveMatter = rule('live-matter', 'No law firm has the case', ({ legal }) => legal === 'NONE' || legal === 'PRE_LEGAL');
const eligible = rule('legal-eligible', 'The case is not eligible for legal action', ({ legalEligible }) => !legalEligible);

type Stage = 'beforeInstructing' | 'beforeFiling';
/** A rule of legal action, with the law or default behind it. */
const ofPursuit =
  (ruleId: string, stage: Stage, against: (at: CaseSituation, asked: Readiness) => string | null): Rule =>
  (at) => {
    const message = at.pursuit ? against(at, at.pursuit[stage]) : null;
    return message === null ? null : { ruleId, message, citation: at.pursuit![stage].citation };
  };
/** no new suit while a court or an insolvency stays it. */
const noStay = rule('no-stay', 'A stay by a court or an insolvency is in force', ({ heldTypes }) =>
  ['COURT_STAY', 'BANKRUPTCY'].some((type) => heldTypes?.includes(type)),
);
/** an arrangement stands against a step towards a suit, unless a statutory period forces it. */
const noArrangement: Rule = ({ arrangement = 'NONE', filingDueInDays, pursuit }) => {
  const isForced = filingDueInDays != null && pursuit && filingDueInDays <= pursuit.forcedWithinDays;
  return arrangement === 'NONE' || isForced ? null : { ruleId: 'no-arrangement', message: 'An arrangement with the borrower is in force' };
};
const attempted = (stage: Stage): Rule =>
  ofPursuit('enough-attempts', stage, ({ contactAttempts = 0, rightPartyContacts = 0, hardshipCause }, asked) =>
    hardshipCause === 'UNREACHABLE' || (contactAttempts >= asked.attempts && rightPartyContacts >= asked.rightParty)
      ? null
      : `Before it come ${asked.attempts} attempts to reach the borrower and ${asked.rightParty} that do (there were ${contactAttempts} and ${rightPartyContacts}), or proof that nobody can`,
  );
const evidenced = (stage: Stage): Rule =>
  ofPursuit('evidence-complete', stage, ({ documentKinds = [] }, asked) => {
    const missing = asked.documents.filter((kind: DocumentKind) => !documentKinds.includes(kind));
    return missing.length ? `Evidence is missing: ${missing.join(', ')}` : null;
  });
const assessed = ofPursuit('hardship-assessed', 'beforeFiling', ({ hardshipCause }) =>
  hardshipCause ? null : 'Nobody has assessed why the borrower does not pay',
);
const suable: Rule = ({ pursuit, hardshipCause }) =>
  pursuit?.beforeFiling.barredBy.some((cause) => cause === hardshipCause)
    ? {
        ruleId: 'suit-not-barred',
        message: `A borrower in ${hardshipCause!.toLowerCase().replaceAll('_', ' ')} is not sued`,
        citation: pursuit.beforeFiling.citation,
      }
    : null;
const asset = (step: AssetStep): Rule =>
  rule(
    'asset-state',
    'No asset that this is about is in a state that allows it',
    ({ assetStates = [] }) => !assetStates.some((state) => mayStep(state, step)),
  );
/** A dispute about whose the asset is holds the scope SALE. */
const disposes = (step: AssetStep): readonly Rule[] => [open, owned, asset(step), held('LEGAL'), held('SALE')];

const rules: Record<CaseActionName, readonly Rule[]> = {
  CONTACT_BORROWER: [open, owned, noPlacement, held('CONTACT'), contactHours],
  RECORD_INTERACTION: [owned],
  RECORD_PROMISE: [open, owned, inArrears],
  PLACE_HOLD: [owned],
  RELEASE_HOLD: [rule('hold-in-force', 'No hold is in force', ({ heldScopes }) => heldScopes.length === 0)],
  ASSIGN_CASE: [open],
  INSTRUCT_LAW_FIRM: [
    open,
    owned,
    eligible,
    noMatter,
    noPlacement,
    held('LEGAL'),
    noStay,
    noArrangement,
    attempted('beforeInstructing'),
    evidenced('beforeInstructing'),
  ],
  WITHDRAW_MATTER: [liveMatter],
  ASSESS_HARDSHIP: [open],
  APPROVE_FILING: [
    open,
    owned,
    eligible,
    liveMatter,
    held('LEGAL'),
    noStay,
    noArrangement,
    assessed,
    suable,
    attempted('beforeFiling'),
    evidenced('beforeFiling'),
  ],
  INSTRUCT_MATTER: [liveMatter, held('LEGAL')],
  // Renewals and talks go on under a hold.
  CONTINUE_MATTER: [liveMatter],
  ADD_MATTER_EVIDENCE: [liveMatter],
  // An agency may do nothing that the bank may not: whom nobody may contact is placed with nobody.
  PLACE_WITH_AGENCY: [open, owned, inArrears, noMatter, noPlacement, held('PLACEMENT'), held('CONTACT'), coolingOff],
  RECALL_PLACEMENT: [rule('live-placement', 'No agency has the case', ({ placement }) => placement !== 'PLACED')],
  ANSWER_RECALL_OBJECTION: [rule('recall-objected', 'No agency objects to a recall', ({ placement }) => placement !== 'RECALL_OBJECTED')],
  OPEN_BUREAU_DISPUTE: [],
  INVESTIGATE_BUREAU_DISPUTE: [inDispute],
  RESOLVE_BUREAU_DISPUTE: [inDispute],
  // Firms bill after the matter has ended, too: the invoice itself says whether it waits.
  DECIDE_INVOICE: [],
  CLOSE_PORTFOLIO_SALE: [open, owned, inArrears, noMatter, noPlacement, held('SALE')],
  CREATE_SALE_POOL: [open, owned, inArrears, noMatter, noPlacement, held('SALE')],
  REQUEST_BUREAU_INQUIRY: [open, owned],
  ADD_COLLATERAL: [open, owned],
  RECORD_VALUATION: [owned, asset('VALUE')],
  ORDER_REPOSSESSION: [open, owned, asset('ORDER'), held('LEGAL')],
  // What a court or an auction house has done is recorded whatever is held.
  RECORD_SEIZURE: [owned, asset('SEIZE')],
  LIST_FOR_AUCTION: disposes('LIST'),
  RECORD_AUCTION_RESULT: [asset('SELL')],
  RECORD_PRIVATE_SALE: disposes('SELL_PRIVATELY'),
  TAKE_IN_LIEU: disposes('PROPOSE_IN_LIEU'),
  APPROVE_ASSET_IN_LIEU: disposes('TAKE_IN_LIEU'),
  // Also of a closed case: the money is there.
  DISTRIBUTE_PROCEEDS: [asset('DISTRIBUTE'), held('SALE')],
  RELEASE_COLLATERAL: [asset('RELEASE')],
};

export function guard(action: CaseActionName, at: CaseSituation): Guarded {
  const against = rules[action].flatMap((each) => each(at) ?? []);
  return { allowed: against.length === 0, against };
}

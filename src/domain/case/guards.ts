// What may be done with a case now, and if not, by which rule and from when: the same answers for the mutation, its dry run and `availableActions`.

export interface CaseSituation {
  status: string;
  legal: string;
  placement: string;
  ownership: string;
  legalEligible: boolean;
  overdueSince?: string | null;
  /** Scopes of the holds in force. */
  heldScopes: readonly string[];
  /** When the borrower may next be contacted, null when nobody can tell; left out when that is now, or not asked. */
  contactFrom?: string | null;
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
  'PLACE_WITH_AGENCY',
  'RECALL_PLACEMENT',
  'CLOSE_PORTFOLIO_SALE',
  'REQUEST_BUREAU_INQUIRY',
  'OPEN_BUREAU_DISPUTE',
  'INVESTIGATE_BUREAU_DISPUTE',
  'RESOLVE_BUREAU_DISPUTE',
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

/** A dispute holds what goes to the bureau for as long as it waits. */
const inDispute = rule('bureau-dispute-open', 'No dispute about a flag waits', ({ heldScopes }) => !heldScopes.includes('BUREAU'));

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
    rule('legal-eligible', 'The case is not eligible for legal action', ({ legalEligible }) => !legalEligible),
    noMatter,
    noPlacement,
    held('LEGAL'),
  ],
  WITHDRAW_MATTER: [rule('live-matter', 'No law firm has the case', ({ legal }) => legal === 'NONE' || legal === 'PRE_LEGAL')],
  PLACE_WITH_AGENCY: [open, owned, inArrears, noMatter, noPlacement, held('PLACEMENT')],
  RECALL_PLACEMENT: [rule('live-placement', 'No agency has the case', ({ placement }) => placement !== 'PLACED')],
  OPEN_BUREAU_DISPUTE: [],
  INVESTIGATE_BUREAU_DISPUTE: [inDispute],
  RESOLVE_BUREAU_DISPUTE: [inDispute],
  // Firms bill after the matter has ended, too: the invoice itself says whether it waits.
  DECIDE_INVOICE: [],
  CLOSE_PORTFOLIO_SALE: [open, owned, inArrears, noMatter, noPlacement, held('SALE')],
  REQUEST_BUREAU_INQUIRY: [open, owned],
};

export function guard(action: CaseActionName, at: CaseSituation): Guarded {
  const against = rules[action].flatMap((each) => each(at) ?? []);
  return { allowed: against.length === 0, against };
}

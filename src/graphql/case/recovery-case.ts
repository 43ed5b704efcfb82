// A recovery case: what one borrower owes, where the recovery stands, and who works on it.
import { legalSituation } from '../../storage/legal-situation.js';
import { recoveryCase } from '../../storage/tables.js';
import { CaseStage, CaseStatus } from '../enums.js';
import { businessDate, pastDue } from '../past-due.js';
import { Column, Count, Filled, List, Many, Noun, One, Several } from '../reader/declare.js';
import { bureauReaders, caseReadersAndPartners, legalReaders, legalReadersAndFirms, partnerMoneyReaders } from '../roles.js';
import { LocalDate, Sequence } from '../scalars.js';
import { assetStateOf } from '../collateral/asset-state.js';
import { availableActions, CaseAction } from './available-actions.js';

/** What legal action is judged by, beside the rest. */
const ofPursuit = [
  'arrangement',
  'heldTypes',
  'hardshipCause',
  'contactAttempts',
  'rightPartyContacts',
  'filingDueInDays',
  'documentKinds',
];

@Noun(recoveryCase, {
  roles: caseReadersAndPartners,
  class: 'internal',
  description: 'The recovery of all that one borrower owes in one spell of arrears.',
})
export class RecoveryCase {
  @Column({ class: 'public', description: 'What people call it.' }) ref!: string;
  @Column(() => CaseStatus, { class: 'public' }) status!: string;
  @Column(() => CaseStage, { class: 'public', description: 'Derived from the regions below; no mutation sets it.' }) stage!: string;
  @Column({ class: 'public' }) jurisdiction!: string;
  @Column({ description: "The borrower's first, second … case." }) ordinal!: number;
  @Column(() => LocalDate, { class: 'public' }) openedOn!: string;
  @Column(() => LocalDate, { nullable: true }) closedOn?: string;
  @Column({ nullable: true }) closeReason?: string;
  @Column({ description: 'How often it was reopened.' }) reopened!: number;
  @Column(() => LocalDate, { class: 'public', nullable: true }) overdueSince?: string;
  @Column({ class: 'public', sql: pastDue, description: 'Of the loan that is latest.' })
  daysPastDue!: number;
  @Column({ description: 'In days; 0 before the first.' }) highestThreshold!: number;
  @Column({ description: 'The worst class of its loans, 1 to 5.' }) qualityClass!: number;
  @Column({ description: 'Treatment: NONE, REMINDER, SOFT_COLLECTION, FIELD_VISIT.' }) treatment!: string;
  @Column({ description: 'Arrangement: NONE, PROMISED.' }) arrangement!: string;
  @Column({ description: 'Legal: NONE, PRE_LEGAL, else of the live matter: INSTRUCTED until it is under way, then its state.' })
  legal!: string;
  @Column({ description: 'Property preservation of the live matter: NONE, or a PreservationState.' }) preservation!: string;
  @Column({ sql: "coalesce(@.disposal, 'NONE')", description: 'Disposal of collateral: NONE, RUNNING.' }) disposal!: string;
  @Column({ description: 'Who may contact: NONE (the bank), PLACED, RECALL_REQUESTED, RECALL_OBJECTED.' }) placement!: string;
  @Column(() => LocalDate, { nullable: true, description: 'Until then it cools off after a placement, and is placed with nobody.' })
  placeableFrom?: string;
  @Column({ description: 'Ownership: OWNED, SALE_PENDING, TRANSFERRED, BUYBACK_PENDING; where only some of its loans are sold, OWNED.' })
  ownership!: string;
  @Column({ description: 'The policy allows legal action.' }) legalEligible!: boolean;
  @Column({ nullable: true }) assignee?: string;
  @Column({ nullable: true }) team?: string;
  @Column({ description: 'For expectedVersion.' }) version!: number;
  @Column(() => Sequence, { sql: '@.sequence', description: 'For afterSequence of caseChanged.' }) sequence!: string;
  @Column({ description: 'The policy by which it was opened.' }) policyVersion!: string;

  @List('ExternalRef', 'system', { there: 'node_id', description: 'For caseByRef.' }) externalRefs!: unknown;
  @One('Borrower', { class: 'public', nullable: false }) borrower!: unknown;
  @Many('Loan', { class: 'public', here: 'borrower_id', there: 'borrower_id', description: "All of the borrower's loans." })
  loans!: unknown;
  @List('CaseExposure', 'currency', { class: 'public', description: 'What is owed by currency; currencies are never added.' })
  exposures!: unknown;
  @List('CaseLoan', 'enteredOn', { class: 'public', description: 'Which loans were in arrears when.' }) arrears!: unknown;
  @List('ThresholdCrossing', 'crossedOn') thresholds!: unknown;
  @Many('TimelineEntry') timeline!: unknown;
  @One('TimelineEntry', { latest: 'sequence' }) lastEntry!: unknown;
  @Many('Interaction') interactions!: unknown;
  @One('Interaction', { latest: 'at' }) lastInteraction!: unknown;
  @Count('Interaction') interactionCount!: number;
  @List('PromiseToPay', 'dueOn', { class: 'public' }) promises!: unknown;
  @List('Hold', 'placedAt') holds!: unknown;
  @List('Decision', 'sequence') decisions!: unknown;
  @Many('Communication') communications!: unknown;
  @Many('Handoff') handoffs!: unknown;
  @List('LegalMatter', 'instructedOn', { class: 'public', roles: legalReadersAndFirms }) matters!: unknown;
  @List('StatutoryClock', 'expiresOn', { roles: legalReaders, description: 'The periods that the law gives.' }) statutoryClocks!: unknown;
  @List('HardshipAssessment', 'ordinal') hardshipAssessments!: unknown;
  @List('Disposal', 'begunOn', { description: "What is done to turn the borrower's assets into money." }) disposals!: unknown;
  @List('LawFirmInvoice', 'submittedOn', { roles: legalReaders }) invoices!: unknown;
  @List('AgencyPlacement', 'placedOn', { class: 'public' }) placements!: unknown;
  @List('SaleLoan', 'addedOn', { roles: legalReaders, description: 'Its loans in sales, each with its own place.' }) sales!: unknown;
  @List('PartnerMoney', 'partnerId', { class: 'public', roles: partnerMoneyReaders }) partnerMoney!: unknown;
  @Many('RemittanceLine', { class: 'public', roles: partnerMoneyReaders }) partnerPayments!: unknown;
  @List('BureauFlag', 'raisedOn') bureauFlags!: unknown;
  @List('BureauInquiry', 'requestedOn', { roles: bureauReaders }) bureauInquiries!: unknown;
  @List('BureauReport', 'saidOn') bureauReports!: unknown;
  @List('BureauDispute', 'openedOn') bureauDisputes!: unknown;

  @Several(
    'PartnerDealing',
    { LegalMatter: 'instructedOn', AgencyPlacement: 'placedOn', BureauFlag: 'raisedOn' },
    { description: 'What partners do for the case, by when it began.' },
  )
  dealings!: unknown;

  @Column(() => [String], {
    class: 'public',
    sql: '(select coalesce(array_agg(distinct s order by s), array[]::text[]) from hold h, unnest(h.scopes) s where h.case_id = @.id and h.released_at is null)',
    description: 'The scopes that holds in force stop.',
  })
  heldScopes!: string[];
  @Column(() => [String], { sql: legalSituation.heldTypes('@'), description: 'The types of the holds in force.' }) heldTypes!: string[];
  @Column({ nullable: true, sql: legalSituation.hardshipCause('@'), description: 'Why it is not paid, as last assessed.' })
  hardshipCause?: string;
  @Column({ sql: `coalesce(${legalSituation.contactAttempts('@')}, 0)`, description: 'Outbound, whether anybody was reached or not.' })
  contactAttempts!: number;
  @Column({ sql: `coalesce(${legalSituation.rightPartyContacts('@')}, 0)` }) rightPartyContacts!: number;
  @Column({
    nullable: true,
    sql: `${legalSituation.filingDueOn('@')} - ${businessDate}`,
    description: 'Until the first period ends within which a suit has to be filed.',
  })
  filingDueInDays?: number;
  @Column(() => [String], { sql: legalSituation.documentKinds('@'), description: 'The kinds of evidence that are there.' })
  documentKinds!: string[];
  @Column(() => LocalDate, {
    nullable: true,
    sql: legalSituation.limitationExpiresOn('@'),
    description: 'When the claim is barred by time.',
  })
  limitationExpiresOn?: string;
  @Column(() => [String], {
    sql: `(select coalesce(array_agg(distinct s order by s), array[]::text[]) from (select ${assetStateOf('c')} as s from collateral c where c.borrower_id = @.borrower_id) a)`,
    description: "States of the borrower's pledged assets, each once.",
  })
  assetStates!: string[];
  @Column({
    sql: "coalesce((select b.time_zone from borrower b where b.id = @.borrower_id), 'UTC')",
    description: 'IANA time zone of the borrower.',
  })
  timeZone!: string;
  @Filled(
    () => [CaseAction],
    [
      'jurisdiction',
      'timeZone',
      'status',
      'legal',
      'placement',
      'ownership',
      'legalEligible',
      'overdueSince',
      'heldScopes',
      'assetStates',
      'placeableFrom',
      ...ofPursuit,
    ],
    (rows) => availableActions(rows),
    { cost: 0 },
  )
  availableActions!: CaseAction[];
}

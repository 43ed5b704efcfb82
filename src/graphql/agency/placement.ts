// A case in the hands of an agency, as the graph shows it: the placement, its accounts, and what the agency said.
import { agencyPlacement, placedLoan, placementStatus } from '../../storage/tables.js';
import { CloseCode, ContactFlag, InteractionOutcome, ObjectionAnswer, PlacementState, RemittanceBasis } from '../enums.js';
import { Money } from '../money.js';
import { Column, List, Noun, One } from '../reader/declare.js';
import { caseReadersAndAgencies } from '../roles.js';
import { DateTime, Decimal, LocalDate, Sequence } from '../scalars.js';

@Noun(agencyPlacement, { roles: caseReadersAndAgencies, class: 'public', description: 'A case in the hands of a collection agency.' })
export class AgencyPlacement {
  @Column() agencyId!: string;
  @Column(() => PlacementState) state!: string;
  @Column(() => LocalDate) placedOn!: string;
  @Column(() => LocalDate) expiresOn!: string;
  @Column(() => Decimal, { description: 'Share of what is recovered, pinned at placement.' }) commissionRate!: string;
  @Column(() => String, {
    nullable: true,
    sql: '@.commission_rule::text',
    description: 'JSON: `rates` by days past due, `remittance` (NET or GROSS), `directPaymentsEarn`, `tailDays`; pinned at placement.',
  })
  commissionRule?: string;
  @Column(() => RemittanceBasis, {
    nullable: true,
    sql: "@.commission_rule->>'remittance'",
    description: 'NET keeps the commission, GROSS invoices it.',
  })
  remittance?: string;
  @Column() policyVersion!: string;
  @Column({ nullable: true }) partnerRef?: string;
  @Column(() => LocalDate, { nullable: true, description: 'By when the agency has to take it on.' }) acknowledgeBy?: string;
  @Column(() => LocalDate, { nullable: true }) acknowledgedOn?: string;
  @Column(() => LocalDate, { nullable: true, description: 'When the next status is due.' }) statusDueOn?: string;
  @Column({ description: 'How many came.' }) statuses!: number;
  @Column({ description: 'How often one was due and had not come.' }) statusesLate!: number;
  @Column(() => LocalDate, { nullable: true }) recallRequestedOn?: string;
  @Column({ nullable: true }) recallReason?: string;
  @Column(() => LocalDate, {
    nullable: true,
    description: 'The last day for an objection to the recall, or for the answer to one; then the recall is final.',
  })
  recallDueOn?: string;
  @Column(() => LocalDate, { nullable: true }) objectedOn?: string;
  @Column({ nullable: true, description: 'Why the agency wants to keep the case.' }) objectionReason?: string;
  @Column(() => ObjectionAnswer, { nullable: true }) objectionAnswer?: string;
  @Column(() => CloseCode, { nullable: true, description: 'Why the agency closed it.' }) closeCode?: string;
  @Column(() => LocalDate, { nullable: true, description: 'The last day on which the agency could contact the borrower.' })
  closedOn?: string;
  @List('PlacedLoan', 'accountNo', { there: 'placement_id', description: 'The accounts as they were itemised at placement.' })
  loans!: unknown;
  @List('PlacementStatus', 'sequence', { there: 'placement_id', description: 'What the agency says that it did.' }) statusLog!: unknown;
  @Column({ nullable: true, class: 'internal', description: 'The id of the `PlacementBatch` in which it was placed.' }) batchId?: string;
  @One('Handoff', { class: 'internal' }) handoff!: unknown;
}

@Noun(placedLoan, {
  roles: caseReadersAndAgencies,
  class: 'public',
  description: 'One account as it was itemised when the case was placed.',
})
export class PlacedLoan {
  @Column() accountNo!: string;
  @Column(() => LocalDate) itemisedOn!: string;
  @Column(() => LocalDate, { description: 'From when payments and credits are counted: when its arrears began.' }) since!: string;
  @Column(() => Money, { description: 'All that was outstanding.' }) placed!: Money;
  @Column(() => Money) principal!: Money;
  @Column(() => Money) interest!: Money;
  @Column(() => Money, { description: 'With penalties.' }) fees!: Money;
  @Column(() => Money, { description: 'What was paid since.' }) payments!: Money;
  @Column(() => Money, { description: 'What was waived or credited since.' }) credits!: Money;
}

@Noun(placementStatus, {
  roles: caseReadersAndAgencies,
  class: 'public',
  description: 'What an agency says that it did since its last status.',
})
export class PlacementStatus {
  @Column(() => Sequence, { description: "The agency's own order." }) sequence!: string;
  @Column(() => DateTime) occurredAt!: string;
  @Column(() => LocalDate) receivedOn!: string;
  @Column() calls!: number;
  @Column() messages!: number;
  @Column() letters!: number;
  @Column() visits!: number;
  @Column({ description: 'Of borrowers about the agency.' }) complaints!: number;
  @Column(() => InteractionOutcome, { nullable: true, description: 'Of the best contact.' }) contactOutcome?: string;
  @Column(() => LocalDate, { nullable: true, description: 'What was promised is to be paid by then.' }) promisedOn?: string;
  @Column({ nullable: true, class: 'internal' }) note?: string;
  @Column({ description: 'It came after it was due.' }) late!: boolean;
  @Column(() => ContactFlag, { nullable: true, description: 'A contact that both sides have to know of.' }) flag?: string;
}

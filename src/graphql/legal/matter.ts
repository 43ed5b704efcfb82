// What a law firm does for a case, as the graph shows it.
import { evidenceItem, legalMatter, matterStep } from '../../storage/tables.js';
import { DocumentKind, MatterState, MatterStepName } from '../enums.js';
import { Money } from '../money.js';
import { Column, Filled, List, Noun, One } from '../reader/declare.js';
import { legalReaders, legalReadersAndFirms } from '../roles.js';
import { DateTime, LocalDate, Sequence } from '../scalars.js';
import { nextSteps, LegalStep } from './next-steps.js';

const onCase = (column: string) => `(select c.${column} from recovery_case c where c.id = @.case_id)`;
@Noun(legalMatter, { roles: legalReadersAndFirms, class: 'public', description: 'What a law firm does for the case.' })
export class LegalMatter {
  @Column() lawFirmId!: string;
  @Column(() => MatterState) state!: string;
  @Column({ description: 'Property preservation: NONE, or the state of the order that most needs to be looked at.' }) preservation!: string;
  @Column(() => LocalDate) instructedOn!: string;
  @Column(() => LocalDate, { nullable: true, description: 'By when the firm has to say whether it takes the claim on.' })
  acknowledgeBy?: string;
  @Column({ description: 'It had not said so by then.' }) acknowledgedLate!: boolean;
  @Column({ nullable: true }) partnerRef?: string;
  @Column({ nullable: true }) courtRef?: string;
  @Column({ description: 'Letters of demand that were sent, 0 to 3.' }) demandLevel!: number;
  @Column(() => LocalDate, { nullable: true, description: "When a demand or lawyer's letter is proved to have reached the debtor." })
  demandProvedOn?: string;
  @Column(() => LocalDate, { nullable: true, description: "Of the lawyer's letter." }) letterSentOn?: string;
  @Column({ nullable: true }) court?: string;
  @Column({ nullable: true, description: "The court's number of the suit." }) docket?: string;
  @Column({ nullable: true, description: 'SMALL_CLAIM, ORDINARY or PAYMENT_ORDER.' }) procedure?: string;
  @Column(() => Money, { nullable: true, description: 'As filed, else as handed over; null where the loans are of several currencies.' })
  claimed?: Money;
  @Column(() => Money, { nullable: true, description: 'The same less what was paid since.' }) remaining?: Money;
  @Column(() => LocalDate, { nullable: true }) filedOn?: string;
  @Column(() => LocalDate, { nullable: true, description: 'When the defendant had the suit.' }) servedOn?: string;
  @Column(() => DateTime, { nullable: true }) nextHearingAt?: string;
  @Column(() => LocalDate, { nullable: true }) judgedOn?: string;
  @Column({ nullable: true, description: 'FULL, PARTIAL or DISMISSED.' }) judgmentResult?: string;
  @Column(() => Money, { nullable: true }) awarded?: Money;
  @Column(() => LocalDate, { nullable: true, description: 'When no remedy was left.' }) finalOn?: string;
  @Column(() => Money, { nullable: true, description: 'What a settlement is about, proposed or confirmed.' }) settled?: Money;
  @Column(() => LocalDate, { nullable: true, description: 'When the court confirmed a settlement.' }) settlementConfirmedOn?: string;
  @Column(() => LocalDate, { nullable: true }) enforcementAppliedOn?: string;
  @Column({ nullable: true }) enforcementRef?: string;
  @Column(() => LocalDate, { nullable: true }) closedOn?: string;
  @Column({ nullable: true, description: 'SHA-256 of the manifest of the evidence as it was frozen, in hex.' }) manifestSha256?: string;
  @Column({
    class: 'internal',
    sql: `coalesce(@.state not in ('REFUSED', 'CLOSED', 'SATISFIED', 'WITHDRAWN', 'WITHDRAWAL_REQUESTED') and ${onCase('cured_since')} is not null, false)`,
    description: 'The arrears are paid: a person has to decide whether to withdraw, for costs may remain.',
  })
  withdrawalToDecide!: boolean;
  @Column({ class: 'internal', sql: `coalesce(${onCase('jurisdiction')}, '*')` }) jurisdiction!: string;
  @Column(() => LocalDate, { class: 'internal', sql: 'coalesce(@.moved_on, @.instructed_on)', description: 'When it came to where it is.' })
  movedOn!: string;
  @Column(() => Sequence, { class: 'internal', nullable: true, sql: '@.claimed_minor', description: 'Of `claimed`, in minor units.' })
  claimedMinor?: string;
  @Column({ class: 'internal', nullable: true, description: 'Of all sums of the matter, ISO 4217.' }) currency?: string;
  @Filled(
    () => [LegalStep],
    ['jurisdiction', 'state', 'demandLevel', 'movedOn', 'claimedMinor', 'currency', 'preservation', 'instructedOn'],
    (rows) => nextSteps(rows),
    { class: 'internal', description: 'What comes next by the policy, the first first; empty when nothing is left to do.' },
  )
  suggestedSteps!: LegalStep[];
  @Filled(
    () => LegalStep,
    ['jurisdiction', 'state', 'demandLevel', 'movedOn', 'claimedMinor', 'currency', 'preservation', 'instructedOn'],
    (rows) => nextSteps(rows).map(([first]) => first ?? null),
    { class: 'internal', nullable: true, description: 'The first of suggestedSteps.' },
  )
  nextStep?: LegalStep;
  @One('Handoff', { class: 'internal' }) handoff!: unknown;
  @List('MatterStep', 'recordedAt') steps!: unknown;
  @List('LawFirmInvoice', 'submittedOn', { there: 'matter_id', class: 'internal', roles: legalReaders }) invoices!: unknown;
  @List('EvidenceItem', 'ordinal') evidence!: unknown;
  @List('EvidenceCustody', 'at', { description: 'Who had the evidence when, and what it was.' }) custody!: unknown;
  @List('PreservationOrder', 'orderRef', { here: 'id', there: 'matter_id' }) preservationOrders!: unknown;
  @List('MatterInstruction', 'instructedOn', { here: 'id', there: 'matter_id' }) instructions!: unknown;
  @List('MatterPayment', 'toldOn', { here: 'id', there: 'matter_id', description: 'What was paid to the bank meanwhile.' })
  payments!: unknown;
  @List('StatutoryClock', 'expiresOn', { class: 'internal', here: 'id', there: 'matter_id' }) clocks!: unknown;
}

@Noun(matterStep, {
  roles: legalReadersAndFirms,
  class: 'public',
  description: "A firm's news of a matter, or that it was asked to withdraw.",
})
export class MatterStep {
  @Column(() => MatterStepName) step!: string;
  @Column(() => Sequence, { sql: '@.partner_sequence', description: "The firm's own order." }) partnerSequence!: string;
  @Column(() => DateTime) occurredAt!: string;
  @Column(() => DateTime) recordedAt!: string;
  @Column({ description: 'False when it came too late or was not allowed: kept, and nothing moved.' }) applied!: boolean;
}

@Noun(evidenceItem, {
  roles: legalReadersAndFirms,
  class: 'public',
  description: 'A document of the evidence bundle, frozen when it was handed over.',
})
export class EvidenceItem {
  @Column() ordinal!: number;
  @Column() name!: string;
  @Column() mediaType!: string;
  @Column(() => DocumentKind, { nullable: true, description: 'What it is evidence of.' }) kind?: string;
  @Column({ description: 'Hex.' }) sha256!: string;
  @Column() bytes!: number;
  @Column(() => DateTime) frozenAt!: string;
  @One('Handoff', { class: 'internal', description: 'The delivery that it went with.' }) handoff!: unknown;
}

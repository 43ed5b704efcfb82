// What happens in a case: its loans' arrears, its timeline, what was said, promised, held, decided and written.
import {
  caseLoan,
  communication,
  decision,
  exposure,
  hold,
  interaction,
  promiseToPay,
  thresholdCrossing,
  timelineEntry,
} from '../../storage/tables.js';
import { Direction, HoldType, InteractionChannel, InteractionOutcome, MessageState, PromiseState } from '../enums.js';
import { Money } from '../money.js';
import { Column, Masked, Noun, One } from '../reader/declare.js';
import { caseReaders, caseReadersAndAgencies, caseReadersAndPartners } from '../roles.js';
import { DateTime, LocalDate, Sequence } from '../scalars.js';

@Noun(exposure, { roles: caseReadersAndPartners, class: 'public', description: 'What the loans in arrears owe in one currency.' })
export class CaseExposure {
  @Column({ description: 'ISO 4217.' }) currency!: string;
  @Column({ description: 'How many loans.' }) loans!: number;
  @Column(() => Money) overdue!: Money;
  @Column(() => Money) outstanding!: Money;
}

@Noun(caseLoan, { roles: caseReadersAndPartners, class: 'public', description: 'One arrears episode of one loan of the case.' })
export class CaseLoan {
  @Column() episode!: number;
  @Column(() => LocalDate) enteredOn!: string;
  @Column(() => LocalDate, { nullable: true }) curedOn?: string;
  @One('Loan') loan!: unknown;
}

@Noun(thresholdCrossing, { roles: caseReaders, class: 'internal', description: 'A threshold of days past due, crossed once an episode.' })
export class ThresholdCrossing {
  @Column() days!: number;
  @Column() episode!: number;
  @Column(() => LocalDate) crossedOn!: string;
  @One('Loan') loan!: unknown;
  @Column({ description: 'By what was learned later it would not have been crossed; what was done for it stays.' })
  wouldNotHaveFired!: boolean;
}

@Noun(timelineEntry, { roles: caseReaders, class: 'internal', description: 'One thing that happened in the case.' })
export class TimelineEntry {
  @Column(() => Sequence, { sql: '@.sequence', description: "The case's own order." }) sequence!: string;
  @Column() type!: string;
  @Column({ description: 'One sentence, without personal data.' }) summary!: string;
  @Column() actor!: string;
  @Column(() => LocalDate) effectiveOn!: string;
  @Column(() => DateTime) recordedAt!: string;
  @Column({ description: 'The fact in the event log that caused it.' }) causeId!: string;
  @Column({ sql: '@.data::text', description: 'JSON.' }) data!: string;
}

@Noun(interaction, { roles: caseReaders, class: 'internal', description: 'One attempt to reach somebody, or one conversation.' })
export class Interaction {
  @Column(() => InteractionChannel) channel!: string;
  @Column(() => Direction) direction!: string;
  @Column(() => InteractionOutcome) outcome!: string;
  @Column({ class: 'sensitive', mask: 'note', nullable: true }) note?: string;
  @Column(() => DateTime) at!: string;
  @Column() actor!: string;
  @Masked() masked!: unknown;
}

@Noun(promiseToPay, { roles: caseReadersAndAgencies, class: 'public', description: 'An amount promised by a date.' })
export class PromiseToPay {
  @Column(() => Money) amount!: Money;
  @Column(() => Money, { description: 'What came by then.' }) paid!: Money;
  @Column(() => LocalDate) dueOn!: string;
  @Column(() => LocalDate) madeOn!: string;
  @Column(() => PromiseState) state!: string;
  @Column({ class: 'internal' }) actor!: string;
}

@Noun(hold, { roles: caseReaders, class: 'internal', description: 'A stop of some kinds of action.' })
export class Hold {
  @Column(() => HoldType) type!: string;
  @Column(() => [String], { description: 'Out of CONTACT, LEGAL, PLACEMENT, BUREAU, SALE.' }) scopes!: string[];
  @Column({ class: 'sensitive', mask: 'note' }) reason!: string;
  @Column() placedBy!: string;
  @Column(() => DateTime) placedAt!: string;
  @Column(() => LocalDate, { nullable: true }) expiresOn?: string;
  @Column(() => DateTime, { nullable: true }) releasedAt?: string;
  @Column({ nullable: true }) releasedBy?: string;
  @Masked() masked!: unknown;
}

@Noun(decision, { roles: caseReaders, class: 'internal', description: "A rule's answer with what it was based on." })
export class Decision {
  @Column(() => Sequence, { sql: '@.sequence' }) sequence!: string;
  @Column() ruleId!: string;
  @Column() policyVersion!: string;
  @Column() outcome!: string;
  @Column(() => [String]) reasons!: string[];
  @Column({ sql: '@.inputs::text', description: 'JSON.' }) inputs!: string;
  @Column(() => LocalDate) decidedOn!: string;
}

@Noun(communication, { roles: caseReaders, class: 'internal', description: 'A message to the borrower with the figures that it stated.' })
export class Communication {
  @Column() type!: string;
  @Column() templateId!: string;
  @Column() channel!: string;
  @Column() language!: string;
  @Column({ class: 'pii', mask: 'contact', description: 'The text as it was sent.' }) text!: string;
  @Column(() => Money) overdue!: Money;
  @Column() daysPastDue!: number;
  @Column(() => LocalDate) payBy!: string;
  @Column(() => LocalDate) decidedOn!: string;
  @Column(() => MessageState) state!: string;
  @One('Handoff') handoff!: unknown;
  @Masked() masked!: unknown;
}

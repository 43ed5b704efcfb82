// What goes with a matter: preservation of property, statutory clocks, instructions, payments, the custody of the evidence; and why a borrower does not pay.
import {
  clockInterruption,
  evidenceCustody,
  hardshipAssessment,
  matterInstruction,
  matterPayment,
  preservationOrder,
  statutoryClock,
} from '../../storage/tables.js';
import {
  ClockKind,
  ClockState,
  CustodyEvent,
  DefaultCause,
  InstructionKind,
  InterruptionCause,
  PaymentNews,
  PreservationState,
} from '../enums.js';
import { Money } from '../money.js';
import { businessDate } from '../past-due.js';
import { Column, List, Masked, Noun, One } from '../reader/declare.js';
import { caseReaders, legalReaders, legalReadersAndFirms } from '../roles.js';
import { DateTime, LocalDate } from '../scalars.js';

const ofMatter = { roles: legalReadersAndFirms, class: 'public' } as const;

@Noun(preservationOrder, { ...ofMatter, description: "A court's order that keeps property of the debtor where it is." })
export class PreservationOrder {
  @Column({ description: "The firm's reference." }) orderRef!: string;
  @Column(() => PreservationState, { description: 'RENEW_DUE and EXPIRED also by the calendar.' }) state!: string;
  @Column({ nullable: true }) asset?: string;
  @Column(() => LocalDate, { nullable: true }) appliedOn?: string;
  @Column(() => LocalDate, { nullable: true }) grantedOn?: string;
  @Column(() => LocalDate, { nullable: true, description: 'When it was carried out.' }) servedOn?: string;
  @Column(() => LocalDate, { nullable: true }) renewedOn?: string;
  @Column(() => LocalDate, { nullable: true }) expiresOn?: string;
  @Column(() => LocalDate, { nullable: true, description: 'When it was lifted, or was said to have run out.' }) endedOn?: string;
}

@Noun(matterInstruction, { ...ofMatter, description: "The bank's word to its firm that something may be done." })
export class MatterInstruction {
  @Column(() => InstructionKind) kind!: string;
  @Column({ nullable: true }) note?: string;
  @Column(() => Money, { nullable: true, description: 'Of a settlement.' }) amount?: Money;
  @Column(() => LocalDate) instructedOn!: string;
  @Column({ class: 'internal' }) instructedBy!: string;
  @One('Handoff', { class: 'internal' }) handoff!: unknown;
}

@Noun(matterPayment, { ...ofMatter, description: 'Something that was paid to the bank on a claim that a firm has, or taken back.' })
export class MatterPayment {
  @Column() transactionRef!: string;
  @Column(() => PaymentNews) kind!: string;
  @Column(() => Money) amount!: Money;
  @Column(() => Money, { description: 'What is claimed of the loan since.' }) claim!: Money;
  @Column(() => LocalDate) valueOn!: string;
  @Column(() => LocalDate) toldOn!: string;
  @Column(() => LocalDate, { description: 'By when the firm has to know.' }) dueOn!: string;
  @Column(() => LocalDate, { nullable: true, description: 'When the firm knew.' }) acknowledgedOn?: string;
  @Column({
    class: 'internal',
    sql: `coalesce(coalesce(@.acknowledged_on, (select d.business_date from legal_matter m join recovery_case c on c.id = m.case_id join business_day d on d.tenant = c.tenant where m.id = @.matter_id)) > @.due_on, false)`,
    description: 'The firm did not know in time.',
  })
  late!: boolean;
  @One('Handoff', { class: 'internal' }) handoff!: unknown;
}

@Noun(evidenceCustody, { ...ofMatter, description: 'A link of the chain of custody.' })
export class EvidenceCustody {
  @Column(() => CustodyEvent, { description: 'DIFFERS: the firm has other bytes than were handed over.' }) event!: string;
  @Column({ description: 'Who built or froze it, or the firm that it was handed to.' }) custodian!: string;
  @Column(() => DateTime) at!: string;
  @Column({ description: 'Of the manifest of the bundle, or of the document that was added, in hex.' }) sha256!: string;
}

@Noun(statutoryClock, {
  roles: legalReaders,
  class: 'internal',
  description: 'A period that the law gives for something. No hold stops it.',
})
export class StatutoryClock {
  @Column(() => ClockKind) kind!: string;
  @Column({ description: 'The reference of the order that it is about; else empty.' }) about!: string;
  @Column(() => ClockState) state!: string;
  @Column(() => LocalDate, { description: 'From what it is counted where nothing interrupts it.' }) basedOn!: string;
  @Column(() => LocalDate, { description: 'From when it is counted: the last interruption begins it anew.' }) startedOn!: string;
  @Column(() => LocalDate) expiresOn!: string;
  @Column({ nullable: true, sql: `case when @.state = 'RUNNING' then @.expires_on - ${businessDate} end` }) daysLeft?: number;
  @Column(() => [String], { description: 'Days before its end at which somebody was told.' }) alarms!: string[];
  @Column() policyVersion!: string;
  @Column() citation!: string;
  @Column({ description: 'Counsel has confirmed the rule against its text.' }) verified!: boolean;
  @List('ClockInterruption', 'interruptedOn', { here: 'id', there: 'clock_id' }) interruptedBy!: unknown;
}

@Noun(clockInterruption, { roles: legalReaders, class: 'internal', description: 'What begins a period anew.' })
export class ClockInterruption {
  @Column(() => InterruptionCause) cause!: string;
  @Column(() => LocalDate) interruptedOn!: string;
  @Column({ description: 'What shows it: of a matter, its step; of a loan, its transaction.' }) evidence!: string;
  @Column({ description: 'The payment was reversed: it interrupts nothing.' }) void!: boolean;
}

@Noun(hardshipAssessment, {
  roles: caseReaders,
  class: 'internal',
  description: 'Why the borrower does not pay, as somebody has found who looked into it. The newest counts.',
})
export class HardshipAssessment {
  @Column({ description: 'The first, second … of the case.' }) ordinal!: number;
  @Column(() => DefaultCause) cause!: string;
  @Column({ class: 'pii', mask: 'note' }) words!: string;
  @Column(() => LocalDate) assessedOn!: string;
  @Column() assessedBy!: string;
  @Masked() masked!: unknown;
}

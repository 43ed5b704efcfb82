// The dealings with credit bureaus on a case: overdue flags, the proof of each report, and disputes.
import { bureauDispute, bureauFlag, bureauReport } from '../../storage/tables.js';
import { BureauReportKind, DisputeState, FlagState } from '../enums.js';
import { Money } from '../money.js';
import { businessDate, businessDateOf } from '../past-due.js';
import { Column, Embedded, List, Masked, Noun, One } from '../reader/declare.js';
import { caseReaders } from '../roles.js';
import { DateTime, LocalDate } from '../scalars.js';

/** @param row in SQL, the report */
const isAccepted = (row: string) => `${row}.acknowledgement_state is not distinct from 'ACCEPTED'`;
const isLate = (row: string) =>
  `coalesce(case when ${isAccepted(row)} then ${row}.acknowledged_on else ${businessDateOf(row)} end > ${row}.due_on, false)`;
const isAtRisk = (row: string) => `coalesce(not (${isAccepted(row)}) and ${row}.due_on - ${businessDateOf(row)} between 0 and 1, false)`;
const ofFlag = (is: (row: string) => string) => `exists (select from bureau_report r where r.flag_id = @.id and ${is('r')})`;

@Noun(bureauFlag, {
  roles: caseReaders,
  class: 'internal',
  description: 'What a credit bureau was told of one arrears episode of one loan; a second one where the first was withdrawn as an error.',
})
export class BureauFlag {
  @Column() bureauId!: string;
  @Column() reportKey!: string;
  @Column(() => FlagState) state!: string;
  @Column({
    description: 'Of the last report of its figures, in the one line of all that the bureau is told of the loan; 0 while nothing was said.',
  })
  version!: number;
  @Column(() => LocalDate, { description: 'Until it is raised: since when it is owed.' }) raisedOn!: string;
  @Column(() => LocalDate) asOf!: string;
  @Column(() => LocalDate) overdueSince!: string;
  @Column() daysPastDue!: number;
  @Column(() => Money) overdue!: Money;
  @Column(() => Money) outstanding!: Money;
  @Column() qualityClass!: number;
  @Column({ nullable: true, description: 'HOLD: for the end of a hold. NOTICE: for the days after the notice to the person.' })
  waitsFor?: string;
  @Column(() => LocalDate, { nullable: true, description: 'Not raised before, since the person was told.' }) waitsUntil?: string;
  @Column(() => LocalDate, { nullable: true, description: 'When it was withdrawn, deleted or dropped.' }) withdrawnOn?: string;
  @Column({ nullable: true, description: 'CURED or ERROR; of a deletion FRAUD or DISPUTE_UPHELD.' }) withdrawReason?: string;
  @Column({ description: 'Facts that came later show that it should not have been raised.' }) wouldNotHaveFired!: boolean;
  @Column() policyVersion!: string;
  @Column({ sql: ofFlag(isLate), description: 'A report of it is late.' }) late!: boolean;
  @Column({ sql: ofFlag(isAtRisk), description: 'A report of it is due within a day, and not accepted.' }) atRisk!: boolean;
  @One('Loan') loan!: unknown;
  @List('BureauReport', 'version', { here: 'id', there: 'flag_id' }) reports!: unknown;
  @List('BureauDispute', 'openedOn', { here: 'id', there: 'flag_id' }) disputes!: unknown;
}

@Embedded({ absent: '@.#_state is null', description: "What became of a report: the bureau's own words, or PARKED where it was given up." })
export class Acknowledgement {
  @Column({ sql: '@.#_state', description: 'ACCEPTED, REFUSED or PARKED.' }) state!: string;
  @Column({ sql: '@.#_ref', nullable: true, description: "The bureau's number of it." }) ref?: string;
  @Column({ sql: '@.#_code', nullable: true }) code?: string;
  @Column({ sql: '@.#_words', nullable: true }) words?: string;
  @Column(() => DateTime, { sql: '@.#_at', nullable: true }) at?: string;
}

@Noun(bureauReport, {
  roles: caseReaders,
  class: 'internal',
  description: 'The proof of one report to a bureau: what was said, when and from which facts, by which rule, and what came of it.',
})
export class BureauReport {
  @Column(() => BureauReportKind) kind!: string;
  @Column({ description: 'In the one line of all that the bureau is told of the loan.' }) version!: number;
  @Column(() => LocalDate, { description: 'The business date on which it was decided.' }) saidOn!: string;
  @Column(() => LocalDate, { description: 'The business date that its figures are of.' }) asOf!: string;
  @Column(() => DateTime, { description: 'When the fact that decided it was learned: what came before was known.' }) knownAt!: string;
  @Column({ description: 'The fact in the event log that decided it.' }) causeId!: string;
  @Column({ nullable: true, description: 'How many facts of the loan it was judged by; null where it was said before this was kept.' })
  facts?: number;
  @Column({ nullable: true, description: 'Of their `{source} {id}`, a line each, sorted; in hex.' }) factsSha256?: string;
  @Column({ description: 'E.g. threshold-31, cure, known-later, dispute.' }) rule!: string;
  @Column() policyVersion!: string;
  @Column({ description: 'SHA-256 of what is sent, in hex.' }) bytesSha256!: string;
  @Column(() => Acknowledgement, { nullable: true, description: 'Null until the bureau has answered.' }) acknowledgement?: Acknowledgement;
  @One('BureauReport') corrects!: unknown;
  @One('BureauReport') correctedBy!: unknown;
  @Column(() => LocalDate, { nullable: true, description: 'By when it has to be with the bureau.' }) dueOn?: string;
  @Column({ sql: isLate('@'), description: 'Not accepted by then.' }) late!: boolean;
  @Column({ sql: isAtRisk('@'), description: 'Due within a day, and not accepted.' }) atRisk!: boolean;
  @One('Handoff') handoff!: unknown;
  @One('BureauFlag', { here: 'flag_id' }) flag!: unknown;
}

@Noun(bureauDispute, {
  roles: caseReaders,
  class: 'internal',
  description:
    'What somebody holds against a flag: OPEN, INVESTIGATING, then VERIFIED, MODIFIED or DELETED, and RESPONDED once the bureau has the answer.',
})
export class BureauDispute {
  @Column(() => DisputeState) state!: string;
  @Column({ description: "The bureau's own number where it sent the dispute, else ours." }) disputeRef!: string;
  @Column({ description: 'Then the bureau is answered.' }) sentByBureau!: boolean;
  @Column() code!: string;
  @Column({ class: 'pii', mask: 'name' }) words!: string;
  @Column(() => LocalDate) openedOn!: string;
  @Column(() => LocalDate, { description: 'By when it has to be answered.' }) dueOn!: string;
  @Column({ sql: `@.resolved_on is null and coalesce(${businessDate} > @.due_on, false)` }) overdue!: boolean;
  @Column() actor!: string;
  @Column({ nullable: true, description: 'VERIFIED, MODIFIED or DELETED.' }) outcome?: string;
  @Column({ class: 'pii', mask: 'name', nullable: true, description: 'What was answered.' }) answer?: string;
  @Column(() => LocalDate, { nullable: true }) resolvedOn?: string;
  @Column(() => LocalDate, { nullable: true, description: 'When the bureau took the answer.' }) respondedOn?: string;
  @One('BureauFlag', { here: 'flag_id' }) flag!: unknown;
  @One('Hold') hold!: unknown;
  @Masked() masked!: unknown;
}

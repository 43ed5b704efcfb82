// Files to credit bureaus as the bureau desk sees them: what was told of which account, what the bureau said of it, and what it was made from.
import { bureauFile, bureauFilePart, bureauItem, bureauProblem } from '../../storage/tables.js';
import { BureauFileKind, BureauFileState, BureauItemAction, BureauItemState } from '../enums.js';
import { Money } from '../money.js';
import { businessDate } from '../past-due.js';
import { Column, Count, List, Many, Masked, Noun, One } from '../reader/declare.js';
import { fileReaders } from '../roles.js';
import { DateTime, LocalDate, Sequence } from '../scalars.js';

const unanswered = `@.state in ('ORDERED', 'MADE', 'SENT', 'RECEIVED', 'REJECTED')`;

@Noun(bureauFile, {
  roles: fileReaders,
  class: 'internal',
  description:
    'What a credit bureau is told of a period in one delivery. Its bytes are kept, and can be made again from the facts that were known.',
})
export class BureauFile {
  @Column() bureauId!: string;
  @Column() format!: string;
  @Column(() => BureauFileKind) kind!: string;
  @Column(() => LocalDate) periodFrom!: string;
  @Column(() => LocalDate) periodTo!: string;
  @Column(() => Sequence, { nullable: true, description: 'Of the bureau, without gaps; none of a file that had nothing to tell.' })
  sequence?: string;
  @Column(() => DateTime, {
    description: 'It was made from what had been learned by then: the instant for `casegraph bureau-file --as-known-at`.',
  })
  knownAt!: string;
  @Column(() => BureauFileState) state!: string;
  @Column({ description: 'That were sent.' }) records!: number;
  @Column({ description: 'Accounts that the format cannot tell as they are.' }) heldBack!: number;
  @Column(() => LocalDate) dueOn!: string;
  @Column({
    sql: `coalesce(${unanswered} and ${businessDate} > @.due_on, false)`,
    description: 'The bureau has not taken it, and its day is over.',
  })
  late!: boolean;
  @Column({
    sql: `coalesce(${unanswered} and ${businessDate} between @.due_on - 2 and @.due_on, false)`,
    description: 'The bureau has not taken it, and two days are left at most.',
  })
  atRisk!: boolean;
  @Column(() => DateTime, { nullable: true }) madeAt?: string;
  @Column(() => DateTime, { nullable: true }) sentAt?: string;
  @Column(() => LocalDate, { nullable: true, description: "When the bureau's last word came." }) answeredOn?: string;
  @Column() orderedBy!: string;
  @List('BureauFilePart', 'ordinal', { there: 'file_id' }) parts!: unknown;
  @Many('BureauItem', { there: 'file_id' }) items!: unknown;
  @Many('BureauProblem', { there: 'file_id' }) problems!: unknown;
  @Count('BureauProblem', { there: 'file_id' }) problemCount!: number;
}

@Noun(bureauFilePart, {
  roles: fileReaders,
  class: 'internal',
  description: 'One file by its own name: some bureaus want one for each segment.',
})
export class BureauFilePart {
  @Column() ordinal!: number;
  @Column() part!: string;
  @Column() name!: string;
  @Column({ description: 'Hex, of the bytes that are kept.' }) sha256!: string;
  @Column(() => Sequence) bytes!: string;
  @Column({ sql: '@.totals::text', description: 'Control totals as they stand in it: a JSON object.' }) totals!: string;
  @Column({ nullable: true, description: 'TAKEN or REFUSED.' }) answer?: string;
  @Column({ nullable: true, description: 'TRANSPORT, FILE or RECORD: the level of the last answer.' }) answerLevel?: string;
}

@Noun(bureauItem, { roles: fileReaders, class: 'internal', description: 'What one record of a file told of one account.' })
export class BureauItem {
  @Column() bureauId!: string;
  @Column() loanId!: string;
  @Column({ class: 'pii', mask: 'accountNo' }) accountRef!: string;
  @Column({ class: 'pii', mask: 'accountNo', nullable: true, description: 'Where it tells that the number changed.' })
  formerAccountRef?: string;
  @Column({ description: 'Rises with everything that is told of the account to the bureau in files.' }) version!: number;
  @Column(() => BureauItemAction) action!: string;
  @Column(() => BureauItemState) state!: string;
  @Column({ nullable: true, description: 'Of a dispute: DISPUTED while it lasts, DISPUTE_RESOLVED in the period in which it ended.' })
  mark?: string;
  @Column({ description: 'Of what it says of the account, in hex.' }) recordSha256!: string;
  @Column() daysPastDue!: number;
  @Column() qualityClass!: number;
  @Column(() => Money) outstanding!: Money;
  @Column(() => Money) overdue!: Money;
  @Column({ description: 'The rules that were in force at the end of the period.' }) policyVersion!: string;
  @Column({ description: 'How many facts of loan, borrower and collateral it was made from.' }) facts!: number;
  @One('BureauFile', { here: 'file_id' }) file!: unknown;
  @One('BureauItem', { here: 'corrects' }) corrects!: unknown;
  @One('BureauItem', { here: 'corrected_by' }) correctedBy!: unknown;
  @List('BureauProblem', 'code', { there: 'item_id' }) problems!: unknown;
  @Masked() masked!: unknown;
}

@Noun(bureauProblem, { roles: fileReaders, class: 'internal', description: 'What is wrong with a record or a file.' })
export class BureauProblem {
  @Column({ description: 'GATEWAY: before anything was sent; BUREAU: by its answer.' }) foundBy!: string;
  @Column({ description: "By the bureau's rules." }) code!: string;
  @Column({ nullable: true }) field?: string;
  @Column() words!: string;
  @Column({ nullable: true, description: 'What the code means, in plain words.' }) explanation?: string;
  @Column({ description: 'It was taken all the same.' }) warning!: boolean;
  @Column({ nullable: true }) part?: string;
  @One('BureauItem', { here: 'item_id' }) item!: unknown;
}

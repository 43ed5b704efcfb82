// What law firms bill, as the bank sees it: each invoice and line with what was found and what is paid.
import { lawInvoice, lawInvoiceLine } from '../../storage/tables.js';
import { InvoiceResult, InvoiceState } from '../enums.js';
import { Money } from '../money.js';
import { Column, Count, List, Masked, Noun, One } from '../reader/declare.js';
import { legalReaders } from '../roles.js';
import { LocalDate } from '../scalars.js';

@Noun(lawInvoice, {
  roles: legalReaders,
  class: 'internal',
  description: 'What a law firm bills of a matter, held against its arithmetic, the agreed terms and what it billed before.',
})
export class LawFirmInvoice {
  @Column() lawFirmId!: string;
  @Column({ nullable: true, description: "The firm's own; null where its file could not be read." }) invoiceNumber?: string;
  @Column(() => LocalDate, { nullable: true }) invoiceDate?: string;
  @Column(() => LocalDate, { nullable: true }) billingFrom?: string;
  @Column(() => LocalDate, { nullable: true }) billingTo?: string;
  @Column({ nullable: true, description: 'LEDES1998B or LEDES98BI V2.' }) format?: string;
  @Column() fileName!: string;
  @Column({ description: 'Hex, of the bytes.' }) fileSha256!: string;
  @Column({ nullable: true, description: "ISO 4217: its own, or the matter's where the file names none." }) currency?: string;
  @Column(() => Money, { nullable: true }) total?: Money;
  @Column(() => Money, { nullable: true, description: 'What is paid; null until it is decided.' }) payable?: Money;
  @Column(() => InvoiceState) state!: string;
  @Column(() => InvoiceResult, { description: 'The worst of all that was found; what has an error is not paid.' }) result!: string;
  @Column(() => [String], { description: 'Of the invoice as a whole: a code and words each.' }) findings!: string[];
  @Column({ sql: '@.problems::text', description: 'Of the form of the file: a JSON array of line, column, code and words.' })
  problems!: string;
  @Column(() => LocalDate) submittedOn!: string;
  @Column({ nullable: true, description: 'Who decided where a second person has to.' }) proposedBy?: string;
  @Column(() => LocalDate, { nullable: true }) decidedOn?: string;
  @Column({ nullable: true }) decidedBy?: string;
  @Column({ nullable: true, description: 'To the firm.' }) words?: string;
  @Column({ description: 'The terms that it was held against.' }) policyVersion!: string;
  @Count('LawFirmInvoiceLine', { there: 'invoice_id' }) lineCount!: number;
  @List('LawFirmInvoiceLine', 'ordinal', { there: 'invoice_id' }) lines!: unknown;
  @One('LegalMatter', { here: 'matter_id' }) matter!: unknown;
  @One('Handoff', { here: 'handoff_id', description: 'That tells the firm.' }) handoff!: unknown;
}

@Noun(lawInvoiceLine, { roles: legalReaders, class: 'internal', description: 'One fee, expense or adjustment of an invoice.' })
export class LawFirmInvoiceLine {
  @Column() ordinal!: number;
  @Column({ description: 'Of the file.' }) line!: number;
  @Column({ description: "The firm's, for `decideInvoice`." }) number!: string;
  @Column({ description: 'F a fee, E an expense, IF and IE adjustments of the whole invoice.' }) type!: string;
  @Column(() => LocalDate) doneOn!: string;
  @Column({ nullable: true, description: 'Hours of a fee.' }) units?: string;
  @Column({ nullable: true }) unitCost?: string;
  @Column({ nullable: true }) adjustment?: string;
  @Column({ nullable: true, description: 'UTBMS.' }) taskCode?: string;
  @Column({ nullable: true, description: 'UTBMS.' }) expenseCode?: string;
  @Column({ nullable: true, description: 'UTBMS.' }) activityCode?: string;
  @Column({ nullable: true }) timekeeperId?: string;
  @Column({ nullable: true, description: 'e.g. PARTNR, ASSOC, PARALG.' }) classification?: string;
  @Column({ class: 'sensitive', mask: 'note' }) description!: string;
  @Column(() => Money) total!: Money;
  @Column(() => Money, { nullable: true }) payable?: Money;
  @Column(() => InvoiceResult) result!: string;
  @Column(() => [String]) findings!: string[];
  @Column({ nullable: true, description: 'Why it is not paid in full.' }) reason?: string;
  @Masked() masked!: unknown;
}

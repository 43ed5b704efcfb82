// What a credit bureau was asked of a borrower, and the accounts at all lenders that it told of.
import { bureauInquiry, tradeline } from '../../storage/tables.js';
import { InquiryPurpose, InquiryState, LegalBasis } from '../enums.js';
import { Money } from '../money.js';
import { Column, List, Masked, Noun, One } from '../reader/declare.js';
import { bureauReaders } from '../roles.js';
import { DateTime, LocalDate } from '../scalars.js';

@Noun(bureauInquiry, {
  roles: bureauReaders,
  class: 'internal',
  description: 'A request for the report of a credit bureau on the borrower, with its purpose and legal basis.',
})
export class BureauInquiry {
  @Column() bureauId!: string;
  @Column(() => InquiryPurpose) purpose!: string;
  @Column(() => LegalBasis) legalBasis!: string;
  @Column({ nullable: true, description: "The bank's number of the borrower's consent." }) consentRef?: string;
  @Column(() => Money, { description: 'Of this inquiry, by the policy when it was asked.' }) cost!: Money;
  @Column(() => LocalDate) requestedOn!: string;
  @Column() requestedBy!: string;
  @Column(() => InquiryState) state!: string;
  @Column(() => DateTime, { nullable: true, description: 'When the bureau answered, whatever it did.' }) completedAt?: string;
  @Column(() => LocalDate, { nullable: true, description: 'From this date on another inquiry is made; until then this one answers it.' })
  expiresOn?: string;
  @Column({ nullable: true, description: "The bureau's, where it gives one." }) score?: number;
  @Column({ nullable: true, description: 'Another lender holds an open account that is overdue; null until the report has come.' })
  multiCreditor?: boolean;
  @Column({ nullable: true, description: 'How many other lenders hold one.' }) otherLendersOverdue?: number;
  @Column({ nullable: true, description: "The bureau's number of it." }) partnerRef?: string;
  @Column({ nullable: true, description: 'Why the bureau refused.' }) problem?: string;
  @Column({ description: 'The policy by which it was asked.' }) policyVersion!: string;
  @List('Tradeline', 'ordinal', { there: 'inquiry_id' }) tradelines!: unknown;
  @One('Handoff') handoff!: unknown;
}

@Noun(tradeline, { roles: bureauReaders, class: 'internal', description: 'One account at one lender, as the bureau knows it.' })
export class Tradeline {
  @Column() ordinal!: number;
  @Column({ class: 'sensitive', mask: 'name' }) lender!: string;
  @Column({ class: 'sensitive', mask: 'accountNo' }) accountRef!: string;
  @Column({ description: 'This bank reported it.' }) ours!: boolean;
  @Column({ description: "The bureau's word, e.g. CARD, INSTALMENT." }) kind!: string;
  @Column(() => LocalDate) openedOn!: string;
  @Column(() => Money) outstanding!: Money;
  @Column(() => Money) overdue!: Money;
  @Column() daysPastDue!: number;
  @Column({ description: '1 to 5.' }) qualityClass!: number;
  @Column(() => LocalDate) reportedOn!: string;
  @Masked() masked!: unknown;
}

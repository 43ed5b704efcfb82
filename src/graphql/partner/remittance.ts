// Money that partners collected: trust money while a partner holds it, cash once it is settled.
import { partnerMoney, remittance, remittanceLine } from '../../storage/tables.js';
import { RemittanceBasis, RemittanceState } from '../enums.js';
import { Money } from '../money.js';
import { Column, Many, Noun, One } from '../reader/declare.js';
import { partnerMoneyReaders } from '../roles.js';
import { Decimal, LocalDate } from '../scalars.js';

@Noun(remittance, {
  roles: partnerMoneyReaders,
  class: 'public',
  description: 'What a partner reports to have collected since the last time: booked as a whole, or refused as a whole.',
})
export class Remittance {
  @Column() partnerId!: string;
  @Column({ description: "The partner's own." }) ref!: string;
  @Column(() => LocalDate) remittedOn!: string;
  @Column(() => LocalDate) reportedOn!: string;
  @Column({ description: 'ISO 4217.' }) currency!: string;
  @Column(() => RemittanceBasis, { description: 'NET: the partner keeps its commission and pays the rest. GROSS: it pays all.' })
  basis!: string;
  @Column(() => RemittanceState) state!: string;
  @Column({ sql: '@.lines', description: 'That were booked; of a refused one, that it had.' }) lineCount!: number;
  @Column({ description: 'Lines that an earlier remittance had told.' }) seenBefore!: number;
  @Column(() => Money, { description: 'What the partner collected itself, less reversals.' }) held!: Money;
  @Column(() => Money, { description: 'What the debtors paid the bank, by its word.' }) direct!: Money;
  @Column(() => Money, { description: 'What the partner earns of both.' }) commission!: Money;
  @Column(() => Money, { description: 'What the partner is to pay: all that it holds, or what its commission leaves.' }) due!: Money;
  @Column({ sql: '@.problems::text', description: 'Why it was refused: a JSON array of line, field, code and words.' }) problems!: string;
  @Column({ class: 'internal', nullable: true, description: "Of the entry in the bank's statement." }) statementRef?: string;
  @Column(() => Money, { nullable: true }) received?: Money;
  @Column(() => LocalDate, { nullable: true }) receivedOn?: string;
  @Column(() => LocalDate, { nullable: true }) settledOn?: string;
  @Column({ class: 'internal', nullable: true }) settledBy?: string;
  @Many('RemittanceLine', { there: 'remittance_id', description: 'Those of cases that the caller sees.' }) lines!: unknown;
}

@Noun(remittanceLine, {
  roles: partnerMoneyReaders,
  class: 'public',
  description: 'One payment or reversal that a partner reported. It moves no loan: core banking books it.',
})
export class RemittanceLine {
  @Column() partnerId!: string;
  @Column({ description: 'Of the file.' }) ordinal!: number;
  @Column({ description: "The partner's own, once." }) paymentIdentifier!: string;
  @Column({ description: 'PA a payment, PAR the reversal of one.' }) type!: string;
  @Column({ description: 'PARTNER, or BANK where the debtor paid the bank.' }) via!: string;
  @Column(() => LocalDate) paidOn!: string;
  @Column({ nullable: true, description: 'The payment that is reversed.' }) reverses?: string;
  @Column(() => Money, { description: 'Below zero for a reversal, as all other sums of it.' }) amount!: Money;
  @Column(() => Money) principal!: Money;
  @Column(() => Money) interest!: Money;
  @Column(() => Money) fee!: Money;
  @Column(() => Money) penalty!: Money;
  @Column(() => Money, { description: 'By the rate that was pinned at placement.' }) commission!: Money;
  @Column(() => Decimal) commissionRate!: string;
  @Column(() => LocalDate, { nullable: true, description: 'Trust money of the partner until then, cash from then on.' }) settledOn?: string;
  @One('Remittance') remittance!: unknown;
}

@Noun(partnerMoney, {
  roles: partnerMoneyReaders,
  class: 'public',
  description: 'What one partner has collected of one case in one currency.',
})
export class PartnerMoney {
  @Column() partnerId!: string;
  @Column({ description: 'ISO 4217.' }) currency!: string;
  @Column(() => Money, { description: 'Collected and not settled: the partner holds it in trust.' }) trust!: Money;
  @Column(() => Money, { description: 'Collected and settled.' }) settled!: Money;
  @Column(() => Money, { description: 'Paid to the bank while the partner had the case, by its word.' }) direct!: Money;
  @Column(() => Money) commission!: Money;
}

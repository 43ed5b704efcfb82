// What pledged assets were valued at, and how they are turned into money, as the graph shows it.
import { auctionRound, disposal, proceedsShare, valuation } from '../../storage/tables.js';
import { AssetState, DisposalMethod, RoundResult, ShareKind, ValuationMethod, ValuationSource } from '../enums.js';
import { Money } from '../money.js';
import { Column, List, Masked, Noun, One } from '../reader/declare.js';
import { caseReaders } from '../roles.js';
import { DateTime, LocalDate } from '../scalars.js';

@Noun(valuation, { roles: caseReaders, class: 'internal', description: 'What an asset was worth on a day, and when that was learned.' })
export class Valuation {
  @Column(() => ValuationSource, { description: 'CORE: told by core banking. CASE: recorded with a case.' }) source!: string;
  @Column(() => ValuationMethod, { nullable: true }) method?: string;
  @Column({ nullable: true }) appraiser?: string;
  @Column(() => Money) value!: Money;
  @Column(() => LocalDate, { description: 'The day that it is the value of.' }) valuedOn!: string;
  @Column(() => LocalDate, { nullable: true, description: 'The last day on which it is in date; null where the rules of the day tell.' })
  expiresOn?: string;
  @Column(() => DateTime, { description: 'When it was learned.' }) recordedAt!: string;
  @Column({ nullable: true }) recordedBy?: string;
  @Column({ nullable: true, description: 'Whose rules say how long it is in date.' }) policyVersion?: string;
}

@Noun(disposal, { roles: caseReaders, class: 'internal', description: 'How one pledged asset is turned into money, or released.' })
export class Disposal {
  @Column(() => AssetState) state!: string;
  @Column(() => DisposalMethod, { nullable: true, description: 'Null until it is sold.' }) method?: string;
  @Column(() => LocalDate) begunOn!: string;
  @Column(() => LocalDate, { nullable: true }) orderedOn?: string;
  @Column(() => LocalDate, { nullable: true }) seizedOn?: string;
  @Column({ description: 'The number of the last round; 0 before the first.' }) round!: number;
  @Column(() => Money, { nullable: true, description: 'Of the last round.' }) reserve?: Money;
  @Column(() => Money, { nullable: true, description: 'By the valuation that the last round stood on.' }) appraised?: Money;
  @Column(() => Money, { nullable: true, description: 'For how much it was proposed to take it.' }) inLieu?: Money;
  @Column({ nullable: true, description: 'Who proposed it; another one has to approve.' }) inLieuBy?: string;
  @Column({ nullable: true }) approvedBy?: string;
  @Column(() => LocalDate, { nullable: true }) soldOn?: string;
  @Column(() => Money, { nullable: true }) price?: Money;
  @Column(() => LocalDate, { nullable: true }) distributedOn?: string;
  @Column(() => Money, { nullable: true, description: 'Costs that were paid from the price.' }) costs?: Money;
  @Column(() => Money, { nullable: true, description: 'What came to us.' }) ours?: Money;
  @Column(() => Money, {
    nullable: true,
    description: 'What the loans of the case still owe: it stays a claim, and core banking books it.',
  })
  shortfall?: Money;
  @Column(() => Money, { nullable: true, description: 'What goes to the owner.' }) surplus?: Money;
  @Column(() => LocalDate, { nullable: true }) releasedOn?: string;
  @Column({ description: 'By which its last step was decided.' }) policyVersion!: string;
  @Column() version!: number;
  @One('Valuation') valuation!: unknown;
  @One('Collateral', { nullable: true }) collateral!: unknown;
  @List('AuctionRound', 'number') rounds!: unknown;
  @List('ProceedsShare', 'ordinal') shares!: unknown;
}

@Noun(auctionRound, { roles: caseReaders, class: 'internal', description: 'One round of an auction.' })
export class AuctionRound {
  @Column() number!: number;
  @Column(() => Money) reserve!: Money;
  @Column(() => Money, { nullable: true, description: 'What the rules asked for at least.' }) least?: Money;
  @Column(() => LocalDate) opensOn!: string;
  @Column(() => LocalDate) closesOn!: string;
  @Column(() => RoundResult, { nullable: true }) result?: string;
  @Column(() => LocalDate, { nullable: true }) closedOn?: string;
  @Column(() => Money, { nullable: true }) price?: Money;
  @Column({ nullable: true }) bidders?: number;
  @Column() policyVersion!: string;
}

@Noun(proceedsShare, {
  roles: caseReaders,
  class: 'internal',
  description: 'Who got what of the proceeds. COST, LIEN and SURPLUS together are the price; LOAN says where our liens went.',
})
export class ProceedsShare {
  @Column() ordinal!: number;
  @Column(() => ShareKind) kind!: string;
  @Column({ nullable: true, description: 'Of a lien; the lowest is paid first.' }) rank?: number;
  @Column({ class: 'pii', mask: 'name', nullable: true, description: 'Of a lien; of a cost, what it is for.' }) holder?: string;
  @Column() ours!: boolean;
  @Column(() => Money) owed!: Money;
  @Column(() => Money) paid!: Money;
  @Column(() => Money, { nullable: true }) principal?: Money;
  @Column(() => Money, { nullable: true }) interest?: Money;
  @Column(() => Money, { nullable: true }) fee?: Money;
  @Column(() => Money, { nullable: true }) penalty?: Money;
  @One('Loan') loan!: unknown;
  @Masked() masked!: unknown;
}

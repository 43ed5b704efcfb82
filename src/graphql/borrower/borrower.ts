// Who owes, how to reach them, and who stands beside them.
import { borrower, collateral, contactPoint, guarantor } from '../../storage/tables.js';
import { assetStateOf } from '../collateral/asset-state.js';
import { AssetState, ContactChannel } from '../enums.js';
import { Money } from '../money.js';
import { Column, List, Masked, Noun, One } from '../reader/declare.js';
import { caseReadersAndFirms, caseReadersAndPartners } from '../roles.js';
import { LocalDate } from '../scalars.js';

@Noun(borrower, { roles: caseReadersAndPartners, class: 'internal', description: 'A person or firm that owes the bank.' })
export class Borrower {
  @Column({ class: 'public', description: "The bank's number of the borrower." }) borrowerNo!: string;
  @Column({ class: 'pii', mask: 'name' }) name!: string;
  @Column({
    class: 'sensitive',
    mask: 'nationalId',
    nullable: true,
    description: 'NIK, 身份证 or the like; masked unless the role needs it.',
  })
  nationalId?: string;
  @Column({ class: 'pii', mask: 'contact', nullable: true }) address?: string;
  @Column({ class: 'public', description: 'ISO 3166-1 alpha-2: whose rules hold.' }) jurisdiction!: string;
  @Column({ class: 'public', description: 'BCP 47.' }) language!: string;
  @Column({ class: 'public', description: 'IANA time zone in which the borrower may be contacted.' }) timeZone!: string;
  @Column({ nullable: true }) segment?: string;
  @Column({ nullable: true, description: 'Whose customer it is: what the claim "branches" of a token narrows to.' }) branch?: string;
  @Column({ nullable: true, description: 'What the claim "portfolios" of a token narrows to.' }) portfolio?: string;
  @List('ContactPoint', 'ordinal', { class: 'public' }) contactPoints!: unknown;
  @List('Loan', 'accountNo', { class: 'public', here: 'id', there: 'borrower_id' }) loans!: unknown;
  @List('Collateral', 'valuedOn', { class: 'public', here: 'id', there: 'borrower_id' }) collaterals!: unknown;
  @List('RecoveryCase', 'ordinal', { here: 'id', there: 'borrower_id' }) cases!: unknown;
  @Masked() masked!: unknown;
}

@Noun(contactPoint, { roles: caseReadersAndPartners, class: 'public', description: 'One way to reach a borrower.' })
export class ContactPoint {
  @Column() ordinal!: number;
  @Column(() => ContactChannel) channel!: string;
  @Column({ class: 'pii', mask: 'contact' }) value!: string;
  @Column() preferred!: boolean;
  @Column({ description: 'Whether the borrower agreed to be contacted this way.' }) consent!: boolean;
  @Masked() masked!: unknown;
}

@Noun(guarantor, { roles: caseReadersAndFirms, class: 'public', description: 'Who is liable beside the borrower.' })
export class Guarantor {
  @Column({ class: 'pii', mask: 'name' }) name!: string;
  @Column({ class: 'pii', mask: 'contact', nullable: true }) phone?: string;
  @Masked() masked!: unknown;
}

@Noun(collateral, {
  roles: caseReadersAndFirms,
  class: 'public',
  description: 'What secures a loan. Value and day are those that core banking told last, or that it was pledged with.',
})
export class Collateral {
  @Column() collateralRef!: string;
  @Column() kind!: string;
  @Column() description!: string;
  @Column(() => Money) value!: Money;
  @Column(() => LocalDate) valuedOn!: string;
  @Column(() => AssetState, {
    class: 'internal',
    sql: assetStateOf('@'),
    description: 'Where it stands between its charge and its release.',
  })
  state!: string;
  @Column({
    class: 'internal',
    sql: '@.source_ref is null',
    description: 'Pledged for a case, as another way of recovery; not told by core banking.',
  })
  added!: boolean;
  @List('Valuation', 'valuedOn', { class: 'internal', description: 'All that were ever told, also by core banking.' }) valuations!: unknown;
  @One('Valuation', {
    class: 'internal',
    latest: 'valuedOn',
    description: "The newest by its day; of one day what people recorded counts before core banking's, and the later before the earlier.",
  })
  currentValuation!: unknown;
  @List('Disposal', 'begunOn', { class: 'internal' }) disposals!: unknown;
  @One('Loan') loan!: unknown;
}

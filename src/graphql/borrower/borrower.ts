// Who owes, how to reach them, and who stands beside them.
import { borrower, collateral, contactPoint, guarantor } from '../../storage/tables.js';
import { ContactChannel } from '../enums.js';
import { Money } from '../money.js';
import { Column, List, Noun, One } from '../reader/declare.js';
import { caseReaders } from '../roles.js';
import { LocalDate } from '../scalars.js';

@Noun(borrower, { roles: caseReaders, description: 'A person or firm that owes the bank.' })
export class Borrower {
  @Column({ description: "The bank's number of the borrower." }) borrowerNo!: string;
  @Column({ mask: 'name' }) name!: string;
  @Column({ mask: 'nationalId', nullable: true, description: 'NIK, 身份证 or the like; masked unless the role needs it.' })
  nationalId?: string;
  @Column({ mask: 'contact', nullable: true }) address?: string;
  @Column({ description: 'ISO 3166-1 alpha-2: whose rules hold.' }) jurisdiction!: string;
  @Column({ description: 'BCP 47.' }) language!: string;
  @Column({ description: 'IANA time zone in which the borrower may be contacted.' }) timeZone!: string;
  @Column({ nullable: true }) segment?: string;
  @List('ContactPoint', 'ordinal') contactPoints!: unknown;
  @List('Loan', 'accountNo', { here: 'id', there: 'borrower_id' }) loans!: unknown;
  @List('Collateral', 'valuedOn', { here: 'id', there: 'borrower_id' }) collaterals!: unknown;
  @List('RecoveryCase', 'ordinal', { here: 'id', there: 'borrower_id' }) cases!: unknown;
}

@Noun(contactPoint, { roles: caseReaders, description: 'One way to reach a borrower.' })
export class ContactPoint {
  @Column() ordinal!: number;
  @Column(() => ContactChannel) channel!: string;
  @Column({ mask: 'contact' }) value!: string;
  @Column() preferred!: boolean;
  @Column({ description: 'Whether the borrower agreed to be contacted this way.' }) consent!: boolean;
}

@Noun(guarantor, { roles: caseReaders, description: 'Who is liable beside the borrower.' })
export class Guarantor {
  @Column({ mask: 'name' }) name!: string;
  @Column({ mask: 'contact', nullable: true }) phone?: string;
}

@Noun(collateral, { roles: caseReaders, description: 'What secures a loan.' })
export class Collateral {
  @Column() collateralRef!: string;
  @Column() kind!: string;
  @Column() description!: string;
  @Column(() => Money) value!: Money;
  @Column(() => LocalDate) valuedOn!: string;
  @One('Loan') loan!: unknown;
}

// A case in the hands of an agency, as the graph shows it.
import { agencyPlacement } from '../../storage/tables.js';
import { PlacementState } from '../enums.js';
import { Column, Noun, One } from '../reader/declare.js';
import { caseReadersAndAgencies } from '../roles.js';
import { Decimal, LocalDate } from '../scalars.js';

@Noun(agencyPlacement, { roles: caseReadersAndAgencies, class: 'public', description: 'A case in the hands of a collection agency.' })
export class AgencyPlacement {
  @Column() agencyId!: string;
  @Column(() => PlacementState) state!: string;
  @Column(() => LocalDate) placedOn!: string;
  @Column(() => LocalDate) expiresOn!: string;
  @Column(() => Decimal, { description: 'Share of what is recovered, pinned at placement.' }) commissionRate!: string;
  @Column() policyVersion!: string;
  @Column({ nullable: true }) partnerRef?: string;
  @Column(() => LocalDate, { nullable: true }) closedOn?: string;
  @One('Handoff', { class: 'internal' }) handoff!: unknown;
}

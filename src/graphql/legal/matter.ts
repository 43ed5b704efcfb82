// What a law firm does for a case, as the graph shows it.
import { evidenceItem, legalMatter, matterStep } from '../../storage/tables.js';
import { MatterState, MatterStepName } from '../enums.js';
import { Column, List, Noun, One } from '../reader/declare.js';
import { legalReaders, legalReadersAndFirms } from '../roles.js';
import { DateTime, LocalDate, Sequence } from '../scalars.js';

@Noun(legalMatter, { roles: legalReadersAndFirms, class: 'public', description: 'What a law firm does for the case.' })
export class LegalMatter {
  @Column() lawFirmId!: string;
  @Column(() => MatterState) state!: string;
  @Column() preservation!: string;
  @Column(() => LocalDate) instructedOn!: string;
  @Column({ nullable: true }) partnerRef?: string;
  @Column({ nullable: true }) courtRef?: string;
  @Column(() => DateTime, { nullable: true }) nextHearingAt?: string;
  @Column(() => LocalDate, { nullable: true }) closedOn?: string;
  @One('Handoff', { class: 'internal' }) handoff!: unknown;
  @List('MatterStep', 'recordedAt') steps!: unknown;
  @List('LawFirmInvoice', 'submittedOn', { there: 'matter_id', class: 'internal', roles: legalReaders }) invoices!: unknown;
  @List('EvidenceItem', 'ordinal') evidence!: unknown;
}

@Noun(matterStep, { roles: legalReadersAndFirms, class: 'public', description: "A firm's news of a matter." })
export class MatterStep {
  @Column(() => MatterStepName) step!: string;
  @Column(() => Sequence, { sql: '@.partner_sequence', description: "The firm's own order." }) partnerSequence!: string;
  @Column(() => DateTime) occurredAt!: string;
  @Column(() => DateTime) recordedAt!: string;
  @Column({ description: 'False when it came too late or was not allowed: kept, and nothing moved.' }) applied!: boolean;
}

@Noun(evidenceItem, {
  roles: legalReadersAndFirms,
  class: 'public',
  description: 'A document of the evidence bundle, frozen when it was handed over.',
})
export class EvidenceItem {
  @Column() ordinal!: number;
  @Column() name!: string;
  @Column() mediaType!: string;
  @Column({ description: 'Hex.' }) sha256!: string;
  @Column() bytes!: number;
  @Column(() => DateTime) frozenAt!: string;
}

// The dealings with partners on a case: what was handed over, and the matters and placements that came of it.
import { agencyPlacement, evidenceItem, handoff, legalMatter, matterStep } from '../../storage/tables.js';
import { HandoffState, MatterState, MatterStepName, PlacementState } from '../enums.js';
import { Column, List, Noun, One } from '../reader/declare.js';
import { caseReaders, caseReadersAndAgencies, legalReadersAndFirms } from '../roles.js';
import { DateTime, Decimal, LocalDate, Sequence } from '../scalars.js';

@Noun(handoff, { roles: caseReaders, class: 'internal', description: 'A durable command to a partner: owed once, delivered once.' })
export class Handoff {
  @Column() connectorId!: string;
  @Column() operation!: string;
  @Column(() => HandoffState) state!: string;
  @Column({ description: 'SHA-256 of what is sent, in hex.' }) payloadSha256!: string;
  @Column() attempts!: number;
  @Column({ nullable: true, description: "The partner's number of it." }) partnerRef?: string;
  @Column({ nullable: true }) lastProblem?: string;
  @Column(() => DateTime) createdAt!: string;
  @Column(() => DateTime) nextAttemptAt!: string;
  @Column(() => DateTime, { nullable: true }) answeredAt?: string;
  @One('RecoveryCase', { here: 'case_id' }) case!: unknown;
  @One('Connector', { here: 'connector_id', there: 'connector_id' }) connector!: unknown;
}

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

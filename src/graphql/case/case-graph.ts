// The entrances of the case graph.
import { Resolver } from 'type-graphql';
import { ReadFacets, ReadMany, ReadNode, ReadNodes, ReadOne, ReadRef } from '../reader/roots.js';
import { CaseFacet, CaseFacetField } from './case-facets.js';

@Resolver()
export class CaseGraph {
  @ReadOne('RecoveryCase', { asOf: true }) case!: unknown;
  @ReadRef('RecoveryCase', 'ref', { asOf: true }) caseByRef!: unknown;
  @ReadMany('RecoveryCase', { asOf: true }) cases!: unknown;
  @ReadFacets('RecoveryCase', CaseFacetField, () => CaseFacet) caseFacets!: unknown;
  @ReadOne('Borrower', { asOf: true }) borrower!: unknown;
  @ReadOne('Loan', { asOf: true }) loan!: unknown;
  @ReadMany('Loan') loans!: unknown;
  @ReadOne('Collateral', { asOf: true }) collateral!: unknown;
  @ReadOne('Handoff') handoff!: unknown;
  @ReadMany('Handoff') handoffs!: unknown;
  @ReadOne('BureauReport') bureauReport!: unknown;
  @ReadOne('PlacementBatch') placementBatch!: unknown;
  @ReadMany('PlacementBatch') placementBatches!: unknown;
  @ReadMany('AgencyProfile') agencyProfiles!: unknown;
  @ReadMany('Connector') connectors!: unknown;
  @ReadMany('ParkedMessage') parkedMessages!: unknown;
  @ReadMany('Webhook') webhooks!: unknown;
  @ReadOne('BureauFile') bureauFile!: unknown;
  @ReadMany('BureauFile') bureauFiles!: unknown;
  @ReadOne('BureauItem') bureauItem!: unknown;
  @ReadMany('BureauItem') bureauItems!: unknown;
  @ReadOne('PortfolioSale') portfolioSale!: unknown;
  @ReadMany('PortfolioSale') portfolioSales!: unknown;
  @ReadOne('Remittance') remittance!: unknown;
  @ReadMany('Remittance') remittances!: unknown;
  @ReadNode() node!: unknown;
  @ReadNodes() nodes!: unknown;
}

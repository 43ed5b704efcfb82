// The entrances of the case graph.
import { Resolver } from 'type-graphql';
import { ReadMany, ReadNode, ReadOne, ReadRef } from '../reader/roots.js';

@Resolver()
export class CaseGraph {
  @ReadOne('RecoveryCase') case!: unknown;
  @ReadRef('RecoveryCase', 'ref') caseByRef!: unknown;
  @ReadMany('RecoveryCase') cases!: unknown;
  @ReadOne('Borrower') borrower!: unknown;
  @ReadOne('Loan') loan!: unknown;
  @ReadOne('Handoff') handoff!: unknown;
  @ReadMany('Handoff') handoffs!: unknown;
  @ReadMany('Connector') connectors!: unknown;
  @ReadMany('ParkedMessage') parkedMessages!: unknown;
  @ReadNode() node!: unknown;
}

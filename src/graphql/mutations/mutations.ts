// All mutations, and the figures that are counted beside the reader, made with what they work on.
import type { Redriven } from '../../actions/redrive-parked.js';
import type { Store } from '../../storage/store.js';
import { BureauFigures } from '../bureau/kpis.js';
import { DisposalFigures } from '../collateral/kpis.js';
import { AgencyFigures } from '../agency/league.js';
import { AgencyMutations } from './agency-mutations.js';
import { BatchMutations } from './batch-mutations.js';
import { BureauMutations } from './bureau-mutations.js';
import { CaseMutations } from './case-mutations.js';
import { CollateralMutations } from './collateral-mutations.js';
import { HandoffMutations } from './handoff-mutations.js';
import { InquiryMutations } from './inquiry-mutations.js';
import { InvoiceMutations } from './invoice-mutations.js';
import { PartnerFigures } from '../partner/partner-figures.js';
import { RemittanceMutations } from './remittance-mutations.js';
import { LegalMutations } from './legal-mutations.js';
import { MatterMutations } from './matter-mutations.js';
import { ParkedMutations } from './parked-mutations.js';
import { PoolMutations } from './pool-mutations.js';
import { ReturnMutations } from './return-mutations.js';
import { SaleMutations } from './sale-mutations.js';

export const mutationResolvers = [
  CaseMutations,
  LegalMutations,
  MatterMutations,
  RemittanceMutations,
  PartnerFigures,
  InvoiceMutations,
  AgencyMutations,
  BatchMutations,
  AgencyFigures,
  SaleMutations,
  PoolMutations,
  ReturnMutations,
  InquiryMutations,
  BureauMutations,
  BureauFigures,
  ParkedMutations,
  CollateralMutations,
  DisposalFigures,
  HandoffMutations,
];

export function createMutations(store: Store, redrive: (ids: readonly string[] | null) => Promise<Redriven>): object[] {
  return [
    new CaseMutations(store),
    new LegalMutations(store),
    new MatterMutations(store),
    new RemittanceMutations(store),
    new PartnerFigures(store),
    new InvoiceMutations(store),
    new AgencyMutations(store),
    new BatchMutations(store),
    new AgencyFigures(store),
    new SaleMutations(store),
    new PoolMutations(store),
    new ReturnMutations(store),
    new ParkedMutations(redrive),
    new InquiryMutations(store),
    new BureauMutations(store),
    new BureauFigures(store),
    new CollateralMutations(store),
    new DisposalFigures(store),
    new HandoffMutations(store),
  ];
}

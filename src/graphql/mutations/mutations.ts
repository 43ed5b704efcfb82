// All mutations, and the figures that are counted beside the reader, made with what they work on.
import type { Redriven } from '../../actions/redrive-parked.js';
import type { Store } from '../../storage/store.js';
import { BureauFigures } from '../bureau/kpis.js';
import { AgencyMutations } from './agency-mutations.js';
import { BureauMutations } from './bureau-mutations.js';
import { CaseMutations } from './case-mutations.js';
import { HandoffMutations } from './handoff-mutations.js';
import { InquiryMutations } from './inquiry-mutations.js';
import { LegalMutations } from './legal-mutations.js';
import { ParkedMutations } from './parked-mutations.js';
import { SaleMutations } from './sale-mutations.js';

export const mutationResolvers = [
  CaseMutations,
  LegalMutations,
  AgencyMutations,
  SaleMutations,
  InquiryMutations,
  BureauMutations,
  BureauFigures,
  ParkedMutations,
  HandoffMutations,
];

export function createMutations(store: Store, redrive: (ids: readonly string[] | null) => Promise<Redriven>): object[] {
  return [
    new CaseMutations(store),
    new LegalMutations(store),
    new AgencyMutations(store),
    new SaleMutations(store),
    new ParkedMutations(redrive),
    new InquiryMutations(store),
    new BureauMutations(store),
    new BureauFigures(store),
    new HandoffMutations(store),
  ];
}

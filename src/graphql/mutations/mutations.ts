// All mutations, and the figures that are counted beside the reader, made with what they work on.
import type { Redriven } from '../../actions/redrive-parked.js';
import type { Store } from '../../storage/store.js';
import { BureauFigures } from '../partner/bureau-kpis.js';
import { BureauMutations } from './bureau-mutations.js';
import { CaseMutations } from './case-mutations.js';
import { InquiryMutations } from './inquiry-mutations.js';
import { PartnerMutations } from './partner-mutations.js';

export const mutationResolvers = [CaseMutations, PartnerMutations, InquiryMutations, BureauMutations, BureauFigures];

export function createMutations(store: Store, redrive: (ids: readonly string[] | null) => Promise<Redriven>): object[] {
  return [
    new CaseMutations(store),
    new PartnerMutations(store, redrive),
    new InquiryMutations(store),
    new BureauMutations(store),
    new BureauFigures(store),
  ];
}

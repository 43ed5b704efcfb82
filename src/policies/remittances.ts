// What partners earn beside the rate that is pinned at placement, jurisdiction by jurisdiction.
import type { RemittanceRules } from '../domain/placement/commission.js';

/** Direct payments earn everywhere, as agencies' contracts usually have it. */
export const remittancesAnywhere: RemittanceRules = {
  directPaymentsEarn: true,
  citation: 'Default of the product, as usual in contracts with agencies; not taken from a law',
  verified: false,
};

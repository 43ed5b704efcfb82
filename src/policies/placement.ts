// Placements with agencies, a const a jurisdiction. Clocks and rates are defaults of the product until counsel and the contracts say otherwise.
import type { PlacementRules } from '../domain/placement/rules.js';

const product = 'Default of the product; commission as is usual in the trade (15 to 25 % fresh, 25 to 40 % mid-stage, 40 to 50 % aged)';

export const anywherePlacement: PlacementRules = {
  acknowledgeWithinBusinessDays: 2,
  statusEveryDays: 7,
  objectionDays: 5,
  objectionAnswerDays: 5,
  coolingOffDays: 14,
  laterRates: [
    { fromDaysPastDue: 181, rate: '0.300000' },
    { fromDaysPastDue: 361, rate: '0.400000' },
  ],
  remittance: 'NET',
  directPaymentsEarn: true,
  tailDays: 10,
  attempts: { most: 7, inDays: 7 },
  thirdParties: false,
  allocation: [
    { id: 'aged', minDaysPastDue: 361, level: 'TERTIARY' },
    { id: 'mid-stage', minDaysPastDue: 181, level: 'SECONDARY' },
    { id: 'rest', level: 'PRIMARY' },
  ],
  citation: `${product}; attempts by 12 CFR 1006.14(b)(2)(i); recalled, not read`,
  verified: false,
};

export const indonesiaPlacement: PlacementRules = {
  ...anywherePlacement,
  coolingOffDays: 7,
  remittance: 'GROSS',
  allocation: [
    { id: 'aged', minDaysPastDue: 361, level: 'TERTIARY' },
    { id: 'large', minOverdue: { IDR: 100_000_000_00n }, level: 'PRIMARY' },
    { id: 'mid-stage', minDaysPastDue: 181, level: 'SECONDARY' },
    { id: 'rest', level: 'PRIMARY' },
  ],
  citation: `${product}; contact by POJK 22/2023 art. 60 to 62 (no third parties, no threats, licensed agency, certified staff)`,
  verified: false,
};

export const chinaPlacement: PlacementRules = {
  ...anywherePlacement,
  attempts: { most: 3, inDays: 1 },
  citation: `${product}; attempts by GB/T 45251-2025; recalled, not read`,
  verified: false,
};

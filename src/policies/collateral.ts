// How collateral is valued and sold, by jurisdiction: rules as data, none of them confirmed by counsel.
import type { CollateralRules } from '../domain/collateral/rules.js';

const ofProduct = { citation: 'Default of the product', verified: false };

export const collateralAnywhere: CollateralRules = {
  validDays: { DESKTOP: 90, INDEX: 90, FULL: 365, COURT: 365, CORE: 365 },
  reserve: { firstOfValue: 7_000, laterOfPrevious: 8_000, ...ofProduct },
  afterUnsold: { ofLastReserve: 8_000, ...ofProduct },
  worth: { ofDebt: 500, ...ofProduct },
  acrossLoans: 'PRO_RATA',
};

export const collateralOfChina: CollateralRules = {
  ...collateralAnywhere,
  reserve: {
    firstOfValue: 8_000,
    laterOfPrevious: 8_000,
    citation:
      'Supreme People’s Court, rules on auction and sale in civil enforcement (2004): first reserve 80 % of the value or more, each later round at most 20 % lower; the newer rule on online auctions differs',
    verified: false,
  },
  afterUnsold: {
    ofLastReserve: 10_000,
    citation: 'Supreme People’s Court (2004): sold or taken in lieu at the last reserve; recalled, not read',
    verified: false,
  },
};

export const collateralOfIndonesia: CollateralRules = {
  ...collateralAnywhere,
  validDays: { ...collateralAnywhere.validDays, FULL: 180, COURT: 180 },
  reserve: {
    firstOfValue: null,
    laterOfPrevious: null,
    methods: ['FULL', 'COURT'],
    citation: 'UU 4/1996 (hak tanggungan) art. 6; the limit value of an auction at KPKNL stands on an appraisal; recalled, not read',
    verified: false,
  },
};

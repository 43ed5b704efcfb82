// The European Union: default by material days in a row, beside the rules that hold everywhere.
import type { DefaultRule, Policy } from '../domain/policy.js';
import { anywhere } from './anywhere.js';
import { billingEurope } from './billing.js';

/** Retail, loan by loan; other exposures have 500 euros, and are counted by obligor. */
const retailDefault: DefaultRule = {
  absolute: 100_00n,
  currency: 'EUR',
  relative: '0.01',
  days: 90,
  probationDays: 90,
  forborneProbationDays: 365,
  citation: 'CRR art. 178, Delegated Regulation (EU) 2018/171 art. 1, EBA/GL/2016/07',
  verified: false,
};

const members = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ');

export const europe: Policy[] = members.map((jurisdiction) => ({
  ...anywhere[0]!,
  jurisdiction,
  version: 'EU-2026.1',
  effectiveFrom: '2021-01-01',
  citation: 'Default of the product, and the counter of default by CRR art. 178',
  defaultCounter: retailDefault,
  billing: billingEurope,
  inquiries: {
    ...anywhere[0]!.inquiries,
    cost: { minor: 150n, currency: 'EUR' },
    citation: 'Regulation (EU) 2016/679 art. 6(1) and art. 5(1)(b); recalled, not read',
  },
}));

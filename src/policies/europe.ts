// The European Union: default by consecutive material days, beside the rules that hold everywhere.
import type { DefaultRule } from '../domain/policy.js';

/** Retail; other exposures have 500 euros. */
export const europeanRetailDefault: DefaultRule = {
  absolute: 100_00n,
  currency: 'EUR',
  relative: '0.01',
  days: 90,
  probationDays: 90,
  forborneProbationDays: 365,
  citation: 'CRR art. 178, Delegated Regulation (EU) 2018/171 art. 1, EBA/GL/2016/07',
  verified: false,
};

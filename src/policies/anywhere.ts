// Everywhere else: cautious rules that hold until a jurisdiction brings its own.
import type { Policy } from '../domain/policy.js';
import { legalAnywhere } from './legal.js';
import { collateralAnywhere } from './collateral.js';
import { anywherePlacement } from './placement.js';
import { saleAnywhere } from './sale.js';
import { billingAnywhere } from './billing.js';
import { remittancesAnywhere } from './remittances.js';

export const anywhere: Policy[] = [
  {
    jurisdiction: '*',
    version: 'ANY-2026.1',
    effectiveFrom: '1900-01-01',
    citation: 'Default of the product: days-past-due buckets of 30 days, non-performing from 91',
    verified: false,
    allocation: ['penalty', 'fee', 'interest', 'principal'],
    buckets: [
      { id: 'D1_30', min: 1, max: 30 },
      { id: 'D31_60', min: 31, max: 60 },
      { id: 'D61_90', min: 61, max: 90 },
      { id: 'D91_120', min: 91, max: 120 },
      { id: 'D121_180', min: 121, max: 180 },
      { id: 'D181_PLUS', min: 181, max: null },
    ],
    classes: [
      { tier: 1, name: 'Standard', minDays: 0 },
      { tier: 2, name: 'Special mention', minDays: 31 },
      { tier: 3, name: 'Substandard', minDays: 91 },
      { tier: 4, name: 'Doubtful', minDays: 181 },
      { tier: 5, name: 'Loss', minDays: 361 },
    ],
    thresholds: [
      { days: 5, does: ['REMINDER'] },
      { days: 15, does: ['SOFT_COLLECTION'] },
      { days: 31, does: ['BUREAU_FLAG', 'REMINDER'] },
      { days: 91, does: ['LEGAL_ELIGIBLE', 'BUREAU_UPDATE'] },
      { days: 181, does: ['BUREAU_UPDATE'] },
      { days: 361, does: ['BUREAU_UPDATE'] },
    ],
    cases: { openFrom: 5, cureDays: 1, reopenWithin: 30 },
    bureau: {
      connectorId: 'nusa-bureau',
      reportWithin: { days: 3, count: 'CALENDAR', citation: 'Default of the product', verified: false },
      dispute: { dueDays: 30, citation: '15 U.S.C. 1681i(a)(1); recalled, not read', verified: false },
    },
    inquiries: {
      purposes: {
        COLLECTION: { bases: ['CONSENT', 'CONTRACT', 'LEGITIMATE_INTEREST'] },
        ACCOUNT_REVIEW: { bases: ['CONSENT', 'CONTRACT', 'LEGITIMATE_INTEREST'] },
        RESTRUCTURING: { bases: ['CONSENT', 'CONTRACT'] },
        LITIGATION: { bases: ['CONSENT', 'COURT_ORDER'] },
      },
      cost: { minor: 150n, currency: 'USD' },
      cacheDays: 30,
      citation: '15 U.S.C. 1681b(a)(3)(A), review or collection of an account, taken as the default; recalled, not read',
      verified: false,
    },
    legal: { costFloor: { USD: 100_000n } },
    pursuit: legalAnywhere,
    collateral: collateralAnywhere,
    billing: billingAnywhere,
    remittances: remittancesAnywhere,
    agency: { commissionRate: '0.200000', termDays: 90 },
    placement: anywherePlacement,
    sale: saleAnywhere,
    promises: { graceDays: 1, maxDaysAhead: 30 },
    reminders: {
      connectorId: 'courier',
      payWithinDays: 10,
      bankContact: '+1 800 555 0100',
      defaultLanguage: 'en',
      templates: { en: 'Dear {name}, {amount} of your loan is {days} days overdue. Please pay by {payBy}. Call us on {contact}.' },
    },
    contact: { days: [1, 2, 3, 4, 5, 6], fromHour: 8, toHour: 21, citation: '12 CFR 1006.6(b)', verified: true },
  },
];

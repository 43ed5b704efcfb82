// Indonesia, commercial banks: the rules as data. Thresholds of kolektibilitas are "more than n days", hence 91, 121, 181.
import type { Policy } from '../domain/policy.js';
import { legalInIndonesia } from './legal.js';
import { collateralOfIndonesia } from './collateral.js';
import { indonesiaPlacement } from './placement.js';
import { saleIndonesia } from './sale.js';
import { billingIndonesia } from './billing.js';
import { remittancesAnywhere } from './remittances.js';

export const indonesia: Policy[] = [
  {
    jurisdiction: 'ID',
    version: 'ID-2026.1',
    effectiveFrom: '2020-01-01',
    citation: 'POJK 40/POJK.03/2019 (quality by days past due)',
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
      { tier: 1, name: 'Lancar', minDays: 0 },
      { tier: 2, name: 'Dalam Perhatian Khusus', minDays: 1 },
      { tier: 3, name: 'Kurang Lancar', minDays: 91 },
      { tier: 4, name: 'Diragukan', minDays: 121 },
      { tier: 5, name: 'Macet', minDays: 181 },
    ],
    restructured: {
      performing: { watchDays: 90, floorTier: 2 },
      nonPerforming: { watchDays: 180, floorTier: 3 },
      citation: 'A restructured loan is at best Kurang Lancar until three payments; recalled, not read',
      verified: false,
    },
    oneObligor: { fromTier: 3, citation: 'One-obligor rule of POJK 40/POJK.03/2019; recalled, not read', verified: false },
    thresholds: [
      { days: 1, does: ['REMINDER'] },
      { days: 7, does: ['REMINDER', 'SOFT_COLLECTION'] },
      { days: 31, does: ['BUREAU_FLAG', 'REMINDER'] },
      { days: 61, does: ['REMINDER', 'FIELD_VISIT'] },
      { days: 91, does: ['LEGAL_ELIGIBLE', 'BUREAU_UPDATE'] },
      { days: 121, does: ['BUREAU_UPDATE'] },
      { days: 181, does: ['BUREAU_UPDATE'] },
    ],
    cases: { openFrom: 1, cureDays: 1, reopenWithin: 30 },
    bureau: {
      connectorId: 'nusa-bureau',
      reportWithin: { days: 2, count: 'BUSINESS', citation: 'Default of the product; SLIK itself is told by the month', verified: false },
      dispute: { dueDays: 14, citation: 'POJK 22/2023 (complaints within 10 working days); recalled, not read', verified: false },
    },
    inquiries: {
      purposes: {
        COLLECTION: { bases: ['CONSENT', 'CONTRACT', 'LEGITIMATE_INTEREST'] },
        ACCOUNT_REVIEW: { bases: ['CONSENT', 'CONTRACT', 'LEGAL_OBLIGATION'] },
        RESTRUCTURING: { bases: ['CONSENT', 'CONTRACT'], consent: true },
      },
      cost: { minor: 1_500_000n, currency: 'IDR' },
      cacheDays: 30,
      citation:
        'POJK 18/POJK.03/2017 (SLIK, use of debtor information), UU 27/2022 art. 20; recalled, not read; cost and days are of the product',
      verified: false,
    },
    legal: { costFloor: { IDR: 500_000_000n, USD: 50_000n } },
    pursuit: legalInIndonesia,
    collateral: collateralOfIndonesia,
    billing: billingIndonesia,
    remittances: remittancesAnywhere,
    agency: { commissionRate: '0.180000', termDays: 90 },
    placement: indonesiaPlacement,
    sale: saleIndonesia,
    promises: { graceDays: 1, maxDaysAhead: 30 },
    reminders: {
      connectorId: 'courier',
      payWithinDays: 7,
      bankContact: '1500-888',
      defaultLanguage: 'en',
      templates: {
        id: 'Yth. {name}, angsuran Anda sebesar {amount} telah menunggak {days} hari. Mohon lakukan pembayaran paling lambat {payBy}. Hubungi kami di {contact}.',
        en: 'Dear {name}, your instalment of {amount} is {days} days overdue. Please pay by {payBy}. Call us on {contact}.',
      },
    },
    contact: { days: [1, 2, 3, 4, 5, 6], fromHour: 8, toHour: 20, citation: 'POJK 22/2023 art. 62(2)', verified: false },
  },
];

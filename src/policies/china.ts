// China, commercial banks: the rules as data. Classes are "more than n days", hence 91, 271, 361.
import type { Policy } from '../domain/policy.js';
import { legalInChina } from './legal.js';
import { collateralOfChina } from './collateral.js';
import { chinaPlacement } from './placement.js';
import { saleChina } from './sale.js';
import { billingChina } from './billing.js';
import { remittancesAnywhere } from './remittances.js';

export const china: Policy[] = [
  {
    jurisdiction: 'CN',
    version: 'CN-2026.1',
    effectiveFrom: '2020-01-01',
    citation: 'CBIRC and PBoC Order 2023 No. 1 (five-class risk classification)',
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
      { tier: 1, name: '正常', minDays: 0 },
      { tier: 2, name: '关注', minDays: 1 },
      { tier: 3, name: '次级', minDays: 91 },
      { tier: 4, name: '可疑', minDays: 271 },
      { tier: 5, name: '损失', minDays: 361 },
    ],
    restructured: {
      performing: { watchDays: 365, floorTier: 2 },
      nonPerforming: { watchDays: 365, floorTier: 3 },
      citation: 'Order 2023 No. 1: restructured at least special mention, observed for a year; recalled, not read',
      verified: false,
    },
    oneObligor: { fromTier: 3, citation: 'Order 2023 No. 1 on non-performing debt of one debtor; secondary source', verified: false },
    thresholds: [
      { days: 1, does: ['REMINDER'] },
      { days: 5, does: ['SOFT_COLLECTION'] },
      { days: 31, does: ['BUREAU_FLAG', 'REMINDER'] },
      { days: 61, does: ['REMINDER', 'FIELD_VISIT'] },
      { days: 91, does: ['LEGAL_ELIGIBLE', 'BUREAU_UPDATE'] },
      { days: 181, does: [] },
      { days: 271, does: ['BUREAU_UPDATE'] },
      { days: 361, does: ['BUREAU_UPDATE'] },
    ],
    cases: { openFrom: 1, cureDays: 1, reopenWithin: 30 },
    bureau: {
      connectorId: 'nusa-bureau',
      preNotice: {
        waitDays: 5,
        templates: {
          zh: '尊敬的{name}：您的贷款已逾期{days}天，逾期金额{amount}。如在{payBy}前仍未还款，我行将依法向征信机构报送该逾期信息。咨询电话：{contact}。',
          en: 'Dear {name}, your loan is {days} days overdue with {amount}. Unless you pay before {payBy}, we have to report it to the credit bureau. Call us on {contact}.',
        },
        citation: 'Regulation on the Credit Reporting Industry (2013) art. 15; recalled, not read; the days are ours',
        verified: false,
      },
      reportWithin: { days: 1, count: 'BUSINESS', citation: 'Reporting on the day after the event; secondary source', verified: false },
      dispute: { dueDays: 20, citation: 'Regulation on the Credit Reporting Industry (2013) art. 25; recalled, not read', verified: false },
    },
    inquiries: {
      purposes: {
        COLLECTION: { bases: ['CONSENT'], consent: true },
        ACCOUNT_REVIEW: { bases: ['CONSENT', 'CONTRACT'] },
        RESTRUCTURING: { bases: ['CONSENT'], consent: true },
        LITIGATION: { bases: ['COURT_ORDER'] },
      },
      cost: { minor: 500n, currency: 'CNY' },
      cacheDays: 15,
      citation:
        '征信业管理条例 art. 18 (written consent, agreed purpose; post-loan management aside); recalled, not read; cost and days are of the product',
      verified: false,
    },
    legal: { costFloor: { CNY: 300_000n, USD: 50_000n } },
    pursuit: legalInChina,
    collateral: collateralOfChina,
    billing: billingChina,
    remittances: remittancesAnywhere,
    agency: { commissionRate: '0.220000', termDays: 60 },
    placement: chinaPlacement,
    sale: saleChina,
    promises: { graceDays: 1, maxDaysAhead: 15 },
    reminders: {
      connectorId: 'courier',
      payWithinDays: 3,
      bankContact: '95588',
      defaultLanguage: 'en',
      templates: {
        zh: '尊敬的{name}：您的贷款已逾期{days}天，逾期金额{amount}。请于{payBy}前还款。咨询电话：{contact}。',
        en: 'Dear {name}, your loan is {days} days overdue with {amount}. Please pay by {payBy}. Call us on {contact}.',
      },
    },
    contact: { days: [1, 2, 3, 4, 5, 6, 7], fromHour: 8, toHour: 22, citation: 'GB/T 45251-2025', verified: false },
  },
];

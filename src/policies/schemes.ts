// The classification schemes as data. Thresholds are "more than n days" in most rules, hence 91, 121, 181; FFIEC says "at 90".
import type { Scheme } from '../domain/classification.js';
import type { LocalDate } from '../domain/fact.js';

const from = '2019-01-01';

export const schemes: readonly Scheme[] = [
  {
    id: 'ID_COMMERCIAL',
    jurisdiction: 'ID',
    institution: 'BANK',
    productClass: 'ANY',
    version: '2019.1',
    effectiveFrom: from,
    citation: 'POJK 40/POJK.03/2019',
    verified: false,
    tiers: [
      { tier: 1, name: 'Lancar', minDays: 0 },
      { tier: 2, name: 'Dalam Perhatian Khusus', minDays: 1 },
      { tier: 3, name: 'Kurang Lancar', minDays: 91 },
      { tier: 4, name: 'Diragukan', minDays: 121 },
      { tier: 5, name: 'Macet', minDays: 181 },
    ],
  },
  {
    id: 'ID_RURAL',
    jurisdiction: 'ID',
    institution: 'RURAL_BANK',
    productClass: 'ANY',
    version: '2018.1',
    effectiveFrom: from,
    citation: 'POJK 33/2018, replaced by POJK 1/2024; tiers 1 and 2 read, the others recalled',
    verified: false,
    tiers: [
      { tier: 1, name: 'Lancar', minDays: 0, verified: true },
      { tier: 2, name: 'Dalam Perhatian Khusus', minDays: 31, verified: true },
      { tier: 3, name: 'Kurang Lancar', minDays: 91 },
      { tier: 4, name: 'Diragukan', minDays: 181 },
      { tier: 5, name: 'Macet', minDays: 361 },
    ],
  },
  {
    id: 'CN_COMMERCIAL',
    jurisdiction: 'CN',
    institution: 'BANK',
    productClass: 'ANY',
    version: '2023.1',
    effectiveFrom: '2023-07-01',
    citation: 'CBIRC and PBoC Order 2023 No. 1, in force 2023-07-01; thresholds by a press account of the draft',
    verified: false,
    tiers: [
      { tier: 1, name: '正常', minDays: 0 },
      { tier: 2, name: '关注', minDays: 1 },
      { tier: 3, name: '次级', minDays: 91 },
      { tier: 4, name: '可疑', minDays: 271 },
      { tier: 5, name: '损失', minDays: 361 },
    ],
  },
  {
    id: 'CN_CREDIT_CARD',
    jurisdiction: 'CN',
    institution: 'BANK',
    productClass: 'CREDIT_CARD',
    version: '2011.1',
    effectiveFrom: from,
    citation: '商业银行信用卡业务监督管理办法 art. 92',
    verified: false,
    tiers: [
      { tier: 1, name: '正常', minDays: 0 },
      { tier: 2, name: '关注', minDays: 1 },
      { tier: 3, name: '次级', minDays: 91 },
      { tier: 4, name: '可疑', minDays: 121 },
      { tier: 5, name: '损失', minDays: 181 },
    ],
  },
  {
    id: 'IFRS9',
    jurisdiction: '*',
    institution: 'ANY',
    productClass: 'ANY',
    version: '2018.1',
    effectiveFrom: '2018-01-01',
    citation: 'IFRS 9 5.5.11 and B5.5.37, both presumptions rebuttable',
    verified: false,
    tiers: [
      { tier: 1, name: 'Stage 1', minDays: 0 },
      { tier: 2, name: 'Stage 2', minDays: 31 },
      { tier: 3, name: 'Stage 3', minDays: 91 },
    ],
  },
  {
    id: 'US_RETAIL_CLOSED_END',
    jurisdiction: 'US',
    institution: 'BANK',
    productClass: 'ANY',
    version: '2000.1',
    effectiveFrom: from,
    citation: 'FFIEC Uniform Retail Credit Classification, FR 2000-06-12: at 90 and at 120 cumulative days',
    verified: true,
    tiers: [
      { tier: 1, name: 'Pass', minDays: 0 },
      { tier: 3, name: 'Substandard', minDays: 90 },
      { tier: 5, name: 'Loss', minDays: 120 },
    ],
  },
  {
    id: 'US_RETAIL_OPEN_END',
    jurisdiction: 'US',
    institution: 'BANK',
    productClass: 'CREDIT_CARD',
    version: '2000.1',
    effectiveFrom: from,
    citation: 'FFIEC Uniform Retail Credit Classification, FR 2000-06-12: at 90 and at 180 cumulative days',
    verified: true,
    tiers: [
      { tier: 1, name: 'Pass', minDays: 0 },
      { tier: 3, name: 'Substandard', minDays: 90 },
      { tier: 5, name: 'Loss', minDays: 180 },
    ],
  },
];

/** @returns what is wrong with a scheme, each fault with the scheme's id; nothing when it can be used */
export function faultsOfScheme({ id, tiers }: Scheme): string[] {
  const faults = tiers[0]?.minDays === 0 ? [] : [`${id}: its first tier does not begin at 0 days`];
  tiers.forEach((each, i) => {
    const next = tiers[i + 1];
    if (next && (next.tier <= each.tier || next.minDays <= each.minDays))
      faults.push(`${id}: tier ${next.tier} does not follow tier ${each.tier}`);
  });
  return faults;
}

const faults = schemes.flatMap(faultsOfScheme);
if (faults.length) throw new Error(`Classification schemes cannot be used: ${faults.join('; ')}`);

/** The schemes that are in force for a product in a jurisdiction: its own, or those for all; and those of everywhere. */
export function schemesFor(jurisdiction: string, productClass: string, on: LocalDate): Scheme[] {
  const inForce = schemes.filter((each) => each.effectiveFrom <= on && (each.jurisdiction === jurisdiction || each.jurisdiction === '*'));
  const own = inForce.filter((each) => each.productClass === productClass);
  const general = inForce.filter(
    (each) =>
      each.productClass === 'ANY' &&
      !own.some(({ jurisdiction, institution }) => jurisdiction === each.jurisdiction && institution === each.institution),
  );
  return [...own, ...general];
}

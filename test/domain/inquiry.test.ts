// What may be asked of a bureau and on what basis, and what its report says of other lenders.
import fc from 'fast-check';
import { againstInquiry, inquiryPurposes, legalBases, lendersOverdue, tradelinesOf } from '../../src/domain/inquiry/inquiry.js';
import { policyFor } from '../../src/policies/index.js';
import { newsOf } from '../support/news.js';

const rules = (jurisdiction: string) => policyFor(jurisdiction, '2026-06-01').inquiries;

it.each(['ID', 'CN', 'DE', 'US'])(
  'in %s exactly what the rules name is allowed, and each refusal names its rule, field and source',
  (jurisdiction) => {
    const { purposes, citation, cost } = rules(jurisdiction);
    expect([cost.minor > 0n, citation.length > 10]).toEqual([true, true]);
    fc.assert(
      fc.property(
        fc.constantFrom(...inquiryPurposes),
        fc.constantFrom(...legalBases),
        fc.constantFrom(null, 'C-1'),
        (purpose, legalBasis, consentRef) => {
          const against = againstInquiry(rules(jurisdiction), { purpose, legalBasis, consentRef });
          const rule = purposes[purpose];
          const consented = consentRef !== null || (legalBasis !== 'CONSENT' && !rule?.consent);
          expect(against.length === 0).toBe(!!rule && rule.bases.includes(legalBasis) && consented);
          for (const each of against) expect(each).toMatchObject({ citation, ruleId: expect.stringMatching(/^inquiry-/) });
        },
      ),
    );
  },
);

it('collection needs consent in China, and none in Indonesia where the contract is the basis', () => {
  const asked = { purpose: 'COLLECTION', consentRef: null } as const;
  expect(againstInquiry(rules('CN'), { ...asked, legalBasis: 'CONSENT' }).map(({ ruleId }) => ruleId)).toEqual(['inquiry-consent']);
  expect(againstInquiry(rules('ID'), { ...asked, legalBasis: 'CONTRACT' })).toEqual([]);
});

const { report } = newsOf('inquiry.completed') as { report: { tradelines: any[] } };
const line = (over: object) => ({ ...report.tradelines[0], ...over });
const money = (amount: string, currency = 'IDR') => ({ amount, currency });

it('counts each other lender once that holds an open account in arrears', () => {
  const tradelines = tradelinesOf({
    tradelines: [
      line({ lender: 'A', overdue: money('1.00') }),
      line({ lender: 'A', overdue: money('2.00') }),
      line({ lender: 'B', overdue: money('0.00') }),
      line({ lender: 'C', overdue: money('5.00'), outstanding: money('0.00') }),
      line({ lender: 'Us', ours: true, overdue: money('9.00') }),
      line({ lender: 'D', overdue: money('7', 'JPY'), outstanding: money('70', 'JPY') }),
    ],
  })!;
  expect(lendersOverdue(tradelines)).toEqual(['A', 'D']);
  expect(tradelines.map(({ overdueMinor }) => overdueMinor)).toEqual([100n, 200n, 0n, 500n, 900n, 7n]);
});

it.each([
  ['more decimals than the currency has', { overdue: money('1.001') }],
  ['decimals of yen', { overdue: money('1.5', 'JPY'), outstanding: money('10', 'JPY') }],
  ['two currencies', { overdue: money('1.00', 'USD') }],
])('a report with %s is not read', (_, over) => expect(tradelinesOf({ tradelines: [line({}), line(over)] })).toBeNull());
it('no report is not read', () => expect([tradelinesOf(undefined), tradelinesOf({})]).toEqual([null, null]));

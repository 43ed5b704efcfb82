// The state tables of matters, placements, sales and inquiries: complete, never backwards, and ended means ended.
import { inquiryCallbacks, inquiryStates, inquirySteps, type InquiryStepName } from '../../src/domain/inquiry/inquiry.js';
import { isLiveMatter, legalRegionOf, matterStates, matterStepNames, matterSteps } from '../../src/domain/legal/matter.js';
import { isLivePlacement, placementRegionOf, placementStates, placementSteps } from '../../src/domain/placement/placement.js';
import {
  caseOwnershipOf,
  isAway,
  isLiveItem,
  itemStates,
  itemStepNames,
  itemSteps,
  loanOwnershipOf,
  type LoanOwnership,
} from '../../src/domain/sale/item.js';
import { saleStates, saleStepNames, saleSteps } from '../../src/domain/sale/sale.js';

const court = ['INSTRUCTED', 'ACCEPTED', 'DEMAND_SENT', 'FILED', 'HEARING', 'JUDGMENT', 'ENFORCEMENT'];

it.each(matterStates.flatMap((state) => matterStepNames.map((step) => [state, step] as const)))(
  'a matter that is %s does not go back on %s',
  (state, step) => {
    const next = matterSteps[state][step];
    if (next && court.includes(state) && court.includes(next)) expect(court.indexOf(next)).toBeGreaterThanOrEqual(court.indexOf(state));
    if (!isLiveMatter(state)) expect(next).toBeUndefined();
  },
);
it('preservation moves no matter', () => {
  for (const state of matterStates) expect([undefined, state]).toContain(matterSteps[state].PRESERVATION_GRANTED);
});
it('each live matter has a region and an ended one has none', () => {
  for (const state of matterStates) expect(legalRegionOf(state) === 'NONE').toBe(!isLiveMatter(state));
});
it('an ended placement takes no step and gives the contact back', () => {
  for (const state of placementStates) {
    expect(placementRegionOf(state) === 'NONE').toBe(!isLivePlacement(state));
    if (!isLivePlacement(state)) expect(placementSteps[state]).toEqual({});
  }
});
it('a sale that is settled or refused stays so, and a refusal gives the claim back', () => {
  for (const state of ['SETTLED', 'REFUSED', 'CANCELLED'] as const) expect(saleSteps[state]).toEqual({});
  expect([itemSteps.SALE_PENDING.TRANSFER, itemSteps.SALE_PENDING.RELEASE]).toEqual(['TRANSFERRED', 'RELEASED']);
  expect(loanOwnershipOf('RELEASED')).toBe('BANK');
});
const course = ['POOLED', 'MARKETED', 'BID', 'AWARDED', 'SIGNED', 'ASSIGNED', 'NOTIFIED', 'SETTLED'];
it.each(saleStates.flatMap((state) => saleStepNames.map((step) => [state, step] as const)))(
  'a sale that is %s does not go back on %s, unless its buyer does not stand by its bid',
  (state, step) => {
    const next = saleSteps[state][step];
    if (!next || !course.includes(next)) return expect([undefined, 'REFUSED', 'CANCELLED']).toContain(next);
    if (step === 'AWARD_REFUSED') expect([state, next]).toEqual(['AWARDED', 'BID']);
    else expect(course.indexOf(next)).toBeGreaterThanOrEqual(course.indexOf(state));
  },
);
it('a sale is given up only before it is signed', () =>
  expect(saleStates.filter((state) => saleSteps[state].CANCEL)).toEqual(['POOLED', 'MARKETED', 'BID', 'AWARDED']));
it('a loan of a sale that has ended is the bank’s and takes no step; one that is with the buyer comes back only by way of BUYBACK_PENDING', () => {
  for (const state of itemStates) {
    expect([state, Object.keys(itemSteps[state]).length > 0]).toEqual([state, isLiveItem(state)]);
    for (const step of itemStepNames) {
      const next = itemSteps[state][step];
      if (state === 'TRANSFERRED' && next) expect(next).toBe('BUYBACK_PENDING');
      if (next && isAway(state) && !isLiveItem(next)) expect(['SALE_PENDING', 'BUYBACK_PENDING']).toContain(state);
    }
  }
});
it('a case is sold when every loan of it is, and the bank goes on with what it keeps', () => {
  const of = (...loans: LoanOwnership[]) => caseOwnershipOf(loans);
  expect([of(), of('BANK'), of('TRANSFERRED', 'BANK'), of('SALE_PENDING', 'SALE_CANDIDATE')]).toEqual(['OWNED', 'OWNED', 'OWNED', 'OWNED']);
  expect([of('TRANSFERRED', 'TRANSFERRED'), of('TRANSFERRED', 'SALE_PENDING'), of('TRANSFERRED', 'BUYBACK_PENDING')]).toEqual([
    'TRANSFERRED',
    'SALE_PENDING',
    'BUYBACK_PENDING',
  ]);
});
it('an inquiry is answered once, and what the bureau says later changes nothing', () => {
  const answers: InquiryStepName[] = Object.values(inquiryCallbacks);
  for (const state of inquiryStates) {
    for (const answer of answers)
      expect([state, answer, inquirySteps[state][answer] !== undefined]).toEqual([state, answer, state === 'REQUESTED']);
    expect([state, inquirySteps[state].EXPIRE]).toEqual([state, ['COMPLETED', 'NO_HIT'].includes(state) ? 'EXPIRED' : undefined]);
  }
});

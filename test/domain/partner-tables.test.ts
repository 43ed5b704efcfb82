// The state tables of matters, placements, sales and inquiries: complete, never backwards, and ended means ended.
import { inquiryCallbacks, inquiryStates, inquirySteps, type InquiryStepName } from '../../src/domain/inquiry/inquiry.js';
import { isLiveMatter, legalRegionOf, matterStates, matterStepNames, matterSteps } from '../../src/domain/legal/matter.js';
import { isLivePlacement, placementRegionOf, placementStates, placementSteps } from '../../src/domain/placement/placement.js';
import { ownershipOf, saleStates, saleSteps } from '../../src/domain/sale/sale.js';

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
  for (const state of saleStates) if (state === 'SETTLED' || state === 'REFUSED') expect(saleSteps[state]).toEqual({});
  expect([ownershipOf('SIGNED'), ownershipOf('ASSIGNED'), ownershipOf('REFUSED')]).toEqual(['SALE_PENDING', 'TRANSFERRED', 'OWNED']);
});
it('an inquiry is answered once, and what the bureau says later changes nothing', () => {
  const answers: InquiryStepName[] = Object.values(inquiryCallbacks);
  for (const state of inquiryStates) {
    for (const answer of answers)
      expect([state, answer, inquirySteps[state][answer] !== undefined]).toEqual([state, answer, state === 'REQUESTED']);
    expect([state, inquirySteps[state].EXPIRE]).toEqual([state, ['COMPLETED', 'NO_HIT'].includes(state) ? 'EXPIRED' : undefined]);
  }
});

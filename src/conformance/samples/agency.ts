// Sample orders to agencies.
import type { PlacementOrder } from '../../../connectors/contract/agency.js';
import { claim, debtor, money, type Samples } from './shared.js';

const placement: PlacementOrder = {
  caseRef: 'RC-B00001-1',
  debtor,
  claim: [claim],
  commissionRate: '0.180000',
  commission: {
    rates: [
      { fromDaysPastDue: 0, rate: '0.180000' },
      { fromDaysPastDue: 181, rate: '0.300000' },
    ],
    remittance: 'GROSS',
    directPaymentsEarn: true,
    tailDays: 10,
  },
  expiresOn: '2026-04-30',
  acknowledgeBy: '2026-02-03',
  statusEveryDays: 7,
  itemisation: [
    {
      accountRef: claim.accountRef,
      itemisedOn: '2026-01-31',
      since: '2025-10-15',
      principal: claim.principal,
      interest: claim.interest,
      fees: money('2500.00'),
      payments: money('50000.00'),
      credits: money('0.00'),
      total: claim.total,
    },
  ],
  contactPolicy: {
    citation: 'POJK 22/2023 art. 62(2)',
    days: [1, 2, 3, 4, 5, 6],
    fromHour: 8,
    toHour: 20,
    timeZone: 'Asia/Jakarta',
    language: 'id',
    attempts: { most: 7, inDays: 7 },
    ceasedChannels: ['EMAIL'],
    thirdParties: false,
  },
};

export const ofAgency: Samples = {
  orders(_n, about) {
    const placed = { orderDeliveryId: about, caseRef: placement.caseRef };
    return {
      placeCase: placement,
      updateCase: { ...placed, asOf: '2026-02-28', debtor, claim: [claim], ceasedChannels: ['EMAIL'], heldScopes: ['CONTACT'] },
      reportDirectPayment: {
        ...placed,
        accountRef: claim.accountRef,
        paymentRef: 'T-1',
        kind: 'PAYMENT',
        amount: money('125000.00'),
        paidOn: '2026-02-20',
      },
      recallCase: { ...placed, reason: 'Promise made', objectUntil: '2026-03-05' },
      answerObjection: { ...placed, answer: 'GRANTED', reason: 'The promise runs' },
      finalRecall: { ...placed, reason: 'EXPIRED', effectiveOn: '2026-03-06' },
    };
  },
  before: (operation) => (operation === 'placeCase' ? null : { operation: 'placeCase', about: true }),
};

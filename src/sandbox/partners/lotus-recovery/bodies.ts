// The bodies that Lotus Recovery takes, field by field, read from its own document.
import { date, exactly, exactlyBut, listOf, money, orNull, share, text, whole } from '../agency-desk.js';

const debtor = exactlyBut(['nationalId', 'address'], { ref: text, name: text, nationalId: text, address: text, phones: listOf(text) });
const claim = exactly({
  accountRef: text,
  asOf: date,
  overdueSince: orNull(date),
  daysPastDue: whole,
  principal: money,
  interest: money,
  fees: money,
  penalties: money,
  total: money,
});
const commission = exactly({
  rates: listOf(exactly({ fromDaysPastDue: whole, rate: share }), 1),
  remittance: { enum: ['NET', 'GROSS'] },
  directPaymentsEarn: { type: 'boolean' },
  tailDays: whole,
});
const itemised = exactly({
  accountRef: text,
  itemisedOn: date,
  since: date,
  principal: money,
  interest: money,
  fees: money,
  payments: money,
  credits: money,
  total: money,
});
const hour = { type: 'integer', minimum: 0, maximum: 24 };
const contactPolicy = exactly({
  citation: text,
  days: listOf({ type: 'integer', minimum: 1, maximum: 7 }, 1),
  fromHour: hour,
  toHour: hour,
  timeZone: text,
  language: text,
  attempts: exactly({ most: whole, inDays: whole }),
  ceasedChannels: listOf(text),
  thirdParties: { type: 'boolean' },
});

export const lotusBodies = {
  placeCase: exactly({
    caseRef: text,
    debtor,
    claim: listOf(claim, 1),
    commissionRate: share,
    commission,
    expiresOn: date,
    acknowledgeBy: date,
    statusEveryDays: whole,
    itemisation: listOf(itemised, 1),
    contactPolicy,
  }),
  updateCase: exactly({ caseRef: text, asOf: date, debtor, claim: listOf(claim), ceasedChannels: listOf(text), heldScopes: listOf(text) }),
  reportDirectPayment: exactly({
    caseRef: text,
    accountRef: text,
    paymentRef: text,
    kind: { enum: ['PAYMENT', 'REVERSAL'] },
    amount: money,
    paidOn: date,
  }),
  recallCase: exactly({ caseRef: text, reason: text, objectUntil: date }),
  answerObjection: exactly({ caseRef: text, answer: { enum: ['GRANTED', 'REFUSED'] }, reason: text }),
  finalRecall: exactly({ caseRef: text, reason: text, effectiveOn: date }),
};

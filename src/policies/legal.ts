// Legal action as data: what has to be done before it, its steps and its periods, for each jurisdiction.
import type { LegalRules, LegalStepRule } from '../domain/legal/rules.js';

const ours = { citation: 'Default of the product', verified: false } as const;
const long = [180, 90, 30];
const short = [14, 7, 1];
const alarms = { LIMITATION: long, ENFORCEMENT_APPLICATION: long, FILING_AFTER_PRESERVATION: short, PRESERVATION_RENEWAL: [60, 30, 7] };

/** From the judgment on the steps are much the same everywhere; each place has its words for them. */
const afterJudgment = (enforcement: string, basis: { citation: string; verified: boolean }): LegalStepRule[] => [
  { step: 'AWAIT_FINALITY_OR_APPEAL', term: 'appeal', in: ['JUDGMENT'], afterDays: 0, ...ours },
  { step: 'APPLY_FOR_ENFORCEMENT', term: enforcement, in: ['FINAL', 'SETTLED'], afterDays: 0, ...basis },
  { step: 'SEARCH_FOR_ASSETS', term: 'search for assets', in: ['SUSPENDED_NO_ASSET'], afterDays: 90, ...ours },
];

export const legalAnywhere: LegalRules = {
  acknowledgeWithinBusinessDays: 2,
  // A hand-over begins with the firm's own demand, so no attempts are asked for yet; before a suit they are.
  beforeInstructing: { attempts: 0, rightParty: 0, documents: ['CONTRACT', 'SCHEDULE', 'REPAYMENTS'], ...ours },
  beforeFiling: {
    attempts: 3,
    rightParty: 1,
    documents: ['CONTRACT', 'SCHEDULE', 'REPAYMENTS'],
    barredBy: ['TEMPORARY_HARDSHIP', 'DISPUTE'],
    ...ours,
  },
  forcedWithinDays: 30,
  tellOfPayment: { days: 2, ...ours },
  limitation: {
    years: 6,
    interruptedBy: ['ACKNOWLEDGEMENT', 'PAYMENT', 'SUIT'],
    citation: 'Six years for simple contracts (Limitation Act 1980 s. 5 and 29), taken as the default; recalled, not read',
    verified: false,
  },
  enforcement: { years: 6, citation: 'Limitation Act 1980 s. 24, taken as the default; recalled, not read', verified: false },
  suitAfterPreservation: null,
  preservation: { renewDays: 30, ...ours },
  alarms,
  steps: [
    { step: 'DEMAND_1', term: 'letter of demand', in: ['ACCEPTED'], afterDays: 0, ...ours },
    { step: 'LAWYER_LETTER', term: "lawyer's letter", in: ['DEMAND_SENT'], afterDays: 14, ...ours },
    { step: 'FILE_SUIT', term: 'suit', in: ['LAWYER_LETTER'], afterDays: 14, ...ours },
    ...afterJudgment('enforcement', ours),
  ],
};

const smallClaim = { IDR: 500_000_000_00n };
const perma = { citation: 'PERMA 2/2015 as amended by PERMA 4/2019: a simple claim is of at most Rp 500 million', verified: true };
const somasi = { citation: 'KUHPerdata art. 1238 (somasi); three of them are custom; recalled, not read', verified: false };
const hir = { citation: 'HIR art. 195 ff. (eksekusi), HIR art. 227 (sita jaminan); recalled, not read', verified: false };

export const legalInIndonesia: LegalRules = {
  ...legalAnywhere,
  beforeFiling: {
    ...legalAnywhere.beforeFiling,
    documents: ['CONTRACT', 'SCHEDULE', 'REPAYMENTS', 'DEMAND_PROOF'],
    citation: 'POJK 22/2023 (collection first); KUHPerdata art. 1238 (default by somasi); recalled, not read',
    verified: false,
  },
  limitation: {
    years: 30,
    interruptedBy: ['DEMAND', 'ACKNOWLEDGEMENT', 'PAYMENT', 'SUIT'],
    citation: 'KUHPerdata art. 1967 (thirty years), art. 1979 and 1982 (interruption); recalled, not read',
    verified: false,
  },
  enforcement: { years: 30, citation: 'KUHPerdata art. 1967; recalled, not read', verified: false },
  preservation: { renewDays: 30, ...hir },
  steps: [
    { step: 'DEMAND_1', term: 'somasi 1', in: ['ACCEPTED'], afterDays: 0, ...somasi },
    { step: 'DEMAND_2', term: 'somasi 2', in: ['DEMAND_SENT'], demandLevel: 1, afterDays: 7, ...somasi },
    { step: 'DEMAND_3', term: 'somasi 3', in: ['DEMAND_SENT'], demandLevel: 2, afterDays: 7, ...somasi },
    ...(['DEMAND_SENT', 'LAWYER_LETTER'] as const).flatMap((at): LegalStepRule[] => [
      { step: 'FILE_SMALL_CLAIM', term: 'gugatan sederhana', in: [at], demandLevel: 3, atMost: smallClaim, afterDays: 7, ...perma },
      { step: 'FILE_SUIT', term: 'gugatan biasa', in: [at], demandLevel: 3, above: smallClaim, afterDays: 7, ...perma },
    ]),
    ...afterJudgment('eksekusi', hir),
  ],
};

const civilProcedure = (words: string) => ({ citation: `民事诉讼法: ${words}; recalled, not read`, verified: false });

export const legalInChina: LegalRules = {
  ...legalAnywhere,
  limitation: {
    years: 3,
    interruptedBy: ['DEMAND', 'ACKNOWLEDGEMENT', 'PAYMENT', 'SUIT'],
    citation: '民法典 art. 188, 195; recalled, not read; counted cautiously from the oldest unpaid due date (art. 189)',
    verified: false,
  },
  enforcement: { years: 2, ...civilProcedure('two years to apply for enforcement') },
  suitAfterPreservation: { days: 30, ...civilProcedure('suit within 30 days of preservation before it') },
  preservation: { renewDays: 30, ...civilProcedure('preservation ends unless it is renewed before') },
  steps: [
    { step: 'LAWYER_LETTER', term: '律师函', in: ['ACCEPTED', 'DEMAND_SENT'], afterDays: 0, ...ours },
    { step: 'FILE_SUIT', term: '诉讼', in: ['LAWYER_LETTER'], afterDays: 15, ...civilProcedure('suit') },
    {
      step: 'PAYMENT_ORDER',
      term: '支付令',
      in: ['LAWYER_LETTER'],
      afterDays: 15,
      ...civilProcedure('payment order; the debtor may object within 15 days'),
    },
    {
      step: 'APPLY_FOR_PRESERVATION',
      term: '财产保全',
      in: ['ACCEPTED', 'LAWYER_LETTER', 'FILED'],
      afterDays: 0,
      ...civilProcedure('preservation before or with the suit, against security'),
    },
    ...afterJudgment('强制执行', civilProcedure('two years to apply for enforcement')),
  ],
};

// What each of Fineract's events means: a table of all types, and whose they are, when they are and where they stand in its order.
import { createFineractFormat } from '../../connectors/core-banking/fineract/format.js';
import type { SourceFormat } from '../../connectors/contract/source.js';
import { sourceFormats } from '../../connectors/index.js';
import { createEventCheck } from '../../connectors/published.js';
import { readSources } from '../../src/config.js';
import { bulk, idr, loanAccount, longKey, message, transaction, type Told } from '../support/fineract-world.js';

const faultOf = createEventCheck();
const formats = new Map<string, SourceFormat>();
function formatOf(settings: Record<string, string>): SourceFormat {
  const name = JSON.stringify(settings);
  const format = formats.get(name) ?? createFineractFormat({ JURISDICTION: 'ID', ...settings });
  formats.set(name, format);
  return format;
}
const read = (value: Buffer, settings: Record<string, string> = {}, key: Buffer | null = null) =>
  formatOf(settings).read({ topic: 't', partition: 3, offset: '9', key, value, headers: {} });

function eventsOf(value: Buffer, settings: Record<string, string> = {}): any[] {
  const said = read(value, settings);
  if ('unreadable' in said) throw new Error(said.unreadable);
  for (const event of said.events) expect([event.type, faultOf(event)]).toEqual([event.type, null]);
  return said.events;
}
const reason = (value: Buffer, settings: Record<string, string> = {}): string => {
  const said = read(value, settings);
  return 'unreadable' in said ? said.unreadable : 'read';
};

const account = (
  type: string,
  data: object = loanAccount([{ number: 1, due: '2024-09-01', principal: '100' }]),
  more: Partial<Told> = {},
): Told => ({
  type: `${type}BusinessEvent`,
  record: 'loan.v1.LoanAccountDataV1',
  data,
  key: 'k',
  ...more,
});
const moved = (type: string, data: object = transaction(51, '2024-09-03', '40.00000000'), more: Partial<Told> = {}): Told => ({
  type: `${type}BusinessEvent`,
  record: 'loan.v1.LoanTransactionDataV1',
  data,
  key: 'k',
  ...more,
});
const adjusted = (data: object): Told => ({
  type: 'LoanAdjustTransactionBusinessEvent',
  record: 'loan.v1.LoanTransactionAdjustmentDataV1',
  data,
  key: 'k',
});
const charge = (type: string, more: object = {}): Told => ({
  type: `${type}BusinessEvent`,
  record: 'loan.v1.LoanChargeDataV1',
  data: {
    id: '12',
    chargeId: '2',
    loanId: '7',
    amount: '5',
    amountWaived: '3',
    dueDate: '2024-09-02',
    penalty: true,
    currency: idr,
    ...more,
  },
  key: 'k',
});
const owner = (more: object): Told => ({
  type: 'LoanOwnershipTransferBusinessEvent',
  category: 'Investor',
  record: 'loan.v1.LoanOwnershipTransferDataV1',
  data: {
    loanId: '7',
    type: 'SALE',
    transferExternalId: 'x-1',
    assetOwnerExternalId: 'fund-1',
    transferStatus: 'EXECUTED',
    settlementDate: '2024-09-06',
    purchasePriceRatio: '0.75',
    ...more,
  },
  key: 'k',
});
const client = (type: string, more: object = {}): Told => ({
  type: `${type}BusinessEvent`,
  category: 'Client',
  record: 'client.v1.ClientDataV1',
  data: { id: '3', displayName: 'Siti Rahma', mobileNo: '+628110001', emailAddress: 'siti@example.id', officeId: '12', ...more },
  key: 'k',
});

const snapshot = (status = 'ACTIVE') => ['LoanAccountSnapshotted', '2024-09-05', { loanAccountId: '7', borrowerId: '3', status }];
const schedule = (reason: string) => [
  snapshot(),
  [
    'RepaymentScheduleReplaced',
    '2024-09-05',
    {
      reason,
      currency: 'IDR',
      installments: [{ installmentNumber: 1, dueDate: '2024-09-01', principal: { due: '100', paid: '0', writtenOff: '0' } }],
    },
  ],
];
const posting = (kind: string) => [
  [
    'LoanTransactionPosted',
    '2024-09-03',
    { transactionId: '51', kind, valueDate: '2024-09-03', amount: '40', currency: 'IDR', contained: true },
  ],
];
const reversal = ['LoanTransactionReversed', '2024-09-03', { transactionId: '51', reversedOn: '2024-09-05' }];
const typed = (code: string) => transaction(51, '2024-09-03', '40', { type: { code: `loanTransactionType.${code}` } });

it.each<[string, Told, unknown[]]>([
  ['a snapshot', account('LoanAccountSnapshot'), [snapshot()]],
  ['a snapshot of the day before a due date', account('LoanAccountCustomSnapshot', undefined, { category: 'Loan COB' }), [snapshot()]],
  ['a changed balance', account('LoanBalanceChanged'), [snapshot()]],
  ['a changed status', account('LoanStatusChanged'), [snapshot()]],
  ['a disbursal', account('LoanDisbursal'), [snapshot()]],
  ['a penalty for being late', account('LoanApplyOverdueCharge'), [snapshot()]],
  [
    'a close',
    account('LoanClose', loanAccount([], { status: { id: 600, closedObligationsMet: true, closed: true } })),
    [snapshot('CLOSED_OBLIGATIONS_MET')],
  ],
  [
    'a close by rescheduling',
    account('LoanClose', loanAccount([], { status: { id: 602, closedRescheduled: true } })),
    [snapshot('CLOSED_OBLIGATIONS_MET')],
  ],
  [
    'a write-off of the account',
    account('LoanStatusChanged', loanAccount([], { status: { id: 601, closedWrittenOff: true } })),
    [snapshot('WRITTEN_OFF')],
  ],
  ['an overpaid account', account('LoanStatusChanged', loanAccount([], { status: { id: 700, overpaid: true } })), [snapshot('OVERPAID')]],
  ['an account that was charged off', account('LoanBalanceChanged', loanAccount([], { chargedOff: true })), [snapshot('CHARGED_OFF')]],
  ['an account that was sold', account('LoanBalanceChanged', loanAccount([], { externalOwnerId: 'fund-1' })), [snapshot('TRANSFERRED')]],
  ['an account on its way to another office', account('LoanStatusChanged', loanAccount([], { status: { id: 303 } })), [snapshot()]],
  ['a loan that is not disbursed', account('LoanStatusChanged', loanAccount([], { status: { id: 200, waitingForDisbursal: true } })), []],
  [
    'a disbursal that was undone',
    account('LoanUndoDisbursal', loanAccount([], { status: { id: 200, waitingForDisbursal: true } })),
    [snapshot('CLOSED_OBLIGATIONS_MET')],
  ],
  ['an event to come, with the whole account', account('LoanShiny'), [snapshot()]],
  ['an event before its work is done', account('LoanShinyPre'), []],
  ['an account of another room', account('SavingsShiny', undefined, { category: 'Savings' }), []],
  ['a variation', account('LoanScheduleVariationsAdded'), schedule('RE_AMORTIZE')],
  ['a variation that is taken back', account('LoanScheduleVariationsDeleted'), schedule('RE_AMORTIZE')],
  ['a rescheduling', account('LoanRescheduledDueAdjustSchedule'), schedule('RESCHEDULE')],
  ['another calendar', account('LoanRescheduledDueCalendarChange'), schedule('HOLIDAY')],
  ['a holiday', account('LoanRescheduledDueHoliday'), schedule('HOLIDAY')],
  ['a recalculation of interest', account('LoanInterestRecalculation'), schedule('INTEREST_RECALC')],
  ['a re-age', account('LoanReAge'), schedule('RE_AGE')],
  ['a re-amortization', account('LoanReAmortize'), schedule('RE_AMORTIZE')],
  ['a repayment', moved('LoanTransactionMakeRepaymentPost'), posting('REPAYMENT')],
  ['a recovery', moved('LoanTransactionRecoveryPaymentPost', typed('recoveryRepayment')), posting('RECOVERY')],
  ['goodwill', moved('LoanTransactionGoodwillCreditPost', typed('goodwillCredit')), posting('GOODWILL_CREDIT')],
  ['a merchant’s refund', moved('LoanTransactionMerchantIssuedRefundPost', typed('merchantIssuedRefund')), posting('REFUND')],
  ['a payout refund', moved('LoanTransactionPayoutRefundPost', typed('payoutRefund')), posting('REFUND')],
  ['a down payment', moved('LoanTransactionDownPaymentPost', typed('downPayment')), posting('REPAYMENT')],
  ['a payment of a charge', moved('LoanChargePaymentPost', typed('chargePayment')), posting('REPAYMENT')],
  ['waived interest', moved('LoanWaiveInterest', typed('waiver')), posting('WAIVER')],
  ['a chargeback', moved('LoanChargebackTransaction', typed('chargeback')), posting('CHARGEBACK')],
  ['a charge-off', moved('LoanChargeOffPost', typed('chargeOff')), posting('CHARGE_OFF')],
  ['a write-off', moved('LoanWrittenOffPost', typed('writeOff')), posting('WRITE_OFF')],
  ['a refund of what was overpaid', moved('LoanCreditBalanceRefundPost', typed('creditBalanceRefund')), posting('REFUND')],
  ['a disbursement', moved('LoanDisbursalTransaction', typed('disbursement')), posting('DISBURSEMENT')],
  [
    'interest that is let off as a payment',
    moved('LoanTransactionInterestPaymentWaiverPost', typed('interestPaymentWaiver')),
    posting('WAIVER'),
  ],
  ['a refund of interest', moved('LoanTransactionInterestRefundPost', typed('interestRefund')), posting('REFUND')],
  ['a refund of a charge', moved('LoanChargeRefund', typed('chargeRefund')), posting('REFUND')],
  ['an adjustment of a charge', moved('LoanChargeAdjustmentPost', typed('chargeAdjustment')), posting('GOODWILL_CREDIT')],
  ['a refund of an active loan', moved('LoanRefundPost', typed('refundForActiveLoans')), posting('REFUND')],
  ['a foreclosure', moved('LoanForeClosurePost', typed('repayment')), posting('REPAYMENT')],
  [
    'a transaction that does not say its type',
    moved('LoanChargeOffPost', transaction(51, '2024-09-03', '40', { type: null })),
    posting('CHARGE_OFF'),
  ],
  [
    'a transaction that was undone at once',
    moved('LoanTransactionMakeRepaymentPost', transaction(51, '2024-09-03', '40', { manuallyReversed: true })),
    [...posting('REPAYMENT'), reversal],
  ],
  ['a charge-off that is undone', moved('LoanUndoChargeOff', typed('chargeOff')), [reversal]],
  ['a write-off that is undone', moved('LoanUndoWrittenOff', typed('writeOff')), [reversal]],
  ['a transaction of a kind that is none of ours', moved('LoanAccrualTransactionCreated', typed('accrual')), []],
  [
    'a reversal',
    adjusted({ transactionToAdjust: transaction(51, '2024-09-03', '40', { manuallyReversed: true, reversedOnDate: '2024-09-05' }) }),
    [reversal],
  ],
  ['the reversal of an accrual', adjusted({ transactionToAdjust: typed('accrual') }), []],
  [
    'an adjustment',
    adjusted({ transactionToAdjust: transaction(51, '2024-09-03', '40'), newTransactionDetail: transaction(52, '2024-09-03', '30') }),
    [reversal, ['LoanTransactionPosted', '2024-09-03', { transactionId: '52', replacesId: '51', kind: 'REPAYMENT', amount: '30' }]],
  ],
  [
    'a transaction that is spread anew in its place',
    adjusted({ transactionToAdjust: transaction(51, '2024-09-03', '40'), newTransactionDetail: transaction(51, '2024-09-03', '40') }),
    posting('REPAYMENT'),
  ],
  [
    'a charge',
    charge('LoanAddCharge'),
    [
      [
        'ChargeApplied',
        '2024-09-05',
        { chargeId: '12', dueDate: '2024-09-02', amount: '5', currency: 'IDR', penalty: true, contained: true },
      ],
    ],
  ],
  [
    'a charge without a due date',
    charge('LoanAddCharge', { dueDate: null, submittedOnDate: '2024-09-04' }),
    [['ChargeApplied', '2024-09-05', { dueDate: '2024-09-04' }]],
  ],
  ['a changed charge', charge('LoanUpdateCharge', { amount: '4.5' }), [['ChargeApplied', '2024-09-05', { chargeId: '12', amount: '4.5' }]]],
  ['a waived charge', charge('LoanWaiveCharge'), [['ChargeWaived', '2024-09-05', { chargeId: '12', amount: '3', contained: true }]]],
  [
    'a waiver that is taken back',
    charge('LoanWaiveChargeUndo', { amountWaived: null }),
    [['ChargeWaived', '2024-09-05', { chargeId: '12', amount: '0' }]],
  ],
  [
    'a sale',
    owner({}),
    [
      [
        'LoanOwnershipTransferred',
        '2024-09-06',
        { transferId: 'x-1', newOwnerId: 'fund-1', settlementDate: '2024-09-06', purchasePriceRatio: '0.75' },
      ],
    ],
  ],
  ['a buyback', owner({ type: 'BUYBACK' }), [['LoanOwnershipTransferred', '2024-09-06', { newOwnerId: 'default' }]]],
  ['a sale that was called off', owner({ transferStatus: 'CANCELLED' }), []],
  [
    'loans that the close of business could not bring up to date',
    {
      type: 'LoanAccountsStayedLockedBusinessEvent',
      record: 'loan.v1.LoanAccountsStayedLockedDataV1',
      data: { loanAccounts: [{ id: '7' }] },
      key: 'k',
    },
    [['LoanAccountStale', '2024-09-05', { reason: 'COB_LOCKED' }]],
  ],
  ...['ClientCreate', 'ClientActivate', 'ClientReject'].map((type): [string, Told, unknown[]] => [
    type,
    client(type),
    [
      [
        'BorrowerUpdated',
        '2024-09-05',
        {
          borrowerId: '3',
          name: 'Siti Rahma',
          jurisdiction: 'ID',
          language: 'id',
          timeZone: 'Asia/Jakarta',
          contactPoints: [
            { channel: 'PHONE', value: '+628110001', preferred: true },
            { channel: 'EMAIL', value: 'siti@example.id' },
          ],
        },
      ],
    ],
  ]),
])('takes %s for what it is', (_, told, expected) => {
  const events = eventsOf(message(told));
  expect(events.map(({ type, effectivedate, data }) => [type, effectivedate, data])).toEqual(
    (expected as [string, string, object][]).map(([type, on, data]) => [type, on, expect.objectContaining(data)]),
  );
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  for (const { id } of events) expect(id).toMatch(/^k(\/|$)/);
});

it('takes nothing from what means nothing here, whatever schema its data has', () => {
  const unread = (type: string, category = 'Loan') => {
    const bytes = message({ type, category, record: 'client.v1.ClientDataV1', data: { id: '3' } });
    bytes[bytes.indexOf(Buffer.from('568dc616a866b865', 'hex'))]! ^= 1; // a fingerprint that nobody knows
    return reason(bytes);
  };
  for (const type of [
    'LoanRepaymentDueBusinessEvent',
    'LoanRepaymentOverdueBusinessEvent',
    'LoanJournalEntryCreatedBusinessEvent',
    'LoanDeleteChargeBusinessEvent',
  ])
    expect([type, unread(type)]).toEqual([type, 'read']);
  for (const type of ['ClientCreatePreBusinessEvent', 'SavingsDepositBusinessEvent', 'toString', 'constructor'])
    expect([type, unread(type)]).toEqual([type, 'read']);
  expect(unread('ClientCreateBusinessEvent', 'Client')).toMatch(/^UNKNOWN_FINGERPRINT/);
});

it('takes over the whole of an account', () => {
  const data = loanAccount(
    [
      { number: null, due: '2024-08-01', more: { principalDisbursed: '100' } },
      { number: 2, from: '2024-09-01', due: '2024-10-01', principal: '75' },
      {
        number: 1,
        from: '2024-08-01',
        due: '2024-09-01',
        principal: '25.00000000',
        paid: '5.50000000',
        more: {
          downPaymentPeriod: true,
          interestDue: '3.20000000',
          interestPaid: '1',
          interestWaived: '0.2',
          interestWrittenOff: '0',
          feeChargesDue: '2',
          penaltyChargesDue: '1',
          penaltyChargesWrittenOff: '0.50000000',
        },
      },
    ],
    {
      externalId: 'L-7',
      graceOnArrearsAgeing: 3,
      inArrearsTolerance: '1.00000000',
      enableInstallmentLevelDelinquency: true,
      summary: { principalAdjustments: '0.25', interestOutstanding: '2', feeChargesOutstanding: '2', penaltyChargesOutstanding: '0.5' },
      delinquent: {
        pastDueDays: 4,
        delinquentDays: 1,
        delinquencyPausePeriods: [{ active: false, pausePeriodStart: '2024-08-10', pausePeriodEnd: '2024-08-12' }],
      },
    },
  );
  expect(eventsOf(message(account('LoanAccountSnapshot', data)))[0].data).toEqual({
    loanAccountId: '7',
    accountNo: '000000007',
    externalId: 'L-7',
    borrowerId: '3',
    productId: '4',
    productClass: 'CONSUMER',
    jurisdiction: 'ID',
    currency: 'IDR',
    status: 'ACTIVE',
    principal: '100.25',
    disbursedOn: '2024-08-01',
    graceOnArrearsAgeing: 3,
    arrearsTolerance: '1',
    installments: [
      {
        installmentNumber: 1,
        fromDate: '2024-08-01',
        dueDate: '2024-09-01',
        principal: { due: '25', paid: '5.5', writtenOff: '0' },
        interest: { due: '3.2', paid: '1', waived: '0.2', writtenOff: '0' },
        fee: { due: '2' },
        penalty: { due: '1', writtenOff: '0.5' },
      },
      { installmentNumber: 2, fromDate: '2024-09-01', dueDate: '2024-10-01', principal: { due: '75', paid: '0', writtenOff: '0' } },
    ],
    pauses: [{ startDate: '2024-08-10', endDate: '2024-08-12' }],
    outstanding: { principal: '94.5', interest: '2', fee: '2', penalty: '0.5' },
    installmentLevel: true,
    sourceDelinquency: { pastDueDays: 4, delinquentDays: 1 },
  });
});

it('tells a pause that began from one that was ended, and one without an end', () => {
  const changed = (...delinquencyPausePeriods: object[]) =>
    eventsOf(
      message(
        account(
          'LoanAccountDelinquencyPauseChanged',
          loanAccount([{ number: 1, due: '2024-09-01', principal: '100' }], { delinquent: { delinquencyPausePeriods } }),
        ),
      ),
    )
      .slice(1)
      .map(({ id, type, effectivedate, data }) => [id, type, effectivedate, data]);
  const old = { pausePeriodStart: '2024-08-10', pausePeriodEnd: '2024-08-12' };
  expect(changed({ pausePeriodStart: '2024-09-02', pausePeriodEnd: '2024-09-20' }, old)).toEqual([
    ['k/pause/2024-09-02', 'DelinquencyPaused', '2024-09-02', { startDate: '2024-09-02', endDate: '2024-09-20' }],
  ]);
  expect(changed(old, { pausePeriodStart: '2024-09-02', pausePeriodEnd: '2024-09-05' })).toEqual([
    ['k/pause/2024-09-02', 'DelinquencyResumed', '2024-09-02', { startDate: '2024-09-02', endDate: '2024-09-05' }],
  ]);
  expect(changed({ pausePeriodStart: '2024-09-03' })).toEqual([
    ['k/pause/2024-09-03', 'DelinquencyPaused', '2024-09-03', { startDate: '2024-09-03' }],
  ]);
});

it('makes two events of a bulk of two, with their own ids and the tenant and date of the envelope (case 32)', () => {
  const value = bulk([account('LoanBalanceChanged'), moved('LoanTransactionMakeRepaymentPost')], {
    key: 'outer',
    tenantId: 'east',
    businessDate: '2024-09-09',
    id: 40,
  });
  expect(eventsOf(value).map(({ id, type, tenantid, businessdate, sequence }) => [id, type, tenantid, businessdate, sequence])).toEqual([
    ['outer#1', 'LoanAccountSnapshotted', 'east', '2024-09-09', '000000000004000001'],
    ['outer#2', 'LoanTransactionPosted', 'east', '2024-09-09', '000000000004000002'],
  ]);
});

it('parks a bulk whole when one of its items cannot be read, naming the item', () => {
  const value = bulk([account('LoanBalanceChanged'), moved('LoanTransactionMakeRepaymentPost')]);
  value[value.indexOf(Buffer.from('4c3cc1b621591623', 'hex'))]! ^= 1;
  expect(reason(value)).toMatch(/^UNKNOWN_FINGERPRINT 4d3cc1b621591623 .*LoanTransactionDataV1$/);
});

it('knows loan 7 and client 7 of tenants A and B for four, though all have key 7 (case 42)', () => {
  const names = ['A', 'B'].flatMap((tenantId) =>
    [message({ ...account('LoanBalanceChanged'), tenantId }), message({ ...client('ClientCreate', { id: '7' }), tenantId })].map(
      (value) => (read(value, {}, longKey(7)) as { events: any[] }).events[0].aggregateid,
    ),
  );
  expect(names).toEqual(['A/fineract/7', 'A/fineract/borrower/7', 'B/fineract/7', 'B/fineract/borrower/7']);
});

it('takes a message id that has become negative for a later one (case 43), and one that has begun again when it is told so', () => {
  const sequence = (id: number, settings = {}) => BigInt(eventsOf(message({ ...account('LoanBalanceChanged'), id }), settings)[0].sequence);
  const rising = [
    sequence(1),
    sequence(2 ** 31 - 1),
    sequence(-(2 ** 31)),
    sequence(-1),
    sequence(0, { ID_WRAPS: '1' }),
    sequence(-1, { ID_WRAPS: '99' }),
  ];
  expect(rising).toEqual([...rising].sort((a, b) => (a < b ? -1 : 1)));
  expect(new Set(rising).size).toBe(rising.length);
});

it('takes the time of writing for UTC, with and without parts of a second', () => {
  const time = (createdAt: string) => eventsOf(message({ ...account('LoanBalanceChanged'), createdAt }))[0].time;
  expect(time('2024-09-05T10:15:30.000001')).toBe('2024-09-05T10:15:30.000001Z');
  expect(time('2024-09-05T10:15:30')).toBe('2024-09-05T10:15:30Z');
  expect(time('2024-09-05T10:15')).toBe('2024-09-05T10:15:00Z');
  expect(reason(message({ ...account('LoanBalanceChanged'), createdAt: 'this morning' }))).toBe('MESSAGE createdAt is not a date and time');
});

it('says for the bank what Fineract does not: by tenant, by product, by office', () => {
  const settings = {
    JURISDICTION: 'default=ID,east=CN',
    PRODUCT_CLASSES: '4=MICRO, east/4=CREDIT_CARD, Gadai Emas=PAWN, *=CONSUMER',
    TIME_ZONE: 'default/12=Asia/Jayapura, default=Asia/Jakarta, east=Asia/Shanghai',
    SYSTEM: 'core',
    SOURCE: 'https://bank.example/fineract',
  };
  const loan = (more: Partial<Told>, data: object = {}) =>
    eventsOf(
      message({ ...account('LoanBalanceChanged', loanAccount([{ number: 1, due: '2024-09-01', principal: '1' }], data)), ...more }),
      settings,
    )[0];
  expect(loan({})).toMatchObject({
    source: settings.SOURCE,
    aggregateid: 'default/core/7',
    data: { jurisdiction: 'ID', productClass: 'MICRO' },
  });
  expect(loan({ tenantId: 'east' })).toMatchObject({ data: { jurisdiction: 'CN', productClass: 'CREDIT_CARD' } });
  expect(loan({}, { loanProductId: '9', loanProductName: 'Gadai Emas' }).data.productClass).toBe('PAWN');
  expect(loan({}, { loanProductId: '9' }).data.productClass).toBe('CONSUMER');
  const zone = (tenantId: string, officeId: string) =>
    eventsOf(message({ ...client('ClientCreate', { officeId }), tenantId }), settings)[0].data;
  expect([zone('default', '12').timeZone, zone('default', '1').timeZone, zone('east', '12').timeZone]).toEqual([
    'Asia/Jayapura',
    'Asia/Jakarta',
    'Asia/Shanghai',
  ]);
  expect([zone('default', '1').language, zone('east', '1').language]).toEqual(['id', 'zh']);
  expect(reason(message({ ...account('LoanBalanceChanged'), tenantId: 'west' }), settings)).toBe(
    'SETTING FINERACT_JURISDICTION says nothing of this tenant',
  );
});

it('counts transactions and charges on top of older snapshots when the bank sends none with them', () => {
  const counted = { TRANSACTIONS: 'counted' };
  const data = (told: Told) => eventsOf(message(told), counted)[0].data;
  const spread = { principalPortion: '30.00000000', interestPortion: '9.5', penaltyChargesPortion: '0.5' };
  expect(data(moved('LoanTransactionMakeRepaymentPost', transaction(51, '2024-09-03', '40', spread))).portions).toEqual({
    principal: '30',
    interest: '9.5',
    penalty: '0.5',
  });
  expect(
    data(moved('LoanTransactionMakeRepaymentPost', transaction(51, '2024-09-03', '40', { principalPortion: null }))),
  ).not.toHaveProperty('portions');
  expect(data(moved('LoanCreditBalanceRefundPost', typed('creditBalanceRefund'))).portions).toEqual({ principal: '0' });
  expect(data(charge('LoanAddCharge'))).not.toHaveProperty('contained');
});

it.each<[string, Told, string]>([
  ['an account without a client', account('LoanBalanceChanged', loanAccount([], { clientId: null })), 'DATA clientId is missing'],
  ['an account without a status', account('LoanBalanceChanged', loanAccount([], { status: null })), 'DATA status is missing'],
  [
    'an amount that no currency has',
    account(
      'LoanBalanceChanged',
      loanAccount([{ number: 1, due: '2024-09-01', principal: '0.33333333' }], { summary: { principalDisbursed: '1' } }),
    ),
    'DATA repaymentSchedule.periods[0].principalDue has more decimals than any currency',
  ],
  [
    'a date that is none',
    account('LoanBalanceChanged', loanAccount([{ number: 1, due: '0000-00-00', principal: '1' }])),
    'DATA /installments/0/dueDate must match format "date" of LoanAccountSnapshotted',
  ],
  [
    'a negative payment',
    moved('LoanTransactionMakeRepaymentPost', transaction(51, '2024-09-03', '-1')),
    'DATA /amount must match pattern "^(0|[1-9][0-9]{0,14})(\\.[0-9]{1,4})?$" of LoanTransactionPosted',
  ],
  [
    'a payment without a loan',
    moved('LoanTransactionMakeRepaymentPost', transaction(51, '2024-09-03', '1', { loanId: null })),
    'DATA loanId is missing',
  ],
  ['a tenant with a slash', { ...account('LoanBalanceChanged'), tenantId: 'a/b' }, 'MESSAGE tenantId has a slash or a blank'],
  ['a message without a key to know it by', { ...account('LoanBalanceChanged'), key: '' }, 'MESSAGE idempotencyKey is empty'],
  [
    'a business date that is none',
    { ...account('LoanBalanceChanged'), businessDate: '2024-02-30', createdAt: '2024-02-29T10:15:30' },
    'ENVELOPE /businessdate must match format "date" of LoanAccountSnapshotted',
  ],
])('parks %s', (_, told, expected) => expect(reason(message(told))).toBe(expected));

it.each<[Record<string, string>, RegExp]>([
  [{}, /^FINERACT_JURISDICTION is not set/],
  [{ JURISDICTION: 'Indonesia' }, /^FINERACT_JURISDICTION must be an ISO 3166-1 code, or a list of name=value$/],
  [{ JURISDICTION: 'SG' }, /^FINERACT_TIME_ZONE must be set for SG; FINERACT_LANGUAGE must be set for SG$/],
  [
    { JURISDICTION: 'default=ID,west=SG', LANGUAGE: 'west=en', TIME_ZONE: 'east=Asia/Singapore' },
    /^FINERACT_TIME_ZONE must be set for west$/,
  ],
  [{ JURISDICTION: 'ID', TIME_ZONE: 'Jakarta time' }, /^FINERACT_TIME_ZONE must be an IANA time zone/],
  [{ JURISDICTION: 'ID', PRODUCT_CLASSES: '4=micro' }, /^FINERACT_PRODUCT_CLASSES must be a class/],
  [{ JURISDICTION: 'ID', TRANSACTIONS: 'all' }, /^FINERACT_TRANSACTIONS must be contained or counted$/],
  [{ JURISDICTION: 'ID', SYSTEM: 'a/b' }, /^FINERACT_SYSTEM must be/],
  [{ JURISDICTION: 'ID', SOURCE: 'a b' }, /^FINERACT_SOURCE must be/],
  [{ JURISDICTION: 'ID', ID_WRAPS: '-1' }, /^FINERACT_ID_WRAPS must be/],
])('names a setting that is wrong: %j', (settings, problem) => expect(() => createFineractFormat(settings)).toThrow(problem));

it('is chosen by SOURCES, with the settings that begin with its name', () => {
  const problems: string[] = [];
  const [source] = readSources(
    { SOURCES: 'fineract:external-events', FINERACT_JURISDICTION: 'CN', FINERACT_SYSTEM: 'core', UNLIKE_FINERACT: 'x' },
    Object.keys(sourceFormats),
    problems,
  );
  expect(problems).toEqual([]);
  expect(source).toMatchObject({ format: 'fineract', topics: ['external-events'] });
  const value = message(client('ClientCreate'));
  const told = sourceFormats['fineract']!(source!.settings, []).read({
    topic: 't',
    partition: 0,
    offset: '0',
    key: null,
    value,
    headers: {},
  });
  expect(told).toMatchObject({
    events: [{ aggregateid: 'default/core/borrower/3', data: { jurisdiction: 'CN', timeZone: 'Asia/Shanghai' } }],
  });
});

it.each<[object, object | undefined]>([
  [{}, undefined],
  [
    {
      firstname: 'Siti',
      middlename: 'Nur',
      lastname: 'Rahma',
      dateOfBirth: '1980-02-29',
      gender: { name: 'Female' },
      legalForm: { id: 1 },
    },
    { kind: 'PERSON', familyName: 'Rahma', givenName: 'Siti Nur', bornOn: '1980-02-29', gender: 'F' },
  ],
  [
    { fullname: 'PT Maju', legalForm: { id: 2 }, gender: { name: 'Laki-laki' } },
    { kind: 'COMPANY', gender: 'M' },
  ],
  [
    { firstname: '', lastname: 'Rahma', dateOfBirth: '0001-01-01', gender: { name: 'Unsaid' }, legalForm: { id: 9 } },
    { familyName: 'Rahma' },
  ],
])('a client of %j', (more, details) => expect(eventsOf(message(client('ClientCreate', more)))[0].data.details).toEqual(details));

it.each<[object, object | undefined]>([
  [{}, undefined],
  [
    { annualInterestRate: '12.5', clientOfficeId: '12', isFloatingInterestRate: false },
    { interestRate: '12.5', branch: '12', interestFixed: true },
  ],
  [
    { annualInterestRate: '12.33333300', isLoanProductLinkedToFloatingRate: true },
    { interestRate: '12.333333', interestFixed: false },
  ],
  [{ annualInterestRate: '24' }, { interestRate: '24' }],
  [{ annualInterestRate: '0.5' }, { interestRate: '0.5' }],
  [{ annualInterestRate: '0' }, { interestRate: '0' }],
  [{ annualInterestRate: '100' }, { interestRate: '100' }],
  [{ annualInterestRate: '1000' }, undefined],
  [{ annualInterestRate: '-1' }, undefined],
  [{ annualInterestRate: '12.33333333' }, undefined],
])('a loan of %j', (more, details) =>
  expect(eventsOf(message(account('LoanBalanceChanged', loanAccount([], more))))[0].data.details).toEqual(details),
);

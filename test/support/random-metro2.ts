// Random accounts of a Metro 2 file at a day, each of which the format can say, for properties.
import fc from 'fast-check';
import type { FileParty, FileRecord, FileStanding } from '../../connectors/bureau-file.js';
import { account, borrower, standing, sums } from './metro2.js';

const dayMs = 86_400_000;
export const daysLater = (date: string, days: number) => new Date(Date.parse(date) + days * dayMs).toISOString().slice(0, 10);

/** Names with what a file holds of them. */
export const names = {
  family: {
    Smith: 'SMITH',
    'Núñez Ortiz': 'NUNEZ-ORTIZ',
    'O’Brien': "O'BRIEN",
    Großmann: 'GROSSMANN',
    Łukasiewicz: 'LUKASIEWICZ',
    Sørensen: 'SORENSEN',
  },
  given: { John: ['JOHN', ''], 'Mary Ann Élodie': ['MARY', 'ANN ELODIE'], Zoë: ['ZOE', ''] },
  generation: { '': '', ' Jr.': 'J', ' III': '3', ' SR': 'S' },
} as const;
const keys = <T extends object>(of: T) => fc.constantFrom(...(Object.keys(of) as (keyof T & string)[]));

const date = (from: string, to: string) =>
  fc.integer({ min: 0, max: Math.round((Date.parse(to) - Date.parse(from)) / dayMs) }).map((days) => daysLater(from, days));
const money = fc.integer({ min: 0, max: 99_999_999 }).map((cents) => (cents / 100).toFixed(2));
const sumsOf = fc.record({ principal: money, interest: money, fees: money, penalties: money });

const party: fc.Arbitrary<FileParty> = fc
  .record({
    family: keys(names.family),
    generation: keys(names.generation),
    given: keys(names.given),
    number: fc.option(fc.integer({ min: 100_000_000, max: 665_999_999 })),
    bornOn: date('1930-01-01', '2005-12-31'),
    unborn: fc.boolean(),
    phones: fc.subarray(['12', '+1 (312) 555-0199', '3125550100']),
    city: fc.constantFrom('Springfield', 'A City With A Name Too Long To Fit'),
    postalCode: fc.constantFrom('62701', '62701-1234'),
  })
  .map(({ bornOn, city, family, generation, given, number, phones, postalCode, unborn }) => ({
    ref: 'P',
    kind: 'PERSON',
    name: { full: `${given} ${family}`, family: `${family}${generation}`, given },
    ...(number !== null && { idKind: 'NATIONAL', idNumber: String(number) }),
    ...((number === null || !unborn) && { bornOn }),
    address: { ...borrower.address!, city, postalCode },
    phones,
  }));

const month = fc.oneof(
  fc.integer({ min: 0, max: 400 }),
  fc.constantFrom('NOT_REPORTED' as const, 'WRITTEN_OFF' as const, 'IN_COLLECTION' as const, 'ZERO_BALANCE' as const),
);

const standingAt = (asOf: string): fc.Arbitrary<FileStanding> =>
  fc
    .record({
      state: fc.constantFrom('ACTIVE', 'ACTIVE', 'PAID', 'WRITTEN_OFF', 'SOLD', 'IN_COLLECTION', 'CANCELLED') as fc.Arbitrary<
        FileStanding['state']
      >,
      daysPastDue: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 400 })),
      before: fc.integer({ min: 0, max: 100 }),
      since: fc.integer({ min: 0, max: 25 }),
      outstanding: sumsOf,
      overdueFrom30Days: fc.option(money, { nil: undefined }),
      overdue: sumsOf,
      regularPayment: money,
      paidInPeriod: money,
      lastPayment: fc.option(fc.integer({ min: 0, max: 90 })),
      history: fc
        .tuple(fc.array(month, { maxLength: 12 }), fc.constant(['NO_HISTORY' as const]))
        .map(([known, none]) => [...known, ...none]),
      chargedOff: money.filter((amount) => Number(amount) >= 1),
      wasWrittenOff: fc.boolean(),
    })
    .map((s) => {
      const over = s.state === 'PAID' || s.state === 'CANCELLED';
      const daysPastDue = over ? 0 : s.daysPastDue;
      const writtenOff = s.state === 'WRITTEN_OFF' || (s.wasWrittenOff && (s.state === 'PAID' || s.state === 'SOLD'));
      return {
        ...standing,
        state: s.state,
        stateSince: daysLater(asOf, -s.since),
        daysPastDue,
        firstDelinquencyOn: daysLater(asOf, -Math.max(daysPastDue, 60) - s.before),
        outstanding: over ? sums('0') : s.outstanding,
        overdue: s.overdue,
        overdueFrom30Days: s.overdueFrom30Days,
        overduePrincipalByAge: [
          { fromDays: 0, toDays: 29, principal: '1.00' },
          { fromDays: 30, toDays: null, principal: s.overdue.principal },
        ],
        regularPayment: s.regularPayment,
        paidInPeriod: s.paidInPeriod,
        lastPayment: s.lastPayment === null ? undefined : { on: daysLater(asOf, -s.lastPayment), amount: '1.00' },
        history: s.history,
        ...(writtenOff && { writtenOff: { on: asOf, amount: s.chargedOff } }),
        ...(s.state === 'SOLD' && { sale: { buyer: 'Summit Assets', buyerReports: true, stillManaged: false } }),
      };
    });

/** @param places one for each account: their refs are made of it */
const recordAt = (asOf: string, place: number): fc.Arbitrary<FileRecord> =>
  fc
    .record({
      action: fc.constantFrom('CREATE', 'UPDATE', 'UPDATE', 'CORRECT', 'DELETE', 'DELETE_FRAUD', 'IDENTIFIER') as fc.Arbitrary<
        FileRecord['action']
      >,
      mark: fc.constantFrom(undefined, 'DISPUTED', 'DISPUTE_RESOLVED', 'DISPUTE_RESOLVED_DISAGREES', 'REMOVE') as fc.Arbitrary<
        FileRecord['mark']
      >,
      kind: fc.constantFrom('INSTALMENT', 'MORTGAGE', 'REVOLVING', 'LINE_OF_CREDIT', 'OPEN') as fc.Arbitrary<FileRecord['account']['kind']>,
      everyMonths: fc.constantFrom(0, 1, 2, 3, 4, 6, 12),
      instalments: fc.integer({ min: 1, max: 80 }),
      originalPrincipal: money,
      creditLimit: money.filter((amount) => Number(amount) >= 1),
      openedOn: date('2015-01-01', asOf),
      fixed: fc.constantFrom(undefined, true, false),
      codes: fc.constantFrom<Record<string, string>>(
        { accountType: '01' },
        { accountType: '48' },
        { accountType: '0C' },
        { accountType: '26', mortgageIdentification: '123456789012345678' },
        { accountType: '01', specializedPayment: '01', balloonDue: '2031-01-31', balloonAmount: '9999.50' },
        { accountType: '01', specializedPayment: '02', deferredStart: '2024-02-29', termsFrequency: 'D' },
        { accountType: '01', employer: 'Acme Corporation', employerCity: 'Springfield', occupation: 'Clerk' },
      ),
      borrower: party,
      insolvency: fc.constantFrom(undefined, 'A', 'Q'),
      associates: fc.array(fc.record({ party, role: fc.constantFrom('JOINT' as const, 'GUARANTOR' as const, 'AUTHORISED' as const) }), {
        maxLength: 3,
      }),
      standing: standingAt(asOf),
    })
    .map((r) => ({
      key: `A${place}/1`,
      action: r.action,
      ...(r.mark && { mark: r.mark }),
      account: {
        ...account,
        accountRef: `A${place}`,
        ...(r.action === 'IDENTIFIER' && { formerAccountRef: `OLD${place}` }),
        kind: r.kind,
        everyMonths: r.everyMonths,
        instalments: r.instalments,
        originalPrincipal: r.originalPrincipal,
        creditLimit: r.creditLimit,
        openedOn: r.openedOn,
        maturesOn: daysLater(r.openedOn, 800),
        interestFixed: r.fixed,
        codes: r.codes,
        originalCreditor: /48|0C/.test(r.codes['accountType'] ?? '') ? { name: 'First Bank', classification: '08' } : undefined,
      },
      borrower: { ...r.borrower, ...(r.insolvency && { insolvency: r.insolvency, insolvencySince: daysLater(asOf, -400) }) },
      associates: r.associates.map(({ party: each, role }) => ({ ...each, role })),
      collaterals: [],
      standing: r.standing,
    }));

/** The last day of a period from 2023 to 2025, and accounts as they stood at its end. */
export const periods = date('2023-01-01', '2025-12-31').chain((asOf) =>
  fc.record({
    asOf: fc.constant(asOf),
    records: fc.integer({ min: 1, max: 6 }).chain((n) => fc.tuple(...Array.from({ length: n }, (_, place) => recordAt(asOf, place)))),
  }),
);

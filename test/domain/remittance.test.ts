// Partners' money: nothing is booked of a remittance that is wrong anywhere, all of one that is right, and reversals take back exactly what was earned.
import fc from 'fast-check';
import type { RemittanceFile } from '../../connectors/contract/remittance.js';
import { readRemittanceFile, writeRemittanceFile } from '../../connectors/remittance-file.js';
import { clawback, commissionAt, commissionOn, toMillionths } from '../../src/domain/placement/commission.js';
import { dueOf, judgeRemittance, type BookedPayment, type Books, type OwnPlacement } from '../../src/domain/placement/remittance.js';
import { policyFor } from '../../src/policies/index.js';
import { lineOf, remittanceOf, type Parts } from '../support/remittances.js';

const rules = policyFor('ID', '2026-01-01').remittances;
const placement = (id: string, over: Partial<OwnPlacement> = {}): OwnPlacement => ({
  id,
  caseId: `case of ${id}`,
  commissionRate: '0.180000',
  placedOn: '2026-05-01',
  closedOn: null,
  refused: false,
  rules,
  ...over,
});
const placements = new Map([
  ['LR-1', placement('one')],
  ['LR-2', placement('two', { closedOn: '2026-05-20' })],
  ['LR-3', placement('three', { refused: true })],
]);
const empty: Books = { placements, payments: new Map(), today: '2026-06-02' };
const codes = (file: RemittanceFile, books = empty) => {
  const verdict = judgeRemittance(file, books);
  return 'problems' in verdict ? verdict.problems.map(({ line, field, code }) => [line, field, code]) : [];
};
const parts: Parts = [900_00n, 100_00n, 5_00n, 0n];
const one = lineOf(2, 'P-1', 'LR-1', parts);
/** The books after a remittance was booked. */
function after(file: RemittanceFile, books: Books = empty): Books {
  const verdict = judgeRemittance(file, books);
  if ('problems' in verdict) throw new Error(JSON.stringify(verdict.problems));
  const payments = new Map<string, BookedPayment>(books.payments);
  for (const {
    line,
    contentSha256,
    placement: { id },
    minors,
    rate,
  } of verdict.booked) {
    const none = { principal: 0n, interest: 0n, fee: 0n, penalty: 0n, amount: 0n };
    payments.set(line.paymentIdentifier, { contentSha256, placementId: id, minors, rate, via: line.via, type: line.type, reversed: none });
    const original = line.reverses && payments.get(line.reverses);
    if (original)
      payments.set(line.reverses!, {
        ...original,
        reversed: Object.fromEntries(
          Object.entries(original.reversed).map(([name, was]) => [name, was - minors[name as 'amount']]),
        ) as never,
      });
  }
  return { ...books, payments };
}

it.each<[string, RemittanceFile, [number | null, string | null, string][]]>([
  [
    'a total of a bucket',
    remittanceOf('R', [one], { totals: { ...remittanceOf('R', [one]).totals, interest: '99.00' } }),
    [[null, 'interest', 'TOTAL']],
  ],
  ['a count', remittanceOf('R', [one], { totals: { ...remittanceOf('R', [one]).totals, count: 2 } }), [[null, 'count', 'TOTAL']]],
  [
    'a total amount',
    remittanceOf('R', [one], { totals: { ...remittanceOf('R', [one]).totals, amount: '1005.01' } }),
    [[null, 'amount', 'TOTAL']],
  ],
  ['parts that do not make the amount', remittanceOf('R', [{ ...one, amount: '1006.00' }]), [[2, 'amount', 'BUCKETS']]],
  ['an amount of nothing', remittanceOf('R', [lineOf(2, 'P-1', 'LR-1', [0n, 0n, 0n, 0n])]), [[2, 'amount', 'NOT_ABOVE_ZERO']]],
  ['a case of nobody', remittanceOf('R', [one, lineOf(3, 'P-2', 'LR-9', parts)]), [[3, 'placement', 'NO_PLACEMENT']]],
  ['a case that it refused', remittanceOf('R', [lineOf(2, 'P-1', 'LR-3', parts)]), [[2, 'placement', 'NO_PLACEMENT']]],
  ['a payment before it was placed', remittanceOf('R', [{ ...one, paidOn: '2026-04-30' }]), [[2, 'paidOn', 'BEFORE_PLACEMENT']]],
  ['a payment after the remittance', remittanceOf('R', [{ ...one, paidOn: '2026-06-02' }]), [[2, 'paidOn', 'AFTER_REMITTANCE']]],
  ['a day that is to come', remittanceOf('R', [one], { remittedOn: '2026-06-03' }), [[null, 'remittedOn', 'FUTURE']]],
  ['a number that is used twice', remittanceOf('R', [one, { ...one, line: 3 }]), [[3, 'paymentIdentifier', 'REPEATED']]],
  ['a reversal of nothing', remittanceOf('R', [{ ...one, type: 'PAR', reverses: null }]), [[2, 'reverses', 'NO_ORIGINAL']]],
  ['a reversal of what is not known', remittanceOf('R', [{ ...one, type: 'PAR', reverses: 'P-0' }]), [[2, 'reverses', 'NO_ORIGINAL']]],
  [
    'a reversal of more than the payment',
    remittanceOf('R', [one, lineOf(3, 'P-2', 'LR-1', [900_01n, 0n, 0n, 0n], { type: 'PAR', reverses: 'P-1' })]),
    [[3, 'principal', 'REVERSAL_EXCEEDS']],
  ],
  [
    'a reversal of another case’s payment',
    remittanceOf('R', [one, lineOf(3, 'P-2', 'LR-2', parts, { type: 'PAR', reverses: 'P-1' })]),
    [[3, 'reverses', 'OTHER_PAYMENT']],
  ],
])('names %s, and books nothing', (_, file, expected) => expect(codes(file)).toEqual(expected));

it('says the same of another’s case and of none', () => {
  const words = (ref: string) => judgeRemittance(remittanceOf('R', [lineOf(2, 'P', ref, parts)]), empty);
  expect(words('LR-3')).toEqual(words('LR-9'));
});

it('knows a payment again, and finds the number used for another', () => {
  const books = after(remittanceOf('R', [one]));
  expect(judgeRemittance(remittanceOf('R2', [one]), books)).toEqual({ booked: [], seenBefore: 1 });
  expect(codes(remittanceOf('R2', [{ ...one, paidOn: '2026-05-31' }]), books)).toEqual([[2, 'paymentIdentifier', 'CONFLICT']]);
});

it('keeps what was paid before the final recall and comes later, with commission by contract; what was paid after earns nothing', () => {
  const file = remittanceOf('R', [
    lineOf(2, 'P-1', 'LR-2', parts, { paidOn: '2026-05-20' }),
    lineOf(3, 'P-2', 'LR-2', parts, { paidOn: '2026-05-21' }),
  ]);
  const verdict = judgeRemittance(file, empty);
  expect('booked' in verdict && verdict.booked.map(({ commissionMinor, rate }) => [commissionMinor, rate])).toEqual([
    [180_90n, '0.180000'],
    [0n, '0'],
  ]);
});

it('earns of direct payments where the pinned rule says so, for the days of its tail after the end, and rounds halves up', () => {
  const { rules: _, ...of } = placement('x');
  const paid = (amountMinor: bigint, via: 'PARTNER' | 'BANK' = 'PARTNER') => ({ amountMinor, paidOn: '2026-05-10', via });
  const earned = (place: Parameters<typeof commissionOn>[0], payment: ReturnType<typeof paid>, directPaymentsEarn = true) =>
    commissionOn(place, payment, { ...rules, directPaymentsEarn }).minor;
  const pinned = { ...of, directPaymentsEarn: false };
  expect([earned(of, paid(100_00n)), earned(pinned, paid(100_00n)), earned(pinned, paid(100_00n, 'BANK'))]).toEqual([18_00n, 18_00n, 0n]);
  const ended = { ...of, closedOn: '2026-05-08' };
  expect([0, 1, 2].map((tailDays) => earned({ ...ended, tailDays }, paid(100_00n)))).toEqual([0n, 0n, 18_00n]);
  expect([earned(of, paid(100_00n, 'BANK')), earned(of, paid(100_00n, 'BANK'), false)]).toEqual([18_00n, 0n]);
  expect([commissionAt(25n, '0.1'), commissionAt(24n, '0.1'), toMillionths('0.18'), toMillionths('0.180000')]).toEqual([
    3n,
    2n,
    180_000n,
    180_000n,
  ]);
  expect([dueOf('NET', 100n, 18n), dueOf('GROSS', 100n, 18n), dueOf('NET', 0n, 18n)]).toEqual([82n, 100n, -18n]);
});

const amount = fc.bigInt({ min: 1n, max: 10n ** 12n });
it('takes back exactly what a payment earned, in however many reversals', () =>
  fc.assert(
    fc.property(
      amount,
      fc.integer({ min: 0, max: 1_000_000 }),
      fc.array(fc.nat(100), { minLength: 1, maxLength: 6 }),
      (paid, millionths, shares) => {
        const rate = `0.${String(Math.min(millionths, 999_999)).padStart(6, '0')}`;
        const all = shares.reduce((sum, each) => sum + each, 0);
        let [before, taken] = [0n, 0n];
        shares.forEach((share, i) => {
          const reversal = i === shares.length - 1 ? paid - before : (paid * BigInt(share)) / BigInt(Math.max(all, 1));
          taken += clawback(paid, rate, before, reversal);
          before += reversal;
        });
        expect([before, taken]).toEqual([paid, commissionAt(paid, rate)]);
      },
    ),
  ));

const bucket = fc.bigInt({ min: 0n, max: 10n ** 10n });
const linesOf = fc.array(fc.tuple(bucket, bucket, bucket, bucket, fc.boolean()), { minLength: 1, maxLength: 12 }).map((all) =>
  all.map(([principal, interest, fee, penalty, direct], i) =>
    lineOf(i + 2, `P-${i}`, i % 2 ? 'LR-1' : 'LR-2', [principal + 1n, interest, fee, penalty], {
      via: direct ? 'BANK' : 'PARTNER',
      paidOn: '2026-05-15',
    }),
  ),
);
it('books lines that make the totals, to the last digit, also when they went through a file', () =>
  fc.assert(
    fc.property(linesOf, (lines) => {
      const file = remittanceOf('R-1', lines);
      const read = readRemittanceFile(writeRemittanceFile(file));
      expect(read).toEqual({ remittance: file });
      const verdict = judgeRemittance(file, empty);
      const booked = 'booked' in verdict ? verdict.booked : [];
      const sum = booked.reduce((all, { minors }) => all + minors.amount, 0n);
      expect([booked.length, sum]).toEqual([lines.length, BigInt(file.totals.amount.replace('.', ''))]);
    }),
  ));
it('comes to the same bookings by any order of the files, whatever comes twice', () =>
  fc.assert(
    fc.property(linesOf, fc.array(fc.nat(5), { maxLength: 6 }), fc.boolean(), (lines, again, backwards) => {
      const files = lines.map((line, i) => remittanceOf(`R-${i}`, [line]));
      const whole = remittanceOf('R', lines);
      const order = [...files, ...again.map((n) => files[n % files.length]!), whole];
      const books = (backwards ? order.toReversed() : order).reduce((all, file) => after(file, all), empty);
      const plain = after(whole);
      const sorted = ({ payments }: Books) => [...payments].sort(([a], [b]) => (a < b ? -1 : 1));
      expect(sorted(books)).toEqual(sorted(plain));
    }),
  ));
it('comes to nothing when all payments are reversed', () =>
  fc.assert(
    fc.property(linesOf, (lines) => {
      const backs = lines.map((line, i) => ({
        ...line,
        line: 100 + i,
        paymentIdentifier: `B-${i}`,
        type: 'PAR' as const,
        reverses: line.paymentIdentifier,
      }));
      const verdict = judgeRemittance(remittanceOf('R', [...backs, ...lines]), empty);
      const booked = 'booked' in verdict ? verdict.booked : [];
      expect(booked).toHaveLength(2 * lines.length);
      expect(booked.reduce((all, { minors, commissionMinor }) => [all[0]! + minors.amount, all[1]! + commissionMinor], [0n, 0n])).toEqual([
        0n,
        0n,
      ]);
    }),
  ));

const good = writeRemittanceFile(remittanceOf('R-1', [one]));
it.each<[string, string, [number, string | null, string][]]>([
  ['nothing', '', [[1, null, 'RECORD']]],
  ['no head', good.replace('H,', 'X,'), [[1, null, 'RECORD']]],
  ['no trailer', good.split('\r\n').slice(0, 2).join('\n'), [[2, null, 'RECORD']]],
  ['another version', good.replace('H,1', 'H,2'), [[1, null, 'VERSION']]],
  ['a line that is short', good.replace(',PARTNER,', ',PARTNER'), [[2, null, 'COLUMN_COUNT']]],
  ['quotes', good.replace('P-1', '"P-1"'), [[2, null, 'QUOTES']]],
  ['an amount below zero', good.replace('1005.00', '-1005.00'), [[2, 'amount', 'FIELD']]],
  ['another type', good.replace('PA,', 'PX,'), [[2, 'type', 'FIELD']]],
  ['another date', good.replace('2026-06-01,1', '01.06.2026,1'), [[2, 'paidOn', 'FIELD']]],
  ['no currency', good.replace('IDR', 'Rp'), [[1, 'currency', 'FIELD']]],
  ['no count', good.replace('T,1', 'T,one'), [[3, 'count', 'FIELD']]],
])('reads no file with %s', (_, text, expected) => {
  const read = readRemittanceFile(text);
  expect('problems' in read && read.problems.map(({ line, field, code }) => [line, field, code])).toEqual(expected);
});

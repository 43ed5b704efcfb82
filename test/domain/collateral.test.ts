// The life of a pledged asset, its least prices, and who gets what of its proceeds: tables, and properties beside an oracle that counts unit by unit.
import fc from 'fast-check';
import {
  assetStates,
  assetStepNames,
  assetSteps,
  coreValuationIdOf,
  mayStep,
  statesInDisposal,
  valuationIdOf,
} from '../../src/domain/collateral/asset.js';
import { byRank, distribute, proRata, type Lien, type LoanClaim } from '../../src/domain/collateral/proceeds.js';
import { faultsOfCollateral, leastAfterUnsold, leastReserve, partOf, validUntil, worthItsCost } from '../../src/domain/collateral/rules.js';
import { guard, type CaseSituation } from '../../src/domain/case/guards.js';
import { stageOf } from '../../src/domain/case/stage.js';
import { collateralAnywhere, collateralOfChina, collateralOfIndonesia } from '../../src/policies/collateral.js';
import { policyFor } from '../../src/policies/index.js';

const sum = (amounts: readonly bigint[]) => amounts.reduce((all, each) => all + each, 0n);
const amount = (max: bigint) => fc.bigInt({ min: 0n, max });

describe('an asset', () => {
  it('goes from its charge to its release by this course, and by no shorter one', () => {
    const course = ['VALUE', 'SEIZE', 'LIST', 'OPEN_ROUND', 'FAIL', 'LIST', 'OPEN_ROUND', 'SELL', 'DISTRIBUTE', 'RELEASE'] as const;
    let state: (typeof assetStates)[number] = 'CHARGED';
    const seen = course.map((step) => (state = assetSteps[state][step]!));
    expect(seen).toEqual([
      'VALUED',
      'SEIZED',
      'LISTED',
      'AUCTION',
      'UNSOLD',
      'LISTED',
      'AUCTION',
      'SOLD',
      'PROCEEDS_DISTRIBUTED',
      'RELEASED',
    ]);
  });
  it.each([
    ['CHARGED', 'ORDER'],
    ['VALUED', 'LIST'],
    ['LISTED', 'SELL'],
    ['AUCTION', 'RELEASE'],
    ['AUCTION', 'SELL_PRIVATELY'],
    ['SOLD', 'LIST'],
    ['SOLD', 'RELEASE'],
    ['RELEASED', 'VALUE'],
  ] as const)('in %s may not %s', (state, step) => expect(mayStep(state, step)).toBe(false));
  it('is never stuck before its release, and money that came is never let go of undistributed', () => {
    for (const state of assetStates) expect([state, Object.keys(assetSteps[state]).length > 0]).toEqual([state, state !== 'RELEASED']);
    for (const state of ['SOLD', 'PRIVATE_SALE', 'IN_LIEU'] as const) expect(Object.keys(assetSteps[state])).toEqual(['DISTRIBUTE']);
  });
  it('is in disposal from its order or seizure until its proceeds are distributed', () => {
    for (const state of assetStates)
      for (const step of assetStepNames) {
        const to = assetSteps[state][step];
        if (!to || statesInDisposal.includes(state) === statesInDisposal.includes(to)) continue;
        expect(['ORDER', 'SEIZE', 'DISTRIBUTE', 'RELEASE']).toContain(step);
      }
  });
  it('counts of one day what was recorded last, and that before what core banking told', () => {
    const ids = [
      coreValuationIdOf('collateral_0123456789abcdef', 9n),
      coreValuationIdOf('collateral_0123456789abcdef', 10n),
      coreValuationIdOf('collateral_0123456789abcdef', 2n ** 62n),
      valuationIdOf('collateral_0123456789abcdef', 1, 99n),
      valuationIdOf('collateral_0123456789abcdef', 1, 100n),
      valuationIdOf('collateral_0123456789abcdef', 2, 3n),
    ];
    expect(ids.toSorted()).toEqual(ids);
    for (const id of ids) expect(id).toMatch(/^valuation_[0-9a-z]{32}$/);
  });
});

describe('the guards', () => {
  const at: CaseSituation = {
    status: 'OPEN',
    legal: 'ENFORCEMENT',
    placement: 'NONE',
    ownership: 'OWNED',
    legalEligible: true,
    heldScopes: [],
    assetStates: ['AUCTION', 'UNSOLD', 'SOLD', 'VALUED'],
  };
  const against = (action: Parameters<typeof guard>[0], over: Partial<CaseSituation> = {}) =>
    guard(action, { ...at, ...over }).against.map(({ ruleId }) => ruleId);
  it.each([
    ['ORDER_REPOSSESSION', 'LEGAL', ['no-legal-hold']],
    ['LIST_FOR_AUCTION', 'LEGAL', ['no-legal-hold']],
    ['LIST_FOR_AUCTION', 'SALE', ['no-sale-hold']],
    ['RECORD_PRIVATE_SALE', 'SALE', ['no-sale-hold']],
    ['TAKE_IN_LIEU', 'LEGAL', ['no-legal-hold']],
    ['DISTRIBUTE_PROCEEDS', 'SALE', ['no-sale-hold']],
    ['DISTRIBUTE_PROCEEDS', 'LEGAL', []],
    ['RECORD_VALUATION', 'LEGAL', []],
    ['RECORD_SEIZURE', 'LEGAL', []],
    ['RECORD_AUCTION_RESULT', 'LEGAL', []],
  ] as const)('of %s under a hold of %s', (action, scope, rules) => {
    expect(against(action)).toEqual([]);
    expect(against(action, { heldScopes: [scope] })).toEqual(rules);
  });
  it('ask for an asset in a state that allows it', () => {
    expect(against('DISTRIBUTE_PROCEEDS', { assetStates: ['AUCTION'] })).toEqual(['asset-state']);
    expect(against('DISTRIBUTE_PROCEEDS', { assetStates: [] })).toEqual(['asset-state']);
  });
});

it('the stage is DISPOSAL below enforcement and above a suit', () => {
  const regions = { status: 'OPEN', ownership: 'OWNED', placement: 'PLACED', arrangement: 'NONE', treatment: 'NONE', disposal: 'RUNNING' };
  expect(stageOf({ ...regions, legal: 'ENFORCEMENT' })).toBe('ENFORCEMENT');
  expect(stageOf({ ...regions, legal: 'FILED' })).toBe('DISPOSAL');
  expect(stageOf({ ...regions, legal: 'FILED', disposal: null })).toBe('LITIGATION');
  expect(stageOf({ ...regions, legal: 'NONE', status: 'CLOSED' })).toBe('CLOSED');
});

describe('the rules', () => {
  it.each([
    ['China, first', collateralOfChina, 1_000_001n, null, 800_001n],
    ['China, later', collateralOfChina, 1_000_001n, 800_001n, 640_001n],
    ['Indonesia, by appraisal alone', collateralOfIndonesia, 1_000_000n, null, null],
    ['elsewhere, first', collateralAnywhere, 1_000_000n, null, 700_000n],
  ] as const)('%s: the least reserve', (_, rules, value, previous, least) => expect(leastReserve(rules, value, previous)).toBe(least));
  it('a least amount is the smallest that is no less than its part', () => {
    fc.assert(
      fc.property(amount(10n ** 15n), fc.integer({ min: 0, max: 10_000 }), (whole, part) => {
        const least = partOf(whole, part);
        expect(least * 10_000n >= whole * BigInt(part)).toBe(true);
        expect(least === 0n || (least - 1n) * 10_000n < whole * BigInt(part)).toBe(true);
      }),
    );
  });
  it('are those of the jurisdiction on the day, and none claims to be verified', () => {
    expect(policyFor('CN', '2026-06-01').collateral).toBe(collateralOfChina);
    expect(policyFor('DE', '2026-06-01').collateral).toBe(collateralAnywhere);
    for (const { reserve, afterUnsold, worth } of [collateralAnywhere, collateralOfChina, collateralOfIndonesia])
      expect([reserve.verified, afterUnsold.verified, worth.verified]).toEqual([false, false, false]);
  });
  it('say until when a valuation is in date, what follows a failed auction, and what is worth its cost', () => {
    expect(validUntil(collateralAnywhere, 'DESKTOP', '2026-01-01')).toBe('2026-04-01');
    expect(leastAfterUnsold(collateralOfChina, 640_001n)).toBe(640_001n);
    expect(worthItsCost(collateralAnywhere, 5n, 100n)).toBe(true);
    expect(worthItsCost(collateralAnywhere, 5n, 101n)).toBe(false);
  });
  it('are refused with faults', () => {
    expect(faultsOfCollateral(collateralOfChina)).toEqual([]);
    expect(
      faultsOfCollateral({
        ...collateralAnywhere,
        validDays: { ...collateralAnywhere.validDays, INDEX: 0 },
        worth: { ...collateralAnywhere.worth, ofDebt: 10_001 },
      }),
    ).toEqual(['a valuation INDEX is never in date', '10001 is no part of a whole in hundredths of a percent']);
  });
});

describe('proceeds', () => {
  /** Hands out unit by unit: to whoever of the lowest unpaid rank is furthest behind what is due to them of that rank's money. */
  function unitByUnit(money: bigint, claims: { rank: number; owed: bigint }[]): bigint[] {
    const paid = claims.map(() => 0n);
    let left = money;
    for (const rank of [...new Set(claims.map((each) => each.rank))].sort((a, b) => a - b)) {
      const at = [...claims.keys()].filter((i) => claims[i]!.rank === rank);
      const total = sum(at.map((i) => claims[i]!.owed));
      const pot = left < total ? left : total;
      if (total === 0n) continue;
      // In whole units first, then what is left to the largest fractions.
      for (const i of at) while ((paid[i]! + 1n) * total <= pot * claims[i]!.owed) paid[i]! += 1n;
      let rest = pot - sum(at.map((i) => paid[i]!));
      const waiting = [...at];
      while (rest > 0n) {
        const behind = (i: number) => pot * claims[i]!.owed - paid[i]! * total;
        const next = waiting.reduce((best, i) => (behind(i) > behind(best) ? i : best));
        waiting.splice(waiting.indexOf(next), 1);
        paid[next]! += 1n;
        rest -= 1n;
      }
      left -= pot;
    }
    return paid;
  }
  const claims = fc.array(fc.record({ rank: fc.integer({ min: 1, max: 4 }), owed: amount(60n) }), { maxLength: 7 });

  it('by rank are what handing them out unit by unit gives', () => {
    fc.assert(
      fc.property(amount(300n), claims, (money, of) => expect(byRank(money, of)).toEqual(unitByUnit(money, of))),
      { numRuns: 500 },
    );
  });
  it('pro rata stay within one unit of what is due, whatever the size', () => {
    fc.assert(
      fc.property(amount(10n ** 17n), fc.array(amount(10n ** 16n), { minLength: 1, maxLength: 20 }), (money, owed) => {
        const paid = proRata(money, owed);
        const total = sum(owed);
        expect(sum(paid)).toBe(money < total ? money : total);
        paid.forEach((each, i) => {
          expect(each <= owed[i]!).toBe(true);
          if (money < total) expect(each * total - money * owed[i]! < total && money * owed[i]! - each * total < total).toBe(true);
        });
      }),
    );
  });

  const loan = fc.record({
    overdueSince: fc.constantFrom('2026-01-01', '2026-02-01', null),
    owed: fc.record({ principal: amount(10n ** 9n), interest: amount(10n ** 6n), fee: amount(1000n), penalty: amount(1000n) }),
  });
  const lien = fc
    .record({ rank: fc.integer({ min: 1, max: 4 }), ours: fc.boolean(), amount: fc.option(amount(10n ** 9n)) })
    .map((each): Lien => ({ ...each, holder: 'h', amount: each.ours ? each.amount : (each.amount ?? 5n) }));
  const given = fc.record({
    price: amount(10n ** 10n),
    costs: fc.array(amount(10n ** 7n), { maxLength: 4 }),
    liens: fc.array(lien, { maxLength: 6 }),
    loans: fc.array(loan, { maxLength: 5 }),
    across: fc.constantFrom('PRO_RATA' as const, 'OLDEST_FIRST' as const),
  });
  const order = ['penalty', 'fee', 'interest', 'principal'] as const;

  it('come out as they went in, nobody gets more than owed, and costs and higher ranks go first', () => {
    fc.assert(
      fc.property(given, ({ price, costs, liens, loans, across }) => {
        const claims = loans.map((each, i): LoanClaim => ({ ...each, loanId: `loan_${i}` }));
        const out = distribute(price, { costs: costs.map((cost) => ({ label: 'c', amount: cost })), liens, loans: claims }, across, order);
        const paidToLiens = out.liens.map(({ paid }) => paid);
        expect(sum(out.costs.map(({ paid }) => paid)) + sum(paidToLiens) + out.surplus).toBe(price);
        const ours = sum(out.liens.filter((each) => each.ours).map(({ paid }) => paid));
        expect(sum(out.loans.map(({ total }) => total.paid))).toBe(ours);
        expect(ours + out.shortfall).toBe(sum(claims.flatMap(({ owed }) => Object.values(owed))));
        for (const { paid, owed } of [...out.costs, ...out.liens, ...out.loans.map(({ total }) => total)])
          expect(paid <= owed && paid >= 0n).toBe(true);
        const costsUnpaid = out.costs.some(({ paid, owed }) => paid < owed);
        for (const each of out.liens) {
          const higherUnpaid = out.liens.some((other) => other.rank < each.rank && other.paid < other.owed);
          if (costsUnpaid || higherUnpaid) expect(each.paid).toBe(0n);
        }
        if (out.surplus > 0n) expect([...out.costs, ...out.liens].every(({ paid, owed }) => paid === owed)).toBe(true);
        for (const each of out.loans) {
          expect(sum(Object.values(each.paid))).toBe(each.total.paid);
          order.forEach((part, i) => {
            if (each.paid[part] > 0n) for (const before of order.slice(0, i)) expect(each.paid[before]).toBe(each.owed[before]);
          });
        }
        if (across === 'OLDEST_FIRST')
          for (const each of out.loans)
            if (each.overdueSince === null && each.total.paid > 0n)
              for (const older of out.loans) if (older.overdueSince !== null) expect(older.total.paid).toBe(older.total.owed);
      }),
      { numRuns: 300 },
    );
  });
  it('in figures: costs, another’s first lien, ours with a limit, and what stays owed', () => {
    const owed = { principal: 900_00n, interest: 100_00n, fee: 0n, penalty: 0n };
    const out = distribute(
      700_01n,
      {
        costs: [{ label: 'auction house', amount: 50_00n }],
        liens: [
          { rank: 2, holder: 'us', ours: true, amount: 500_00n },
          { rank: 1, holder: 'tax office', ours: false, amount: 300_00n },
        ],
        loans: [
          { loanId: 'a', overdueSince: null, owed },
          { loanId: 'b', overdueSince: null, owed: { ...owed, principal: 400_00n } },
        ],
      },
      'PRO_RATA',
      order,
    );
    expect(out.liens.map(({ owed: due, paid }) => [due, paid])).toEqual([
      [500_00n, 350_01n],
      [300_00n, 300_00n],
    ]);
    expect(out.loans.map(({ total, paid }) => [total.paid, paid.interest, paid.principal])).toEqual([
      [233_34n, 100_00n, 133_34n],
      [116_67n, 100_00n, 16_67n],
    ]);
    expect([out.shortfall, out.surplus]).toEqual([1149_99n, 0n]);
  });
});

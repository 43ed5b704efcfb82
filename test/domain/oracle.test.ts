// 10,000 loan histories by chance: what the product says of every one is what a brute-force oracle says, and what ageing will write is what assessing on that day would say.
import fc from 'fast-check';
import { toDate } from '../../src/domain/day.js';
import { assess, type Assessment, type Standing } from '../../src/domain/loan/assess.js';
import { totalOf } from '../../src/domain/loan/components.js';
import { keptBase, keptPostings, positionOf, toJson } from '../../src/domain/loan/kept-position.js';
import { fold, unseen, type Position } from '../../src/domain/loan/position.js';
import type { Policy } from '../../src/domain/policy.js';
import { policyFor } from '../../src/policies/index.js';
import { oracleOf, type Rules, type Seen } from '../support/delinquency-oracle.js';
import { arrivals, arriving, factsOf, historyOf } from '../support/loan-histories.js';

const buckets: Rules['buckets'] = [
  ['D1_30', 1, 30],
  ['D31_60', 31, 60],
  ['D61_90', 61, 90],
  ['D91_120', 91, 120],
  ['D121_180', 121, 180],
  ['D181_PLUS', 181, Infinity],
];
const rules: Record<string, Rules> = {
  ID: { buckets, classes: [0, 1, 91, 121, 181], watch: { performing: [90, 2], bad: [180, 3] } },
  US: { buckets, classes: [0, 31, 91, 181, 361], watch: null },
};

const kept = (position: Position): Position =>
  positionOf(JSON.parse(toJson(keptBase(position))), JSON.parse(JSON.stringify(keptPostings(position))));

const seen = (is: Assessment): Seen => ({
  result: is.result,
  overdueSince: is.overdueSince === null ? null : Date.parse(is.overdueSince) / 86_400_000,
  daysPastDue: is.daysPastDue,
  pausedDays: is.pausedDays,
  delinquentDays: is.delinquentDays,
  overdueLines: Number(totalOf(is.overdue)),
  overdue: Number(is.overdueTotal),
  outstanding: Number(totalOf(is.outstanding)),
  bucket: is.bucket,
  class: is.qualityClass,
});

const standingOf = ({ result, overdueSince, overdue, overdueTotal, bucket, qualityClass, nextDueOn }: Standing) =>
  toJson({ result, overdueSince, overdue, overdueTotal, bucket, qualityClass, nextDueOn });
const crossed = ({ result, delinquentDays }: Assessment, policy: Policy): number =>
  result === 'PAST_DUE'
    ? [policy.cases.openFrom, ...policy.thresholds.map(({ days }) => days)].filter((days) => delinquentDays >= days).length
    : 0;

/** A day here and there ahead, and the days at which the steps say that something changes. */
function daysAhead(is: Assessment, from: number): number[] {
  const days = new Set<number>();
  for (let day = from + 3; day < from + 420; day += 41) days.add(day);
  for (const { on } of is.steps) for (const near of [-1, 0, 1]) days.add(Date.parse(on) / 86_400_000 + near);
  return [...days].filter((day) => day > from);
}

const ran = { histories: 0, days: 0, steps: 0, past: 0, results: {} as Record<string, number> };

/** The texts are compared first: half a million comparisons would take minutes otherwise. */
function same(what: string, day: number, is: unknown, expected: unknown): void {
  if (JSON.stringify(is) !== JSON.stringify(expected)) expect({ what, day, is }).toEqual({ what, day, is: expected });
}

function tryOne({ seed, shuffle, asOf }: { seed: number; shuffle: number; asOf: number }): void {
  const history = historyOf(seed);
  const facts = factsOf(history);
  const whole = facts.reduce(fold, unseen);
  // Each batch is kept and read again, as the store does it.
  const position = arriving(facts, shuffle).reduce((known, batch) => kept(batch.reduce(fold, known)), unseen);
  if (toJson(position) !== toJson(whole)) expect(position).toStrictEqual(whole); // the order of keys may differ
  const policy = policyFor(history.jurisdiction, '2026-01-01');
  const oracle = oracleOf(history.told, rules[history.jurisdiction]!);
  const today = history.until + asOf;
  const is = assess(position, toDate(today), policy);
  same('today', today, seen(is), oracle(today));
  for (const day of daysAhead(is, today)) {
    const then = assess(position, toDate(day), policy);
    same('ahead', day, seen(then), oracle(day));
    ran.days++;
    if (is.decidesOn !== null && toDate(day) >= is.decidesOn) continue;
    const step = is.steps.findLast(({ on }) => on <= toDate(day))?.is ?? is;
    same('step', day, standingOf(step), standingOf(then));
    same('decision', day, crossed(then, policy), crossed(is, policy));
    ran.steps++;
  }
  // The past by all that is known: what counts before that day.
  const past = history.until - (shuffle % 150);
  const before = history.told.filter(({ on }) => on < past);
  const then = assess(facts.filter(({ effectiveOn }) => effectiveOn < toDate(past)).reduce(fold, unseen), toDate(past), policy);
  same('past', past, seen(then), oracleOf(before, rules[history.jurisdiction]!)(past));
  ran.past++;
  ran.histories++;
  ran.results[is.result] = (ran.results[is.result] ?? 0) + 1;
}

it('agrees with the oracle on 10,000 histories, shuffled, doubled, back-dated and cut into batches (I-12)', () => {
  fc.assert(fc.property(arrivals, tryOne), { numRuns: 10_000, endOnFailure: process.env['CASEGRAPH_SHRINK'] === undefined });
  console.info(
    `${ran.histories} histories, ${ran.days} days, ${ran.steps} of them by stored steps, ${ran.past} past days: 0 differences`,
    ran.results,
  );
  expect(ran.histories).toBeGreaterThanOrEqual(10_000);
  for (const result of ['PAST_DUE', 'CURRENT', 'WITHIN_TOLERANCE', 'NONE'])
    expect([result, ran.results[result]! > 100]).toEqual([result, true]);
});

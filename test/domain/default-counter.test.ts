// The counter of default on histories by chance: what is kept for a day, and read on later ones, is what counting every single day makes of it.
import fc from 'fast-check';
import { toDate, toDay } from '../../src/domain/day.js';
import { assess } from '../../src/domain/loan/assess.js';
import { fold, unseen } from '../../src/domain/loan/position.js';
import type { Policy } from '../../src/domain/policy.js';
import { policyFor } from '../../src/policies/index.js';
import { ledger, oracleOf, type Line, type Told } from '../support/delinquency-oracle.js';
import { arrivals, arriving, factsOf, firstDay, historyOf } from '../support/loan-histories.js';

const policy: Policy = {
  ...policyFor('US', '2026-01-01'),
  defaultCounter: {
    absolute: 12n,
    currency: 'IDR',
    relative: '0.25',
    days: 20,
    probationDays: 15,
    forborneProbationDays: 40,
    citation: 'Short, so that much happens',
    verified: true,
  },
};

interface Counted {
  days: number;
  /** Null while not in default. */
  defaultSince: number | null;
}

/** One step a day; it shares nothing with the product. */
function countedDayByDay(told: readonly Told[], until: number): Map<number, Counted> {
  const eased = told.reduce<number | null>((on, each) => (each.is === 'schedule' && each.eased ? each.on : on), null);
  const bad = told.findLast((each) => each.is === 'schedule' && each.eased) as { wasBad: boolean } | undefined;
  const counted = new Map<number, Counted>();
  const known = new Map<string, { lines: Line[]; overdue: (day: number) => number }>();
  let [days, quiet, defaultSince] = [0, 0, null as number | null];
  for (let day = firstDay - 50; day <= until; day++) {
    const ahead = told.flatMap((each) => (each.is === 'money' && each.on > day ? each.id : []));
    const then = [...told, ...ahead.map((id): Told => ({ is: 'undone', at: 1e9, on: day, id }))];
    let ledgerOf = known.get(ahead.join());
    if (!ledgerOf) {
      const seen = oracleOf(then, { buckets: [], classes: [], watch: null });
      known.set(ahead.join(), (ledgerOf = { lines: ledger(then), overdue: (on) => seen(on).overdue }));
    }
    const { lines, overdue } = ledgerOf;
    const pastDue = overdue(day);
    const principal = lines.filter(({ due }) => due >= day).map(({ cells }) => cells[3]!);
    const exposure =
      pastDue + principal.reduce((sum, { due, paid, waived, writtenOff }) => sum + Math.max(0, due - paid - waived - writtenOff), 0);
    const material = pastDue > 12 && pastDue > exposure / 4;
    days = material ? days + 1 : 0;
    if (defaultSince !== null) {
      quiet = material || day === eased ? 0 : quiet + 1;
      if (quiet === (eased !== null && eased <= day ? 40 : 15)) defaultSince = null;
    } else if (days > 20 || (day === eased && bad!.wasBad)) [defaultSince, quiet] = [day, 0];
    counted.set(day, { days, defaultSince });
  }
  return counted;
}

const daysRead = 80;
const ran = { days: 0, material: 0, defaulted: 0, healed: 0, rejudged: 0 };

function tryOne({ seed, shuffle, asOf }: { seed: number; shuffle: number; asOf: number }): void {
  const history = historyOf(seed);
  const position = arriving(factsOf(history), shuffle).flat().reduce(fold, unseen);
  // All is known from the first day on, so that on most days money is still to come.
  const today = firstDay - 40 + (((asOf + 40) * 7) % (history.until - firstDay + 140));
  const oracle = countedDayByDay(history.told, today + daysRead);
  let is = assess(position, toDate(today), policy);
  if (is.result === 'NONE' || is.result === 'AWAITING_SNAPSHOT') {
    expect(is).toMatchObject({ materialSince: null, defaultSince: null });
    return;
  }
  for (let day = today; day <= today + daysRead; day++) {
    // A date judges a loan again where it was said to, and otherwise only reads what is kept.
    if (is.decidesOn !== null && toDay(is.decidesOn) <= day) {
      is = assess(position, toDate(day), policy);
      ran.rejudged++;
    }
    const read = (date: string | null) => (date !== null && toDay(date) <= day ? toDay(date) : null);
    const since = read(is.materialSince);
    const seen = { day, days: since === null ? 0 : day - since + 1, defaultSince: read(is.defaultSince) };
    const expected = { day, ...oracle.get(day)! };
    if (JSON.stringify(seen) !== JSON.stringify(expected)) expect(seen).toEqual(expected);
    ran.days++;
    if (expected.days) ran.material++;
    if (expected.defaultSince !== null) ran.defaulted++;
    else if (oracle.get(day - 1)!.defaultSince !== null) ran.healed++;
  }
}

it('agrees with a count of every single day on 1,000 histories', () => {
  fc.assert(fc.property(arrivals, tryOne), { numRuns: 1_000, endOnFailure: process.env['CASEGRAPH_SHRINK'] === undefined });
  console.info(ran);
  for (const [what, least] of [
    ['material', 10_000],
    ['defaulted', 10_000],
    ['healed', 20],
    ['rejudged', 100],
  ] as const)
    expect([what, ran[what] > least]).toEqual([what, true]);
});

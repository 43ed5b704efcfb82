// A remittance of many lines with one wrong total: nothing of it is booked, and what is wrong is named; once it is right, all of it is.
import { placeCaseWithAgency } from '../../src/actions/place-case-with-agency.js';
import { recordRemittance } from '../../src/actions/record-remittance.js';
import { registerAgency } from '../support/agencies.js';
import { lineOf, remittanceOf } from '../support/remittances.js';
import { wrongOf, type Check } from './check.js';

const sizes = { full: 10_000, quick: 2_000, short: 300 };
const agency = 'lotus-recovery';
const supervisor = { user: 'supervisor', roles: ['supervisor'] };

export const remittance: Check = {
  name: 'remittance',
  promise: 'a remittance with one wrong total books nothing and names the line; a right one is booked whole, once',
  async run(size, _, open) {
    const count = sizes[size];
    const world = await open();
    try {
      await registerAgency(world.store, agency);
      const placements: string[] = [];
      while (placements.length < 12) {
        const caseId = await world.newCase();
        const outcome = await placeCaseWithAgency(world.store, { actor: supervisor, caseId, idempotencyKey: caseId, agencyId: agency });
        if (!('done' in outcome)) throw new Error(JSON.stringify(outcome));
        placements.push(outcome.done['handoffId']!);
      }
      const lines = Array.from({ length: count }, (_, n) =>
        lineOf(n + 2, `CHECK-${n}`, placements[n % placements.length]!, [BigInt(n + 1), 7n, 0n, BigInt(n % 3)]),
      );
      const file = remittanceOf('CHECK', lines);
      const booked = async () =>
        Number((await world.rows(`select count(*) as n from remittance_line where payment_identifier like 'CHECK-%'`))[0].n);
      const spoilt = Math.floor(count / 2);
      const wrongLine = lines.map((line, n) => (n === spoilt ? { ...line, interest: '0.08' } : line));
      const ofTotal = await recordRemittance(world.store, agency, { ...file, ref: 'CHECK-total', totals: { ...file.totals, fee: '0.01' } });
      const ofLine = await recordRemittance(world.store, agency, { ...file, ref: 'CHECK-line', lines: wrongLine });
      const afterWrong = await booked();
      const from = performance.now();
      await recordRemittance(world.store, agency, file);
      const ms = Math.round(performance.now() - from);
      const again = await recordRemittance(world.store, agency, { ...file, lines: lines.toReversed() });
      const afterRight = await booked();
      const [named] = 'problems' in ofTotal ? ofTotal.problems : [];
      const [line] = 'problems' in ofLine ? ofLine.problems : [];
      return {
        figures: {
          lines: count,
          bookedOfWrong: afterWrong,
          namedTotal: named?.field ?? 'none',
          namedLine: line?.line ?? 'none',
          booked: afterRight,
          ms,
        },
        wrong: wrongOf(
          [afterWrong !== 0, `${afterWrong} lines of a wrong remittance were booked`],
          [named?.field !== 'fee' || named.line !== null, 'the wrong total was not named'],
          [line?.line !== spoilt + 2, `the wrong line ${spoilt + 2} was not named`],
          [afterRight !== count, `${afterRight} of ${count} lines were booked`],
          [!('recorded' in again) || again.recorded !== 'seenBefore', 'the same remittance was booked again'],
        ),
      };
    } finally {
      await world.stop();
    }
  },
};

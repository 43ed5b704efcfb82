// The counter of default as it is kept: on every business date it is what judging each loan anew would say, in the graph, in its past and after a replay.
import { jest } from '@jest/globals';
import { toDate, toDay } from '../../src/domain/day.js';
import { assess } from '../../src/domain/loan/assess.js';
import type { LoanFact } from '../../src/domain/loan/loan-facts.js';
import { fold, unseen, type Position } from '../../src/domain/loan/position.js';
import { loanIdOf } from '../../src/storage/loans.js';
import type { GraphWorld } from '../support/graph-world.js';
import { factsOf, firstDay, historyOf } from '../support/loan-histories.js';

// A counter for the loans of these histories, short enough that defaults begin and end within them.
const { anywhere } = await import('../../src/policies/anywhere.js');
const rules = {
  ...anywhere[0]!,
  jurisdiction: 'US',
  version: 'SHORT',
  effectiveFrom: '2024-04-15',
  defaultCounter: {
    absolute: 12n,
    currency: 'IDR',
    relative: '0.25',
    days: 20,
    probationDays: 15,
    forborneProbationDays: 40,
    citation: 'Of this test',
    verified: false,
  },
};
jest.unstable_mockModule('../../src/policies/europe.js', () => ({ europe: [rules] }));
const { advanceBusinessDate } = await import('../../src/actions/advance-business-date.js');
const { recordLateFacts } = await import('../../src/actions/record-loan-facts.js');
const { replay } = await import('../../src/actions/replay.js');
const { digestOf } = await import('../../src/storage/digest.js');
const { openScratchStore } = await import('../../src/storage/scratch.js');
const { policyFor } = await import('../../src/policies/index.js');
const { openGraphWorld } = await import('../support/graph-world.js');

const query = `{ loans(first: 100) {
  nodes { id materialSince defaultSince defaultCounter { materialDays materialSince inDefault defaultSince policyVersion verified } } } }`;
const ofLoan = `query ($id: ID!, $asOf: AsOfInput) { loan(id: $id, asOf: $asOf) { materialSince defaultSince defaultCounter { materialDays materialSince inDefault defaultSince policyVersion } } }`;

let world: GraphWorld;
beforeAll(async () => void (world = await openGraphWorld(false)), 120_000);
afterAll(() => world?.stop(), 60_000);

async function ask(text: string, variables: object = {}): Promise<any> {
  const { data, errors } = await world.ask('supervisor', text, variables);
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

/** By the day on which each is told: in order, and never before what it counts for. */
function book(): Map<number, LoanFact[]> {
  const days = new Map<number, LoanFact[]>();
  for (let seed = 1, loans = 0; loans < 15; seed++) {
    const history = historyOf(seed);
    if (history.jurisdiction !== 'US') continue;
    const account = `L${++loans}`;
    let day = firstDay;
    for (const [i, fact] of factsOf(history).entries()) {
      day = Math.max(day, history.told[i]!.on);
      const own = { tenant: 't', aggregateId: `t/core/${account}`, id: `${account}/${fact.id}`, businessOn: toDate(day) };
      const data = fact.type === 'LoanAccountSnapshotted' ? { ...fact.data, accountNo: account, borrowerId: `B${account}` } : fact.data;
      days.set(day, [...(days.get(day) ?? []), { ...fact, ...own, data } as LoanFact]);
    }
  }
  return days;
}

it('is right on every business date, without a fact and after one that comes late, in the past and after a replay', async () => {
  const days = book();
  const positions = new Map<string, Position>();
  const said: { at: string; id: string; loan: unknown }[] = [];
  const seen = { none: 0, material: 0, defaulted: 0 };
  for (let day = firstDay; day <= firstDay + 260; day++) {
    const today = toDate(day);
    await advanceBusinessDate(world.store, 't', today);
    const facts = days.get(day) ?? [];
    if (facts.length) await world.store.transaction((tx) => recordLateFacts(tx, facts));
    for (const fact of facts) positions.set(loanIdOf(fact.aggregateId), fold(positions.get(loanIdOf(fact.aggregateId)) ?? unseen, fact));
    const { loans } = await ask(query);
    for (const { id, ...loan } of loans.nodes) {
      const is = assess(positions.get(id)!, today, policyFor('US', today));
      const read = (date: string | null) => (date !== null && date <= today ? date : null);
      const [materialSince, defaultSince] = [read(is.materialSince), read(is.defaultSince)];
      const counted = today >= rules.effectiveFrom && is.result !== 'NONE';
      const materialDays = materialSince === null ? 0 : day - toDay(materialSince) + 1;
      const rest = { materialDays, materialSince, inDefault: defaultSince !== null, defaultSince, policyVersion: 'SHORT', verified: false };
      expect({ today, id, loan }).toEqual({
        today,
        id,
        loan: { materialSince, defaultSince, defaultCounter: counted ? rest : null },
      });
      seen[defaultSince ? 'defaulted' : materialSince ? 'material' : 'none']++;
      if ((day + id.charCodeAt(8) * 7) % 211 === 0) {
        const [{ at }] = (await world.rows<{ at: string }>(
          `select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at`,
        )) as [{ at: string }];
        said.push({ at, id, loan: (await ask(ofLoan, { id })).loan });
      }
    }
  }
  for (const times of Object.values(seen)) expect(times).toBeGreaterThan(40);
  expect(said.length).toBeGreaterThan(10);
  for (const { at, id, loan } of said)
    expect({ at, id, loan: (await ask(ofLoan, { id, asOf: { knownAt: at } })).loan }).toEqual({ at, id, loan });

  const scratch = await openScratchStore(world.databaseUrl, 'counted_again');
  try {
    await world.store.transaction((log) => replay(log, scratch, () => {}));
    const [live, again] = [await world.store.transaction(digestOf), await scratch.transaction(digestOf)];
    expect(again.tables['loan']).toEqual(live.tables['loan']);
    await world.rows(`update loan set material_since = material_since - 1 where material_since is not null`);
    expect((await world.store.transaction(digestOf)).tables['loan']).not.toEqual(again.tables['loan']);
  } finally {
    await scratch.close();
  }
}, 300_000);

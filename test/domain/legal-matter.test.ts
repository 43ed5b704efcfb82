// A matter by its firm's news: each transition by a table of its own, and any order or repetition of the news makes the same matter, orders and clocks.
import fc from 'fast-check';
import { clocksOf, dueAlarms, attendOn, limitationStart, periodEnd } from '../../src/domain/legal/clock.js';
import { instructionKinds, mayInstruct } from '../../src/domain/legal/instruction.js';
import {
  isLiveMatter,
  matterStates,
  matterStepNames,
  matterSteps,
  type MatterState,
  type MatterStepName,
} from '../../src/domain/legal/matter.js';
import { preservationOn, preservationsAfter, preservationStates, preservationSteps } from '../../src/domain/legal/preservation.js';
import { stepsFrom, type StepsAt } from '../../src/domain/legal/rules.js';
import { standingAfter, type ToldStep } from '../../src/domain/legal/standing.js';
import { faultsOf, policyFor } from '../../src/policies/index.js';
import { newsOf } from '../support/news.js';

/** What the law says of the order of things, written down once more: the rank of each state in the course of a suit. */
const rank: Record<string, number> = Object.fromEntries(
  [
    ['INSTRUCTED'],
    ['ACCEPTED'],
    ['DEMAND_SENT'],
    ['LAWYER_LETTER'],
    ['FILED'],
    ['SERVED'],
    ['MEDIATION'],
    ['HEARING'],
    ['JUDGMENT'],
    ['APPEAL'],
    ['FINAL'],
    ['SETTLED'],
    ['ENFORCEMENT_APPLIED'],
    ['ENFORCEMENT', 'ENFORCING'],
    ['SUSPENDED_NO_ASSET'],
  ].flatMap((states, i) => states.map((state) => [state, i])),
);
/** The only ways back. */
const back = ['APPEAL JUDGMENT_GIVEN JUDGMENT', 'SUSPENDED_NO_ASSET RESUMED ENFORCING', 'SUSPENDED_NO_ASSET ENFORCEMENT_STARTED ENFORCING'];
const ended = ['REFUSED', 'CLOSED', 'SATISFIED', 'WITHDRAWN'];

it.each(matterStates.flatMap((state) => matterStepNames.map((step) => [state, step] as const)))('%s and then %s', (state, step) => {
  const next = matterSteps[state][step];
  if (ended.includes(state)) return expect(next).toBeUndefined();
  if (step.startsWith('PRESERVATION_') || step === 'SETTLEMENT_PROPOSED') return expect(next).toBe(state);
  if (step === 'WITHDRAWAL_REQUESTED') return expect(next).toBe('WITHDRAWAL_REQUESTED');
  if (step === 'SATISFIED') return expect(next).toBe('SATISFIED');
  if (step === 'CLOSED') return expect(next).toBe(state === 'WITHDRAWAL_REQUESTED' ? 'WITHDRAWN' : 'CLOSED');
  if (step === 'REFUSED')
    return expect(next).toBe({ INSTRUCTED: 'REFUSED', ACCEPTED: 'REFUSED', WITHDRAWAL_REQUESTED: 'WITHDRAWN' }[state as string]);
  if (state === 'WITHDRAWAL_REQUESTED') return expect(next === undefined || rank[next]! >= rank['FILED']!).toBe(true);
  if (next !== undefined && !back.includes(`${state} ${step} ${next}`)) expect(rank[next]!).toBeGreaterThanOrEqual(rank[state]!);
  // Whatever leads further is taken, wherever the matter stands: firms leave out news.
  const target = {
    ACCEPTED: 'ACCEPTED',
    DEMAND_SENT: 'DEMAND_SENT',
    LETTER_SENT: 'LAWYER_LETTER',
    FILED: 'FILED',
    SERVED: 'SERVED',
    HEARING_SCHEDULED: 'HEARING',
    JUDGMENT_GIVEN: 'JUDGMENT',
    APPEALED: 'APPEAL',
    BECAME_FINAL: 'FINAL',
    SETTLEMENT_CONFIRMED: 'SETTLED',
    ENFORCEMENT_APPLIED: 'ENFORCEMENT_APPLIED',
    ENFORCEMENT_STARTED: 'ENFORCING',
    SUSPENDED: 'SUSPENDED_NO_ASSET',
  }[step as string];
  if (target && rank[target]! > rank[state]!) expect(next).toBe(target);
});

it.each(
  preservationStates.flatMap((state) => Object.entries(preservationSteps[state]).map(([step, next]) => [state, step, next] as const)),
)('preservation that is %s becomes by %s %s, and a lifted one stays so', (state, _step, next) => {
  expect(state).not.toBe('LIFTED');
  const order = ['APPLIED', 'GRANTED', 'SERVED', 'RENEW_DUE', 'RENEWED', 'EXPIRED', 'LIFTED'];
  if (next !== 'RENEWED') expect(order.indexOf(next)).toBeGreaterThan(order.indexOf(state));
});

const plainOf: Partial<Record<MatterStepName, string>> = {
  DEMAND_SENT: 'matter.demandSent',
  LETTER_SENT: 'matter.letterSent',
  FILED: 'matter.filed',
  PRESERVATION_GRANTED: 'matter.preservationGranted',
  PRESERVATION_SERVED: 'matter.preservationServed',
  PRESERVATION_RENEWED: 'matter.preservationRenewed',
  JUDGMENT_GIVEN: 'matter.judgmentGiven',
  BECAME_FINAL: 'matter.becameFinal',
  ENFORCEMENT_APPLIED: 'matter.enforcementApplied',
};
const told = (
  step: MatterStepName,
  sequence: number,
  data: Record<string, unknown> = newsOf(plainOf[step] ?? ''),
  id = `${sequence}`,
): ToldStep => ({
  id,
  step,
  sequence: BigInt(sequence),
  occurredAt: new Date(Date.UTC(2026, 0, sequence)),
  data,
});
const rules = policyFor('CN', '2026-06-01').pursuit;
const outcome = (steps: readonly ToldStep[]) => {
  const [standing, orders] = [standingAfter(steps, 'IDR'), preservationsAfter(steps)];
  return { standing, orders, clocks: clocksOf(standing, orders, rules, '2026-12-01') };
};

it('any order and any repetition of the news ends the same', () => {
  const news = fc.array(fc.constantFrom(...matterStepNames), { minLength: 1, maxLength: 14 });
  fc.assert(
    fc.property(
      news.chain((steps) =>
        fc.tuple(
          fc.constant(steps),
          fc.shuffledSubarray(
            steps.map((_, i) => i),
            { minLength: steps.length },
          ),
          fc.array(fc.nat({ max: steps.length - 1 })),
        ),
      ),
      ([steps, order, repeated]) => {
        const first = steps.map((step, i) => told(step, i + 1));
        const again = [...order, ...repeated].map((i, n) => told(steps[i]!, i + 1, undefined, `r${n}`));
        // A repetition of a withdrawal is the bank's second one, and that of the first is not told twice.
        const arrived = again.filter(({ step }, n) => step !== 'WITHDRAWAL_REQUESTED' || n < order.length);
        expect(outcome(arrived)).toEqual(outcome(first));
      },
    ),
    { numRuns: 500 },
  );
});

it('what a matter has passed it does not come back to, and what has ended stays so', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...matterStepNames), { maxLength: 14 }), (steps) => {
      let before: MatterState = 'INSTRUCTED';
      let reached = 0;
      steps.forEach((_, i) => {
        const { state } = standingAfter(
          steps.slice(0, i + 1).map((step, n) => told(step, n + 1)),
          'IDR',
        );
        if (!isLiveMatter(before)) expect(state).toBe(before);
        const now = rank[state];
        if (now !== undefined && !back.some((way) => way.endsWith(` ${steps[i]} ${state}`))) {
          expect(now).toBeGreaterThanOrEqual(reached);
          reached = now;
        } else if (now !== undefined) reached = now;
        before = state;
      });
    }),
    { numRuns: 300 },
  );
});

it('tells of the suit what the newest news says, and only sums of its own currency', () => {
  const is = standingAfter(
    [
      told('ACCEPTED', 1),
      told('DEMAND_SENT', 2),
      told('DEMAND_SENT', 3, { level: 3, sentOn: '2026-02-20' }),
      told('FILED', 4),
      told('JUDGMENT_GIVEN', 5),
    ],
    'IDR',
  );
  expect(is).toMatchObject({
    state: 'JUDGMENT',
    demandLevel: 3,
    demandProvedOn: '2026-02-03',
    court: 'PN Jakarta Selatan',
    docket: '12/Pdt.G/2026',
    filedOn: '2026-03-01',
    filedMinor: 126500050n,
    judgmentResult: 'PARTIAL',
    awardedMinor: 100000000n,
  });
  expect(standingAfter([told('FILED', 1)], 'USD').filedMinor).toBeNull();
  expect(standingAfter([told('FILED', 1, { courtRef: '7/2025' })], 'IDR')).toMatchObject({
    state: 'FILED',
    docket: '7/2025',
    court: null,
    filedOn: '2026-01-01',
  });
});

it('a withdrawal that the firm could not do lets the suit go on, never back', () => {
  const steps = [told('FILED', 1), told('JUDGMENT_GIVEN', 2), told('WITHDRAWAL_REQUESTED', 2), told('SERVED', 3)];
  expect(standingAfter(steps, 'IDR').state).toBe('WITHDRAWAL_REQUESTED');
  expect(standingAfter([...steps, told('BECAME_FINAL', 4)], 'IDR').state).toBe('FINAL');
  expect(standingAfter([...steps, told('CLOSED', 4)], 'IDR').state).toBe('WITHDRAWN');
});

describe('statutory clocks', () => {
  const granted = told('PRESERVATION_GRANTED', 2, { orderRef: 'P-1', grantedOn: '2026-02-01', expiresOn: '2027-02-01' });
  const filedOn = (on: string) => told('FILED', 3, { court: 'c', docket: 'd', filedOn: on });
  const clock = (steps: ToldStep[], kind: string, today: string) => {
    const [standing, orders] = [standingAfter(steps, 'CNY'), preservationsAfter(steps)];
    return clocksOf(standing, orders, rules, today).find((each) => each.kind === kind);
  };
  it.each([
    ['runs while no suit is filed', [granted], '2026-02-20', { startedOn: '2026-02-01', expiresOn: '2026-03-03', state: 'RUNNING' }],
    ['is over on the day after its last', [granted], '2026-03-04', { state: 'EXPIRED' }],
    ['is met by a suit in time', [granted, filedOn('2026-03-03')], '2026-09-01', { state: 'MET' }],
    ['is not met by one too late', [granted, filedOn('2026-03-04')], '2026-09-01', { state: 'EXPIRED' }],
    ['does not run after preservation with the suit', [granted, filedOn('2026-01-20')], '2026-02-20', undefined],
    ['ends with the matter', [granted, told('CLOSED', 4)], '2026-02-20', { state: 'CANCELLED' }],
  ])('of a suit after preservation %s', (_, steps, today, expected) => {
    const found = clock(steps as ToldStep[], 'FILING_AFTER_PRESERVATION', today);
    if (expected) expect(found).toMatchObject(expected);
    else expect(found).toBeUndefined();
  });
  it('of enforcement runs two years from finality in China, and thirty in Indonesia', () => {
    const final = [told('BECAME_FINAL', 1, { finalOn: '2026-02-28' })];
    expect(clock(final, 'ENFORCEMENT_APPLICATION', '2026-03-01')).toMatchObject({ expiresOn: '2028-02-28', state: 'RUNNING' });
    expect(
      clock([...final, told('ENFORCEMENT_APPLIED', 2, { appliedOn: '2028-02-28' })], 'ENFORCEMENT_APPLICATION', '2028-06-01'),
    ).toMatchObject({ state: 'MET' });
    const standing = standingAfter(final, 'IDR');
    expect(clocksOf(standing, [], policyFor('ID', '2026-06-01').pursuit, '2026-03-01')[0]).toMatchObject({ expiresOn: '2056-02-28' });
  });
  it('counts in calendar years, and 29 February ends on the 28th', () => {
    expect([periodEnd('2024-02-29', { years: 3 }), periodEnd('2024-02-29', { years: 4 }), periodEnd('2026-01-31', { days: 30 })]).toEqual([
      '2027-02-28',
      '2028-02-29',
      '2026-03-02',
    ]);
  });
  it('rings once for all alarms that have passed, then at the next, then when it is over', () => {
    const alarms = [180, 90, 30];
    expect(dueAlarms('2026-07-01', '2026-01-01', alarms, [])).toEqual([]);
    expect(dueAlarms('2026-07-01', '2026-01-02', alarms, [])).toEqual([180]);
    expect(dueAlarms('2026-07-01', '2026-06-10', alarms, [180])).toEqual([30, 90]);
    expect([attendOn('2026-07-01', '2026-01-02', alarms, [180]), attendOn('2026-07-01', '2026-06-10', alarms, [180, 90, 30])]).toEqual([
      '2026-04-02',
      '2026-07-02',
    ]);
  });
  it('begins anew with the latest interruption, whichever was learned first', () => {
    for (const order of [
      ['2026-03-01', '2026-05-01'],
      ['2026-05-01', '2026-03-01'],
    ])
      expect(limitationStart('2026-01-01', order)).toBe('2026-05-01');
    expect(limitationStart('2026-01-01', [])).toBe('2026-01-01');
  });
  it('preservation falls due for renewal and runs out by the calendar alone', () => {
    const [order] = preservationsAfter([granted]);
    expect(['2026-12-31', '2027-01-02', '2027-02-01', '2027-02-02'].map((on) => preservationOn(order!, on, 30))).toEqual([
      'GRANTED',
      'RENEW_DUE',
      'RENEW_DUE',
      'EXPIRED',
    ]);
  });
});

describe('the steps of a policy', () => {
  const at = (over: Partial<StepsAt>): StepsAt => ({
    state: 'ACCEPTED',
    demandLevel: 0,
    movedOn: '2026-06-01',
    claimedMinor: 500_000_000_00n,
    currency: 'IDR',
    preservation: 'NONE',
    ...over,
  });
  const steps = (jurisdiction: string, over: Partial<StepsAt>) =>
    stepsFrom(policyFor(jurisdiction, '2026-06-01').pursuit, at(over)).map(({ step, term, from }) => `${step} ${term} ${from}`);
  it.each([
    ['ID', {}, ['DEMAND_1 somasi 1 2026-06-01']],
    ['ID', { state: 'DEMAND_SENT', demandLevel: 1 }, ['DEMAND_2 somasi 2 2026-06-08']],
    ['ID', { state: 'DEMAND_SENT', demandLevel: 2 }, ['DEMAND_3 somasi 3 2026-06-08']],
    ['ID', { state: 'DEMAND_SENT', demandLevel: 3 }, ['FILE_SMALL_CLAIM gugatan sederhana 2026-06-08']],
    ['ID', { state: 'DEMAND_SENT', demandLevel: 3, claimedMinor: 500_000_000_01n }, ['FILE_SUIT gugatan biasa 2026-06-08']],
    ['ID', { state: 'DEMAND_SENT', demandLevel: 3, currency: null, claimedMinor: null }, ['FILE_SUIT gugatan biasa 2026-06-08']],
    ['ID', { state: 'FINAL' }, ['APPLY_FOR_ENFORCEMENT eksekusi 2026-06-01']],
    [
      'CN',
      { state: 'LAWYER_LETTER', currency: 'CNY' },
      ['FILE_SUIT 诉讼 2026-06-16', 'PAYMENT_ORDER 支付令 2026-06-16', 'APPLY_FOR_PRESERVATION 财产保全 2026-06-01'],
    ],
    ['CN', { state: 'SUSPENDED_NO_ASSET' }, ['SEARCH_FOR_ASSETS search for assets 2026-08-30']],
    ['US', { state: 'DEMAND_SENT', demandLevel: 1 }, ["LAWYER_LETTER lawyer's letter 2026-06-15"]],
    ['ID', { state: 'HEARING', preservation: 'RENEW_DUE' }, ['RENEW_PRESERVATION renewal of preservation 2026-06-01']],
    ['ID', { state: 'CLOSED' }, []],
  ] as [string, Partial<StepsAt>, string[]][])('in %s at %j are %j', (jurisdiction, over, expected) =>
    expect(steps(jurisdiction, over)).toEqual(expected),
  );
  it('are refused when they do not hold together', () => {
    const policy = policyFor('ID', '2026-06-01');
    const wrong = {
      ...policy,
      pursuit: {
        ...policy.pursuit,
        limitation: { ...policy.pursuit.limitation, years: 0 },
        alarms: { ...policy.pursuit.alarms, LIMITATION: [30, 90] },
      },
    };
    expect(faultsOf(policy)).toEqual([]);
    expect(faultsOf(wrong)).toEqual([
      `${policy.version}: the alarms of LIMITATION do not fall`,
      `${policy.version}: a statutory period has no length`,
    ]);
  });
});

it('a firm is told only what fits where the matter stands', () => {
  for (const kind of instructionKinds)
    for (const state of matterStates) {
      const may = mayInstruct(kind, state);
      if (!isLiveMatter(state) || state === 'INSTRUCTED' || state === 'WITHDRAWAL_REQUESTED')
        expect([kind, state, may]).toEqual([kind, state, false]);
      else if (kind === 'FILING') expect([kind, state, may]).toEqual([kind, state, rank[state]! < rank['FILED']!]);
      else if (kind === 'SETTLEMENT' || kind === 'PRESERVATION_RENEWAL' || kind === 'PRESERVATION')
        expect([kind, state, may]).toEqual([kind, state, true]);
      else if (kind === 'APPEAL') expect([kind, state, may]).toEqual([kind, state, state === 'JUDGMENT']);
      else if (kind === 'ENFORCEMENT') expect([kind, state, may]).toEqual([kind, state, state === 'FINAL' || state === 'SETTLED']);
    }
});

// What a person may do with a hand-over, state by state.
import { handoffStates, standsAgainst, type HandoffAct, type HandoffState } from '../../src/domain/handoff.js';

const allowed: Record<HandoffAct, HandoffState[]> = {
  REDELIVER: ['PARKED'],
  PARK: ['QUEUED', 'QUEUED_CIRCUIT_OPEN', 'UNKNOWN'],
  CANCEL: ['QUEUED', 'QUEUED_CIRCUIT_OPEN', 'PARKED'],
};
const acts = Object.keys(allowed) as HandoffAct[];

it.each(acts.flatMap((act) => handoffStates.map((state) => [act, state] as const)))('%s of what is %s', (act, state) => {
  const stands = standsAgainst(act, { state, maybeSent: false, overtaken: false });
  expect(stands === null).toBe(allowed[act].includes(state));
});

it('what the partner may have is never cancelled', () => {
  for (const state of handoffStates)
    expect(standsAgainst('CANCEL', { state, maybeSent: true, overtaken: false }) === null).toBe(state.startsWith('QUEUED'));
  expect(standsAgainst('CANCEL', { state: 'PARKED', maybeSent: true, overtaken: false })).toMatchObject({ ruleId: 'handoff-maybe-sent' });
});

it('what was overtaken in its lane is not sent after what came later', () =>
  expect(standsAgainst('REDELIVER', { state: 'PARKED', maybeSent: false, overtaken: true })).toMatchObject({
    ruleId: 'handoff-overtaken',
  }));

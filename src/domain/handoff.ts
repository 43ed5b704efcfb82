// What a person may do with a hand-over, as a table: which states allow it, and what stands against it.

export const handoffStates = ['QUEUED', 'QUEUED_CIRCUIT_OPEN', 'SENDING', 'UNKNOWN', 'ACCEPTED', 'REFUSED', 'PARKED', 'CANCELLED'] as const;
export type HandoffState = (typeof handoffStates)[number];
export type HandoffAct = 'REDELIVER' | 'PARK' | 'CANCEL';

export interface HandoffSituation {
  state: HandoffState;
  /** Of what is parked: nobody knows whether the partner has it. */
  maybeSent: boolean;
  /** A later one of its lane is with the partner, or on its way. */
  overtaken: boolean;
}

/** `QUEUED` and `QUEUED_CIRCUIT_OPEN` are surely not with the partner; what may be is `SENDING` or `UNKNOWN`. */
const allowed: Readonly<Record<HandoffAct, readonly HandoffState[]>> = {
  REDELIVER: ['PARKED'],
  PARK: ['QUEUED', 'QUEUED_CIRCUIT_OPEN', 'UNKNOWN'],
  CANCEL: ['QUEUED', 'QUEUED_CIRCUIT_OPEN', 'PARKED'],
};

export interface Standing {
  ruleId: string;
  message: string;
}

/** @returns what stands against it, or null */
export function standsAgainst(act: HandoffAct, { state, maybeSent, overtaken }: HandoffSituation): Standing | null {
  if (act !== 'REDELIVER' && state === 'SENDING')
    return { ruleId: 'handoff-being-sent', message: 'It is being sent at this moment: ask again when it was answered' };
  if (act === 'CANCEL' && (state === 'UNKNOWN' || (state === 'PARKED' && maybeSent)))
    return {
      ruleId: 'handoff-maybe-sent',
      message: 'Nobody knows whether the partner has it: have it redelivered, which asks the partner first',
    };
  if (!allowed[act].includes(state)) return { ruleId: 'handoff-state', message: `It is ${state}; this is for ${allowed[act].join(', ')}` };
  if (act === 'REDELIVER' && overtaken)
    return { ruleId: 'handoff-overtaken', message: 'A later hand-over of its lane is with the partner: decide anew instead' };
  return null;
}

// How a simulated partner can be made to fail: each knob alone or together, for all that it is asked or for one operation.

export interface Faults {
  status?: number;
  /** Comes with every 429 and 503 while it is set. */
  retryAfterS?: number;
  latencyMs?: number;
  jitterMs?: number;
  /** More calls than that at once are told 429. */
  mostAtOnce?: number;
  /** Between two bytes of an answer. */
  dripMs?: number;
  /** Reads the call, never answers, keeps the socket. */
  halfOpen?: boolean;
  dropSockets?: boolean;
  /** Does the work, then drops the socket: the caller cannot know. */
  dropAfterEffect?: boolean;
  /** The same, and drops the sockets of look-ups too: the caller cannot know before it heals. */
  dropAnswers?: boolean;
  oversizeBytes?: number;
  wrongContentType?: boolean;
  /** Share of the calls that fail, 0 to 1; all when left out. */
  rate?: number;
  refuse?: { code: string; reason: string };
  anyClient?: boolean;
  anyToken?: boolean;
  anyBody?: boolean;
  vague?: boolean;
  forgetKeys?: boolean;
  anyKey?: boolean;
  blindLookUp?: boolean;
  duplicateCallbacks?: boolean;
  reorderCallbacks?: boolean;
  wrongSignature?: boolean;
  oldKey?: boolean;
  clockSkewMs?: number;
  badJson?: boolean;
  unknownDelivery?: boolean;
  otherRef?: boolean;
  sameSequence?: boolean;
  noRetry?: boolean;
  newIdPerTry?: boolean;
}

export interface Knob {
  group: 'Its answers' | 'What it does' | 'Its callbacks';
  label: string;
  kind: 'boolean' | 'number' | 'object';
  /** What the page offers first. */
  usual: Faults[keyof Faults];
  least?: number;
  most?: number;
}

const answer = (label: string, kind: Knob['kind'], usual: Knob['usual'], least?: number, most?: number): Knob => ({
  group: 'Its answers',
  label,
  kind,
  usual,
  ...(least === undefined ? {} : { least }),
  ...(most === undefined ? {} : { most }),
});
const conduct = (label: string): Knob => ({ ...answer(label, 'boolean', true), group: 'What it does' });
const callback = (label: string): Knob => ({ ...answer(label, 'boolean', true), group: 'Its callbacks' });

/** All there are: what the control API takes, and what the page shows. */
export const knobs: Record<keyof Faults, Knob> = {
  status: answer('Answer with this HTTP status', 'number', 503, 400, 599),
  retryAfterS: answer('Retry-After of 429 and 503, in seconds', 'number', 2, 0, 86_400),
  latencyMs: answer('Wait before each answer, in ms', 'number', 8_000, 0, 600_000),
  jitterMs: answer('Wait by chance up to so many ms more', 'number', 1_000, 0, 600_000),
  mostAtOnce: answer('Calls at once, else 429', 'number', 2, 0, 10_000),
  dripMs: answer('Drip: ms between two bytes', 'number', 200, 1, 60_000),
  halfOpen: answer('Never answer, keep the socket', 'boolean', true),
  dropSockets: answer('Drop sockets', 'boolean', true),
  dropAfterEffect: answer('Drop after the work is done', 'boolean', true),
  dropAnswers: answer('Drop every answer, look-ups too', 'boolean', true),
  oversizeBytes: answer('Add so many bytes to an answer', 'number', 2_000_000, 1, 50_000_000),
  wrongContentType: answer('Say HTML where JSON is due', 'boolean', true),
  rate: answer('Share of the calls that fail', 'number', 0.5, 0, 1),
  refuse: {
    ...answer('Refuse every order', 'object', { code: 'CONFLICT_OF_INTEREST', reason: 'We act for the other side' }),
    group: 'What it does',
  },
  anyClient: conduct('Give tokens to anybody'),
  anyToken: conduct('Take calls without a token'),
  anyBody: conduct('Accept orders that lack fields'),
  vague: conduct('Say neither yes nor no'),
  forgetKeys: conduct('Do the same order again'),
  anyKey: conduct('Overlook that a key has another body'),
  blindLookUp: conduct('Know nothing when looked up'),
  duplicateCallbacks: callback('Tell everything twice'),
  reorderCallbacks: callback('Tell out of order'),
  wrongSignature: callback('Sign wrongly'),
  oldKey: callback('Sign with the key before this one'),
  clockSkewMs: { ...callback('Clock goes wrong by so many ms'), kind: 'number', usual: 600_000, least: -86_400_000, most: 86_400_000 },
  badJson: callback('Send broken JSON'),
  unknownDelivery: callback('Speak of a delivery that never was'),
  otherRef: callback('Give another reference'),
  sameSequence: callback('Number everything 1'),
  noRetry: callback('Tell once, taken or not'),
  newIdPerTry: callback('Take a new webhook-id for each try'),
};

/** @returns what is wrong with a body that should set faults, or null */
export function faultsProblem(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return 'The body must be an object';
  for (const [key, value] of Object.entries(body)) {
    const knob = Object.hasOwn(knobs, key) ? knobs[key as keyof Faults] : undefined;
    if (!knob) return `There is no fault "${key}"; there are ${Object.keys(knobs).join(', ')}`;
    if (typeof value !== knob.kind || value === null) return `${key} must be a ${knob.kind}`;
    const { least = -Infinity, most = Infinity } = knob;
    if (knob.kind === 'number' && !(value >= least && value <= most)) return `${key} must be from ${least} to ${most}`;
    if (key === 'refuse' && !(typeof value.code === 'string' && typeof value.reason === 'string'))
      return 'refuse must have a code and a reason';
  }
  return null;
}

/** The faults that are set: for everything, and for single operations, which go before. */
export interface FaultBook {
  /** @param scope an operation, `token`, `lookUp`, or null for everything */
  of(scope: string | null): Faults;
  set(scope: string | null, faults: Faults): void;
  clear(): void;
  all(): { faults: Faults; faultsOf: Record<string, Faults> };
}

export function openFaults(): FaultBook {
  let general: Faults = {};
  let single: Record<string, Faults> = {};
  return {
    of: (scope) => ({ ...general, ...(scope === null ? {} : single[scope]) }),
    set(scope, faults) {
      if (scope === null) general = faults;
      else if (Object.keys(faults).length) single[scope] = faults;
      else delete single[scope];
    },
    clear() {
      general = {};
      single = {};
    },
    all: () => ({ faults: general, faultsOf: single }),
  };
}

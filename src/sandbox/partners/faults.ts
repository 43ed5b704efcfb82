// How a simulated partner can be made to fail: each knob alone or together, for all calls or a share of them.

export interface Faults {
  status?: number;
  latencyMs?: number;
  dropSockets?: boolean;
  /** Takes the call and never answers; the socket stays open. */
  halfOpen?: boolean;
  /** Does the work, then drops the socket: the caller cannot know. */
  dropAfterEffect?: boolean;
  /** The same, and drops the sockets of look-ups too: the caller cannot know before it heals. */
  dropAnswers?: boolean;
  refuse?: { code: string; reason: string };
  duplicateCallbacks?: boolean;
  reorderCallbacks?: boolean;
  /** Share of the calls that fail, 0 to 1; all when left out. */
  rate?: number;
}

const kinds: Record<keyof Faults, string> = {
  status: 'number',
  latencyMs: 'number',
  dropSockets: 'boolean',
  halfOpen: 'boolean',
  dropAfterEffect: 'boolean',
  dropAnswers: 'boolean',
  refuse: 'object',
  duplicateCallbacks: 'boolean',
  reorderCallbacks: 'boolean',
  rate: 'number',
};

/** @returns what is wrong with a body that should set faults, or null */
export function faultsProblem(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return 'The body must be an object';
  for (const [key, value] of Object.entries(body)) {
    const kind = kinds[key as keyof Faults];
    if (!kind) return `There is no fault "${key}"; there are ${Object.keys(kinds).join(', ')}`;
    if (typeof value !== kind) return `${key} must be a ${kind}`;
  }
  return null;
}

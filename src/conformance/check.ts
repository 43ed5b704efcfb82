// One check of the conformance kit, and what came of it.

export const kitVersion = '1.0';

export type Level = 1 | 2 | 3 | 4 | 5;

export const levels: Readonly<Record<Level, string>> = {
  1: 'Transport and authentication',
  2: 'Orders',
  3: 'Idempotency and look-up',
  4: 'Callbacks',
  5: 'Conduct under stress',
};

export interface Check<On> {
  /** Stable, e.g. `key.again`. */
  id: string;
  level: Level;
  /** Once for each operation, or once. */
  each: 'operation' | 'partner';
  expected: string;
  /** @returns what was seen. @throws Fell when it is not what was expected, Skipped when it could not be tried */
  run(on: On, operation: string): Promise<string>;
}

export interface Finding {
  id: string;
  level: Level;
  operation: string | null;
  expected: string;
  seen: string;
  outcome: 'PASS' | 'FAIL' | 'SKIP';
  /** Whether the level is not passed with this: true of each FAIL, and of a SKIP of what has to be tried. */
  holdsUp: boolean;
}

export class Fell extends Error {}

export class Skipped extends Error {
  constructor(
    message: string,
    /** Whether the level can be passed without. */
    readonly holdsUp: boolean,
  ) {
    super(message);
  }
}

/** @throws Fell unless it holds */
export function must(holds: unknown, seen: string): asserts holds {
  if (!holds) throw new Fell(seen);
}

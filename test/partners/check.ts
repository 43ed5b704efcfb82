// What a check of the promises to and from partners is: it runs at a size, and says its figures and what of them is wrong.

import type { World } from '../support/partner-world.js';

/** `full` as promised, `quick` to see that it runs, `short` within the tests of every day. */
export type Size = 'full' | 'quick' | 'short';

export interface Outcome {
  figures: Record<string, number | string>;
  /** In words; empty when all is as it must be. */
  wrong: string[];
}

export interface Check {
  name: string;
  /** What it shows, in a line. */
  promise: string;
  /** @param open a world of its own, or one that is shared: it has to be left as it was found, but for rows */
  run(size: Size, say: (line: string) => void, open: () => Promise<World>): Promise<Outcome>;
}

/** @returns the words of what is so */
export const wrongOf = (...all: readonly (readonly [is: boolean, words: string])[]): string[] =>
  all.filter(([is]) => is).map(([, words]) => words);

/** At most `most` pieces of work at once. */
export async function inParallel<T>(all: readonly T[], most: number, work: (each: T, i: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: most }, async () => {
      for (let i = next++; i < all.length; i = next++) await work(all[i]!, i);
    }),
  );
}

export const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

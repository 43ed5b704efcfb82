// How far long work is, once a second on standard error, and how fast.

export interface Rate {
  reached(count: number): void;
  aSecond(count: number): number;
}

export function createRate(all: number, what: string): Rate {
  const since = performance.now();
  let told = since;
  const aSecond = (count: number) => Math.round(count / ((performance.now() - since) / 1000));
  return {
    aSecond,
    reached(count) {
      if (performance.now() - told < 1_000) return;
      told = performance.now();
      process.stderr.write(`… ${count} of ${all} ${what}, ${aSecond(count)} a second\n`);
    },
  };
}

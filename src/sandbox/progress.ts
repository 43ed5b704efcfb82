// What is shown while the local world starts: a line a step, with the time it took.

export interface Progress {
  step<T>(name: string, work: () => Promise<T>, done?: (result: T) => string): Promise<T>;
  say(line: string): void;
  /** A line that is written over, where the terminal can; otherwise only now and then. */
  during(line: string): void;
  seconds(): string;
}

export function createProgress(out: NodeJS.WriteStream): Progress {
  const began = Date.now();
  let open = false;
  const clear = () => {
    if (open) out.write(out.isTTY ? '\r\x1b[K' : '');
    open = false;
  };
  let lastPlain = 0;
  return {
    seconds: () => `${((Date.now() - began) / 1000).toFixed(1)} s`,
    say(line) {
      clear();
      out.write(`${line}\n`);
    },
    during(line) {
      if (out.isTTY) {
        clear();
        out.write(line);
        open = true;
      } else if (Date.now() - lastPlain > 10_000) {
        lastPlain = Date.now();
        out.write(`${line}\n`);
      }
    },
    async step(name, work, done) {
      const from = Date.now();
      if (out.isTTY) {
        out.write(`… ${name}`);
        open = true;
      }
      try {
        const result = await work();
        clear();
        out.write(`✓ ${done?.(result) ?? name} (${((Date.now() - from) / 1000).toFixed(1)} s)\n`);
        return result;
      } catch (error) {
        clear();
        out.write(`✗ ${name}\n`);
        throw error;
      }
    },
  };
}

// The processes that this checkout has started, on record, so that the next start ends what a killed one left behind, and nothing else.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Entry {
  pid: number;
  /** When the process began, as the system tells it: another process may get the same pid later. */
  began: string;
  what: string;
}

/** @returns null when there is no such process */
function beganOf(pid: number): string | null {
  try {
    return (
      execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() || null
    );
  } catch {
    return null;
  }
}

const lives = ({ pid, began }: Entry): boolean => beganOf(pid) === began;

export interface Records {
  add(pid: number, what: string): void;
  remove(what: string): void;
  /** Ends what an earlier start has left, in the order given. @returns what was ended */
  sweep(order: readonly string[]): Promise<string[]>;
  /** @throws when another start of this checkout lives */
  claim(): void;
}

export function openRecords(folder: string): Records {
  mkdirSync(folder, { recursive: true });
  const fileOf = (what: string) => join(folder, `${what}.json`);
  const read = (what: string): Entry | null =>
    existsSync(fileOf(what)) ? (JSON.parse(readFileSync(fileOf(what), 'utf8')) as Entry) : null;
  const add = (pid: number, what: string): void => writeFileSync(fileOf(what), JSON.stringify({ pid, began: beganOf(pid), what }));
  return {
    add,
    remove: (what) => rmSync(fileOf(what), { force: true }),
    claim() {
      const other = read('sandbox');
      if (other && other.pid !== process.pid && lives(other))
        throw new Error(`Another \`npm start\` of this checkout is running (pid ${other.pid}). Stop it first, or use another checkout.`);
      add(process.pid, 'sandbox');
    },
    async sweep(order) {
      const found = readdirSync(folder)
        .map((file) => file.replace('.json', ''))
        .filter((what) => what !== 'sandbox');
      const ended: string[] = [];
      for (const what of [...order.filter((each) => found.includes(each)), ...found.filter((each) => !order.includes(each))]) {
        const entry = read(what)!;
        if (lives(entry)) {
          ended.push(`${what} (pid ${entry.pid})`);
          await end(entry, what === 'postgres' ? 'SIGINT' : 'SIGTERM');
        }
        rmSync(fileOf(what), { force: true });
      }
      return ended;
    },
  };
}

async function end(entry: Entry, gently: NodeJS.Signals): Promise<void> {
  process.kill(entry.pid, gently);
  for (let waited = 0; lives(entry) && waited < 15_000; waited += 100) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    if (waited === 10_000) process.kill(entry.pid, 'SIGKILL');
  }
}

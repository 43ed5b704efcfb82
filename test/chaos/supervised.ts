// A real gateway process that is started again whenever it ends, as an orchestrator would.
import { spawn, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';

export interface Supervised {
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Ends that nobody asked for, each with the last words; while a server was away they are to be expected. */
  unasked: { at: number; words: string }[];
  /** It ends again and again soon after it was started: waiting on would be in vain. */
  hopeless(): boolean;
  /** All of its output so far. */
  said(): string;
  stop(): Promise<void>;
}

const pauseMs = 300;
const soonMs = 10_000;
const mostSoonEnds = 40; // a server that is away for a while makes for some

/** @param environment the settings of the gateway; nothing of this process's own is passed on */
export function supervise(environment: Record<string, string>): Supervised {
  const unasked: Supervised['unasked'] = [];
  let said = '';
  let soonEnds = 0;
  let asked = false;
  let stopping = false;
  let timer: NodeJS.Timeout | undefined;
  let child: ChildProcess;
  const launch = () => {
    asked = false;
    const since = Date.now();
    const mine = spawn(
      process.execPath,
      ['--disable-warning=TimeoutNegativeWarning', resolve('dist/src/main.js'), 'start', '--migrate'],
      // With the channel the gateway stops by itself when this process is gone.
      { env: environment, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], detached: true },
    );
    child = mine;
    for (const stream of [mine.stdout!, mine.stderr!]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    mine.once('exit', (code, signal) => {
      soonEnds = !asked && Date.now() - since < soonMs ? soonEnds + 1 : 0;
      if (!asked && !stopping)
        unasked.push({ at: Date.now(), words: `${signal ?? `code ${code}`}: ${said.trim().split('\n').at(-1) ?? ''}` });
      if (!stopping) timer = setTimeout(launch, pauseMs);
    });
  };
  const over = (which: ChildProcess) => which.exitCode !== null || which.signalCode !== null;
  async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const mine = child;
    if (over(mine)) return;
    asked = true;
    const ended = new Promise((done) => mine.once('exit', done));
    mine.kill(signal);
    await ended;
  }
  launch();
  return {
    kill: end,
    unasked,
    hopeless: () => soonEnds > mostSoonEnds,
    said: () => said,
    async stop() {
      stopping = true;
      clearTimeout(timer);
      const hard = setTimeout(() => void end('SIGKILL'), 25_000);
      await end('SIGTERM');
      clearTimeout(hard);
    },
  };
}

export const gatewaySettings = (of: { url: string; brokers: string[]; topic: string; group: string; port: number; logLevel: string }) => ({
  PATH: process.env['PATH'] ?? '',
  DATABASE_URL: of.url,
  KAFKA_BROKERS: of.brokers.join(','),
  KAFKA_TOPIC: of.topic,
  KAFKA_GROUP: of.group,
  DAY_PATIENCE_MS: '0', // a business date waits for every partition, however long that one is without its process
  PORT: String(of.port),
  LOG_LEVEL: of.logLevel,
  AUTH_DEVELOPMENT_KEY: 'a key that is used on this machine only',
  CURSOR_SECRET: 'a secret that is used on this machine only',
});

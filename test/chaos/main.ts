// `npm run test:chaos`: kills everything that may die while events flow, prints what came of it, and fails when anything is lost, doubled or different.
import { runChaos, wrongIn } from './run.js';

const short = process.argv.includes('--short');
const size = short
  ? { messages: 10_000, months: 2 as const, kills: { gateway: 3, broker: 1, postgres: 1 } }
  : { messages: 100_000, months: 4 as const, kills: { gateway: 20, broker: 3, postgres: 5 } };
const abort = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => abort.abort(new Error(`stopped by ${signal}`)));
const say = (line: string): void => void process.stderr.write(`${line}\n`);

try {
  const figures = await runChaos({ ...size, signal: abort.signal, say });
  const wrong = wrongIn(figures, size.kills);
  for (const each of wrong) say(`✗ ${each}`);
  process.stdout.write(`${JSON.stringify(figures)}\n`);
  process.exitCode = wrong.length ? 1 : 0;
} catch (error) {
  say(`✗ ${(error as Error).message}`);
  process.exitCode = 1;
}

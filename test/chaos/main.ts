// `npm run test:chaos`: kills everything that may die while events flow, prints what came of it, and fails when anything is lost, doubled or different.
import { parseArgs } from 'node:util';
import { runChaos, wrongIn } from './run.js';

const { values } = parseArgs({ options: { short: { type: 'boolean', default: false }, messages: { type: 'string' } } });
const kills = values.short ? { gateway: 3, broker: 1, postgres: 1 } : { gateway: 20, broker: 3, postgres: 5 };
const messages = Number(values.messages ?? (values.short ? 10_000 : 100_000));
if (!Number.isSafeInteger(messages) || messages < 1_000) throw new Error('--messages must be a whole number from 1000 on');
const size = { messages, months: messages < 50_000 ? (2 as const) : (4 as const), kills };
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

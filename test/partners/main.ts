// `npm run test:partners`: what is promised to partners and from them, each promise with its figures, and a failure when one is missed.
import { parseArgs } from 'node:util';
import { openWorld } from '../support/partner-world.js';
import type { Outcome } from './check.js';
import { checks } from './checks.js';

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' }, help: { type: 'boolean', default: false } },
});
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const names = checks.map(({ name }) => name);

if (values.help) {
  say('npm run test:partners -- [--quick] [--only NAME]\n');
  for (const { name, promise } of checks) say(`  ${name.padEnd(18)} ${promise}`);
} else if (values.only !== undefined && !names.includes(values.only)) {
  say(`--only: there is no check ${values.only}; there are ${names.join(', ')}`);
  process.exitCode = 2;
} else {
  const all: Record<string, Outcome & { seconds: number }> = {};
  for (const { name, promise, run } of checks.filter((each) => values.only === undefined || each.name === values.only)) {
    say(`… ${name}: ${promise}`);
    const from = performance.now();
    const outcome = await run(
      values.quick ? 'quick' : 'full',
      (line) => say(`    ${line}`),
      () => openWorld({ callbacks: false }),
    ).catch((error: Error): Outcome => ({
      figures: {},
      wrong: [error.message],
    }));
    all[name] = { ...outcome, seconds: Math.round((performance.now() - from) / 100) / 10 };
    for (const each of outcome.wrong) say(`  ✗ ${each}`);
    say(`${outcome.wrong.length ? '✗' : '✓'} ${name} in ${all[name].seconds} s`);
  }
  say('');
  for (const [name, { figures, wrong, seconds }] of Object.entries(all)) {
    say(`${wrong.length ? '✗' : '✓'} ${name} (${seconds} s)`);
    for (const [figure, value] of Object.entries(figures)) say(`    ${figure.padEnd(20)} ${value}`);
  }
  const missed = Object.values(all).some(({ wrong }) => wrong.length);
  process.stdout.write(`${JSON.stringify({ size: values.quick ? 'quick' : 'full', good: !missed, checks: all })}\n`);
  process.exitCode = missed ? 1 : 0;
}

// Runs the checks of all levels up to the wanted one, and says which level is passed.
import { Fell, kitVersion, levels, Skipped, type Check, type Finding, type Level } from './check.js';
import { callbackChecks } from './levels/callbacks.js';
import { keyChecks } from './levels/keys.js';
import { orderChecks } from './levels/orders.js';
import { stressChecks } from './levels/stress.js';
import { transportChecks } from './levels/transport.js';
import { openTrial, type Trial, type TrialSettings } from './trial.js';

export interface Report {
  kit: string;
  partner: { id: string; name: string; kind: string; url: string };
  at: string;
  wanted: Level;
  /** The highest level that is passed with all below it; 0 when none is. */
  reached: number;
  passed: boolean;
  findings: Finding[];
}

export const allChecks: readonly Check<Trial>[] = [...transportChecks, ...orderChecks, ...keyChecks, ...callbackChecks, ...stressChecks];

/** @param wanted no level above is tried. @param onFinding is told of each as it comes */
export async function runConformance(
  settings: TrialSettings,
  wanted: Level,
  onFinding: (finding: Finding) => void = () => {},
): Promise<Report> {
  const trial = openTrial(settings);
  const findings: Finding[] = [];
  let locked: string | null = null;
  for (const check of allChecks.filter(({ level }) => level <= wanted))
    for (const operation of check.each === 'operation' ? trial.operations : [null]) {
      const { id, level, expected } = check;
      const shut =
        locked ??
        (trial.silent.has(operation ?? trial.opening) ? `${operation ?? trial.opening} gave no answer: see order.accepted` : null);
      const came = await (shut !== null
        ? { outcome: 'SKIP' as const, seen: shut, holdsUp: true }
        : outcomeOf(() => check.run(trial, operation ?? trial.opening)));
      if (id === 'token.given' && came.outcome === 'FAIL') locked = 'there is no token: see token.given';
      const finding = { id, level, operation, expected, ...came };
      findings.push(finding);
      onFinding(finding);
    }
  const reached = reachedOf(findings, wanted);
  const { id, name, kind } = trial.connector;
  const { origin, pathname } = new URL(settings.partner.url);
  return {
    kit: kitVersion,
    partner: { id, name, kind, url: `${origin}${pathname}`.replace(/\/$/, '') },
    at: new Date().toISOString(),
    wanted,
    reached,
    passed: reached >= wanted,
    findings,
  };
}

async function outcomeOf(run: () => Promise<string>): Promise<Pick<Finding, 'outcome' | 'seen' | 'holdsUp'>> {
  try {
    return { outcome: 'PASS', seen: await run(), holdsUp: false };
  } catch (error) {
    if (error instanceof Skipped) return { outcome: 'SKIP', seen: error.message, holdsUp: error.holdsUp };
    if (error instanceof Fell) return { outcome: 'FAIL', seen: error.message, holdsUp: true };
    return { outcome: 'FAIL', seen: `the check ended with ${(error as Error).message}`, holdsUp: true };
  }
}

/** A level is passed when something of it was tried, and nothing holds it up. */
function reachedOf(findings: readonly Finding[], wanted: Level): number {
  let reached = 0;
  for (const level of Object.keys(levels).map(Number)) {
    const here = findings.filter((finding) => finding.level === level);
    if (level > wanted || !here.some(({ outcome }) => outcome === 'PASS') || here.some(({ holdsUp }) => holdsUp)) break;
    reached = level;
  }
  return reached;
}

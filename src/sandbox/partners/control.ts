// The control API of a simulated partner: its faults, its ledger, its steps, and the page that shows them.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { json, reply, textOf } from './answering.js';
import type { Teller } from './callbacks.js';
import { controlPage } from './control-page.js';
import type { Desk } from './desk.js';
import { faultsProblem, type FaultBook, type Faults } from './faults.js';
import type { Effect, Ledger } from './ledger.js';
import type { PartnerSpec } from './spec.js';

export interface Inside {
  spec: PartnerSpec;
  ledger: Ledger;
  faults: FaultBook;
  teller: Teller;
  /** How often which status was answered, by what was asked. */
  counts: Map<string, Record<string, number>>;
  desk(): Desk | undefined;
  reset(): void;
}

/** @returns false when the path is none of the control API */
export async function control(inside: Inside, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  const { spec, ledger, faults, teller } = inside;
  const { pathname: path, searchParams } = new URL(request.url!, 'http://partner');
  if (path !== '/' && path !== '/control' && !path.startsWith('/control/')) return false;
  const asked = `${request.method} ${path}`;
  const done = (status: number, body: unknown) => (reply(response, status, body), true);

  if (asked === 'GET /' || asked === 'GET /control') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(controlPage(spec));
    return true;
  }
  if (asked === 'GET /control/state') return done(200, stateOf(inside));
  if (asked === 'GET /control/ledger') return done(200, ledger.effects());
  if (path === '/control/fault') {
    const scope = searchParams.get('operation');
    const scopes = scopesOf(spec);
    if (scope !== null && !scopes.includes(scope)) return done(400, { error: `operation must be one of ${scopes.join(', ')}` });
    if (request.method === 'DELETE') {
      if (scope === null) faults.clear();
      else faults.set(scope, {});
      return done(200, {});
    }
    if (request.method === 'PUT') {
      const body = json(await textOf(request));
      const problem = faultsProblem(body);
      if (problem) return done(400, { error: problem });
      faults.set(scope, body as Faults);
      return done(200, body);
    }
  }
  if (asked === 'POST /control/reset') {
    inside.reset();
    return done(200, {});
  }
  const step = /^\/control\/deliveries\/([^/]+)\/steps(?:\/([^/]+))?$/.exec(path);
  const effect = step && (ledger.of(step[1]!) ?? ledger.effects().find(({ ref }) => ref === step[1]));
  if (step && !effect?.ref) return done(404, { error: 'There is no accepted delivery or reference of that name' });
  if (effect && request.method === 'GET' && step[2]) return done(200, inside.desk()?.dataOf(step[2], effect) ?? {});
  if (effect && request.method === 'POST') {
    const { type, data } = (json(await textOf(request)) ?? {}) as { type?: string; data?: Record<string, unknown> };
    const steps = stepsOf(inside, effect);
    if (!type || !steps.includes(type)) return done(400, { error: `type must be one of ${steps.join(', ')}` });
    if (data !== undefined && (typeof data !== 'object' || data === null || Array.isArray(data)))
      return done(400, { error: 'data must be an object' });
    teller.tell(effect.deliveryId, effect.ref, type, data ?? inside.desk()?.dataOf(type, effect));
    return done(202, { told: type });
  }
  return done(404, { error: 'no such control' });
}

/** What faults may be set for alone. */
export const scopesOf = ({ operations }: PartnerSpec): string[] => ['token', 'lookUp', ...operations.map(({ name }) => name)];

const stepsOf = ({ spec, desk }: Inside, effect: Effect) => spec.steps.filter((type) => desk()?.suits(type, effect) ?? true);

const stateOf = (inside: Inside) => ({
  id: inside.spec.id,
  name: inside.spec.name,
  steps: inside.spec.steps,
  ...inside.faults.all(),
  effects: inside.ledger.effects().length,
  callbacksWaiting: inside.teller.waiting(),
  calls: Object.fromEntries(inside.counts),
  callbacks: inside.teller.newest(),
  newest: inside.ledger
    .effects()
    .slice(-50)
    .reverse()
    .map((effect) => ({ ...effect, steps: stepsOf(inside, effect) })),
});

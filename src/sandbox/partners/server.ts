// A simulated partner as an HTTP server of its own: it speaks the published API, keeps a ledger of effects, tells its news, and fails when it is told to.
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createTeller, type Teller } from './callbacks.js';
import { createClients, type ClientSettings } from './clients.js';
import { controlPage } from './control-page.js';
import { faultsProblem, type Faults } from './faults.js';
import { openLedger, type Effect, type Ledger } from './ledger.js';
import type { PartnerOperation, PartnerSpec } from './spec.js';

export interface PartnerSettings extends ClientSettings {
  spec: PartnerSpec;
  port: number;
  host: string;
  /** All as PEM: it speaks TLS, and only to clients with a certificate of `ca`. */
  tls?: { key: string; cert: string; ca: string };
  webhookSecret: string;
  gatewayUrl: () => string | null;
  /** Keeps the ledger between starts; in memory when null. */
  ledgerFile: string | null;
}

export interface Partner {
  id: string;
  url: string;
  stop(): Promise<void>;
}

export async function startPartner(settings: PartnerSettings): Promise<Partner> {
  const { spec } = settings;
  const ledger = openLedger(settings.ledgerFile);
  let desk = spec.desk?.(ledger);
  let faults: Faults = {};
  const teller = createTeller(spec, ledger, () => faults, settings.webhookSecret, settings.gatewayUrl);

  const stepsOf = (effect: Effect) => spec.steps.filter((type) => desk?.suits(type, effect) ?? true);
  const clients = createClients(settings);
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    answer(request, response).catch((error: Error) => {
      if (!response.headersSent) reply(response, 500, { error: error.message });
      else response.destroy();
    });
  };
  const { tls } = settings;
  const scheme = tls ? 'https' : 'http';
  const server = tls ? createTlsServer({ ...tls, requestCert: true, rejectUnauthorized: true }, handle) : createServer(handle);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, 'http://partner');
    if (url.pathname === '/' || url.pathname.startsWith('/control')) return control(request, response, url.pathname);
    const text = await textOf(request);
    if (faults.latencyMs) await new Promise((resolve) => setTimeout(resolve, faults.latencyMs).unref());
    const failing = faults.rate === undefined || Math.random() < faults.rate;
    if (failing && faults.halfOpen) return;
    if (failing && faults.dropSockets) return void request.socket.destroy();
    if (failing && faults.status) return reply(response, faults.status, { error: 'made to fail' });
    if (request.method === 'POST' && url.pathname === '/oauth/token') {
      const token = await clients.tokenFor(new URLSearchParams(text), `${scheme}://${request.headers.host}/oauth/token`);
      if (!token) return reply(response, 401, { error: 'invalid_client' });
      return reply(response, 200, { access_token: token, token_type: 'Bearer', expires_in: 600 });
    }
    if (!clients.has(request.headers.authorization?.replace('Bearer ', '') ?? '')) return reply(response, 401, { error: 'invalid_token' });
    const { words } = spec;
    const mute = failing && faults.dropAnswers;
    const wanted = spec.lookUp.exec(url.pathname)?.[1];
    if (mute && request.method === 'GET') return void request.socket.destroy();
    if (request.method === 'GET' && wanted) {
      const known = ledger.of(decodeURIComponent(wanted));
      return known ? reply(response, 200, known.answer) : reply(response, 404, { [words.status]: words.unknown });
    }
    const shown = request.method === 'GET' ? desk?.show(url) : null;
    if (shown) return reply(response, 200, shown);
    const operation = spec.operations.find(({ method, path }) => method === request.method && path.test(url.pathname));
    if (!operation) return reply(response, 404, { error: 'no such resource' });
    const effect = take(operation, url.pathname, String(request.headers['idempotency-key'] ?? ''), text);
    if ('conflict' in effect) return reply(response, 409, { error: effect.conflict });
    if (mute || (failing && faults.dropAfterEffect)) return void request.socket.destroy();
    reply(response, effect.status, effect.answer);
  }

  /** The same key with the same body gets the first answer again. */
  function take(operation: PartnerOperation, path: string, deliveryId: string, text: string): Effect | { conflict: string } {
    if (!deliveryId) return { conflict: 'Idempotency-Key is missing' };
    const bodySha256 = createHash('sha256').update(text).digest('hex');
    const known = ledger.of(deliveryId);
    if (known) return known.bodySha256 === bodySha256 ? known : { conflict: 'Idempotency-Key was used with another body' };
    const body = JSON.parse(text);
    const { words } = spec;
    const ref = `${spec.refPrefix}-${String(ledger.effects().length + 1).padStart(6, '0')}`;
    const missing = operation.requires.find((field) => field.split('.').reduce((at, key) => at?.[key], body) == null);
    const incomplete = missing ? { code: 'INVALID', reason: `${missing} is missing` } : null;
    const about = operation.path.exec(path)?.[1];
    const refusal = faults.refuse ?? incomplete ?? desk?.judge(operation.name, body, about ? decodeURIComponent(about) : null) ?? null;
    const effect: Effect = {
      at: new Date().toISOString(),
      operation: operation.name,
      deliveryId,
      bodySha256,
      ref: refusal ? '' : ref,
      status: refusal ? 422 : 201,
      about: body.pengiriman ?? /handoff_[0-9a-z]{16}/.exec(path)?.[0] ?? null,
      answer: refusal
        ? { [words.status]: words.no, [words.code]: refusal.code, [words.reason]: refusal.reason }
        : { [words.status]: words.yes, [words.ref]: ref },
      ...(desk && !refusal ? { kept: desk.kept(operation.name, body) } : {}),
    };
    ledger.add(effect);
    if (refusal) return effect;
    const usual = spec.says[operation.name];
    const says = desk?.says(effect) ?? (usual ? { type: usual, data: {} } : null);
    const told = effect.about ? ledger.of(effect.about) : effect;
    if (says && told) teller.tell(told.deliveryId, told.ref, says.type, says.data);
    return effect;
  }

  async function control(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    if (request.method === 'GET' && (path === '/' || path === '/control'))
      return void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(controlPage(spec));
    if (request.method === 'GET' && path === '/control/state') return reply(response, 200, stateOf(spec, ledger, faults, teller, stepsOf));
    if (request.method === 'GET' && path === '/control/ledger') return reply(response, 200, ledger.effects());
    if (request.method === 'DELETE' && path === '/control/fault') return reply(response, 200, (faults = {}));
    if (request.method === 'PUT' && path === '/control/fault') {
      const body = json(await textOf(request));
      const problem = faultsProblem(body);
      if (problem) return reply(response, 400, { error: problem });
      return reply(response, 200, (faults = body as Faults));
    }
    if (request.method === 'POST' && path === '/control/reset') {
      ledger.clear();
      desk = spec.desk?.(ledger);
      faults = {};
      return reply(response, 200, {});
    }
    const step = /^\/control\/deliveries\/([^/]+)\/steps$/.exec(path);
    if (request.method === 'POST' && step) {
      const { type, data } = (json(await textOf(request)) ?? {}) as { type?: string; data?: Record<string, unknown> };
      const effect = ledger.of(step[1]!) ?? ledger.effects().find(({ ref }) => ref === step[1]);
      if (!effect?.ref) return reply(response, 404, { error: 'There is no accepted delivery or reference of that name' });
      const steps = stepsOf(effect);
      if (!type || !steps.includes(type)) return reply(response, 400, { error: `type must be one of ${steps.join(', ')}` });
      teller.tell(effect.deliveryId, effect.ref, type, data ?? desk?.dataOf(type, effect));
      return reply(response, 202, { told: type });
    }
    reply(response, 404, { error: 'no such control' });
  }

  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(settings.port, settings.host, resolve));
  const { port } = server.address() as { port: number };
  return {
    id: spec.id,
    url: `${scheme}://127.0.0.1:${port}`,
    async stop() {
      teller.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const stateOf = (spec: PartnerSpec, ledger: Ledger, faults: Faults, teller: Teller, stepsOf: (effect: Effect) => readonly string[]) => ({
  id: spec.id,
  name: spec.name,
  steps: spec.steps,
  faults,
  effects: ledger.effects().length,
  callbacksWaiting: teller.waiting(),
  newest: ledger
    .effects()
    .slice(-50)
    .reverse()
    .map((effect) => ({ ...effect, steps: stepsOf(effect) })),
});

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

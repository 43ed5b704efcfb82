// A simulated partner as an HTTP server of its own: it speaks the published API, keeps a ledger of effects, tells its news, and fails when it is told to.
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { json, pause, reply, spoiltReply, textOf } from './answering.js';
import { createTeller } from './callbacks.js';
import { createClients, type ClientSettings } from './clients.js';
import { control, type Inside } from './control.js';
import { openFaults, type Faults } from './faults.js';
import { openLedger, type Effect } from './ledger.js';
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
  const { words } = spec;
  const ledger = openLedger(settings.ledgerFile);
  let desk = spec.desk?.(ledger);
  const faults = openFaults();
  const teller = createTeller(spec, ledger, faults.of, settings.webhookSecret, settings.gatewayUrl);
  const clients = createClients(settings);
  const inside: Inside = {
    spec,
    ledger,
    faults,
    teller,
    counts: new Map(),
    desk: () => desk,
    reset() {
      ledger.clear();
      teller.forget();
      faults.clear();
      inside.counts.clear();
      desk = spec.desk?.(ledger);
    },
  };
  let underWay = 0;
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
    if (await control(inside, request, response)) return;
    const { pathname } = new URL(request.url!, 'http://partner');
    const operation = spec.operations.find(({ method, path }) => method === request.method && path.test(pathname));
    const wanted = request.method === 'GET' ? spec.lookUp.exec(pathname)?.[1] : undefined;
    const asked = pathname === '/oauth/token' ? 'token' : wanted ? 'lookUp' : (operation?.name ?? 'other');
    response.once('close', () => count(asked, response.writableFinished ? String(response.statusCode) : 'no answer'));
    underWay++;
    response.once('close', () => underWay--);
    const text = await textOf(request);
    const set = faults.of(asked);
    if (set.mostAtOnce !== undefined && underWay > set.mostAtOnce) return spoiltReply(response, 429, { error: 'too many at once' }, set);
    if (set.latencyMs || set.jitterMs) await pause((set.latencyMs ?? 0) + Math.random() * (set.jitterMs ?? 0));
    const failing = set.rate === undefined || Math.random() < set.rate;
    const now: Faults = failing ? set : conductOf(set);
    if (now.halfOpen) return;
    if (now.dropSockets) return void request.socket.destroy();
    if (now.status) return spoiltReply(response, now.status, { error: 'made to fail' }, now);
    if (asked === 'token' && request.method === 'POST') {
      const address = `${scheme}://${request.headers.host}/oauth/token`;
      const token = await clients.tokenFor(new URLSearchParams(text), address, now.anyClient);
      if (!token) return reply(response, 401, { error: 'invalid_client' });
      return spoiltReply(response, 200, { access_token: token, token_type: 'Bearer', expires_in: 600 }, { ...now, vague: false });
    }
    const bearer = request.headers.authorization?.replace('Bearer ', '') ?? '';
    if (!now.anyToken && !clients.has(bearer)) return reply(response, 401, { error: 'invalid_token' });
    if (now.dropAnswers && request.method === 'GET') return void request.socket.destroy();
    if (wanted) {
      const known = now.blindLookUp ? undefined : ledger.of(decodeURIComponent(wanted));
      return spoiltReply(response, known ? 200 : 404, known?.answer ?? { [words.status]: words.unknown }, now);
    }
    const shown = request.method === 'GET' ? desk?.show(new URL(request.url!, 'http://partner')) : null;
    if (shown) return spoiltReply(response, 200, shown, now);
    if (!operation) return reply(response, 404, { error: 'no such resource' });
    const body = json(text);
    if (typeof body !== 'object' || body === null) return reply(response, 400, { error: 'The body is not a JSON object' });
    const effect = take(operation, pathname, String(request.headers['idempotency-key'] ?? ''), text, body, now);
    if ('conflict' in effect) return reply(response, 409, { error: effect.conflict });
    if (now.dropAnswers || now.dropAfterEffect) return void request.socket.destroy();
    spoiltReply(response, effect.status, effect.answer, now);
  }

  function count(asked: string, status: string): void {
    const of = inside.counts.get(asked) ?? {};
    of[status] = (of[status] ?? 0) + 1;
    inside.counts.set(asked, of);
  }

  /** The same key with the same body gets the first answer again. */
  function take(
    operation: PartnerOperation,
    path: string,
    deliveryId: string,
    text: string,
    body: any,
    now: Faults,
  ): Effect | { conflict: string } {
    if (!deliveryId) return { conflict: 'Idempotency-Key is missing' };
    const bodySha256 = createHash('sha256').update(`${path} ${text}`).digest('hex'); // what the path names is part of the order
    const known = now.forgetKeys ? undefined : ledger.of(deliveryId);
    if (known) return known.bodySha256 === bodySha256 || now.anyKey ? known : { conflict: 'Idempotency-Key was used with another body' };
    const ref = `${spec.refPrefix}-${String(ledger.effects().length + 1).padStart(6, '0')}`;
    const missing = operation.requires.find((field) => field.split('.').reduce((at, key) => at?.[key], body) == null);
    const incomplete = missing ? { code: 'INVALID', reason: `${missing} is missing` } : null;
    const about = operation.path.exec(path)?.[1];
    const judged = () => incomplete ?? desk?.judge(operation.name, body, about ? decodeURIComponent(about) : null) ?? null;
    const blind = now.anyBody === true && !now.refuse;
    const refusal = now.refuse ?? (blind ? null : judged());
    const effect: Effect = {
      at: new Date().toISOString(),
      operation: operation.name,
      deliveryId,
      bodySha256,
      ref: refusal ? '' : ref,
      status: refusal ? 422 : 201,
      about: body.pengiriman ?? body.penugasan ?? /handoff_[0-9a-z]{16}/.exec(path)?.[0] ?? null,
      answer: refusal
        ? { [words.status]: words.no, [words.code]: refusal.code, [words.reason]: refusal.reason }
        : { [words.status]: words.yes, [words.ref]: ref },
      ...(desk && !refusal ? { kept: desk.kept(operation.name, body) } : {}),
    };
    if (blind && judged()) return effect; // accepted by word alone: its books could not hold it
    ledger.add(effect);
    if (refusal) return effect;
    const usual = spec.says[operation.name];
    const says = desk?.says(effect) ?? (usual ? { type: usual, data: {} } : null);
    const told = effect.about ? ledger.of(effect.about) : effect;
    if (says && told) teller.tell(told.deliveryId, told.ref, says.type, says.data);
    return effect;
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

/** What is no failure of a single call holds whatever the share of calls that fail. */
const conductOf = ({ refuse, anyClient, anyToken, anyBody, forgetKeys, anyKey, blindLookUp }: Faults): Faults =>
  JSON.parse(JSON.stringify({ refuse, anyClient, anyToken, anyBody, forgetKeys, anyKey, blindLookUp }));

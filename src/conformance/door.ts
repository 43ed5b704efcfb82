// Where a partner on trial tells its news: it answers as the gateway does, fails once on purpose, and remembers all that came.
import { createServer, type IncomingMessage } from 'node:http';
import { Webhook } from 'standardwebhooks';
import type { Callback } from '../../connectors/contract.js';

/** One request that came. */
export interface Knock {
  at: number;
  id: string;
  timestamp: string;
  contentType: string;
  body: string;
  /** Null when the signature fits; the timestamp is not looked at. */
  signatureFault: string | null;
  news: { callback: Callback } | { problem: string };
  /** What it was answered. */
  status: number;
}

export interface Door {
  url: string;
  knocks: readonly Knock[];
  /** Reads bodies; news of other deliveries than these is answered with 404. Before, all is answered with 503. */
  open(read: (body: unknown) => Knock['news'], isOurs: (deliveryId: string) => boolean): void;
  /** The first good news about this delivery is not taken the first time: 503. */
  refuseFirstOf(deliveryId: string): void;
  stop(): Promise<void>;
}

const largest = 262_144;
const toleranceS = 300;

export async function openDoor(settings: { port: number; host: string; partnerId: string; secrets: readonly string[] }): Promise<Door> {
  const knocks: Knock[] = [];
  const toRefuse = new Set<string>();
  let read: ((body: unknown) => Knock['news']) | null = null;
  let isOurs: (deliveryId: string) => boolean = () => false;

  function judge(request: IncomingMessage, body: string): Knock {
    const header = (name: string) => String(request.headers[name] ?? '');
    const [id, timestamp] = [header('webhook-id'), header('webhook-timestamp')];
    const fits = signatureFault(settings.secrets, id, timestamp, header('webhook-signature'), body);
    let news: Knock['news'];
    try {
      const json: unknown = JSON.parse(body);
      news = read!(json);
    } catch {
      news = { problem: 'the body is not JSON' };
    }
    const at = Date.now();
    const status = (): number => {
      if (fits || !(Math.abs(at / 1000 - Number(timestamp)) <= toleranceS)) return 401;
      if ('problem' in news) return news.problem.includes('not JSON') ? 400 : 422;
      if (!isOurs(news.callback.deliveryId)) return 404;
      return toRefuse.delete(news.callback.deliveryId) ? 503 : 200;
    };
    return { at, id, timestamp, contentType: header('content-type'), body, signatureFault: fits, news, status: status() };
  }

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of request) {
      size += (chunk as Buffer).length;
      if (size <= largest) chunks.push(chunk as Buffer);
    }
    const fits = request.method === 'POST' && new URL(request.url!, 'http://kit').pathname === `/callbacks/${settings.partnerId}`;
    if (!fits) return void response.writeHead(request.method === 'POST' ? 404 : 405).end();
    if (size > largest) return void response.writeHead(413).end();
    if (!read) return void response.writeHead(503).end();
    const knock = judge(request, Buffer.concat(chunks).toString('utf8'));
    knocks.push(knock);
    const said = knock.status === 200 ? { outcome: 'recorded' } : { code: 'NOT_TAKEN', message: knock.signatureFault ?? 'not taken' };
    response.writeHead(knock.status, { 'content-type': 'application/json' }).end(JSON.stringify(said));
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(settings.port, settings.host, resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://${settings.host === '0.0.0.0' ? '127.0.0.1' : settings.host}:${port}`,
    knocks,
    open(reader, ours) {
      read = reader;
      isOurs = ours;
    },
    refuseFirstOf: (deliveryId) => void toRefuse.add(deliveryId),
    async stop() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** By any of the live keys; the time is another check's concern. */
function signatureFault(secrets: readonly string[], id: string, timestamp: string, signatures: string, body: string): string | null {
  if (!id || !timestamp || !signatures) return 'webhook-id, webhook-timestamp or webhook-signature is missing';
  const at = new Date(Number(timestamp) * 1000);
  if (!/^\d{1,12}$/.test(timestamp)) return 'webhook-timestamp is not in Unix seconds';
  const good = secrets.map((secret) => new Webhook(secret).sign(id, at, body));
  return signatures.split(' ').some((each) => good.includes(each)) ? null : 'no signature is by a live key over id.timestamp.body';
}

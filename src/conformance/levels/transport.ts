// Level 1: the partner is reached safely, gives tokens to us and to nobody else, and does nothing without one.
import { connect } from 'node:tls';
import type { Exchange, PartnerSettings } from '../../../connectors/contract.js';
import { must, Skipped, type Check } from '../check.js';
import type { Trial } from '../trial.js';

const once = { level: 1, each: 'partner' } as const;
const statusOf = (exchange: Exchange | null | undefined) =>
  exchange?.reply ? `HTTP ${exchange.reply.status}` : (exchange?.fault ?? 'no request was made');
export const isJson = (exchange: Exchange | null): boolean =>
  /^application\/([\w.-]+\+)?json\b/.test(String(exchange?.reply?.headers['content-type'] ?? ''));

const withoutToken = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'authorization'));

async function refusedWith(trial: Trial, authorization: string | null): Promise<string> {
  const { exchange } = await trial.lookUp(trial.opening, trial.newDelivery(), {
    change: (sent) => ({ ...sent, headers: { ...withoutToken(sent.headers), ...(authorization ? { authorization } : {}) } }),
  });
  must([401, 403].includes(exchange?.reply?.status ?? 0), statusOf(exchange));
  return statusOf(exchange);
}

export const transportChecks: readonly Check<Trial>[] = [
  {
    ...once,
    id: 'transport.tls',
    expected: 'TLS 1.2 or newer with a certificate that is trusted; plain HTTP on this machine only',
    async run({ partner }) {
      const { protocol, hostname } = new URL(partner.url);
      if (protocol === 'https:') return trustedTls(partner);
      must(['localhost', '127.0.0.1', '[::1]'].includes(hostname), `plain HTTP to ${hostname}: orders carry personal data`);
      throw new Skipped('plain HTTP on this machine', false);
    },
  },
  {
    ...once,
    id: 'token.given',
    expected: 'POST /oauth/token with our credentials: 200, JSON, access_token, expires_in in seconds, token_type Bearer',
    async run(trial) {
      await trial.lookUp(trial.opening, trial.newDelivery());
      const exchange = trial.exchanges.find(({ sent }) => sent.path === '/oauth/token') ?? null;
      const said = exchange?.reply?.data as Record<string, unknown> | undefined;
      must(exchange?.reply?.status === 200 && isJson(exchange), statusOf(exchange));
      must(typeof said?.['access_token'] === 'string' && said['access_token'], 'there is no access_token');
      must(Number(said['expires_in']) > 0, `expires_in is ${String(said['expires_in'])}`);
      must(/^bearer$/i.test(String(said['token_type'] ?? 'Bearer')), `token_type is ${String(said['token_type'])}`);
      return `HTTP 200, a token for ${String(said['expires_in'])} s`;
    },
  },
  {
    ...once,
    id: 'token.wrongSecret',
    expected: 'other credentials get no token: 400 or 401',
    async run(trial) {
      const exchange = await trial.askWithWrongCredentials();
      must([400, 401].includes(exchange?.reply?.status ?? 0), statusOf(exchange));
      return statusOf(exchange);
    },
  },
  { ...once, id: 'token.needed', expected: 'a call without a token: 401 or 403', run: (trial) => refusedWith(trial, null) },
  {
    ...once,
    id: 'token.forged',
    expected: 'a call with a token that was never given: 401 or 403',
    run: (trial) => refusedWith(trial, 'Bearer 0000-never-given'),
  },
];

/** @throws Error naming what is wrong with the certificate */
function trustedTls({ url, tls, timeoutMs }: PartnerSettings): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(
      { host: hostname, port: Number(port || 443), servername: /^[\d.]+$/.test(hostname) ? '' : hostname, ...tls },
      () => {
        const version = socket.getProtocol();
        socket.destroy();
        if (version === 'TLSv1.2' || version === 'TLSv1.3') resolve(`${version}, the certificate is trusted`);
        else reject(new Error(`it speaks ${version}`));
      },
    );
    socket.setTimeout(timeoutMs, () => socket.destroy(new Error('no answer in time')));
    socket.once('error', reject);
  });
}

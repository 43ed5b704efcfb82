// The only door out over HTTP: bounded in time and size, no redirects, no proxies, no absolute addresses, own keep-alive, OAuth2 client credentials, mutual TLS.
import axios, { type AxiosError, type AxiosResponse } from 'axios';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

import { clientProofOf } from './client-proof.js';
import { PartnerFault, type Call, type Exchange, type PartnerSettings, type Sent } from './contract.js';
import { hostOf, lookupOf, partnerUrlProblem, publicOnly } from './reach.js';

export interface Reply {
  status: number;
  data: any;
}

export interface Http {
  /**
   * @returns the reply to 2xx, 404, 409 and 422: the statuses in which partners say yes, no and not found
   * @throws PartnerFault for all else; it never carries a secret or a body
   */
  send(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, call: Call, body?: unknown): Promise<Reply>;
}

const spoken = [404, 409, 422];
const notDone = [401, 403, 429, 503];
const mostBytes = 1_000_000;

const bounded = {
  maxRedirects: 0,
  proxy: false,
  maxBodyLength: 30 * mostBytes,
  maxContentLength: mostBytes,
  validateStatus: () => true,
} as const;

/** Sockets to one partner and to nobody else. */
const agentsOf = ({ url, tls, publicOnly = false }: Pick<PartnerSettings, 'url' | 'tls' | 'publicOnly'>, keepAlive: boolean) => {
  const how = { keepAlive, maxSockets: 20, lookup: lookupOf({ host: hostOf(url), inside: !publicOnly }) as never };
  return { httpAgent: new HttpAgent(how), httpsAgent: new HttpsAgent({ ...how, ...tls }) };
};

/** An address in place of a name is not looked up by any socket: it is judged here. @throws PartnerFault */
function mustBeReachable(url: string, closed = false): void {
  const wrong = partnerUrlProblem(url, closed);
  if (wrong) throw new PartnerFault('no', `the URL ${wrong}`);
}

export function createHttp(settings: PartnerSettings): Http {
  const { url, timeoutMs, tap } = settings;
  const prove = clientProofOf(settings);
  const tokenAddress = `${url.replace(/\/+$/, '')}/oauth/token`;
  const client = axios.create({
    baseURL: url,
    allowAbsoluteUrls: false,
    ...bounded,
    ...agentsOf(settings, true),
    responseType: 'json',
  });
  let token: { value: string; until: number } | null = null;

  async function exchange(asked: Sent, signal: AbortSignal): Promise<AxiosResponse> {
    const sent = tap?.change?.(asked) ?? asked;
    const { method, path, headers, body } = sent;
    const from = performance.now();
    const saw = (came: Pick<Exchange, 'reply' | 'fault'>) => tap?.saw({ sent, ms: performance.now() - from, ...came });
    try {
      const reply = await request(() => client.request({ method, url: path, data: body, signal, headers }));
      saw({ reply: { status: reply.status, headers: reply.headers as Record<string, string>, data: reply.data } });
      return reply;
    } catch (error) {
      saw({ reply: null, fault: (error as Error).message });
      throw error;
    }
  }

  async function bearer(signal: AbortSignal): Promise<string> {
    if (token && token.until > Date.now()) return token.value;
    const form = new URLSearchParams({ grant_type: 'client_credentials', ...(await prove(tokenAddress)) });
    const reply = await exchange({ method: 'POST', path: '/oauth/token', headers: {}, body: form }, signal).catch((error: PartnerFault) => {
      throw new PartnerFault('no', `no access token: ${error.message}`, error.retryAfterMs);
    });
    if (reply.status !== 200 || typeof reply.data?.access_token !== 'string')
      throw new PartnerFault('no', `no access token: HTTP ${reply.status}`);
    token = { value: reply.data.access_token, until: Date.now() + (Number(reply.data.expires_in ?? 60) - 10) * 1000 };
    return token.value;
  }

  return {
    async send(method, path, call, body) {
      mustBeReachable(url, settings.publicOnly);
      if (hostOf(client.getUri({ url: path })) !== hostOf(url)) throw new PartnerFault('no', 'the path leads to another host');
      const signal = AbortSignal.any([call.signal, AbortSignal.timeout(timeoutMs)]);
      const ask = async () => {
        const headers = { authorization: `Bearer ${await bearer(signal)}`, 'idempotency-key': call.deliveryId };
        return exchange({ method, path, headers, body }, signal);
      };
      let reply = await ask();
      if (reply.status === 401) {
        token = null; // it may have been withdrawn before its time
        reply = await ask();
      }
      if ((reply.status >= 200 && reply.status < 300) || spoken.includes(reply.status)) return { status: reply.status, data: reply.data };
      const retryAfterMs = pauseOf(reply.headers['retry-after']);
      throw new PartnerFault(notDone.includes(reply.status) ? 'no' : 'maybe', `HTTP ${reply.status}`, retryAfterMs);
    },
  };
}

/** @returns the status with which a partner answers at its address, whatever it is. @throws PartnerFault when it does not */
export async function statusOf(settings: Pick<PartnerSettings, 'url' | 'tls' | 'publicOnly' | 'timeoutMs'>): Promise<number> {
  const { url, timeoutMs } = settings;
  mustBeReachable(url, settings.publicOnly);
  const { status } = await request(() =>
    axios.get(url, { ...bounded, ...agentsOf(settings, false), signal: AbortSignal.timeout(timeoutMs) }),
  );
  return status;
}

/** Of Retry-After, which is seconds or a date (RFC 9110). */
function pauseOf(said: unknown): number | undefined {
  if (typeof said !== 'string') return undefined;
  const ms = /^\d+$/.test(said) ? Number(said) * 1000 : Date.parse(said) - Date.now();
  return ms > 0 ? ms : undefined;
}

export interface Post {
  /** @returns when the answer is 2xx. @throws PartnerFault for all else */
  (url: string, headers: Record<string, string>, body: string, signal: AbortSignal): Promise<void>;
}

/** Posts to endpoints that others have registered. @param inside whether to addresses that are not public as well */
export function createPost({ inside, timeoutMs }: { inside: boolean; timeoutMs: number }): Post {
  const how = { keepAlive: true, maxSockets: 20, ...(inside ? {} : { lookup: publicOnly as never }) };
  const client = axios.create({ ...bounded, httpAgent: new HttpAgent(how), httpsAgent: new HttpsAgent(how), responseType: 'text' });
  return async (url, headers, body, signal) => {
    const bound = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    const reply = await request(() => client.post(url, body, { headers, signal: bound }));
    if (reply.status < 200 || reply.status >= 300)
      throw new PartnerFault('no', `HTTP ${reply.status}`, pauseOf(reply.headers['retry-after']));
  };
}

async function request(send: () => Promise<AxiosResponse>): Promise<AxiosResponse> {
  try {
    return await send();
  } catch (error) {
    const { code = 'UNKNOWN' } = error as AxiosError;
    throw new PartnerFault(
      ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EADDRNOTPUBLIC', 'EHOSTNOTALLOWED'].includes(code) ? 'no' : 'maybe',
      code === 'ERR_CANCELED' ? 'no answer in time' : code,
    );
  }
}

// Callbacks as a partner tells them, signed by hand so that each part can be spoilt.
import { request } from 'node:http';
import { Agent } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { partnerSpecs } from '../../src/sandbox/partners/specs.js';
import { newsOf as dataOf } from '../support/news.js';
import { secret } from '../support/partner-world.js';

export interface Told {
  partnerId: string;
  id: string;
  timestamp: string;
  signature: string;
  body: Buffer;
}

const agent = new Agent({ keepAlive: true, maxSockets: 16 });

/** In the partner's own fields. */
export function newsOf(partnerId: string, type: string, deliveryId: string, sequence: number): string {
  const { callback } = partnerSpecs.find(({ id }) => id === partnerId)!;
  return JSON.stringify({
    [callback.type]: type,
    [callback.deliveryId]: deliveryId,
    [callback.partnerRef]: 'REF-1',
    [callback.sequence]: sequence,
    [callback.occurredAt]: '2026-06-01T10:00:00Z',
    [callback.data]: dataOf(type),
  });
}

export function signed(partnerId: string, id: string, body: string, { at = new Date(), key = secret } = {}): Told {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  return { partnerId, id, timestamp, signature: new Webhook(key).sign(id, at, body), body: Buffer.from(body) };
}

/** @returns the status and the outcome or code that the gateway answered */
export const tell = (gatewayUrl: string, { partnerId, id, timestamp, signature, body }: Told): Promise<{ status: number; said: string }> =>
  new Promise((answered, failed) => {
    const headers = {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': signature,
    };
    const asked = request(`${gatewayUrl}/callbacks/${partnerId}`, { method: 'POST', headers, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const said = JSON.parse(Buffer.concat(chunks).toString()) as { outcome?: string; code?: string };
        answered({ status: response.statusCode!, said: said.outcome ?? said.code ?? '' });
      });
    });
    asked.on('error', failed);
    asked.end(body);
  });

/** Ends the sockets that were kept. */
export const hangUp = (): void => agent.destroy();

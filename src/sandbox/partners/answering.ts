// How a simulated partner's answer goes over the wire: as it should, or spoilt as its faults say.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Faults } from './faults.js';

export function reply(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

export function spoiltReply(response: ServerResponse, status: number, body: object, faults: Faults): void {
  const { retryAfterS, wrongContentType, oversizeBytes, dripMs, vague } = faults;
  const said = { ...(vague ? {} : body), ...(oversizeBytes ? { padding: 'x'.repeat(oversizeBytes) } : {}) };
  const headers: Record<string, string> = {
    ...(wrongContentType ? { 'content-type': 'text/html' } : {}),
    ...(retryAfterS !== undefined && (status === 429 || status === 503) ? { 'retry-after': String(retryAfterS) } : {}),
  };
  if (!dripMs) return reply(response, status, said, headers);
  const bytes = Buffer.from(JSON.stringify(said));
  response.writeHead(status, { 'content-type': 'application/json', ...headers, 'content-length': bytes.length });
  let at = 0;
  const timer = setInterval(() => {
    if (at < bytes.length) return void response.write(bytes.subarray(at, ++at));
    clearInterval(timer);
    response.end();
  }, dripMs);
  response.once('close', () => clearInterval(timer));
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());

export async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

export function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

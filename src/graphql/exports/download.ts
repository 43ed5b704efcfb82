// The file of an export, for whoever has its signed address, which is good for a quarter of an hour.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { audit } from '../../storage/audit.js';
import { keptFile } from '../../storage/exports.js';
import type { Store } from '../../storage/store.js';
import type { ExportFiles } from './files.js';

export interface Downloads {
  /** Below the address of the gateway. */
  urlOf(id: string): string;
  handle(request: IncomingMessage, response: ServerResponse, id: string, search: URLSearchParams): Promise<void>;
}

const goodForMs = 15 * 60_000;

/** @param secrets the first signs, and all of them are believed */
export function createDownloads(store: Store, files: ExportFiles, secrets: readonly Buffer[], now: () => number = Date.now): Downloads {
  // Keys of their own: what is signed here is good for nothing else.
  const keys = secrets.map((secret) => createHmac('sha256', secret).update('addresses of bulk exports').digest());
  const sign = (key: Buffer, id: string, expires: string) => createHmac('sha256', key).update(`${id} ${expires}`).digest();
  const isGood = (id: string, expires: string, signature: string): boolean => {
    if (!/^\d{1,12}$/.test(expires) || Number(expires) * 1_000 < now()) return false;
    const given = Buffer.from(signature, 'base64url');
    return keys.some((key) => given.length === 32 && timingSafeEqual(given, sign(key, id, expires)));
  };

  return {
    urlOf(id) {
      const expires = String(Math.ceil((now() + goodForMs) / 1_000));
      return `/exports/${id}.jsonl?expires=${expires}&signature=${sign(keys[0]!, id, expires).toString('base64url')}`;
    },
    async handle(request, response, id, search) {
      const no = (status: number, message: string) =>
        void response
          .writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
          .end(JSON.stringify({ message }));
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        response.setHeader('allow', 'GET, HEAD');
        return no(405, 'A file is fetched by GET');
      }
      if (!isGood(id, search.get('expires') ?? '', search.get('signature') ?? ''))
        return no(403, 'The address is wrong or too old: ask for the url of the export again');
      const kept = await keptFile(store, id);
      if (kept?.status === 'EXPIRED' || kept?.expired) return no(410, 'The file is not kept any more');
      if (kept?.status !== 'DONE') return no(404, 'There is no such file');
      const path = files.pathOf(id);
      const size = (await stat(path).catch(() => null))?.size;
      if (String(size) !== kept.bytes) return no(404, 'The file is not kept by this gateway');
      const digest = Buffer.from(kept.sha256, 'hex').toString('base64');
      if (request.method === 'GET') {
        const actor = { user: kept.askedBy, roles: kept.roles };
        await store.transaction((tx) => audit(tx, [{ actor, action: 'downloadBulkExport', subject: id, detail: { bytes: kept.bytes } }]));
      }
      response.writeHead(200, {
        'content-type': 'application/jsonl',
        'content-length': size,
        'content-disposition': `attachment; filename="${id}.jsonl"`,
        'cache-control': 'private, no-store',
        'x-content-type-options': 'nosniff',
        digest: `sha-256=${digest}`,
        'repr-digest': `sha-256=:${digest}:`,
      });
      if (request.method === 'HEAD') return void response.end();
      await pipeline(createReadStream(path), response).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error; // whoever fetched it has gone
      });
    },
  };
}

// An invoice file as it comes with a callback: its bytes in base64 with their hash; what it holds is read here, once, for the log.
import { createHash } from 'node:crypto';
import type { Callback } from '../../contract.js';
import { readLedes } from './read.js';

/** A file that is not LEDES is taken all the same, with its problems: the firm is told of them. Bytes that are not those of the hash are not taken. */
export function readSubmission(callback: Callback): { callback: Callback } | { problem: string } {
  if (callback.type !== 'invoice.submitted') return { callback };
  const { fileName, sha256, content } = callback.data;
  if (typeof fileName !== 'string' || !/^[\w.,() -]{1,120}$/.test(fileName)) return { problem: '/data/fileName is not the name of a file' };
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) return { problem: '/data/sha256 is not 64 hexadecimal digits' };
  if (typeof content !== 'string' || !/^[A-Za-z0-9+/]*={0,2}$/.test(content)) return { problem: '/data/content is not base64' };
  const bytes = Buffer.from(content, 'base64');
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) return { problem: '/data/sha256 is not that of the content' };
  return { callback: { ...callback, data: { fileName, sha256, content, file: readLedes(bytes.toString('latin1')) } } };
}

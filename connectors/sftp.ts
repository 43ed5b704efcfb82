// A server that speaks SFTP as a place for files: by a key of ours, to the one host key that was agreed, at addresses that may be called.
import SftpClient from 'ssh2-sftp-client';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect as openSocket, isIP, type Socket } from 'node:net';
import { Writable } from 'node:stream';
import type { FilePlace } from './contract/file-door.js';
import { isPublic, lookupOf } from './reach.js';

export interface SftpSettings {
  host: string;
  port: number;
  user: string;
  /** The folder, absolute. */
  path: string;
  /** PEM or OpenSSH. */
  privateKey: string;
  /** `SHA256:…` as ssh-keygen -l prints it. */
  hostKey: string;
  publicOnly: boolean;
  timeoutMs: number;
}

/** Of a host key, as ssh-keygen -l prints it. */
export const fingerprintOf = (key: Buffer): string => `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;

export function createSftp(settings: SftpSettings): FilePlace {
  const { user, path, privateKey, hostKey, timeoutMs } = settings;
  let opened: Promise<SftpClient> | null = null;

  async function connect(): Promise<SftpClient> {
    // Whoever uses it is told of errors by what was asked; left to itself the client writes to the console.
    const client = new SftpClient('casegraph', { error() {}, end() {}, close: () => void (opened = null) });
    let other: string | null = null;
    try {
      await client.connect({
        sock: await socketTo(settings),
        username: user,
        privateKey,
        readyTimeout: timeoutMs,
        hostVerifier: (key: Buffer) => {
          const is = fingerprintOf(key);
          if (is !== hostKey) other = is;
          return is === hostKey;
        },
      });
      return client;
    } catch (error) {
      opened = null;
      throw other ? new Error(`the host key is ${other} and not the one that was agreed`) : error;
    }
  }
  const ask = async <T>(work: (client: SftpClient) => Promise<T>): Promise<T> => work(await (opened ??= connect()));
  const at = (relative: string) => [path.replace(/\/+$/, ''), relative].filter(Boolean).join('/');

  return {
    list: (folder) =>
      ask(async (client) => {
        if (folder && !(await client.exists(at(folder)))) return [];
        const all = await client.list(at(folder));
        return all.flatMap(({ type, name, size, modifyTime }) => (type === '-' ? [{ name, bytes: size, modifiedMs: modifyTime }] : []));
      }),
    read: (file, mostBytes) =>
      ask(async (client) => {
        const chunks: Buffer[] = [];
        let size = 0;
        const sink = new Writable({
          write(chunk: Buffer, _, done) {
            size += chunk.length;
            chunks.push(chunk);
            done(size > mostBytes ? new Error(`it has more than ${mostBytes} bytes`) : null); // a server may say less than it sends
          },
        });
        await client.get(at(file), sink);
        return Buffer.concat(chunks);
      }),
    write: (file, bytes) => ask(async (client) => void (await client.put(bytes, at(file)))),
    rename: (from, to) =>
      ask(async (client) => {
        // Servers without the extension of OpenSSH do not rename over a file that is there.
        await client.posixRename(at(from), at(to)).catch(async () => {
          if (await client.exists(at(to))) await client.delete(at(to));
          await client.rename(at(from), at(to));
        });
      }),
    ensureFolder: (folder) =>
      ask(async (client) => {
        if (!(await client.exists(at(folder)))) await client.mkdir(at(folder), true);
      }),
    async close() {
      const client = await opened?.catch(() => null);
      opened = null;
      await client?.end().catch(() => {});
    },
  };
}

/** Resolved once, for this connection. @throws when its address may not be called */
async function socketTo({ host, port, publicOnly, timeoutMs }: SftpSettings): Promise<Socket> {
  if (publicOnly && isIP(host) && !isPublic(host)) throw new Error('EADDRNOTPUBLIC');
  const lookup = lookupOf({ host, inside: !publicOnly }) as never;
  // Each request is a few bytes that wait for their answer: gathered, every one of them would take as long as an acknowledgement.
  const socket = openSocket({ host, port, lookup, noDelay: true });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(timeoutMs) });
    return socket;
  } catch (error) {
    socket.destroy();
    throw new Error((error as NodeJS.ErrnoException).code ?? 'no connection', { cause: error });
  }
}

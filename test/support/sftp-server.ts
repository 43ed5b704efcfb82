// A small SFTP server over a folder, for tests: one user by key, and the requests that file doors make.
import { generateKeyPairSync } from 'node:crypto';
import { closeSync, fstatSync, lstatSync, mkdirSync, openSync, readSync, readdirSync, renameSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import ssh from 'ssh2';
import { fingerprintOf } from '../../connectors/sftp.js';

export interface SftpServer {
  port: number;
  hostKey: string;
  /** Of the one user who is let in. */
  privateKey: string;
  connections(): number;
  stop(): Promise<void>;
}

const { STATUS_CODE: status, OPEN_MODE: mode } = ssh.utils.sftp;
const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' }) as string;

export async function startSftpServer(folder: string): Promise<SftpServer> {
  const [host, user] = [rsa(), rsa()];
  const parsed = (pem: string) => ssh.utils.parseKey(pem) as ssh.ParsedKey;
  const allowed = parsed(user);
  let connections = 0;
  const clients = new Set<ssh.Connection>();
  const server = new ssh.Server({ hostKeys: [host] }, (client) => {
    connections++;
    clients.add(client);
    (client as unknown as { setNoDelay(on: boolean): void }).setNoDelay(true); // the types do not know it
    client.on('error', () => {});
    client.on('close', () => clients.delete(client));
    client.on('authentication', (context) => {
      const isUser = context.method === 'publickey' && context.username === 'bank' && context.key.data.equals(allowed.getPublicSSH());
      const proved = isUser && (!context.signature || allowed.verify(context.blob!, context.signature, context.hashAlgo) === true);
      if (proved) context.accept();
      else context.reject(['publickey']);
    });
    client.on('ready', () => client.on('session', (accept) => accept().on('sftp', (open) => serve(open(), folder))));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    port: (server.address() as { port: number }).port,
    hostKey: fingerprintOf(parsed(host).getPublicSSH()),
    privateKey: user,
    connections: () => connections,
    async stop() {
      for (const client of clients) client.end();
      await new Promise<void>((closed) => server.close(() => closed()));
    },
  };
}

function serve(sftp: ssh.SFTPWrapper, folder: string): void {
  const handles = new Map<number, { fd?: number; names?: string[]; folder?: string }>();
  let next = 0;
  const keep = (what: { fd?: number; names?: string[]; folder?: string }) => {
    const handle = Buffer.alloc(4);
    handle.writeUInt32BE(++next);
    handles.set(next, what);
    return handle;
  };
  const of = (handle: Buffer) => handles.get(handle.readUInt32BE())!;
  const at = (path: string) => join(folder, path);
  const attributes = (path: string) => {
    const { mode: bits, size, mtimeMs, atimeMs } = lstatSync(path);
    return { mode: bits, uid: 0, gid: 0, size, mtime: Math.floor(mtimeMs / 1000), atime: Math.floor(atimeMs / 1000) };
  };
  const answer = (id: number, work: () => void) => {
    try {
      work();
    } catch (error) {
      sftp.status(id, (error as NodeJS.ErrnoException).code === 'ENOENT' ? status.NO_SUCH_FILE : status.FAILURE);
    }
  };
  const does = (id: number, work: () => void) => answer(id, () => (work(), sftp.status(id, status.OK)));
  sftp.on('REALPATH', (id, path) => sftp.name(id, [{ filename: path, longname: path, attrs: {} as never }]));
  const stat = (id: number, path: string) => answer(id, () => sftp.attrs(id, attributes(at(path))));
  sftp.on('STAT', stat).on('LSTAT', stat);
  sftp.on('FSTAT', (id, handle) => answer(id, () => sftp.attrs(id, { size: fstatSync(of(handle).fd!).size } as never)));
  sftp.on('OPENDIR', (id, path) => answer(id, () => sftp.handle(id, keep({ names: readdirSync(at(path)), folder: at(path) }))));
  sftp.on('READDIR', (id, handle) =>
    answer(id, () => {
      const { names = [], folder: where = '' } = of(handle);
      if (!names.length) return sftp.status(id, status.EOF);
      sftp.name(
        id,
        names.splice(0).map((filename) => ({ filename, longname: `-rw------- ${filename}`, attrs: attributes(join(where, filename)) })),
      );
    }),
  );
  sftp.on('OPEN', (id, path, flags) => answer(id, () => sftp.handle(id, keep({ fd: openSync(at(path), flags & mode.WRITE ? 'w' : 'r') }))));
  sftp.on('READ', (id, handle, offset, length) =>
    answer(id, () => {
      const buffer = Buffer.alloc(length);
      const count = readSync(of(handle).fd!, buffer, 0, length, offset);
      if (count) sftp.data(id, buffer.subarray(0, count));
      else sftp.status(id, status.EOF);
    }),
  );
  sftp.on('WRITE', (id, handle, offset, data) => does(id, () => writeSync(of(handle).fd!, data, 0, data.length, offset)));
  sftp.on('FSETSTAT', (id) => sftp.status(id, status.OK));
  sftp.on('SETSTAT', (id) => sftp.status(id, status.OK));
  sftp.on('CLOSE', (id, handle) => does(id, () => of(handle).fd !== undefined && closeSync(of(handle).fd!)));
  sftp.on('MKDIR', (id, path) => does(id, () => mkdirSync(at(path))));
  sftp.on('REMOVE', (id, path) => does(id, () => unlinkSync(at(path))));
  sftp.on('RENAME', (id, from, to) => does(id, () => renameSync(at(from), at(to))));
  sftp.on('EXTENDED', (id) => sftp.status(id, status.OP_UNSUPPORTED));
}

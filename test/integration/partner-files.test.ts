// Files as a second way in and out, over a folder and over a real SFTP server: whole, once, all or nothing, and with words for what was wrong.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import type { FilePlace } from '../../connectors/contract/file-door.js';
import { createFolder } from '../../connectors/folder.js';
import { createSftp, type SftpSettings } from '../../connectors/sftp.js';
import { instructLawFirm } from '../../src/actions/instruct-law-firm.js';
import { createCallbackLines } from '../../src/callbacks/callback-lines.js';
import { startFilePoller, type FilePoller } from '../../src/callbacks/file-poller.js';
import { startFileOut } from '../../src/delivery/file-out.js';
import { fileBecomes, oweFile } from '../../src/storage/partner-files.js';
import { newsOf } from '../support/news.js';
import { counsel, openWorld, secret, type World } from '../support/partner-world.js';
import { startSftpServer, type SftpServer } from '../support/sftp-server.js';

const root = mkdtempSync(join(tmpdir(), 'casegraph-files-'));
const log = { info() {}, warn() {}, error() {} };
let world: World;
let server: SftpServer;
let sftp: SftpSettings;
beforeAll(async () => {
  world = await openWorld({ callbacks: false });
  server = await startSftpServer(root);
  const { port, hostKey, privateKey } = server;
  sftp = { host: '127.0.0.1', port, user: 'bank', path: '/', privateKey, hostKey, publicOnly: false, timeoutMs: 5_000 };
});
afterAll(async () => {
  await server.stop();
  await world.stop();
  rmSync(root, { recursive: true, force: true });
});

let made = 0;
const kinds: [string, (folder: string) => FilePlace][] = [
  ['a folder', (folder) => createFolder(join(root, folder))],
  ['SFTP', (folder) => createSftp({ ...sftp, path: `/${folder}` })],
];
const pollers: FilePoller[] = [];
afterEach(async () => void (await Promise.all(pollers.splice(0).map((each) => each.stop()))));

function openDoor(place: (folder: string) => FilePlace, mostBytes = 1_000_000) {
  const name = `door${++made}`;
  const folder = join(root, name);
  mkdirSync(folder);
  const handlers = [
    createCallbackLines({ readerOf: (id) => world.plain.get(id)?.readCallback as never, secretsOf: () => [secret], keepDays: 7 }),
  ];
  const start = () => {
    const poller = startFilePoller({
      store: world.store,
      partnerId: 'harbor-legal',
      place: place(name),
      handlers,
      everyMs: 3_600_000,
      mostBytes,
      log,
    });
    pollers.push(poller);
    return poller;
  };
  const poller = start();
  return {
    folder,
    start,
    put: (file: string, text: string) => writeFileSync(join(folder, file), text),
    /** A file is whole when it has not changed between two looks. */
    look: async () => (await poller.look(), await poller.look()),
    lookOnce: () => poller.look(),
    in: (sub: string) => (existsSync(join(folder, sub)) ? readdirSync(join(folder, sub)).sort() : []),
    problems: (file: string) =>
      readFileSync(join(folder, 'failed', `${file}.problems`), 'utf8')
        .trim()
        .split('\n'),
  };
}

async function instruct(): Promise<{ handoffId: string; matterId: string }> {
  const caseId = await world.newCase();
  const outcome = await instructLawFirm(world.store, { actor: counsel, caseId, idempotencyKey: caseId, lawFirmId: 'harbor-legal' });
  if (!('done' in outcome)) throw new Error(JSON.stringify(outcome));
  return outcome.done as never;
}
let ids = 0;
const line = (deliveryId: string, type: string, sequence: number, { at = new Date(), key = secret, id = `msg_file_${++ids}` } = {}) => {
  const body = JSON.stringify({ type, deliveryId, partnerRef: 'HL-1', sequence, occurredAt: '2026-06-01T10:00:00Z', data: newsOf(type) });
  const timestamp = String(Math.floor(at.getTime() / 1000));
  return JSON.stringify({ id, timestamp, signature: new Webhook(key).sign(id, at, body), body });
};
const steps = async (matterId: string) =>
  (await world.rows('select step from matter_step where matter_id = $1 order by partner_sequence', matterId)).map(({ step }) => step);

describe.each(kinds)('through %s', (kind, place) => {
  const of = (n: number | string) => `callbacks-${kind.replace(' ', '-')}-${n}.jsonl`;
  it('callbacks are taken when the file is whole, once, and the file is moved', async () => {
    const door = openDoor(place);
    const { handoffId, matterId } = await instruct();
    const twoDaysAgo = new Date(Date.now() - 2 * 86_400_000);
    const text = `${line(handoffId, 'matter.accepted', 1, { at: twoDaysAgo })}\n${line(handoffId, 'matter.demandSent', 2)}\n`;
    door.put(`${of('1')}.part`, text);
    await door.look();
    expect(await steps(matterId)).toEqual([]);
    renameSync(join(door.folder, `${of('1')}.part`), join(door.folder, of('1')));
    await door.lookOnce();
    expect(await steps(matterId)).toEqual([]); // it may still grow
    await door.lookOnce();
    expect(await steps(matterId)).toEqual(['ACCEPTED', 'DEMAND_SENT']);
    expect([door.in('done'), door.in('failed')]).toEqual([[of('1')], []]);
    door.put(of('again'), text); // the same bytes under another name
    await door.look();
    expect(door.in('done')).toEqual([of('1'), of('again')]);
    expect(await steps(matterId)).toHaveLength(2);
    expect(await world.rows(`select state, detail from partner_file where name = $1`, of('1'))).toEqual([
      { state: 'TAKEN', detail: { lines: 2, recorded: 2, seenBefore: 0 } },
    ]);
  });

  it('nothing of a file is taken when a line of it is wrong, and each problem is named; mended it is taken', async () => {
    const door = openDoor(place);
    const [a, b] = [await instruct(), await instruct()];
    const good = line(a.handoffId, 'matter.accepted', 1);
    const stranger = `whsec_${Buffer.from('another secret of 24 byte').toString('base64')}`;
    const old = new Date(Date.now() - 8 * 86_400_000);
    const wrong = [
      line(b.handoffId, 'matter.accepted', 1, { key: stranger }),
      'not json',
      line(b.handoffId, 'matter.accepted', 1, { at: old }),
    ];
    door.put(of('2'), [good, ...wrong].join('\n'));
    await door.look();
    expect(door.problems(of('2'))).toEqual([
      'line 2: the signature or its timestamp does not fit',
      'line 3: it is no object of id, timestamp, signature and body, all text',
      'line 4: the signature or its timestamp does not fit',
    ]);
    door.put(of('3'), [good, line('handoff_zzzzzzzzzzzzzzzz', 'matter.accepted', 1)].join('\n'));
    await door.look();
    expect(door.problems(of('3'))).toEqual(['line 2: there is no such delivery']);
    expect(await steps(a.matterId)).toEqual([]);
    door.put(of('2'), good);
    await door.look();
    expect(await steps(a.matterId)).toEqual(['ACCEPTED']);
    door.put(of('2'), line(b.handoffId, 'matter.accepted', 1));
    await door.look();
    expect(door.problems(of('2'))).toEqual(['a file of this name was taken with other content']);
  });

  it('what is too large or of another name is put aside with its reason', async () => {
    const door = openDoor(place, 1_000);
    door.put(of('big'), 'x'.repeat(1_001));
    door.put('holiday-photos.zip', 'x');
    await door.look();
    expect(door.problems(of('big'))).toEqual(['it has 1001 bytes, and 1000 are allowed']);
    expect(door.problems('holiday-photos.zip')).toEqual(['nobody takes files of this name; there are callbacks*.jsonl']);
  });

  it('a file that is owed is written whole and once, and a killed process does not write it again after it was fetched', async () => {
    const name = `out${++made}`;
    mkdirSync(join(root, name));
    const out = startFileOut({ store: world.store, partnerId: 'harbor-legal', place: place(name), everyMs: 3_600_000, log });
    const bytes = Buffer.from('a,b\n1,2\n');
    const owe = (file: string, content = bytes) => world.store.transaction((tx) => oweFile(tx, 'harbor-legal', file, content));
    const ids = [await owe(`${name}-1.csv`), await owe(`${name}-2.csv`), await owe(`${name}-3.csv`)];
    await expect(owe(`${name}-1.csv`, Buffer.from('other'))).rejects.toThrow('is owed with other bytes');
    await fileBecomes(world.store, ids[1]!, 'WRITING'); // its process ended after the rename, and the partner fetched it
    writeFileSync(join(root, name, `${name}-3.csv`), 'somebody else’s'); // another lies there
    await out.send();
    await out.send();
    expect(readdirSync(join(root, name)).sort()).toEqual([`${name}-1.csv`, `${name}-3.csv`]);
    expect(readFileSync(join(root, name, `${name}-1.csv`))).toEqual(bytes);
    const states = await world.rows(`select state, problems from partner_file where id = any($1) order by name`, ids);
    expect(states).toEqual([
      { state: 'SENT', problems: [] },
      { state: 'SENT', problems: [] },
      { state: 'FAILED', problems: ['a file of this name lies there with other bytes'] },
    ]);
    await out.stop();
  });
});

it('a link in a folder is not followed', async () => {
  const door = openDoor(kinds[0]![1]);
  writeFileSync(join(root, 'secret.txt'), 'secret');
  symlinkSync(join(root, 'secret.txt'), join(door.folder, 'callbacks-link.jsonl'));
  await door.look();
  expect([door.in('done'), door.in('failed')]).toEqual([[], []]);
});

it('two processes take a file once', async () => {
  const door = openDoor(kinds[0]![1]);
  const other = door.start();
  const { handoffId, matterId } = await instruct();
  door.put('callbacks-both.jsonl', line(handoffId, 'matter.accepted', 1));
  for (let i = 0; i < 4; i++) await Promise.all([door.lookOnce(), other.look()]);
  expect(door.in('done')).toEqual(['callbacks-both.jsonl']);
  expect(await steps(matterId)).toEqual(['ACCEPTED']);
});

it('a server with another host key, a user with another key and an address inside are not talked to', async () => {
  const list = (over: Partial<SftpSettings>) => createSftp({ ...sftp, ...over }).list('');
  await expect(list({ hostKey: `SHA256:${'A'.repeat(43)}` })).rejects.toThrow(/the host key is SHA256:.+ and not the one that was agreed/);
  const other = await startSftpServer(root);
  await expect(list({ privateKey: other.privateKey })).rejects.toThrow('authentication');
  await other.stop();
  const connections = server.connections();
  for (const host of ['127.0.0.1', 'localhost', '::1']) await expect(list({ publicOnly: true, host })).rejects.toThrow('EADDRNOTPUBLIC');
  expect(server.connections()).toBe(connections);
});

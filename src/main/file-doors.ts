// The file doors of partners, opened together: who takes what comes, and what is owed written out.
import { readStatusFile } from '../../connectors/agency/status-file.js';
import type { FilePlace } from '../../connectors/contract/file-door.js';
import { createFolder } from '../../connectors/folder.js';
import { readLedes } from '../../connectors/law-firm/ledes/read.js';
import { readRemittanceFile } from '../../connectors/remittance-file.js';
import { createSftp } from '../../connectors/sftp.js';
import { createCallbackLines, type CallbackLineSettings } from '../callbacks/callback-lines.js';
import { startFilePoller, type FilePollerSettings } from '../callbacks/file-poller.js';
import { createInvoiceFiles, createNewsFiles, createRemittanceFiles } from '../callbacks/partner-files.js';
import type { FileHandler } from '../callbacks/inbound-file.js';
import type { Config } from '../config.js';
import { startFileOut } from '../delivery/file-out.js';
import type { PlaceConfig } from '../files-config.js';
import type { Store } from '../storage/store.js';

export const placeOf = (place: PlaceConfig): FilePlace => ('folder' in place ? createFolder(place.folder) : createSftp(place.sftp));

/** Who takes files, in the order in which they are asked: a line each. */
const handlersOf = (settings: CallbackLineSettings): FileHandler[] => [
  createCallbackLines(settings),
  createRemittanceFiles(readRemittanceFile),
  createInvoiceFiles(readLedes),
  createNewsFiles(readStatusFile),
];

export function openFileDoors(
  { files }: Pick<Config, 'files'>,
  store: Store,
  settings: CallbackLineSettings,
  log: FilePollerSettings['log'],
): { stop(): Promise<void> } {
  const handlers = handlersOf(settings);
  const opened = files.doors.flatMap(({ partnerId, in: inward, out }) => [
    ...(inward
      ? [startFilePoller({ store, partnerId, place: placeOf(inward), handlers, everyMs: files.pollMs, mostBytes: files.mostBytes, log })]
      : []),
    ...(out ? [startFileOut({ store, partnerId, place: placeOf(out), everyMs: files.pollMs, log })] : []),
  ]);
  return { stop: async () => void (await Promise.all(opened.map((each) => each.stop()))) };
}

/** Writes, reads back and takes away a file of ours. @returns where that was. @throws what stands in its way */
export async function tryPlace(place: PlaceConfig, write: boolean): Promise<string> {
  const opened = placeOf(place);
  const where = 'folder' in place ? place.folder : `sftp://${place.sftp.host}:${place.sftp.port}${place.sftp.path}`;
  try {
    const there = await opened.list('');
    if (write) {
      await opened.ensureFolder('done');
      await opened.write('done/casegraph-doctor.part', Buffer.from('a trial of casegraph doctor\n'));
      await opened.rename('done/casegraph-doctor.part', 'done/casegraph-doctor.txt');
    }
    return `${where}, ${there.length} files`;
  } finally {
    await opened.close();
  }
}

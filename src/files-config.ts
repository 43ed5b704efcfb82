// The settings of file doors: where partners leave files for the bank and the bank leaves files for them.
import { isAbsolute } from 'node:path';
import type { PartnerConfig, Reading } from './partner-config.js';
import { fileOf } from './partner-config.js';

export type PlaceConfig =
  | { folder: string }
  | {
      sftp: {
        host: string;
        port: number;
        user: string;
        path: string;
        privateKey: string;
        hostKey: string;
        publicOnly: boolean;
        timeoutMs: number;
      };
    };

export interface FileDoorConfig {
  partnerId: string;
  /** What the partner leaves is taken from here. */
  in: PlaceConfig | null;
  /** What is owed to it is written here. */
  out: PlaceConfig | null;
}

/** @param partners those that are connected: whoever is not has no words that could be read */
export function readFileDoors(ids: readonly string[], partners: readonly PartnerConfig[], reading: Reading): FileDoorConfig[] {
  return ids.flatMap((id): FileDoorConfig[] => {
    const prefix = `FILES_${id.toUpperCase().replaceAll('-', '_')}`;
    const partner = partners.find((each) => each.id === id);
    const place = (side: 'IN' | 'OUT') => readPlace(prefix, side, partner, reading);
    const door = { partnerId: id, in: place('IN'), out: place('OUT') };
    return door.in || door.out ? [door] : [];
  });
}

function readPlace(prefix: string, side: string, partner: PartnerConfig | undefined, reading: Reading): PlaceConfig | null {
  const { problems, optional, text } = reading;
  const name = `${prefix}_${side}`;
  const at = optional(name);
  if (!at) return null;
  if (!partner) {
    problems.push(`${name} is of a partner that is not connected`);
    return null;
  }
  if (!at.includes('://')) {
    if (!isAbsolute(at)) problems.push(`${name} must be the absolute path of a folder, or sftp://user@host/path`);
    return { folder: at };
  }
  const url = URL.canParse(at) ? new URL(at) : null;
  if (url?.protocol !== 'sftp:' || !url.hostname || !url.username || url.password || url.search || url.hash) {
    problems.push(`${name} must be sftp://user@host:port/path without a password`);
    return null;
  }
  const keyFile = text(`${prefix}_KEY_FILE`);
  const hostKey = text(`${prefix}_HOST_KEY`);
  if (hostKey && !/^SHA256:[A-Za-z0-9+/]{43}$/.test(hostKey))
    problems.push(`${prefix}_HOST_KEY must be SHA256:… as ssh-keygen -l prints it`);
  return {
    sftp: {
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: Number(url.port || 22),
      user: decodeURIComponent(url.username),
      path: decodeURIComponent(url.pathname) || '/',
      privateKey: (keyFile && fileOf(`${prefix}_KEY_FILE`, keyFile, problems)) || '',
      hostKey,
      publicOnly: partner.publicOnly ?? false,
      timeoutMs: 10_000,
    },
  };
}

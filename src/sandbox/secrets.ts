// The secrets of the local world: made once, kept in a file that only its owner reads, worth nothing elsewhere.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Credentials } from './partners/start.js';

export interface SandboxSecrets {
  developmentKey: string;
  cursorSecret: string;
  /** For endpoints that are told of changes. */
  webhookSecret: string;
  credentialsOf(partnerId: string): Credentials;
}

export function keepSecrets(file: string): SandboxSecrets {
  const kept: Record<string, string> = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {};
  const of = (name: string): string => (kept[name] ??= randomBytes(32).toString('hex'));
  const save = () => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(kept), { mode: 0o600 });
  };
  const secrets = { developmentKey: of('developmentKey'), cursorSecret: of('cursorSecret'), webhookSecret: of('webhookSecret') };
  save();
  return {
    ...secrets,
    credentialsOf(id) {
      const made = {
        clientId: `casegraph-${id}`,
        clientSecret: of(`${id} client`),
        webhookSecret: `whsec_${Buffer.from(of(`${id} webhook`), 'hex').toString('base64')}`,
      };
      save();
      return made;
    },
  };
}

// The settings of partners: where each is, and how the gateway proves to it who it is. Keys and certificates come from files.
import { createSecureContext } from 'node:tls';
import { readFileSync } from 'node:fs';
import { signingKeyOf } from '../connectors/client-proof.js';
import type { PartnerSettings } from '../connectors/contract.js';
import { partnerUrlProblem } from '../connectors/reach.js';

/** Where there is a key that signs, the client's secret is empty. */
export type PartnerConfig = PartnerSettings & { webhookSecrets: string[] };

/** What src/config.ts reads settings by. */
export interface Reading {
  problems: string[];
  production: boolean;
  text(name: string, fallback?: string): string;
  optional(name: string): string | null;
  number(name: string, fallback: number, least: number, most?: number): number;
  url(name: string, value: string, protocols: readonly string[]): string;
  oneOf(name: string, value: string, all: readonly string[]): string;
}

/** @returns undefined for a partner without a URL: it is not connected */
export function readPartner(id: string, reading: Reading): PartnerConfig | undefined {
  const { problems, text, optional, number, url, oneOf } = reading;
  const prefix = `PARTNER_${id.toUpperCase().replaceAll('-', '_')}`;
  const at = optional(`${prefix}_URL`);
  if (!at) return undefined;
  const webhookSecrets = text(`${prefix}_WEBHOOK_SECRETS`)
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean);
  for (const secret of webhookSecrets)
    if (!/^whsec_[A-Za-z0-9+/=]{16,}$/.test(secret)) problems.push(`${prefix}_WEBHOOK_SECRETS must be a list of whsec_… keys in base64`);
  const auth = oneOf(`${prefix}_AUTH`, text(`${prefix}_AUTH`, 'client_secret'), ['client_secret', 'private_key_jwt']);
  const signing = auth === 'private_key_jwt' ? readSigning(prefix, reading) : undefined;
  const tls = readTls(prefix, at, reading);
  const inside = oneOf(`${prefix}_INSIDE`, text(`${prefix}_INSIDE`, String(!reading.production)), ['true', 'false']) === 'true';
  const wrong = partnerUrlProblem(at, !inside);
  if (wrong) problems.push(`${prefix}_URL ${wrong}${inside ? '' : `; ${prefix}_INSIDE=true is for partners on a private network`}`);
  return {
    id,
    url: url(`${prefix}_URL`, at, ['https:', 'http:']),
    clientId: text(`${prefix}_CLIENT_ID`),
    clientSecret: auth === 'private_key_jwt' ? '' : text(`${prefix}_CLIENT_SECRET`),
    ...(signing ? { signing } : {}),
    ...(tls ? { tls } : {}),
    publicOnly: !inside,
    timeoutMs: number(`${prefix}_TIMEOUT_MS`, 5_000, 100, 60_000),
    webhookSecrets,
  };
}

/** @returns null when it cannot be read, which is then among the problems */
export function fileOf(name: string, path: string, problems: string[]): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    problems.push(`${name} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
    return null;
  }
}

function readSigning(prefix: string, { problems, text, optional }: Reading): PartnerConfig['signing'] {
  const name = `${prefix}_PRIVATE_KEY_FILE`;
  const path = text(name);
  const keyId = text(`${prefix}_KEY_ID`);
  const pem = path ? fileOf(name, path, problems) : null;
  if (pem === null) return undefined;
  try {
    signingKeyOf(pem);
  } catch (error) {
    problems.push(`${name} ${(error as Error).message}`);
  }
  const issuer = optional(`${prefix}_ISSUER`);
  return { pem, keyId, ...(issuer ? { issuer } : {}) };
}

function readTls(prefix: string, at: string, { problems, text, optional }: Reading): PartnerConfig['tls'] {
  const [certName, keyName, caName] = [`${prefix}_TLS_CERT_FILE`, `${prefix}_TLS_KEY_FILE`, `${prefix}_TLS_CA_FILE`];
  if (![certName, keyName, caName].some(optional)) return undefined;
  if (!at.startsWith('https:')) problems.push(`${prefix}_URL must be https where there are TLS files`);
  const read = (name: string, path: string) => (path ? fileOf(name, path, problems) : null);
  const [cert, key, ca] = [read(certName, text(certName)), read(keyName, text(keyName)), read(caName, optional(caName) ?? '')];
  if (cert === null || key === null) return undefined;
  try {
    createSecureContext({ cert, key });
  } catch {
    problems.push(`${certName} and ${keyName} are not a certificate and its key as PEM`);
  }
  try {
    if (ca !== null) createSecureContext({ ca });
    if (ca !== null && !ca.includes('-----BEGIN CERTIFICATE-----')) throw new Error();
  } catch {
    problems.push(`${caName} holds no certificate as PEM`);
  }
  return { cert, key, ...(ca === null ? {} : { ca }) };
}

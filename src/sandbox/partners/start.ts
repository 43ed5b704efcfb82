// Starts all simulated partners, each on a port of its own.
import { join } from 'node:path';
import { freePort } from '../launch/ports.js';
import { startPartner, type Partner, type PartnerSettings } from './server.js';
import { partnerSpecs } from './specs.js';

export type Credentials = Pick<PartnerSettings, 'clientId' | 'clientSecret' | 'clientPublicKey' | 'tls' | 'webhookSecret'>;

/** @param stateFolder keeps the ledgers; in memory when null. @param anyPort for tests: do not ask for the usual ports */
export function startPartners({
  credentialsOf,
  gatewayUrl,
  stateFolder,
  anyPort = false,
  host = '127.0.0.1',
}: {
  credentialsOf(id: string): Credentials;
  gatewayUrl(): string | null;
  stateFolder: string | null;
  anyPort?: boolean;
  host?: string;
}): Promise<Partner[]> {
  return Promise.all(
    partnerSpecs.map(async (spec) =>
      startPartner({
        spec,
        port: anyPort ? 0 : await freePort(spec.port),
        host,
        ...credentialsOf(spec.id),
        gatewayUrl,
        ledgerFile: stateFolder && join(stateFolder, `${spec.id}.jsonl`),
      }),
    ),
  );
}

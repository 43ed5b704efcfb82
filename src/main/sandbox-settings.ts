// The settings of the pretend world: what the gateway of `npm start` is told, and what the command line has to be told to reach its servers.
import { join } from 'node:path';
import { schemaFolder } from '../../connectors/published.js';
import { issueDevelopmentToken } from '../graphql/auth/tokens.js';
import type { SandboxSecrets } from '../sandbox/secrets.js';
import { roles } from '../storage/profiles.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Partners' users are of one partner. */
const partnerOf: Record<string, string> = { lawFirm: 'harbor-legal', agency: 'lotus-recovery' };

/** One for each role, for 7 days. */
export async function tokensOf({ developmentKey: key }: SandboxSecrets): Promise<Record<string, string>> {
  const tokens: Record<string, string> = {};
  for (const role of roles)
    tokens[role] = await issueDevelopmentToken({ key, user: `${role}-1`, roles: [role], ttlSeconds: 7 * 86_400, partner: partnerOf[role] });
  return tokens;
}

/** What the environment says goes before the pace of the sandbox, and not before its servers. */
export function settingsOf(
  secrets: SandboxSecrets,
  world: {
    environment: Environment;
    database: string;
    brokers: string;
    topic: string;
    port: number;
    partners: readonly { id: string; url: string }[];
    /** Partners leave files in `{id}/in` of it, and get them in `{id}/out`. */
    files: string;
    tokens: Record<string, string>;
  },
): Environment {
  const partners = world.partners.flatMap(({ id, url }) => {
    const { clientId, clientSecret, webhookSecret } = secrets.credentialsOf(id);
    const prefix = `PARTNER_${id.toUpperCase().replaceAll('-', '_')}`;
    const door = `FILES_${id.toUpperCase().replaceAll('-', '_')}`;
    return [
      [`${door}_IN`, join(world.files, id, 'in')],
      [`${door}_OUT`, join(world.files, id, 'out')],
      [`${prefix}_URL`, url],
      [`${prefix}_CLIENT_ID`, clientId],
      [`${prefix}_CLIENT_SECRET`, clientSecret],
      [`${prefix}_WEBHOOK_SECRETS`, webhookSecret],
    ];
  });
  return {
    BREAKER_VOLUME_THRESHOLD: '4',
    BREAKER_RESET_MS: '5000',
    BREAKER_WINDOW_MS: '20000',
    RETRY_CAP_MS: '5000',
    LOG_LEVEL: 'warn',
    FILES_POLL_MS: '2000',
    ...world.environment,
    DATABASE_URL: world.database,
    KAFKA_BROKERS: world.brokers,
    KAFKA_TOPIC: world.topic,
    PORT: String(world.port),
    AUTH_DEVELOPMENT_KEY: secrets.developmentKey,
    CURSOR_SECRET: secrets.cursorSecret,
    WEBHOOK_SECRET: secrets.webhookSecret,
    EXPLORER_TOKENS: JSON.stringify(world.tokens),
    BUREAUS_FILE: world.environment['BUREAUS_FILE'] ?? join(schemaFolder('bureaus'), 'example.json'),
    ...Object.fromEntries(partners),
  };
}

/** To be read by a shell. */
export const commandLineEnv = (settings: Environment): string =>
  ['DATABASE_URL', 'KAFKA_BROKERS', 'KAFKA_TOPIC', 'AUTH_DEVELOPMENT_KEY', 'CURSOR_SECRET', 'BUREAUS_FILE']
    .map((name) => `export ${name}='${settings[name]}'\n`)
    .join('');

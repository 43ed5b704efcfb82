// `casegraph simulators`: the simulated partners alone, for a gateway that runs elsewhere (docker compose).
import { startPartners, type Credentials } from '../sandbox/partners/start.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Credentials are those that the gateway has in PARTNER_<ID>_…, so that both can share one set of settings. */
export async function runSimulators(environment: Environment, say: (line: string) => void): Promise<() => Promise<void>> {
  const credentialsOf = (id: string): Credentials => {
    const prefix = `PARTNER_${id.toUpperCase().replaceAll('-', '_')}`;
    const need = (name: string): string => {
      const value = environment[`${prefix}_${name}`];
      if (!value) throw new Error(`${prefix}_${name} is not set`);
      return value;
    };
    return { clientId: need('CLIENT_ID'), clientSecret: need('CLIENT_SECRET'), webhookSecret: need('WEBHOOK_SECRETS').split(',')[0]! };
  };
  const gateway = environment['GATEWAY_URL'] ?? 'http://127.0.0.1:4000';
  const started = await startPartners({
    credentialsOf,
    gatewayUrl: () => gateway,
    stateFolder: environment['STATE_FOLDER'] ?? null,
    host: environment['HOST'] ?? '127.0.0.1',
  });
  for (const { id, url } of started) say(`${id.padEnd(15)} ${url}/control`);
  return async () => void (await Promise.all(started.map((each) => each.stop())));
}

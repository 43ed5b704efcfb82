// `casegraph doctor`: what works and what does not, each in a line that names the setting at fault.
import { bureauFileFormats } from '../../connectors/index.js';
import { statusOf } from '../../connectors/http.js';
import { openSources } from './sources.js';
import { createPublisher } from '../events/publisher.js';
import type { Config } from '../config.js';
import { openExportFiles } from '../graphql/exports/files.js';
import { readBureauSettings } from '../reporting/settings.js';
import { tryPlace } from './file-doors.js';
import { openDatabase } from './open.js';

/** @returns 0 when all is well */
export async function examine(config: Config, bureausFile: string | undefined, say: (line: string) => void): Promise<number> {
  let faults = 0;
  const check = async (what: string, work: () => Promise<string>) => {
    try {
      say(`✓ ${what}: ${await work()}`);
    } catch (error) {
      faults++;
      say(`✗ ${what}: ${(error as Error).message}`);
    }
  };
  await check('database', async () => {
    const store = await openDatabase(config.databaseUrl);
    try {
      const pending = await store.orm.migrator.getPending();
      if (pending.length) throw new Error(`${pending.length} migrations are missing; run \`casegraph migrate\``);
      const [found] = await store.transaction((tx) =>
        tx.query<{ facts: string; cases: string; parked: string; waiting: string }>(
          `select (select count(*) from event_log) as facts, (select count(*) from recovery_case) as cases, (select count(*) from parked_message where state = 'PARKED') as parked,
             (select count(*) from handoff where state in ('QUEUED', 'QUEUED_CIRCUIT_OPEN', 'SENDING', 'UNKNOWN')) as waiting`,
        ),
      );
      return `${found!.facts} facts, ${found!.cases} cases, ${found!.parked} parked messages, ${found!.waiting} hand-overs waiting`;
    } finally {
      await store.close();
    }
  });
  for (const { format, topics } of openSources(config.sources))
    for (const topic of topics)
      await check(`${format.id} from ${topic} at KAFKA_BROKERS`, async () => {
        const publisher = await createPublisher({ brokers: config.brokers, topic });
        try {
          const partitions = await publisher.partitions();
          if (!partitions) throw new Error(`the topic ${topic} does not exist`);
          return `${partitions} partitions`;
        } finally {
          await publisher.disconnect();
        }
      });
  for (const { id, url, tls, publicOnly = false, webhookSecrets } of config.partners)
    await check(`partner ${id}`, async () => {
      if (!webhookSecrets.length) throw new Error('there is no webhook secret');
      const status = await statusOf({ url, tls, publicOnly, timeoutMs: 3_000 }).catch((error: Error) => {
        throw new Error(`${url} cannot be reached: ${error.message}`);
      });
      return `${url} answers (HTTP ${status})`;
    });
  for (const { partnerId, in: inward, out } of config.files.doors) {
    if (inward) await check(`files from ${partnerId}`, () => tryPlace(inward, true));
    if (out) await check(`files to ${partnerId}`, () => tryPlace(out, false));
  }
  await check('exports', async () => {
    openExportFiles(config.exports.folder);
    return `written to ${config.exports.folder}, kept for ${config.exports.keepHours} hours`;
  });
  if (bureausFile)
    await check('files to bureaus', async () => {
      const bureaus = readBureauSettings(bureausFile, Object.keys(bureauFileFormats));
      return bureaus.map(({ id, format }) => `${id} in ${format}`).join(', ');
    });
  return faults ? 1 : 0;
}

// `casegraph conformance`: a partner, or whoever connects one, tries a system against what its connector and the gateway expect.
import { Option, type Command } from 'commander';
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { partners } from '../../connectors/index.js';
import { BadSettings, readingOf } from '../config.js';
import { kitVersion, levels, type Level } from '../conformance/check.js';
import { openDoor } from '../conformance/door.js';
import { asBadge, asText } from '../conformance/render.js';
import { runConformance } from '../conformance/run.js';
import { readPartner, type PartnerConfig } from '../partner-config.js';
import { CannotStart } from './open.js';

interface ConformanceOptions {
  partner: string;
  url?: string;
  clientId?: string;
  clientSecretFile?: string;
  webhookSecretFile?: string;
  callbackPort?: number;
  callbackHost: string;
  newsCommand?: string;
  wait: number;
  quiet: number;
  operation?: string[];
  level: number;
  answerMs: number;
  parallel: number;
  json?: string;
  badge?: string;
}

const help = `
What is tried: level 1 ${levels[1].toLowerCase()}, 2 ${levels[2].toLowerCase()}, 3 ${levels[3].toLowerCase()}, 4 ${levels[4].toLowerCase()}, 5 ${levels[5].toLowerCase()}.
The exit code is 0 when the wanted level is passed, 1 when it is not. docs/conformance.md names each check.

Secrets are read from files or from the settings that the gateway has too: PARTNER_<ID>_CLIENT_SECRET, _WEBHOOK_SECRETS, and where the partner asks for
them _AUTH, _PRIVATE_KEY_FILE, _KEY_ID, _TLS_CERT_FILE, _TLS_KEY_FILE, _TLS_CA_FILE. They are never on the command line.

Examples:
  Orders only, against a system on this machine:
    PARTNER_HARBOR_LEGAL_CLIENT_SECRET=… casegraph conformance --partner harbor-legal --url http://127.0.0.1:8080 --client-id casegraph --level 3

  All of it; the system tells its news to http://this-host:9400/callbacks/harbor-legal, and a command makes news happen:
    casegraph conformance --partner harbor-legal --url https://sandbox.harbor.example --client-id casegraph \\
      --client-secret-file secret.txt --webhook-secret-file whsec.txt --callback-port 9400 --callback-host 0.0.0.0 \\
      --news-command 'curl -fsS -X POST https://sandbox.harbor.example/test/next-step/$PARTNER_REF' --json report.json --badge badge.svg
`;

const named = (id: string) => `PARTNER_${id.toUpperCase().replaceAll('-', '_')}`;

export function addConformanceCommand(program: Command, say: (line: string) => void, whole: (text: string) => number): void {
  program
    .command('conformance')
    .description(`try a partner's system against its connector (conformance ${kitVersion}), and say which level it passes`)
    .requiredOption('--partner <id>', `a partner that has a connector: ${Object.keys(partners).join(', ')}`)
    .option('--url <url>', 'of its API (or PARTNER_<ID>_URL)')
    .option('--client-id <id>', 'that it knows us by (or PARTNER_<ID>_CLIENT_ID)')
    .option('--client-secret-file <file>', 'holds our secret (or PARTNER_<ID>_CLIENT_SECRET)')
    .option('--webhook-secret-file <file>', 'holds the whsec_… keys that it signs with, a line each (or PARTNER_<ID>_WEBHOOK_SECRETS)')
    .option('--callback-port <number>', 'listen here for its news; without, level 4 is not passed', whole)
    .option('--callback-host <address>', 'where to listen', '127.0.0.1')
    .option('--news-command <command>', 'run in a shell to make news happen of DELIVERY_ID and PARTNER_REF, twice')
    .option('--wait <seconds>', 'for news', whole, 60)
    .option('--quiet <seconds>', 'in which nothing may come again that was taken', whole, 10)
    .option('--operation <name...>', 'only these')
    .addOption(new Option('--level <number>', 'the wanted level').choices(Object.keys(levels)).default(5).argParser(Number))
    .option('--answer-ms <number>', 'the longest that an answer may take', whole, 5_000)
    .option('--parallel <number>', 'orders at once in level 5', whole, 20)
    .option('--json <file>', 'write the report as JSON; - for the standard output in place of the text')
    .option('--badge <file>', 'write a badge as SVG')
    .addHelpText('after', help)
    .action(async (options: ConformanceOptions) => {
      process.exitCode = (await tryPartner(options, process.env, say)) ? 0 : 1;
    });
}

/** @returns whether the wanted level is passed. @throws CannotStart or BadSettings naming what is missing */
export async function tryPartner(
  options: ConformanceOptions,
  environment: Readonly<Record<string, string | undefined>>,
  say: (line: string) => void,
): Promise<boolean> {
  const { partner: id, operation: operations = null, callbackPort, callbackHost: host } = options;
  const create = Object.hasOwn(partners, id) ? partners[id] : undefined;
  if (!create)
    throw new CannotStart(
      `There is no connector for "${id}". The kit drives a partner through its connector, so that comes first: ` +
        `npm run new:connector -- --kind <kind> --id ${/^[a-z][a-z0-9-]*$/.test(id) ? id : '<id>'} --name <name>, then connectors/README.md. ` +
        `There are ${Object.keys(partners).join(', ')}.`,
    );
  const level = Number(options.level);
  if (!(level in levels)) throw new CannotStart(`--level must be one of ${Object.keys(levels).join(', ')}`);
  const { webhookSecrets, ...partner } = settingsOf(options, environment);
  const known = Object.keys(create(partner).operations);
  const unknown = operations?.find((each) => !known.includes(each));
  if (unknown) throw new CannotStart(`${id} has no operation "${unknown}"; it has ${known.join(', ')}`);
  if (level >= 4 && callbackPort !== undefined && !webhookSecrets.length)
    throw new CannotStart(`${named(id)}_WEBHOOK_SECRETS or --webhook-secret-file is not set: no signature could be checked`);

  const door =
    callbackPort === undefined || level < 4
      ? null
      : await openDoor({ port: callbackPort, host, partnerId: id, secrets: webhookSecrets }).catch((error: Error) => {
          throw new CannotStart(`--callback-port ${callbackPort}: ${error.message}`);
        });
  try {
    const quiet = options.json === '-';
    if (door && !quiet) say(`News is taken at ${door.url}/callbacks/${id}`);
    const report = await runConformance(
      {
        create,
        partner,
        operations,
        run: Math.floor(Date.now() / 1000),
        door,
        bring: options.newsCommand === undefined ? null : bringBy(options.newsCommand),
        waitMs: options.wait * 1_000,
        quietMs: options.quiet * 1_000,
        answerMs: options.answerMs,
        parallel: options.parallel,
      },
      level as Level,
    );
    const json = JSON.stringify(report, null, 2);
    say(quiet ? json : asText(report).trimEnd());
    if (options.json && !quiet) writeFileSync(options.json, `${json}\n`);
    if (options.badge) writeFileSync(options.badge, asBadge(report));
    return report.passed;
  } finally {
    await door?.stop();
  }
}

/** What the command line says goes before the settings; secrets are in neither of them twice. */
function settingsOf(options: ConformanceOptions, environment: Readonly<Record<string, string | undefined>>): PartnerConfig {
  const prefix = named(options.partner);
  const given = {
    ...environment,
    ...(options.url === undefined ? {} : { [`${prefix}_URL`]: options.url }),
    ...(options.clientId === undefined ? {} : { [`${prefix}_CLIENT_ID`]: options.clientId }),
    ...(options.clientSecretFile === undefined ? {} : { [`${prefix}_CLIENT_SECRET`]: contentOf(options.clientSecretFile) }),
    ...(options.webhookSecretFile === undefined
      ? {}
      : { [`${prefix}_WEBHOOK_SECRETS`]: contentOf(options.webhookSecretFile).split(/\s+/).join(',') }),
    [`${prefix}_TIMEOUT_MS`]: environment[`${prefix}_TIMEOUT_MS`] ?? String(Math.min(60_000, Math.max(1_000, options.answerMs * 2))),
  };
  // Without news there is nothing to be signed.
  const needsKeys = options.callbackPort !== undefined && options.level >= 4;
  const keys = given[`${prefix}_WEBHOOK_SECRETS`] ?? (needsKeys ? undefined : ',');
  const problems: string[] = [];
  const partner = readPartner(options.partner, readingOf({ ...given, [`${prefix}_WEBHOOK_SECRETS`]: keys }, problems));
  if (!partner) throw new CannotStart(`--url or ${prefix}_URL is not set`);
  if (problems.length) throw new BadSettings(problems);
  return partner;
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new CannotStart(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
  }
}

const bringBy = (command: string) => async (deliveryId: string, partnerRef: string) => {
  const env = { ...process.env, DELIVERY_ID: deliveryId, PARTNER_REF: partnerRef };
  await promisify(execFile)('/bin/sh', ['-c', command], { env, timeout: 60_000 }).catch((error: { code?: unknown }) => {
    throw new Error(`--news-command ended with ${String(error.code)}`);
  });
};

// Before the tests that need one: a Postgres for each of Jest's workers. A file has databases of its own in it, and no other file runs beside it there.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const built = resolve('.casegraph/test-servers');

export default async function start({ maxWorkers }) {
  const swc = join(dirname(createRequire(import.meta.url).resolve('@swc/cli/package.json')), 'bin/swc.js');
  execFileSync(process.execPath, [swc, 'src/sandbox/launch', '-d', built, '--quiet']);
  const { launchPostgres } = await import(pathToFileURL(join(built, 'src/sandbox/launch/postgres.js')).href);
  const folder = mkdtempSync(join(tmpdir(), 'casegraph-tests-'));
  chmodSync(folder, 0o755); // Postgres runs as a user of its own and has to enter it
  const launch = (name) => launchPostgres({ folder: join(folder, name), port: 0, throwaway: true });
  const names = Array.from({ length: maxWorkers }, (_, i) => `worker${i + 1}`);
  await (await launch(names[0])).stop();
  for (const name of names.slice(1)) execFileSync('cp', ['-a', join(folder, names[0]), join(folder, name)]); // with its owner: Postgres trusts no other
  const servers = await Promise.all(names.map(launch));
  const kill = () => servers.forEach(({ pid }) => process.kill(pid, 'SIGQUIT'));
  process.once('exit', kill);
  globalThis.testServers = { servers, folder, stopped: () => process.off('exit', kill) };
  process.env.TEST_POSTGRES = JSON.stringify(servers.map(({ url }) => url));
}

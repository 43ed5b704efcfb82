// After the last test that needs one: the servers end, and nothing of them stays.
import { rmSync } from 'node:fs';

export default async function stop() {
  const { servers, folder, stopped } = globalThis.testServers;
  stopped();
  await Promise.all(servers.map((each) => each.kill()));
  rmSync(folder, { recursive: true, force: true });
}

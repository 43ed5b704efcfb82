// A gateway's face in a process of its own, which tells of its heap when it is asked.
import 'reflect-metadata';
import { openStore } from '../../src/storage/store.js';
import { serveGraph } from '../support/graph-world.js';

const store = await openStore(process.env['DATABASE_URL']!);
const graph = await serveGraph(store, process.env['DATABASE_URL']!);

process.on('message', async ({ ask, users }: { ask: 'tokens' | 'usage' | 'stop'; users?: { user: string; role: string }[] }) => {
  if (ask === 'tokens') process.send!(await Promise.all(users!.map(({ user, role }) => graph.token([role], { user, ttlSeconds: 3_600 }))));
  else if (ask === 'usage') {
    globalThis.gc!();
    const { user, system } = process.cpuUsage();
    process.send!({ heapBytes: process.memoryUsage().heapUsed, rssBytes: process.memoryUsage().rss, cpuMs: (user + system) / 1000 });
  } else {
    await graph.stop();
    await store.close();
    process.disconnect();
  }
});
process.send!({ url: graph.url });
process.once('disconnect', () => process.exit()); // also when the bench is interrupted

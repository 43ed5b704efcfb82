// The load: so many connections, each asking its next request as soon as it has the answer to the last.
import { Pool } from 'undici';

process.on('message', async (task) => {
  if (typeof task === 'object') process.send(await run(task));
});
process.send({ ready: true });

/** @param requests `{ body, headers }`, asked in turn from all connections */
async function run({ url, requests, connections, seconds }) {
  const pool = new Pool(url, { connections, pipelining: 1 });
  const all = requests.map((each) => ({ path: '/graphql', method: 'POST', ...each }));
  const latencies = [];
  let next = 0;
  let failed = '';
  const ask = () =>
    new Promise((done) => {
      const asked = performance.now();
      let status = 0;
      pool.dispatch(all[next++ % all.length], {
        onRequestStart() {},
        onResponseStart: (_controller, code) => (status = code),
        onResponseData() {},
        onResponseEnd() {
          if (status !== 200) failed = `status ${status}`;
          latencies.push(performance.now() - asked);
          done();
        },
        onResponseError(_controller, error) {
          failed = error.message;
          done();
        },
      });
    });
  const began = performance.now();
  const until = began + seconds * 1000;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < until && !failed) await ask();
    }),
  );
  const took = (performance.now() - began) / 1000;
  await pool.close();
  latencies.sort((a, b) => a - b);
  const at = (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  return { failed, count: latencies.length, perSecond: latencies.length / took, p50Ms: at(0.5), p99Ms: at(0.99) };
}

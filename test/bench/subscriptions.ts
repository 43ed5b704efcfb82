// `npm run bench:subscriptions`: 2,000 subscribers on one gateway process while 200 changes a second are committed, and what that costs its heap.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Store } from '../../src/storage/store.js';
import { flag, option, rounded, say, table } from './figures.js';
import type { Subscriber } from './live-clients.js';
import { makeLoans } from './make-loans.js';
import { inWorld } from './world.js';

const quick = flag('quick');
const subscribers = option('subscribers', quick ? 400 : 2_000);
const perSecond = option('changes', quick ? 50 : 200);
const seconds = option('seconds', quick ? 10 : 60);
/** Of each case: three that see all cases, and share what is read, and a collector, who shares with nobody. */
const watchers = 4;
const goalMs = 250;

interface Figures {
  count: number;
  p50: number;
  p99: number;
  most: number;
  faults: number;
}
interface Usage {
  heapBytes: number;
  rssBytes: number;
  cpuMs: number;
}

function start(file: string, env: Record<string, string> = {}): ChildProcess {
  return fork(fileURLToPath(new URL(file, import.meta.url)), { env: { ...process.env, ...env }, execArgv: ['--expose-gc'] });
}

/** @throws when the process ends instead */
function heardFrom<Told>(child: ChildProcess): Promise<Told> {
  return new Promise((done, failed) => {
    const ended = (code: number | null) => failed(new Error(`A process of the bench ended with ${code}`));
    child.once('exit', ended);
    child.once('message', (told) => {
      child.removeListener('exit', ended);
      done(told as Told);
    });
  });
}

function ask<Answer>(child: ChildProcess, message: object): Promise<Answer> {
  const answer = heardFrom<Answer>(child);
  child.send(message);
  return answer;
}

/** One more entry in the timeline of a case, as an action leaves it, without what an action decides. */
const change = `with changed as (update recovery_case set sequence = sequence + 1, version = version + 1 where id = $1 returning id, sequence)
  insert into timeline_entry (id, case_id, sequence, type, summary, actor, effective_on, business_on, recorded_at, cause_id, data)
  select 'entry_' || substr(id, 6) || lpad(sequence::text, 8, '0'), id, sequence, 'INTERACTION', 'PHONE OUTBOUND: NO_ANSWER', 'bench', current_date, b.business_date, clock_timestamp(), 'bench ' || sequence, '{}' from changed, business_day b`;

/** Open cases of nobody, all alike. */
const copies = `insert into recovery_case select made.* from unnest($1::text[]) n(id), (select * from recovery_case where status = 'OPEN' and assignee is null order by id limit 1) c,
  jsonb_populate_record(null::recovery_case, to_jsonb(c) || jsonb_build_object('id', n.id, 'ref', n.id)) made`;

/** Changes at an even pace, whatever each takes. @returns how many were committed */
async function changeAll(store: Store, cases: readonly string[], count: number): Promise<number> {
  const began = performance.now();
  const underWay: Promise<unknown>[] = [];
  for (let i = 0; i < count; i++) {
    const due = began + (i * 1_000) / perSecond;
    if (due > performance.now()) await new Promise((next) => setTimeout(next, due - performance.now()));
    underWay.push(store.transaction((tx) => tx.query(change, [cases[(i * 7) % cases.length]])));
  }
  await Promise.all(underWay);
  return (performance.now() - began) / 1_000;
}

await inWorld({ kafka: false }, async (world) => {
  const { url, store } = await world.database('live');
  await makeLoans(store, { loans: 2_000, businessDate: '2026-10-01', tenant: 'demo' });
  const cases = Array.from({ length: Math.ceil(subscribers / watchers) }, (_, i) => `case_${String(i).padStart(16, '0')}`);
  await store.transaction((tx) => tx.query(copies, [cases]));
  const gateway = start('./live-gateway.js', { DATABASE_URL: url });
  const clients = start('./live-clients.js');
  try {
    const { url: at } = await heardFrom<{ url: string }>(gateway);
    const users = Array.from({ length: subscribers }, (_, i) => ({
      user: `user-${i}`,
      role: Math.floor(i / cases.length) === 0 ? 'collector' : 'supervisor',
    }));
    const tokens = await ask<string[]>(gateway, { ask: 'tokens', users });
    const open = tokens.map((token, i): Subscriber => ({ token, caseId: cases[i % cases.length]! }));
    const began = performance.now();
    await ask(clients, { open, url: at });
    say(`${subscribers} subscribers on ${cases.length} cases after ${rounded((performance.now() - began) / 1_000, 1)} s`);
    await changeAll(store, cases, 5 * perSecond);
    /** All have come, or nothing has for ten seconds. */
    const settled = async (wanted: number) => {
      for (let count = 0, since = performance.now(); count < wanted && performance.now() - since < 10_000;) {
        const now = await ask<{ count: number }>(clients, { ask: 'count' });
        if (now.count > count) since = performance.now();
        count = now.count;
        await new Promise((next) => setTimeout(next, 50));
      }
    };
    const each = (changes: number) =>
      Array.from({ length: changes }, (_, i) => watchersOf((i * 7) % cases.length)).reduce((a, b) => a + b, 0);
    const watchersOf = (i: number) => Math.floor((subscribers - 1 - i) / cases.length) + 1;
    await settled(each(5 * perSecond));
    await ask<Figures>(clients, { ask: 'figures' });

    const before = await ask<Usage>(gateway, { ask: 'usage' });
    const took = await changeAll(store, cases, seconds * perSecond);
    await settled(each(seconds * perSecond));
    const figures = await ask<Figures>(clients, { ask: 'figures' });
    const after = await ask<Usage>(gateway, { ask: 'usage' });
    const expected = each(seconds * perSecond);
    const mb = (bytes: number) => rounded(bytes / 1e6, 1);
    const cpu = rounded((after.cpuMs - before.cpuMs) / 1_000 / took);
    process.stdout.write(
      `${table([
        ['subscribers', 'changes/s', 'deliveries', 'lost', 'p50 ms', 'p99 ms', 'most ms', 'heap MB at start', 'at end', 'CPUs'],
        [
          subscribers,
          rounded((seconds * perSecond) / took, 0),
          figures.count,
          expected - figures.count,
          figures.p50,
          figures.p99,
          figures.most,
          mb(before.heapBytes),
          mb(after.heapBytes),
          cpu,
        ],
      ])}\n`,
    );
    process.stdout.write(
      `${JSON.stringify({
        bench: 'subscriptions',
        subscribers,
        cases: cases.length,
        changesPerSecond: rounded((seconds * perSecond) / took, 0),
        seconds: rounded(took, 0),
        deliveries: figures.count,
        lost: expected - figures.count,
        p50Ms: figures.p50,
        p99Ms: figures.p99,
        mostMs: figures.most,
        goalMs,
        heapStartMb: mb(before.heapBytes),
        heapEndMb: mb(after.heapBytes),
        cpus: cpu,
        faults: figures.faults,
      })}\n`,
    );
  } finally {
    for (const child of [clients, gateway]) {
      if (child.connected) child.send({ ask: 'stop' });
      if (child.exitCode === null) await once(child, 'exit');
    }
  }
});

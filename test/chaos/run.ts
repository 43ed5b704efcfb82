// A chaos run: one load is read undisturbed, and once more while processes are killed; both must come to the same world.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createPublisher } from '../../src/events/publisher.js';
import { randomOf } from '../../src/sandbox/book/random.js';
import { launchKafka } from '../../src/sandbox/launch/kafka.js';
import { freePort } from '../../src/sandbox/launch/ports.js';
import { launchPostgres } from '../../src/sandbox/launch/postgres.js';
import { ask, businessDateIn, lookAt, reasonsIn, recordedIn } from './look.js';
import { makeLoad, type Load } from './load.js';
import { gatewaySettings, supervise, type Supervised } from './supervised.js';

export interface ChaosSettings {
  messages: number;
  /** How long the book is that they tell. */
  months: 2 | 4;
  kills: Record<Victim, number>;
  /** Ends the run early, in order. */
  signal: AbortSignal;
  say(line: string): void;
}

export type Victim = 'gateway' | 'broker' | 'postgres';

export interface Figures {
  messages: number;
  events: number;
  duplicates: number;
  poison: number;
  kills: Record<Victim, number>;
  /** Events that are not in the log, and those that are there more than once. */
  lost: number;
  doubled: number;
  parked: number;
  parkedWithoutReason: number;
  reasons: Record<string, number>;
  /** Tables that differ from the undisturbed run, `parked_message` among them. */
  differing: string[];
  digest: string;
  /** Gateways that ended while every server was there. */
  unaskedEnds: string[];
  /** How often /readyz named the database while it was away. */
  unreadySaid: number;
  readyAtTheEnd: boolean;
  undisturbedSeconds: number;
  disturbedSeconds: number;
}

const partitions = 6;
const topic = 'loan-events';
const stuckMs = 180_000;
const faultTailMs = 15_000; // a gateway that met a missing server may end this long after it is back

export async function runChaos({ messages, months, kills, signal, say }: ChaosSettings): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'casegraph-chaos-'));
  chmodSync(folder, 0o755); // Postgres runs as a user of its own and has to enter it
  const closers: (() => Promise<unknown>)[] = [async () => rmSync(folder, { recursive: true, force: true })];
  try {
    const load = makeLoad({ messages, duplicates: 0.05, poison: 0.01, partitions, months });
    say(
      `${load.ids.size} events, ${load.duplicates} of them twice, ${load.poison} unreadable messages, ${load.sent} messages with the marks`,
    );
    const launch = {
      postgres: async (port: number) => launchPostgres({ folder: join(folder, 'pg'), port }),
      broker: async (port: number) => launchKafka({ folder: join(folder, 'kafka'), libs: resolve('.casegraph/kafka/libs'), port }),
    };
    const ports = { postgres: await freePort(0), broker: await freePort(0) };
    let postgres = await launch.postgres(ports.postgres);
    closers.push(() => postgres.stop());
    let broker = await launch.broker(ports.broker);
    closers.push(() => broker.stop());
    for (const name of ['undisturbed', 'disturbed']) await ask(postgres.url, `create database ${name}`);
    const urlOf = (name: string) => Object.assign(new URL(postgres.url), { pathname: `/${name}` }).toString();
    await send(broker.brokers, load, signal);
    const start = async (name: string) => {
      const port = await freePort(0);
      const gateway = supervise(gatewaySettings({ url: urlOf(name), brokers: broker.brokers, topic, group: name, port, logLevel: 'warn' }));
      closers.push(() => gateway.stop());
      return { gateway, readyz: `http://127.0.0.1:${port}/readyz` };
    };

    const calm = await start('undisturbed');
    const undisturbedSeconds = await seconds(() => wholeIn(urlOf('undisturbed'), load, calm.gateway, signal));
    await calm.gateway.stop();
    const before = await lookAt(urlOf('undisturbed'));
    say(`undisturbed: ${undisturbedSeconds} s, digest ${before.digest.whole.slice(0, 16)}`);

    const { gateway, readyz } = await start('disturbed');
    const away: { from: number; until: number }[] = [];
    let unreadySaid = 0;
    const done: Record<Victim, number> = { gateway: 0, broker: 0, postgres: 0 };
    const random = randomOf(messages, 'faults');
    const strike: Record<Victim, () => Promise<void>> = {
      gateway: () => gateway.kill('SIGKILL'),
      broker: async () => {
        await broker.kill();
        broker = await launch.broker(ports.broker);
      },
      postgres: async () => {
        await postgres.kill();
        if (await saysNo(readyz)) unreadySaid++;
        postgres = await launch.postgres(ports.postgres);
      },
    };
    const disturbedSeconds = await seconds(async () => {
      const victims = shuffled(kills, random.next);
      for (const [i, victim] of victims.entries()) {
        const at = Math.round((load.sent * (i + 0.5)) / (victims.length + 1));
        const recorded = await until(`${at} messages are recorded`, signal, gateway, async () => {
          const count = await recordedIn(urlOf('disturbed'));
          return count !== null && count >= at && count;
        });
        await new Promise((next) => setTimeout(next, random.int(0, 200))); // somewhere in a batch, not always after one
        const from = Date.now();
        await strike[victim]();
        if (victim !== 'gateway') away.push({ from, until: Date.now() + faultTailMs });
        done[victim]++;
        say(`${i + 1}/${victims.length} ${victim} killed with ${load.sent - recorded} messages to go`);
      }
      await wholeIn(urlOf('disturbed'), load, gateway, signal);
    });
    const readyAtTheEnd = await until('the gateway is ready again', signal, gateway, () =>
      fetch(readyz).then(
        ({ ok }) => ok,
        () => false,
      ),
    );
    await gateway.stop();
    const after = await lookAt(urlOf('disturbed'));
    const reasons = await reasonsIn(urlOf('disturbed'));
    const there = new Set(after.ids);
    const tables = Object.keys(before.digest.tables);
    return {
      messages,
      events: load.ids.size,
      duplicates: load.duplicates,
      poison: load.poison,
      kills: done,
      lost: [...load.ids].filter((id) => !there.has(id)).length,
      doubled: after.ids.length - there.size,
      parked: reasons.reduce((sum, { count }) => sum + Number(count), 0),
      parkedWithoutReason: Number(reasons.find(({ reason }) => !reason)?.count ?? 0),
      reasons: Object.fromEntries(reasons.map(({ reason, count }) => [reason, Number(count)])),
      differing: [
        ...tables.filter((table) => before.digest.tables[table]!.sha256 !== after.digest.tables[table]!.sha256),
        ...(before.parked === after.parked ? [] : ['parked_message']),
      ],
      digest: after.digest.whole,
      unaskedEnds: gateway.unasked.filter(({ at }) => !away.some(({ from, until }) => at >= from && at <= until)).map(({ words }) => words),
      unreadySaid,
      readyAtTheEnd,
      undisturbedSeconds,
      disturbedSeconds,
    };
  } finally {
    for (const close of closers.reverse()) await close().catch((error: Error) => say(`when closing: ${error.message}`));
  }
}

/** What is wrong with these figures; nothing when all is as it must be. */
export function wrongIn(figures: Figures, kills: Record<Victim, number>): string[] {
  const wrong: [boolean, string][] = [
    [figures.lost > 0, `${figures.lost} events are lost`],
    [figures.doubled > 0, `${figures.doubled} events are there more than once`],
    [figures.parked !== figures.poison, `${figures.parked} messages are parked instead of ${figures.poison}`],
    [figures.parkedWithoutReason > 0, `${figures.parkedWithoutReason} messages are parked without a reason`],
    [figures.differing.length > 0, `differs from the undisturbed run: ${figures.differing.join(', ')}`],
    [figures.unaskedEnds.length > 0, `the gateway ended by itself: ${figures.unaskedEnds.join('; ')}`],
    [!figures.readyAtTheEnd, 'the gateway is not ready at the end'],
    [
      (Object.keys(kills) as Victim[]).some((victim) => figures.kills[victim] !== kills[victim]),
      `${JSON.stringify(figures.kills)} were killed instead of ${JSON.stringify(kills)}`,
    ],
  ];
  return wrong.filter(([is]) => is).map(([, what]) => what);
}

async function send(brokers: string[], load: Load, signal: AbortSignal): Promise<void> {
  const publisher = await createPublisher({ brokers, topic });
  try {
    await publisher.ensureTopic(partitions);
    for (const day of load.days) {
      signal.throwIfAborted();
      if (day.length) await publisher.send(day);
    }
  } finally {
    await publisher.disconnect();
  }
}

const wholeIn = (url: string, load: Load, gateway: Supervised, signal: AbortSignal): Promise<unknown> =>
  until(
    'every message is recorded and the last day opened',
    signal,
    gateway,
    async () => (await recordedIn(url)) === load.sent && (await businessDateIn(url)) === load.lastDate,
    4 * stuckMs,
  );

/** Waits, for a bounded time, and says what the gateway said last when it was in vain. */
async function until<T>(
  what: string,
  signal: AbortSignal,
  gateway: Supervised,
  query: () => Promise<T | false | null>,
  mostMs = stuckMs,
): Promise<T> {
  for (const from = Date.now(); ;) {
    signal.throwIfAborted();
    const answer = await query();
    if (answer) return answer;
    if (gateway.hopeless() || Date.now() - from > mostMs)
      throw new Error(`Still not: ${what}. The gateway said last: ${gateway.said().trim().split('\n').slice(-5).join('\n')}`);
    await new Promise((next) => setTimeout(next, 100));
  }
}

/** Whether the gateway says within a second or two that it is not ready because of the database. */
async function saysNo(readyz: string): Promise<boolean> {
  for (let tries = 0; tries < 10; tries++) {
    const said = await fetch(readyz, { signal: AbortSignal.timeout(1_000) }).then(
      async (response) => response.status === 503 && !/"postgres":"ok"/.test(await response.text()),
      () => false,
    );
    if (said) return true;
    await new Promise((next) => setTimeout(next, 100));
  }
  return false;
}

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const from = Date.now();
  await work();
  return Math.round((Date.now() - from) / 100) / 10;
};

function shuffled(kills: Record<Victim, number>, next: () => number): Victim[] {
  return (Object.keys(kills) as Victim[])
    .flatMap((victim) => Array.from({ length: kills[victim] }, () => ({ victim, at: next() })))
    .sort((a, b) => a.at - b.at)
    .map(({ victim }) => victim);
}

// The servers of a bench: a Postgres with durable commits and a Kafka, both below .casegraph/bench and gone afterwards.
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createPublisher } from '../../src/events/publisher.js';
import { launchKafka } from '../../src/sandbox/launch/kafka.js';
import { launchPostgres } from '../../src/sandbox/launch/postgres.js';
import { openStore, type Store } from '../../src/storage/store.js';

export interface World {
  folder: string;
  brokers: string[];
  /** An empty database with all migrations, or a copy of one that nobody is connected to. */
  database(name: string, copyOf?: string): Promise<{ url: string; store: Store }>;
  drop(name: string): Promise<void>;
  execute(command: string): Promise<void>;
  /** A new topic with these messages. */
  fill(topic: string, partitions: number, messages: readonly { key: string; value: string; partition?: number }[]): Promise<void>;
  stop(atOnce?: boolean): Promise<void>;
}

export async function openWorld({ kafka: withKafka }: { kafka: boolean }): Promise<World> {
  mkdirSync(resolve('.casegraph/bench'), { recursive: true });
  const folder = mkdtempSync(join(resolve('.casegraph/bench'), 'run-'));
  chmodSync(folder, 0o755); // Postgres may run as a user of its own
  const postgres = await launchPostgres({ folder: join(folder, 'pg'), port: 0 });
  const kafka = withKafka
    ? await launchKafka({ folder: join(folder, 'kafka'), libs: resolve('.casegraph/kafka/libs'), port: 0 }).catch(
        async (error: unknown) => {
          await postgres.stop();
          throw error;
        },
      )
    : null;
  const admin = await openStore(postgres.url).catch(async (error: unknown) => {
    await kafka?.stop();
    await postgres.stop();
    throw error;
  });
  const open = new Set<Store>();
  const execute = async (command: string) => void (await admin.orm.em.getConnection().execute(command));
  const world: World = {
    folder,
    brokers: kafka?.brokers ?? [],
    execute,
    async database(name, copyOf) {
      await execute(`create database ${name}${copyOf ? ` template ${copyOf}` : ''}`);
      const at = new URL(postgres.url);
      at.pathname = `/${name}`;
      const store = await openStore(at.toString());
      if (!copyOf) await store.orm.migrator.up();
      open.add(store);
      return { url: at.toString(), store };
    },
    drop: (name) => execute(`drop database ${name} with (force)`),
    async fill(topic, partitions, messages) {
      const publisher = await createPublisher({ brokers: world.brokers, topic });
      await publisher.ensureTopic(partitions);
      for (let i = 0; i < messages.length; i += 2_000) await publisher.send(messages.slice(i, i + 2_000));
      await publisher.disconnect();
    },
    async stop(atOnce = false) {
      // A store with work under way closes when that ends: an interrupted bench does not wait for it.
      if (!atOnce) for (const store of [...open, admin]) await store.close().catch(() => {});
      await kafka?.stop();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return world;
}

/** Runs a bench in a world of its own, and leaves nothing behind, also when it is interrupted. */
export async function inWorld(settings: { kafka: boolean }, work: (world: World) => Promise<void>): Promise<void> {
  const world = await openWorld(settings);
  let stopping = false;
  const interrupted = () => {
    if (stopping) return;
    stopping = true;
    void world.stop(true).finally(() => process.exit(130));
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, interrupted);
  try {
    await work(world);
  } finally {
    if (!stopping) await world.stop();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeListener(signal, interrupted);
  }
}

// Opens a business date once every partition has reached it, so that what a day brings never depends on which partition was read first.
import { advanceBusinessDate } from '../actions/advance-business-date.js';
import type { LocalDate } from '../domain/fact.js';
import { announceDate, reachOf } from '../storage/progress.js';
import type { Store } from '../storage/store.js';

export interface DayGate {
  /** Resolves when the tenant's books are at `businessDate` or beyond, or when `given up` turns true. */
  pass(tenant: string, at: TopicPartition, businessDate: LocalDate, givenUp: () => boolean): Promise<void>;
}

export interface TopicPartition {
  topic: string;
  partition: number;
}

export type Ends = readonly (TopicPartition & { high: bigint })[];

export const nameOf = ({ topic, partition }: TopicPartition): string => `${topic} ${partition}`;

interface Settings {
  store: Store;
  /** All of one source: a business date opens when every one of them has announced it. */
  partitions: readonly TopicPartition[];
  /** Topics of the other sources: those that have announced dates of the same tenant before are waited for too. */
  otherTopics?: readonly string[];
  /** How long a date waits for partitions that have no more messages; 0 waits for ever. */
  patienceMs: number;
  /** Where each partition ends now. */
  highWaters(): Promise<Ends>;
  /** How many messages before these ends are not recorded. */
  behind(ends: Ends): Promise<number>;
  onDay(tenant: string, businessDate: LocalDate): void;
  log: { warn(fields: object, text: string): void };
}

export function createDayGate({ store, partitions, otherTopics = [], patienceMs, highWaters, behind, onDay, log }: Settings): DayGate {
  const waiting = new Set<() => void>();
  const topics = [...new Set(partitions.map(({ topic }) => topic))];
  /** What the partitions of this process have announced, `{tenant} {topic} {partition}` → date: spares the database while some of them are still behind. */
  const announced = new Map<string, LocalDate>();
  const allAnnounced = (tenant: string, wanted: LocalDate): boolean =>
    partitions.every((each) => announced.get(`${tenant} ${nameOf(each)}`)! >= wanted);
  let opening: Promise<void> = Promise.resolve();

  /** One opening at a time in this process; across processes the action's lock sees to it. */
  function tryToOpen(tenant: string, wanted: LocalDate, ends: Ends | null): Promise<boolean> {
    const done = opening.then(async () => {
      const { businessDate, reached } = await store.transaction((tx) => reachOf(tx, tenant, [...topics, ...otherTopics]));
      if (businessDate && businessDate >= wanted) return true;
      const missing = partitions.filter((each) => !(reached.get(nameOf(each))! >= wanted));
      const names = new Set(missing.map(nameOf));
      const own = new Set(partitions.map(nameOf));
      const others = [...reached].flatMap(([name, date]) => (!own.has(name) && date < wanted ? [name] : []));
      if (others.length && !ends) return false;
      if (missing.length && !(ends && (await behind(ends.filter((each) => names.has(nameOf(each))))) === 0)) return false;
      if (missing.length || others.length)
        log.warn(
          { tenant, businessDate: wanted, partitions: [...names, ...others] },
          'opened a business date that these partitions have not announced',
        );
      await advanceBusinessDate(store, tenant, wanted);
      onDay(tenant, wanted);
      for (const wake of waiting) wake();
      return true;
    });
    opening = done.then(
      () => undefined,
      () => undefined,
    );
    return done;
  }

  return {
    async pass(tenant, at, businessDate, givenUp) {
      await store.transaction((tx) => announceDate(tx, tenant, at.topic, at.partition, businessDate));
      announced.set(`${tenant} ${nameOf(at)}`, businessDate);
      const since = Date.now();
      // Where silent partitions end when patience does: a source that never pauses would have them read to their end at no time.
      let ends: Ends | null = null;
      for (let woken = false; ;) {
        const impatient = patienceMs > 0 && Date.now() - since >= patienceMs;
        if (givenUp()) return;
        if (impatient) ends ??= await highWaters();
        const worthIt = woken || impatient || allAnnounced(tenant, businessDate);
        if (worthIt && (await tryToOpen(tenant, businessDate, ends))) return;
        woken = await new Promise<boolean>((resolve) => {
          const wake = () => {
            clearTimeout(timer);
            waiting.delete(wake);
            resolve(true);
          };
          const timer = setTimeout(wake, 100); // another process may open the day: then nobody wakes us here
          waiting.add(wake);
        });
      }
    },
  };
}

// Looks into the past: the log is folded again, for one borrower while the caller waits, for all cases once and then kept for a while.
import { borrowersBehind, borrowersWithCases, withSaleCompanions, type Moment } from '../storage/as-of.js';
import { openScratchStore, type Scratch } from '../storage/scratch.js';
import type { Store, Tx } from '../storage/store.js';
import { foldAsOf } from './fold-as-of.js';

/** A world that is not folded yet: ask again. */
export class StillFolding extends Error {
  constructor(
    readonly done: number,
    readonly all: number,
  ) {
    super(`The log is being folded: ${done} of ${all || 'all'} facts`);
  }
}

export interface LookBack {
  /** @param ids of cases, loans or borrowers, or numbers of cases: all that `work` reads is theirs */
  at<T>(moment: Moment, ids: readonly string[], work: (tx: Tx) => Promise<T>): Promise<T>;
  /** All cases. @throws StillFolding until the world of that moment is ready */
  whole<T>(moment: Moment, work: (tx: Tx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

interface World {
  key: string;
  store: Promise<Store>;
  done: number;
  all: number;
  ready: boolean;
  failed: unknown;
}

const mostWorlds = 2;

/** One instant may be written with more digits or fewer. */
const keyOf = ({ validAt, knownAt }: Moment): string =>
  JSON.stringify([validAt, knownAt?.replace(/(\.\d*?)0+Z$/, '$1Z').replace('.Z', 'Z') ?? null]);

export function createLookBack(url: string, scratch: Scratch): LookBack {
  const worlds: World[] = [];
  let number = 0;

  function begin(key: string, moment: Moment): World {
    const world: World = {
      key,
      done: 0,
      all: 0,
      ready: false,
      failed: null,
      store: openScratchStore(url, `as_of_whole_${process.pid}_${++number}`),
    };
    void (async () => {
      const store = await world.store;
      const borrowers = await store.transaction(borrowersWithCases);
      await foldAsOf(
        (work) => store.transaction(work),
        borrowers,
        moment,
        (done, all) => Object.assign(world, { done, all }),
      );
      world.ready = true;
    })().catch((error: unknown) => (world.failed = error));
    return world;
  }

  async function drop(world: World): Promise<void> {
    await (await world.store.catch(() => null))?.close();
  }

  return {
    at: (moment, ids, work) =>
      scratch(async (tx) => {
        const found = new Set<string>();
        for (const id of ids) for (const borrower of await borrowersBehind(tx, id)) found.add(borrower);
        await foldAsOf((part) => part(tx), await withSaleCompanions(tx, [...found]), moment);
        return work(tx);
      }),
    async whole(moment, work) {
      const key = keyOf(moment);
      let world = worlds.find((each) => each.key === key);
      if (!world) {
        worlds.unshift((world = begin(key, moment)));
        if (worlds.length > mostWorlds) void drop(worlds.pop()!);
      }
      if (world.failed) {
        worlds.splice(worlds.indexOf(world), 1);
        throw world.failed;
      }
      if (!world.ready) throw new StillFolding(world.done, world.all);
      return (await world.store).transaction(work);
    },
    async close() {
      await Promise.all(worlds.splice(0).map(drop));
    },
  };
}

// News of cases: what happened after a sequence is read from the timeline, then each new entry as it comes, read once for all who watch. Nothing is lost and nothing told twice.
import type { Notices } from '../../storage/notifications.js';
import type { Store } from '../../storage/store.js';
import { entriesAfter, entriesFrom, type EntryRef } from '../../storage/timeline.js';
import { END, inTurn, Line, WAIT } from './line.js';

interface Watcher {
  push(entry: EntryRef): void;
  lost(): void;
}

/** Entries that may wait for a slow client; with more it reads them from the timeline again when it comes to them. */
const mostWaiting = 100;

export class Timelines {
  private readonly watchers = new Map<string, Set<Watcher>>();
  private readonly read = inTurn(); // so that each watcher gets them in their order

  constructor(
    private readonly store: Store,
    notices: Notices,
  ) {
    notices.on('case_changed', {
      heard: (told) => this.heard(told),
      missed: () => this.watchers.forEach((all) => all.forEach((each) => each.lost())),
    });
  }

  /** Entries after `from`, for as long as the case may be seen. */
  watch(caseId: string, from: string, maySee: () => Promise<boolean>): Line<EntryRef> {
    let last = BigInt(from);
    let waiting: EntryRef[] = [];
    let behind = true;
    const catchUp = async (): Promise<void> => {
      behind = false; // what comes while this reads waits behind it
      const read = await entriesAfter(this.store, caseId, String(last));
      if (read.length === 500) behind = true;
      waiting = behind ? read : [...read, ...waiting];
    };
    const line = new Line<EntryRef>(
      async () => {
        for (;;) {
          if (!waiting.length && behind) await catchUp();
          const entry = waiting.shift();
          if (!entry) return WAIT;
          if (BigInt(entry.sequence) <= last) continue;
          if (!(await maySee())) return END;
          last = BigInt(entry.sequence);
          return entry;
        }
      },
      () => {
        all.delete(watcher);
        if (!all.size) this.watchers.delete(caseId);
      },
    );
    const watcher: Watcher = {
      push(entry) {
        if (behind) return line.stir();
        waiting.push(entry);
        if (waiting.length > mostWaiting) return watcher.lost();
        line.stir();
      },
      lost() {
        waiting = [];
        behind = true;
        line.stir();
      },
    };
    const all = this.watchers.get(caseId) ?? this.watchers.set(caseId, new Set()).get(caseId)!;
    all.add(watcher);
    return line;
  }

  private heard(told: readonly string[]): void {
    const from = new Map<string, bigint>();
    for (const each of told) {
      const [caseId, first] = each.split(' ') as [string, string];
      if (this.watchers.has(caseId) && !(from.get(caseId)! <= BigInt(first))) from.set(caseId, BigInt(first));
    }
    if (!from.size) return;
    this.read(
      async () => {
        for (const entry of await entriesFrom(this.store, from)) this.watchers.get(entry.caseId)?.forEach((each) => each.push(entry));
      },
      // Each then reads for itself, and its client learns of what stands in the way.
      () => from.forEach((_, caseId) => this.watchers.get(caseId)?.forEach((each) => each.lost())),
    );
  }
}

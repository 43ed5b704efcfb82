// News of things of which only the present state matters: what a slow client has not taken yet is replaced by what is newer, and never grows.
import { Line, WAIT } from './line.js';

/** `missed`: changes may have been lost, so what is shown has to be read again. */
export type Latest<Change> = Change | { missed: true };

const mostWaiting = 1_000;

export class LatestFeed<Change extends object> {
  private readonly watchers = new Set<{ push(key: string, change: Change): void; lost(): void }>();

  get watched(): boolean {
    return this.watchers.size > 0;
  }

  tell(key: string, change: Change): void {
    this.watchers.forEach((each) => each.push(key, change));
  }

  lost(): void {
    this.watchers.forEach((each) => each.lost());
  }

  /** @param wanted tells whether a change is about what is watched; @param maySee whether the caller may learn of it, asked when it is taken */
  watch(wanted: (change: Change) => boolean, maySee: (change: Change) => Promise<boolean>): Line<Latest<Change>> {
    const waiting = new Map<string, Change>();
    let missed = false;
    const line = new Line<Latest<Change>>(
      async () => {
        if (missed) {
          missed = false;
          return { missed: true };
        }
        for (const [key, change] of waiting) {
          waiting.delete(key);
          if (await maySee(change)) return change;
        }
        return WAIT;
      },
      () => void this.watchers.delete(watcher),
    );
    const watcher = {
      push(key: string, change: Change) {
        if (!wanted(change)) return;
        waiting.delete(key);
        waiting.set(key, change);
        if (waiting.size > mostWaiting) watcher.lost();
        else line.stir();
      },
      lost() {
        waiting.clear();
        missed = true;
        line.stir();
      },
    };
    this.watchers.add(watcher);
    return line;
  }
}

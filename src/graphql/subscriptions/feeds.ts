// All that can be watched live, fed by what Postgres tells: timelines, queues, hand-overs and breakers.
import { handoffRefs, placesOf, type HandoffRef } from '../../storage/changes.js';
import type { Notices } from '../../storage/notifications.js';
import type { Store } from '../../storage/store.js';
import { LatestFeed } from './latest.js';
import { inTurn } from './line.js';
import { Timelines } from './timelines.js';

/** A case that has changed where it is queued, or in its queue. */
export interface QueuedCase {
  caseId: string;
  /** `user:{name}` and `team:{name}`: where it is now, and where it was until now. */
  queues: readonly string[];
  left: readonly string[];
}
export interface BreakerRef {
  id: string;
}

export interface Feeds {
  timelines: Timelines;
  queues: LatestFeed<QueuedCase>;
  handoffs: LatestFeed<HandoffRef>;
  breakers: LatestFeed<BreakerRef>;
}

const queuesOf = (assignee: string | null, team: string | null): string[] => [
  ...(assignee === null ? [] : [`user:${assignee}`]),
  ...(team === null ? [] : [`team:${team}`]),
];

export function createFeeds(store: Store, notices: Notices): Feeds {
  const queues = new LatestFeed<QueuedCase>();
  const handoffs = new LatestFeed<HandoffRef>();
  const breakers = new LatestFeed<BreakerRef>();
  const read = inTurn();

  const feed = (
    channel: 'case_changed' | 'queue_left' | 'handoff_changed',
    to: { watched: boolean; lost(): void },
    work: (told: string[]) => Promise<void>,
  ) =>
    notices.on(channel, {
      heard: (told) => {
        if (to.watched)
          read(
            () => work(told),
            () => to.lost(),
          );
      },
      missed: () => to.lost(),
    });

  feed('case_changed', queues, async (told) => {
    for (const { caseId, assignee, team } of await placesOf(store, [...new Set(told.map((each) => each.split(' ')[0]!))]))
      queues.tell(caseId, { caseId, queues: queuesOf(assignee, team), left: [] });
  });
  feed('queue_left', queues, async (told) => {
    const was = new Map<string, Set<string>>();
    for (const each of told) {
      const [caseId, assignee, team] = JSON.parse(each) as [string, string | null, string | null];
      const left = was.get(caseId) ?? was.set(caseId, new Set()).get(caseId)!;
      queuesOf(assignee, team).forEach((queue) => left.add(queue));
    }
    const now = new Map((await placesOf(store, [...was.keys()])).map((each) => [each.caseId, queuesOf(each.assignee, each.team)]));
    for (const [caseId, left] of was) {
      const queued = now.get(caseId) ?? [];
      queues.tell(caseId, { caseId, queues: queued, left: [...left].filter((each) => !queued.includes(each)) });
    }
  });
  feed('handoff_changed', handoffs, async (told) => {
    for (const each of await handoffRefs(store, [...new Set(told)])) handoffs.tell(each.id, each);
  });
  notices.on('breaker_changed', {
    heard: (told) => new Set(told).forEach((id) => breakers.tell(id, { id })),
    missed: () => breakers.lost(),
  });
  return { timelines: new Timelines(store, notices), queues, handoffs, breakers };
}

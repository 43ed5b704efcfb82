// Live news of a case: what happened after a sequence is read from its timeline, then each new entry as it comes; nothing is lost and nothing told twice.
import { Arg, Ctx, Field, ID, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import type { CaseNews } from '../../storage/notifications.js';
import { entriesAfter, visibleSequence, type EntryRef } from '../../storage/timeline.js';
import type { Store } from '../../storage/store.js';
import { Allowed } from '../mutations/allowed.js';
import type { GraphContext } from '../reader/context.js';
import { problem } from '../reader/problem.js';
import { Reference } from '../reader/roots.js';

@ObjectType({ description: 'The fact that caused a change.' })
class Cause {
  @Field(() => String) eventId!: string;
  @Field(() => String) type!: string;
}

@ObjectType({ description: 'One new entry in the timeline of a case.' })
export class CaseChange {
  @Field(() => String, { description: 'For afterSequence, to go on from here.' }) sequence!: string;
  @Field(() => Cause) cause!: Cause;
  @Reference('TimelineEntry') entry?: string;
  @Reference('RecoveryCase') case?: string;
}

/** Entries after `from`, for as long as somebody listens. */
export async function* entriesFrom(
  store: Store,
  cases: CaseNews,
  caseId: string,
  from: string,
  mayStillSee: () => Promise<boolean>,
): AsyncGenerator<EntryRef> {
  let last = from;
  let woken = true;
  let wake: () => void = () => {};
  const off = cases.on(caseId, () => {
    woken = true;
    wake();
  });
  try {
    for (;;) {
      while (woken) {
        woken = false;
        for (let entries = await entriesAfter(store, caseId, last); entries.length; entries = await entriesAfter(store, caseId, last)) {
          if (!(await mayStillSee())) return;
          for (const entry of entries) {
            yield entry;
            last = entry.sequence;
          }
        }
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (woken) resolve();
      });
    }
  } finally {
    off();
  }
}

@Resolver()
export class CaseSubscriptions {
  constructor(
    private readonly store: Store,
    private readonly cases: CaseNews,
  ) {}

  @Subscription(() => CaseChange, {
    description: 'What happens in a case, from `afterSequence` on, or from now.',
    subscribe: (({
      args,
      context,
    }: {
      args: { id: string; afterSequence?: string | null };
      context: GraphContext & { subscriptions: CaseSubscriptions };
    }) => context.subscriptions.open(args, context)) as never,
  })
  @Allowed('collector', 'supervisor', 'legal', 'bureauReporter', 'auditor')
  caseChanged(
    @Root() entry: EntryRef & { caseId: string },
    @Arg('id', () => ID) _id: string,
    @Arg('afterSequence', () => String, { nullable: true }) _afterSequence: string | null,
    @Ctx() _context: GraphContext,
  ): CaseChange {
    return { sequence: entry.sequence, cause: { eventId: entry.causeId, type: entry.type }, entry: entry.id, case: entry.caseId };
  }

  /** Refuses before anything flows. */
  async open(
    { id, afterSequence }: { id: string; afterSequence?: string | null },
    { caller }: GraphContext,
  ): Promise<AsyncGenerator<EntryRef & { caseId: string }>> {
    if (afterSequence != null && !/^\d{1,18}$/.test(afterSequence))
      throw problem('BAD_USER_INPUT', 'afterSequence must be a sequence of this case');
    const now = await visibleSequence(this.store, caller, id);
    if (now === null) throw problem('NOT_FOUND', 'There is no such case');
    const maySee = async () => (await visibleSequence(this.store, caller, id)) !== null;
    return withCase(entriesFrom(this.store, this.cases, id, afterSequence ?? now, maySee), id);
  }
}

async function* withCase(entries: AsyncGenerator<EntryRef>, caseId: string): AsyncGenerator<EntryRef & { caseId: string }> {
  for await (const entry of entries) yield { ...entry, caseId };
}

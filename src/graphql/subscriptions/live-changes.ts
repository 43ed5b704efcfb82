// The subscriptions of the case graph. Each refuses before anything flows, and each change is told to those only who may see its case.
import { Arg, Ctx, Field, ID, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import type { HandoffRef } from '../../storage/changes.js';
import { visibleSequence, type EntryRef } from '../../storage/timeline.js';
import { Allowed, mustBeAllowed } from '../mutations/allowed.js';
import type { GraphContext } from '../reader/context.js';
import { problem } from '../reader/problem.js';
import { Reference } from '../reader/roots.js';
import { caseReaders, partnerReaders } from '../roles.js';
import type { BreakerRef, Feeds, QueuedCase } from './feeds.js';
import type { Latest } from './latest.js';

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

/** Of what is told by its present state only: a slow client gets the newest, and there is nothing to resume from. */
@ObjectType()
abstract class LatestChange {
  @Field(() => Boolean, { description: 'Changes may have been lost, and nothing else is told here: read again what you show.' })
  missed!: boolean;
}
@ObjectType({ description: 'A case in a queue has changed, has come into it or has left it.' })
export class QueueChange extends LatestChange {
  @Field(() => ID, { nullable: true }) caseId?: string;
  @Field(() => Boolean, { nullable: true, description: 'False when it has left the queue.' }) inQueue?: boolean;
  @Reference('RecoveryCase') case?: string;
}
@ObjectType({ description: 'A hand-over is owed, or what became of it.' })
export class HandoffChange extends LatestChange {
  @Reference('Handoff') handoff?: string;
}
@ObjectType({ description: 'A circuit breaker has changed its state.' })
export class BreakerChange extends LatestChange {
  @Reference('Breaker') breaker?: string;
}

/** Changes of a case that are told again after a cut; who was away for longer reads the case anew. */
const mostReplayed = 10_000n;

export interface LiveContext extends GraphContext {
  live: LiveChanges;
}
/** Where the changes come from; type-graphql tells too little of the arguments. */
const from = <Args>(
  open: (live: LiveChanges, args: Args, context: LiveContext) => AsyncIterable<unknown> | Promise<AsyncIterable<unknown>>,
) => (({ args, context }: { args: Args; context: LiveContext }) => open(context.live, args, context)) as never;

@Resolver()
export class LiveChanges {
  constructor(private readonly feeds: Feeds) {}

  @Subscription(() => CaseChange, {
    description: 'What happens in a case, from `afterSequence` on, or from now.',
    subscribe: from<{ id: string; afterSequence?: string | null }>((live, args, context) => live.openCase(args, context)),
  })
  @Allowed(...caseReaders)
  caseChanged(
    @Root() entry: EntryRef,
    @Arg('id', () => ID) _id: string,
    @Arg('afterSequence', () => String, { nullable: true }) _afterSequence: string | null,
    @Ctx() _context: GraphContext,
  ): CaseChange {
    return { sequence: entry.sequence, cause: { eventId: entry.causeId, type: entry.type }, entry: entry.id, case: entry.caseId };
  }

  @Subscription(() => QueueChange, {
    description: 'What happens to the open cases of a queue: `user:{assignee}` or `team:{team}`.',
    subscribe: from<{ queueId: string }>((live, { queueId }, context) => live.openQueue(queueId, context)),
  })
  @Allowed(...caseReaders)
  queueChanged(@Root() change: Latest<QueuedCase>, @Arg('queueId', () => ID) queueId: string): QueueChange {
    if ('missed' in change) return change;
    return { missed: false, caseId: change.caseId, inQueue: change.queues.includes(queueId), case: change.caseId };
  }

  @Subscription(() => HandoffChange, {
    description: 'What is owed to partners and what becomes of it, of all cases or of one, of all partners or of one.',
    subscribe: from<{ caseId?: string | null; connectorId?: string | null }>((live, args, context) => live.openHandoffs(args, context)),
  })
  @Allowed(...caseReaders)
  handoffChanged(
    @Root() change: Latest<HandoffRef>,
    @Arg('caseId', () => ID, { nullable: true }) _caseId: string | null,
    @Arg('connectorId', () => String, { nullable: true }) _connectorId: string | null,
  ): HandoffChange {
    return 'missed' in change ? change : { missed: false, handoff: change.id };
  }

  @Subscription(() => BreakerChange, {
    description: 'Which partners can be reached.',
    subscribe: from((live, _args, context) => live.openBreakers(context)),
  })
  @Allowed(...partnerReaders)
  breakerChanged(@Root() change: Latest<BreakerRef>): BreakerChange {
    return 'missed' in change ? change : { missed: false, breaker: change.id };
  }

  private async openCase({ id, afterSequence }: { id: string; afterSequence?: string | null }, context: LiveContext) {
    mustBeAllowed(caseReaders, context, 'caseChanged');
    if (afterSequence != null && !/^\d{1,18}$/.test(afterSequence))
      throw problem('BAD_USER_INPUT', 'afterSequence must be a sequence of this case');
    const now = await visibleSequence(context.run, context.caller, id);
    if (now === null) throw problem('NOT_FOUND', 'There is no such case');
    const behind = BigInt(now) - BigInt(afterSequence ?? now);
    if (behind < 0n || behind > mostReplayed)
      throw problem('SEQUENCE_GAP', `The changes after ${afterSequence} are not told again; the case is at ${now}: read it anew`);
    return this.feeds.timelines.watch(id, afterSequence ?? now, this.maySee(context)(id));
  }

  private openQueue(queueId: string, context: LiveContext) {
    mustBeAllowed(caseReaders, context, 'queueChanged');
    if (!/^(user|team):.{1,100}$/.test(queueId)) throw problem('BAD_USER_INPUT', 'queueId must be user:{assignee} or team:{team}');
    const own = queueId === `user:${context.caller.user}`;
    const maySee = this.maySee(context);
    return this.feeds.queues.watch(
      ({ queues, left }) => queues.includes(queueId) || left.includes(queueId),
      async ({ caseId, left }) => (own && left.includes(queueId)) || maySee(caseId)(), // whoever it is taken from learns that it has gone
    );
  }

  private openHandoffs({ caseId, connectorId }: { caseId?: string | null; connectorId?: string | null }, context: LiveContext) {
    mustBeAllowed(caseReaders, context, 'handoffChanged');
    const maySee = this.maySee(context);
    return this.feeds.handoffs.watch(
      (change) => (caseId == null || change.caseId === caseId) && (connectorId == null || change.connectorId === connectorId),
      (change) => maySee(change.caseId)(),
    );
  }

  private openBreakers(context: LiveContext) {
    mustBeAllowed(partnerReaders, context, 'breakerChanged');
    return this.feeds.breakers.watch(
      () => true,
      async () => true,
    );
  }

  /** Asked anew for each change, where the caller's rights are to some cases only: a case may have been taken from them. */
  private maySee({ caller, run }: GraphContext): (caseId: string) => () => Promise<boolean> {
    if (!caller.profile.narrowed) return () => async () => true;
    return (caseId) => async () => (await visibleSequence(run, caller, caseId)) !== null;
  }
}

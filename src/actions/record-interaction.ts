// Records that somebody was, or could not be, reached.
import type { Fact } from '../domain/fact.js';
import { idOf } from '../domain/ids.js';
import { casesById } from '../storage/cases.js';
import { Interaction } from '../storage/definitions/cases.js';
import type { Store } from '../storage/store.js';
import type { Applier } from './applier.js';
import { changeCase } from './change-case.js';
import { judge } from './guard-case.js';
import { answerOnce, type CaseRequest, type Outcome } from './request.js';

export interface InteractionInput {
  channel: string;
  direction: string;
  outcome: string;
  note?: string | null;
  at: string;
}

export function recordInteraction(store: Store, request: CaseRequest & InteractionInput): Promise<Outcome> {
  const { channel, direction, outcome, note = null, at } = request;
  const data = { channel, direction, outcome, note, at, actor: request.actor.user };
  return answerOnce(
    store,
    'recordInteraction',
    request,
    data,
    async (tx, theCase, today) => (await judge(tx, 'RECORD_INTERACTION', theCase, today)).decided({ type: 'InteractionRecorded', data }),
    applyInteraction,
  );
}

export const applyInteraction: Applier = async (tx, fact: Fact<string, Required<InteractionInput> & { actor: string }>) => {
  const [theCase] = await casesById(tx, [fact.aggregateId]);
  const { at, channel, direction, outcome, note, actor } = fact.data;
  const said = { channel, direction, outcome, note, actor };
  const interactionId = idOf('interaction', fact.source, fact.id);
  tx.em.create(Interaction, { id: interactionId, caseId: theCase!.id, ...said, at: new Date(at) });
  changeCase(tx, theCase!, fact, [
    {
      type: 'INTERACTION',
      summary: `${said.direction === 'INBOUND' ? 'From' : 'To'} the borrower by ${said.channel.toLowerCase()}: ${said.outcome.toLowerCase().replaceAll('_', ' ')}`,
      actor: said.actor,
      effectiveOn: fact.effectiveOn,
      data: { interactionId },
    },
    // X-2, I-06: it happened, so it is kept, and both sides can see that it should not have.
    ...(said.direction === 'OUTBOUND' && theCase!.placement !== 'NONE'
      ? [
          {
            type: 'CONTACT_WHILE_PLACED',
            summary: 'The bank contacted the borrower while an agency had the case',
            actor: said.actor,
            effectiveOn: fact.effectiveOn,
            data: { interactionId, ruleId: 'one-contact-owner' },
          },
        ]
      : []),
  ]);
  return { caseId: theCase!.id, interactionId };
};

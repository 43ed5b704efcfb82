// What became of a message to the borrower, in the channel's words.
import type { Fact } from '../domain/fact.js';
import { Communication } from '../storage/definitions/communications.js';
import type { Tx } from '../storage/store.js';
import { changeCase } from './change-case.js';
import { isNews, type News } from './news.js';

export async function followMessage(tx: Tx, fact: Fact, news: News, state: 'SENT' | 'DELIVERED' | 'FAILED'): Promise<void> {
  const message = await tx.em.findOne(Communication, { handoffId: news.handoff.id });
  if (!message || !isNews(message.partnerSequence, news.sequence) || (state === 'SENT' && message.state !== 'OWED')) return;
  message.state = state;
  if (news.sequence > message.partnerSequence) message.partnerSequence = news.sequence;
  changeCase(tx, news.theCase, fact, [
    {
      type: `${message.type}_${state}`,
      summary: `${message.type === 'REMINDER' ? 'Reminder' : 'Notice'} ${state.toLowerCase()}`,
      actor: fact.source,
      effectiveOn: fact.effectiveOn,
      data: { messageId: message.id },
    },
  ]);
}

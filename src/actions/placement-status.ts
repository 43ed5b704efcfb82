// Keeps what an agency says that it did, each status once and in its own order; contacts during a recall or after the end are flagged and not lost.
import type { Fact } from '../domain/fact.js';
import { idOf } from '../domain/ids.js';
import { decimalToMinor } from '../domain/money.js';
import { isLivePlacement, type PlacementState } from '../domain/placement/placement.js';
import { PlacementStatus } from '../storage/definitions/placements.js';
import type { Tx } from '../storage/store.js';
import type { Happening } from './change-case.js';
import type { PlacementRow } from './end-placement.js';
import type { News } from './news.js';

/** As connectors give it: counts since the last status, the best contact, and what the debtor promised. */
interface StatusData {
  activity?: { calls?: number; messages?: number; letters?: number; visits?: number };
  complaints?: number;
  contact?: string;
  promise?: { amount: { amount: string; currency: string }; dueOn: string };
  note?: string;
}

/** @returns what the case is to be told beside that a status came; nothing where it was known */
export async function keepStatus(tx: Tx, fact: Fact, news: News, placement: PlacementRow): Promise<Happening[]> {
  const id = idOf('pstatus', placement.id, String(news.sequence));
  if (await tx.em.findOne(PlacementStatus, { id })) return [];
  const { activity = {}, complaints = 0, contact = null, promise, note = null } = news.data as StatusData;
  const [calls, messages, letters, visits] = [activity.calls ?? 0, activity.messages ?? 0, activity.letters ?? 0, activity.visits ?? 0];
  const state = placement.state as PlacementState;
  const contacted = calls + messages + letters + visits > 0 || contact !== null;
  const flag = !isLivePlacement(state) ? 'AFTER_END' : placement.recallRequestedOn ? 'DURING_RECALL' : null;
  const late = placement.statusDueOn != null && fact.businessOn > placement.statusDueOn;
  tx.em.create(PlacementStatus, {
    id,
    placementId: placement.id,
    caseId: placement.caseId,
    sequence: news.sequence,
    occurredAt: news.occurredAt,
    receivedOn: fact.businessOn,
    calls,
    messages,
    letters,
    visits,
    complaints,
    contactOutcome: contact,
    promisedMinor: promise ? decimalToMinor(promise.amount.amount, promise.amount.currency) : null,
    promisedCurrency: promise?.amount.currency ?? null,
    promisedOn: promise?.dueOn ?? null,
    note,
    late,
    flag: contacted ? flag : null,
  });
  placement.statuses += 1;
  const data = { placementId: placement.id, statusId: id };
  const say = (type: string, summary: string): Happening => ({ type, summary, actor: fact.source, effectiveOn: fact.effectiveOn, data });
  return [
    ...(contacted && flag ? [say('AGENCY_CONTACT_FLAGGED', `${placement.agencyId} contacted the borrower ${words[flag]}`)] : []),
    ...(complaints ? [say('AGENCY_COMPLAINT', `${placement.agencyId} reports ${complaints} complaints`)] : []),
    ...(promise ? [say('AGENCY_PROMISE', `Promised to ${placement.agencyId} by ${promise.dueOn}`)] : []),
  ];
}

const words = { AFTER_END: 'after the end of its placement', DURING_RECALL: 'while it is asked to return the case' };

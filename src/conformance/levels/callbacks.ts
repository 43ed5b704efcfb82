// Level 4: news comes signed, again until it is taken and no more after, numbered, and bound to the delivery that it is about.
import type { Callback } from '../../../connectors/contract.js';
import { must, Skipped, type Check } from '../check.js';
import type { Knock } from '../door.js';
import { describe, type Trial } from '../trial.js';

const once = { level: 4, each: 'partner' } as const;
const toleranceS = 300;

/** All that came about deliveries of one scenario: one order, whose first news is answered with 503 at first. */
interface Heard {
  knocks: readonly Knock[];
  /** What each accepted delivery was given as its reference. */
  refs: ReadonlyMap<string, string>;
}

const newsOf = (knock: Knock): Callback | null => ('callback' in knock.news ? knock.news.callback : null);
const heardBy = new WeakMap<Trial, Promise<Heard>>();
const heard = (trial: Trial): Promise<Heard> => {
  const before = heardBy.get(trial) ?? listen(trial);
  heardBy.set(trial, before);
  return before;
};

/** @throws Skipped where nothing can come */
async function listen(trial: Trial): Promise<Heard> {
  const { door, opening, bring } = trial;
  if (!door) throw new Skipped('there is no --callback-port to be told at', true);
  const refs = new Map<string, string>();
  const { order } = await trial.draft(opening);
  const deliveryId = trial.newDelivery();
  door.refuseFirstOf(deliveryId);
  const sent = await trial.send(opening, order, { deliveryId });
  if (sent.answer?.is !== 'accepted') throw new Skipped(`${opening} was not taken: ${describe(sent)}`, true);
  refs.set(deliveryId, sent.answer.partnerRef);
  /** Unreadable news too; that of other deliveries only where none is about this one, for it may be an earlier run's. */
  const mine = () => {
    const about = (own: boolean) =>
      door.knocks.filter(({ news }) => 'callback' in news && (news.callback.deliveryId === deliveryId) === own);
    const strays = about(false).filter((knock) => !trial.isOurs(newsOf(knock)!.deliveryId));
    const unreadable = door.knocks.filter(({ news }) => 'problem' in news);
    return [...(about(true).length ? about(true) : strays), ...unreadable];
  };
  const taken = () => new Set(mine().flatMap(({ id, status }) => (status === 200 ? [id] : []))).size;
  await bring?.(deliveryId, sent.answer.partnerRef);
  await bring?.(deliveryId, sent.answer.partnerRef);
  const until = async (ms: number, met: () => boolean) => {
    for (const end = Date.now() + ms; !met() && Date.now() < end;) await new Promise((next) => setTimeout(next, 20));
  };
  await until(trial.waitMs, () => taken() >= 2);
  if (mine().length) await until(trial.quietMs, () => false);
  return { knocks: mine(), refs };
}

async function came(trial: Trial): Promise<Heard> {
  const all = await heard(trial);
  if (!all.knocks.length) throw new Skipped('no news came', true);
  return all;
}

function byId(knocks: readonly Knock[]): Map<string, Knock[]> {
  const groups = new Map<string, Knock[]>();
  for (const knock of knocks) groups.set(knock.id, [...(groups.get(knock.id) ?? []), knock]);
  return groups;
}

export const callbackChecks: readonly Check<Trial>[] = [
  {
    ...once,
    id: 'callback.arrives',
    expected: 'news of an order that was taken: POST /callbacks/{id} with JSON that the connector understands',
    async run(trial) {
      const { knocks } = await heard(trial);
      must(knocks.length, `nothing came within ${trial.waitMs} ms`);
      for (const { news, contentType } of knocks) {
        must('callback' in news, 'problem' in news ? news.problem : '');
        must(contentType.startsWith('application/json'), `content-type ${contentType || 'is missing'}`);
      }
      return `${byId(knocks).size} pieces of news in ${knocks.length} requests`;
    },
  },
  {
    ...once,
    id: 'callback.signature',
    expected:
      'each request has webhook-id, webhook-timestamp and webhook-signature, signed with the key that was agreed (Standard Webhooks, v1)',
    async run(trial) {
      const { knocks } = await came(trial);
      const wrong = knocks.find(({ signatureFault }) => signatureFault);
      must(!wrong, wrong?.signatureFault ?? '');
      return `${knocks.length} good signatures`;
    },
  },
  {
    ...once,
    id: 'callback.timestamp',
    expected: `webhook-timestamp is within ${toleranceS} s of the clock, at each try`,
    async run(trial) {
      const { knocks } = await came(trial);
      const off = Math.max(...knocks.map(({ at, timestamp }) => Math.abs(at / 1000 - Number(timestamp))));
      must(off <= toleranceS, `${Math.round(off)} s off`);
      return `${Math.round(off)} s off at most`;
    },
  },
  {
    ...once,
    id: 'callback.retry',
    expected: 'what was answered with 503 comes again, with the same webhook-id and the same body',
    async run(trial) {
      const { knocks } = await came(trial);
      const refused = knocks.find(({ status }) => status === 503);
      if (!refused) throw new Skipped('no good news came that could be answered with 503', true);
      const again = knocks.filter(({ id, at }) => id === refused.id && at >= refused.at).slice(1);
      must(again.length, `${refused.id} did not come again within ${trial.waitMs} ms`);
      return `it came again after ${again[0]!.at - refused.at} ms`;
    },
  },
  {
    ...once,
    id: 'callback.id',
    expected: 'one webhook-id is one piece of news: never another body',
    async run(trial) {
      const { knocks } = await came(trial);
      for (const [id, all] of byId(knocks)) must(new Set(all.map(({ body }) => body)).size === 1, `${id} came with several bodies`);
      const told = [...byId(knocks).values()].map(([first]) => first!.body);
      must(new Set(told).size === told.length, 'one piece of news came under several webhook-ids');
      return `${told.length} ids`;
    },
  },
  {
    ...once,
    id: 'callback.ends',
    expected: 'what was answered with 2xx does not come again',
    async run(trial) {
      const { knocks } = await came(trial);
      if (!knocks.some(({ status }) => status === 200)) throw new Skipped('no news was taken', true);
      for (const [id, all] of byId(knocks)) {
        const after = all.slice(all.findIndex(({ status }) => status === 200) + 1);
        must(!all.some(({ status }) => status === 200) || !after.length, `${id} came ${after.length} times more after 200`);
      }
      return `nothing more within ${trial.quietMs} ms`;
    },
  },
  {
    ...once,
    id: 'callback.sequence',
    expected: 'the numbers of the news about one delivery differ, and rise with the time at which it happened',
    async run(trial) {
      const { knocks, refs } = await came(trial);
      const bodies = new Map(knocks.map((knock) => [knock.body, newsOf(knock)]));
      const news = [...bodies.values()].filter((each) => each !== null && refs.has(each.deliveryId)) as Callback[];
      if (news.length < 2) throw new Skipped('there was one piece of news only: have a second happen (--news-command)', true);
      const inOrder = news.toSorted((a, b) => a.sequence - b.sequence);
      for (const [i, { sequence, occurredAt }] of inOrder.entries()) {
        const before = inOrder[i - 1];
        must(!before || before.sequence < sequence, `${sequence} came for two pieces of news`);
        must(!before || Date.parse(before.occurredAt) <= Date.parse(occurredAt), `${sequence} happened before ${before?.sequence}`);
      }
      return inOrder.map(({ sequence }) => sequence).join(', ');
    },
  },
  {
    ...once,
    id: 'callback.binding',
    expected: 'news names the delivery that it is about, and the reference that the order was given',
    async run(trial) {
      const { knocks, refs } = await came(trial);
      const news = knocks.flatMap((knock) => newsOf(knock) ?? []);
      if (!news.length) throw new Skipped('no news could be read', true);
      for (const { deliveryId, partnerRef } of news) {
        must(refs.has(deliveryId), `it speaks of ${deliveryId}, which was never sent`);
        must(refs.get(deliveryId) === partnerRef, `it names ${partnerRef}, the order was given ${refs.get(deliveryId)}`);
      }
      return `${news.length} are bound`;
    },
  },
];

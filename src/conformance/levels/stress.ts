// Level 5: many orders at once and large ones are answered in time, and who has too much to do says when to come again.
import { createHash } from 'node:crypto';
import type { Answer } from '../../../connectors/contract.js';
import { manifestOf } from '../../../connectors/contract/manifest.js';
import { must, Skipped, type Check } from '../check.js';
import { describe, type Outcome, type Trial } from '../trial.js';

const once = { level: 5, each: 'partner' } as const;
const largeBytes = 4_000_000;
const mostTimes = 5;
const longestPauseMs = 30_000;

const isBusy = ({ exchange }: Outcome<Answer>) => [429, 503].includes(exchange?.reply?.status ?? 0);

export const stressChecks: readonly Check<Trial>[] = [
  {
    ...once,
    id: 'stress.parallel',
    expected: 'many orders at once: each an explicit answer, or 429 or 503 and then, when it comes again, an answer',
    async run(trial) {
      const drafts = await Promise.all(Array.from({ length: trial.parallel }, () => trial.draft(trial.opening)));
      const orders = drafts.map(({ order }) => ({ order, deliveryId: trial.newDelivery() }));
      const send = ({ order, deliveryId }: (typeof orders)[number]) => trial.send(trial.opening, order, { deliveryId });
      const first = await Promise.all(orders.map(send));
      for (const [i, order] of orders.entries()) {
        let sent = first[i]!;
        for (let again = 0; isBusy(sent) && again < mostTimes; again++) {
          await new Promise((next) => setTimeout(next, Math.min(longestPauseMs, sent.fault?.retryAfterMs ?? 0)));
          sent = await send(order);
        }
        must(sent.answer, describe(sent));
      }
      const busy = first.filter(isBusy).length;
      return `${orders.length} answered, ${busy} of them when they came again`;
    },
  },
  {
    ...once,
    id: 'stress.largeEvidence',
    expected: `a document of ${largeBytes / 1_000_000} MB is taken`,
    async run(trial) {
      const { order } = await trial.draft(trial.opening);
      if (!('evidence' in order)) throw new Skipped(`${trial.opening} carries no documents`, false);
      const bytes = Buffer.alloc(largeBytes, 'Casegraph ');
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const evidence = [{ name: 'contract.pdf', mediaType: 'application/pdf', sha256, content: bytes.toString('base64') }];
      const manifestSha256 = createHash('sha256').update(manifestOf(evidence)).digest('hex');
      const sent = await trial.send(trial.opening, { ...order, evidence, ...('manifestSha256' in order ? { manifestSha256 } : {}) });
      must(sent.answer?.is === 'accepted', describe(sent));
      return describe(sent);
    },
  },
  {
    ...once,
    id: 'stress.retryAfter',
    expected: 'each 429 and 503 says in Retry-After when to come again',
    async run({ exchanges }) {
      const busy = exchanges.filter(({ reply }) => reply?.status === 429 || reply?.status === 503);
      if (!busy.length) throw new Skipped('it never said 429 or 503', false);
      const silent = busy.filter(({ reply }) => !isWait(String(reply!.headers['retry-after'] ?? '')));
      must(!silent.length, `${silent.length} of ${busy.length} without`);
      return `${busy.length} times`;
    },
  },
  {
    ...once,
    id: 'stress.inTime',
    expected: 'every answer of this run came in time',
    async run({ exchanges, answerMs }) {
      const sorted = exchanges.map(({ ms }) => ms).sort((a, b) => a - b);
      const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!);
      const seen = `median ${at(0.5)} ms, 95 of 100 within ${at(0.95)} ms, longest ${at(1)} ms of ${answerMs} ms`;
      const lost = exchanges.filter(({ reply }) => !reply).length;
      must(!lost, `${lost} of ${exchanges.length} got no answer; ${seen}`);
      must(sorted.at(-1)! <= answerMs, seen);
      return seen;
    },
  },
];

const isWait = (text: string): boolean => /^\d{1,6}$/.test(text) || !Number.isNaN(Date.parse(text));

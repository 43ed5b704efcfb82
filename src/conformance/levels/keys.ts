// Level 3: the delivery id is the idempotency key, and what became of a delivery can be asked.
import { isDeepStrictEqual } from 'node:util';
import type { Answer } from '../../../connectors/contract.js';
import { must, Skipped, type Check } from '../check.js';
import { describe, type Outcome, type Trial } from '../trial.js';

const each = { level: 3, each: 'operation' } as const;
const atOnce = 5;

/** @throws Skipped where level 2 has said why */
async function taken(trial: Trial, operation: string) {
  const { order, about } = await trial.draft(operation);
  const first = await trial.send(operation, order);
  if (first.answer?.is !== 'accepted') throw new Skipped(`the order was not taken: ${describe(first)}`, true);
  return { order, about, first };
}

/** By its fault, since of one delivery only the last exchange is known. */
const isBusy = ({ fault }: Outcome<Answer>) => /^HTTP (409|425|429|503)\b/.test(fault?.message ?? '');

export const keyChecks: readonly Check<Trial>[] = [
  {
    ...each,
    id: 'key.again',
    expected: 'the same key with the same body: the first answer again',
    async run(trial, operation) {
      const { order, first } = await taken(trial, operation);
      const again = await trial.send(operation, order, { deliveryId: first.deliveryId });
      must(isDeepStrictEqual(again.answer, first.answer), `first ${describe(first)}, then ${describe(again)}`);
      return describe(again);
    },
  },
  {
    ...each,
    id: 'key.otherBody',
    expected: 'the same key with another body: 409 and no yes; the first order stays as it was',
    async run(trial, operation) {
      const { about, first } = await taken(trial, operation);
      const other = await trial.send(operation, trial.otherDraft(operation, about), { deliveryId: first.deliveryId });
      must(other.exchange?.reply?.status === 409 && other.answer?.is !== 'accepted', describe(other));
      const found = await trial.lookUp(operation, first.deliveryId);
      must(isDeepStrictEqual(found.answer, first.answer), `409, and then the look-up says ${describe(found)}`);
      return 'HTTP 409';
    },
  },
  {
    ...each,
    id: 'key.together',
    expected: `the same order ${atOnce} times at once: one reference; the others are told the same, or to come again (409, 425, 429, 503)`,
    async run(trial, operation) {
      const { order } = await trial.draft(operation);
      const deliveryId = trial.newDelivery();
      const all = await Promise.all(Array.from({ length: atOnce }, () => trial.send(operation, order, { deliveryId })));
      const answers = all.filter(({ answer }) => answer).map(({ answer }) => answer!);
      const odd = all.find((one) => !one.answer && !isBusy(one));
      must(!odd, odd ? describe(odd) : '');
      const found = await trial.lookUp(operation, deliveryId);
      const told = new Set([...answers, found.answer].map((answer) => JSON.stringify(answer)));
      must(told.size === 1 && found.answer?.is === 'accepted', `${told.size} different answers: ${[...told].join(', ')}`);
      return `${answers.length} of ${atOnce} answered, all with ${found.answer.partnerRef}`;
    },
  },
  {
    ...each,
    id: 'lookUp.known',
    expected: 'the look-up of a delivery that was taken: its first answer',
    async run(trial, operation) {
      const { first } = await taken(trial, operation);
      const found = await trial.lookUp(operation, first.deliveryId);
      must(isDeepStrictEqual(found.answer, first.answer), `first ${describe(first)}, then ${describe(found)}`);
      return describe(found);
    },
  },
  {
    ...each,
    id: 'lookUp.refused',
    expected: 'the look-up of a delivery that was refused: the same refusal, or that it is not known; never a yes',
    async run(trial, operation) {
      const { order } = await trial.draft(operation);
      const no = await trial.send(operation, order, { change: (request) => ({ ...request, body: {} }) });
      if (no.answer?.is !== 'refused') throw new Skipped(`the incomplete order was not refused: ${describe(no)}`, true);
      const found = await trial.lookUp(operation, no.deliveryId);
      const same = found.answer?.is === 'refused' && found.answer.code === no.answer.code;
      must(same || found.answer?.is === 'notFound', describe(found));
      return describe(found);
    },
  },
  {
    ...each,
    id: 'lookUp.unknown',
    expected: 'the look-up of a delivery that was never sent: 404 with the explicit word for it',
    async run(trial, operation) {
      const found = await trial.lookUp(operation, trial.newDelivery());
      must(found.answer?.is === 'notFound', describe(found));
      return describe(found);
    },
  },
];

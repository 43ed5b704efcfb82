// Level 2: an order is taken by an explicit yes with a reference, refused by an explicit no with a code, and nothing else is said.
import { must, type Check } from '../check.js';
import { describe, type Trial } from '../trial.js';
import { isJson } from './transport.js';

const each = { level: 2, each: 'operation' } as const;

export const orderChecks: readonly Check<Trial>[] = [
  {
    ...each,
    id: 'order.accepted',
    expected: 'a whole order: 2xx, JSON, the explicit yes and a reference',
    async run(trial, operation) {
      const { order } = await trial.draft(operation);
      const sent = await trial.send(operation, order);
      if (!sent.exchange?.reply) trial.silent.add(operation);
      must(sent.answer?.is === 'accepted' && sent.answer.partnerRef !== '', describe(sent));
      must(isJson(sent.exchange), `the answer says content-type ${String(sent.exchange?.reply?.headers['content-type'] ?? 'nothing')}`);
      return describe(sent);
    },
  },
  {
    ...each,
    id: 'order.incomplete',
    expected: 'an order without its fields: 422, the explicit no and a code',
    async run(trial, operation) {
      const { order } = await trial.draft(operation);
      const sent = await trial.send(operation, order, { change: (request) => ({ ...request, body: {} }) });
      must(sent.answer?.is === 'refused' && sent.answer.code !== '', describe(sent));
      return describe(sent);
    },
  },
  {
    ...each,
    id: 'order.unreadable',
    expected: 'a body that is not JSON: 400, 415 or 422',
    async run(trial, operation) {
      const { order } = await trial.draft(operation);
      const sent = await trial.send(operation, order, {
        change: (request) => ({
          ...request,
          headers: { ...request.headers, 'content-type': 'application/json' },
          body: Buffer.from('{"cut off'),
        }),
      });
      const status = sent.exchange?.reply?.status ?? 0;
      must([400, 415, 422].includes(status), describe(sent));
      return `HTTP ${status}`;
    },
  },
];

// How a partner says yes, no, not found, and what happened: its words in a table, read strictly.
import { Ajv } from 'ajv';
import { PartnerFault, type Answer, type Callback, type LookUp } from './contract.js';
import type { Reply } from './http.js';

export interface Words {
  /** The field that says yes or no, and its words for either and for a delivery that it never saw. */
  status: { field: string; yes: string; no: string; unknown: string };
  /** The fields of its own number of the thing, and of the code and reason of a refusal. */
  ref: string;
  code: string;
  reason: string;
  /** The fields of a callback. */
  callback: { type: string; deliveryId: string; partnerRef: string; sequence: string; occurredAt: string; data: string };
  /** Its words for what happened, and the gateway's. */
  types: Readonly<Record<string, string>>;
}

export interface Speech {
  /** Only the partner's own explicit words count. @throws PartnerFault when the reply is neither yes nor no */
  toAnswer(reply: Reply): Answer;
  toLookUp(reply: Reply): LookUp;
  readCallback(body: unknown): { callback: Callback } | { problem: string };
}

export function speech({ status: said, ref, code, reason, callback, types }: Words): Speech {
  const isCallback = new Ajv().compile({
    type: 'object',
    required: [callback.type, callback.deliveryId, callback.partnerRef, callback.sequence, callback.occurredAt],
    properties: {
      [callback.type]: { enum: Object.keys(types) },
      [callback.deliveryId]: { type: 'string', pattern: '^handoff_[0-9a-z]{16}$' },
      [callback.partnerRef]: { type: 'string', minLength: 1, maxLength: 100 },
      [callback.sequence]: { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
      [callback.occurredAt]: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$' },
      [callback.data]: { type: 'object' },
    },
  });
  const explicit = (data: Reply['data']): Answer | null => {
    if (data?.[said.field] === said.yes && typeof data[ref] === 'string') return { is: 'accepted', partnerRef: data[ref] };
    if (data?.[said.field] === said.no && typeof data[code] === 'string')
      return { is: 'refused', code: data[code], reason: String(data[reason] ?? '') };
    return null;
  };
  const unclear = ({ status }: Reply) => new PartnerFault(status === 404 ? 'no' : 'maybe', `HTTP ${status} without an explicit answer`);
  return {
    toAnswer(reply) {
      const answer = explicit(reply.data);
      const fits = answer && (answer.is === 'accepted' ? reply.status < 300 : reply.status === 409 || reply.status === 422);
      if (!fits) throw unclear(reply);
      return answer;
    },
    toLookUp(reply) {
      if (reply.status === 404 && reply.data?.[said.field] === said.unknown) return { is: 'notFound' };
      const answer = reply.status < 300 ? explicit(reply.data) : null;
      if (!answer) throw unclear(reply);
      return answer;
    },
    readCallback(body) {
      if (!isCallback(body)) return { problem: `${isCallback.errors![0]!.instancePath || '/'} ${isCallback.errors![0]!.message}` };
      const news = body as any;
      if (Number.isNaN(Date.parse(news[callback.occurredAt]))) return { problem: `/${callback.occurredAt} is not an instant` };
      if (JSON.stringify(body).includes('\\u0000')) return { problem: '/ holds U+0000' };
      return {
        callback: {
          type: types[news[callback.type]]!,
          deliveryId: news[callback.deliveryId],
          partnerRef: news[callback.partnerRef],
          sequence: news[callback.sequence],
          occurredAt: news[callback.occurredAt],
          data: news[callback.data] ?? {},
        },
      };
    },
  };
}

/** Callbacks whose data are judged too, and told in the gateway's words where the partner has its own. */
export const judgedCallback =
  (
    readCallback: Speech['readCallback'],
    problemOf: (callback: Callback) => string | null,
    translate: (callback: Callback) => Callback = (callback) => callback,
  ): Speech['readCallback'] =>
  (body) => {
    const read = readCallback(body);
    if ('problem' in read) return read;
    const callback = translate(read.callback);
    const problem = problemOf(callback);
    return problem ? { problem } : { callback };
  };

/** The fields of a callback as schema/partners/callbacks.yaml publishes them. */
export const publishedCallback: Words['callback'] = {
  type: 'type',
  deliveryId: 'deliveryId',
  partnerRef: 'partnerRef',
  sequence: 'sequence',
  occurredAt: 'occurredAt',
  data: 'data',
};

/** The published types, for a partner that uses them as they are. */
export const asPublished = (...types: string[]): Record<string, string> => Object.fromEntries(types.map((type) => [type, type]));

// The courier's side of the wire.
import { plainCallback, plainWords, type PartnerSpec } from '../spec.js';

export const courier: PartnerSpec = {
  id: 'courier',
  name: 'Courier',
  kind: 'Notification',
  port: 4106,
  refPrefix: 'CO',
  callback: plainCallback,
  words: { ...plainWords, ref: 'messageId' },
  operations: [{ name: 'sendReminder', method: 'POST', path: /^\/messages$/, requires: ['reference', 'to', 'channel', 'text'] }],
  lookUp: /^\/deliveries\/([^/]+)$/,
  says: {},
  steps: ['message.delivered', 'message.failed'],
};

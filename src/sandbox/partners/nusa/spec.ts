// Nusa Credit Bureau's side of the wire.
import { plainCallback, type PartnerOperation, type PartnerSpec } from '../spec.js';
import { openNusaDesk } from './desk.js';

/** Its desk says which fields it requires. */
const nusa = (name: string, method: 'POST' | 'PUT', path: RegExp): PartnerOperation => ({ name, method, path, requires: [] });

export const nusaBureau: PartnerSpec = {
  id: 'nusa-bureau',
  name: 'Nusa Credit Bureau',
  kind: 'Credit bureau',
  port: 4101,
  refPrefix: 'NB',
  callback: plainCallback,
  words: { status: 'result', yes: 'RECORDED', no: 'REJECTED', unknown: 'NOT_FOUND', ref: 'receipt', code: 'code', reason: 'message' },
  operations: [
    nusa('reportOverdue', 'POST', /^\/v2\/reports$/),
    nusa('correctReport', 'PUT', /^\/v2\/reports\/([^/]+)$/),
    nusa('updateReport', 'POST', /^\/v2\/reports\/([^/]+)\/updates$/),
    nusa('withdrawReport', 'POST', /^\/v2\/reports\/([^/]+)\/withdrawal$/),
    nusa('deleteReport', 'POST', /^\/v2\/reports\/([^/]+)\/deletion$/),
    nusa('markDispute', 'PUT', /^\/v2\/reports\/([^/]+)\/dispute-mark$/),
    nusa('changeIdentifier', 'POST', /^\/v2\/identifier-changes$/),
    nusa('respondDispute', 'POST', /^\/v2\/disputes\/([^/]+)\/response$/),
    nusa('requestInquiry', 'POST', /^\/v2\/inquiries$/),
  ],
  desk: openNusaDesk,
  lookUp: /^\/v2\/submissions\/([^/]+)$/,
  says: {},
  steps: [
    'report.recorded',
    'report.rejected',
    'dispute.opened',
    'dispute.closed',
    'inquiry.completed',
    'inquiry.noHit',
    'inquiry.refused',
  ],
};

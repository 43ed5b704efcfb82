// What a simulated partner speaks: its routes, its words, its checks by its own reading of the published API.

import type { OpenDesk } from './desk.js';
import { openNusaDesk } from './nusa/desk.js';

export interface PartnerOperation {
  name: string;
  method: 'POST' | 'PUT';
  /** Its first group is what the order is about, for partners that have a desk. */
  path: RegExp;
  /** Fields without which the partner refuses, as dotted paths. */
  requires: readonly string[];
}

export interface PartnerSpec {
  id: string;
  name: string;
  kind: string;
  port: number;
  operations: readonly PartnerOperation[];
  lookUp: RegExp;
  words: { status: string; yes: string; no: string; unknown: string; ref: string; code: string; reason: string };
  callback: { type: string; deliveryId: string; partnerRef: string; sequence: string; occurredAt: string; data: string };
  refPrefix: string;
  /** What it says by itself after it took an order of an operation. */
  says: Readonly<Record<string, string>>;
  /** Where it judges by more than the fields that are there. */
  desk?: OpenDesk;
  /** What may be made to happen on the control page, in its usual order. */
  steps: readonly string[];
}

const plainCallback = {
  type: 'type',
  deliveryId: 'deliveryId',
  partnerRef: 'partnerRef',
  sequence: 'sequence',
  occurredAt: 'occurredAt',
  data: 'data',
};
const plainWords = { status: 'status', yes: 'ACCEPTED', no: 'REFUSED', unknown: 'NOT_FOUND', code: 'code', reason: 'reason' };

/** Its desk says which fields it requires. */
const nusa = (name: string, method: 'POST' | 'PUT', path: RegExp): PartnerOperation => ({ name, method, path, requires: [] });

export const partnerSpecs: readonly PartnerSpec[] = [
  {
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
  },
  {
    id: 'harbor-legal',
    name: 'Harbor Legal (law firm A)',
    kind: 'Law firm',
    port: 4102,
    refPrefix: 'HL',
    callback: plainCallback,
    words: { ...plainWords, ref: 'matterId' },
    operations: [
      {
        name: 'placeClaim',
        method: 'POST',
        path: /^\/matters$/,
        requires: ['clientReference', 'jurisdiction', 'debtor.name', 'claims', 'documents'],
      },
      { name: 'withdrawClaim', method: 'POST', path: /^\/matters\/[^/]+\/withdrawal$/, requires: ['clientReference', 'reason'] },
    ],
    lookUp: /^\/deliveries\/([^/]+)$/,
    says: { placeClaim: 'matter.accepted', withdrawClaim: 'matter.closed' },
    steps: [
      'matter.demandSent',
      'matter.filed',
      'matter.preservationGranted',
      'matter.hearingScheduled',
      'matter.judgmentGiven',
      'matter.enforcementStarted',
      'matter.closed',
      'matter.refused',
    ],
  },
  {
    id: 'merdeka-law',
    name: 'Merdeka Law (law firm B)',
    kind: 'Law firm',
    port: 4103,
    refPrefix: 'ML',
    words: {
      status: 'status',
      yes: 'DITERIMA',
      no: 'DITOLAK',
      unknown: 'TIDAK_DITEMUKAN',
      ref: 'nomor_perkara',
      code: 'kode',
      reason: 'alasan',
    },
    callback: {
      type: 'peristiwa',
      deliveryId: 'pengiriman',
      partnerRef: 'nomor_perkara',
      sequence: 'urutan',
      occurredAt: 'waktu',
      data: 'rincian',
    },
    operations: [
      { name: 'placeClaim', method: 'POST', path: /^\/v1\/perkara$/, requires: ['nomor_kasus', 'debitur.nama', 'tagihan', 'lampiran'] },
      { name: 'withdrawClaim', method: 'POST', path: /^\/v1\/pencabutan$/, requires: ['nomor_kasus', 'pengiriman', 'alasan'] },
    ],
    lookUp: /^\/v1\/pengiriman\/([^/]+)$/,
    says: { placeClaim: 'diterima', withdrawClaim: 'selesai' },
    steps: ['somasi_dikirim', 'gugatan_didaftarkan', 'sita_jaminan', 'sidang', 'putusan', 'eksekusi', 'selesai', 'ditolak'],
  },
  {
    id: 'summit-assets',
    name: 'Summit Assets',
    kind: 'Asset manager',
    port: 4104,
    refPrefix: 'SA',
    callback: plainCallback,
    words: { ...plainWords, ref: 'portfolioId' },
    operations: [
      { name: 'assignPortfolio', method: 'POST', path: /^\/portfolios$/, requires: ['portfolio', 'cutOff', 'price.amount', 'loans'] },
    ],
    lookUp: /^\/deliveries\/([^/]+)$/,
    says: { assignPortfolio: 'assignment.accepted' },
    steps: ['assignment.settled', 'assignment.refused'],
  },
  {
    id: 'lotus-recovery',
    name: 'Lotus Recovery',
    kind: 'Agency',
    port: 4105,
    refPrefix: 'LR',
    callback: plainCallback,
    words: { ...plainWords, ref: 'placementId' },
    operations: [
      {
        name: 'placeCase',
        method: 'POST',
        path: /^\/placements$/,
        requires: ['caseRef', 'debtor.name', 'claim', 'commissionRate', 'expiresOn'],
      },
      { name: 'recallCase', method: 'POST', path: /^\/placements\/[^/]+\/recall$/, requires: ['caseRef', 'reason'] },
    ],
    lookUp: /^\/deliveries\/([^/]+)$/,
    says: { placeCase: 'placement.acknowledged', recallCase: 'placement.recalled' },
    steps: ['placement.status', 'placement.recalled', 'placement.closed', 'placement.refused'],
  },
  {
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
  },
];

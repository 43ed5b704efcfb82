// Files that partners and the bank left for each other.
import { defineEntity, p } from '@mikro-orm/core';

export const PartnerFile = defineEntity({
  name: 'PartnerFile',
  tableName: 'partner_file',
  properties: {
    id: p.text().primary(),
    partnerId: p.text(),
    /** IN, OUT */
    direction: p.text(),
    name: p.text(),
    sha256: p.text(),
    bytes: p.bigint(),
    /** Of what goes out. */
    content: p.blob().nullable(),
    /** IN: TAKEN, REFUSED. OUT: OWED, WRITING, SENT, FAILED: a finished transfer is not acceptance. */
    state: p.text(),
    problems: p.array(),
    detail: p.json<Record<string, unknown>>(),
    at: p.datetime(6),
    settledAt: p.datetime(6).nullable(),
  },
});

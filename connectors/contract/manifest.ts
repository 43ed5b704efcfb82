// The manifest of evidence: each document with its hash, in one text that anybody can make again.
import type { EvidenceItem } from './law-firm.js';

export type Listed = Pick<EvidenceItem, 'name' | 'mediaType' | 'sha256'>;

/** A JSON array of `{"mediaType","name","sha256"}` in order of name, without blanks. */
export const manifestOf = (documents: readonly Listed[]): string =>
  JSON.stringify(
    documents
      .map(({ mediaType, name, sha256 }) => ({ mediaType, name, sha256 }))
      .toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)),
  );

// What is kept of each record of a file beside its bytes, and why one cannot be told.
import { FileFault, type BureauFileFormat, type FileHeader, type FileRecord } from '../../connectors/bureau-file.js';
import { idOf } from '../domain/ids.js';
import { decimalToMinor } from '../domain/money.js';
import type { BureauFileRow } from '../storage/bureau-files.js';
import type { BureauItemRow } from '../storage/bureau-items.js';
import type { Decided } from './decide.js';
import type { LoanDraft } from './gather.js';

export function faultOf(format: BureauFileFormat, header: FileHeader, record: FileRecord): Decided['hindrance'] {
  try {
    format.check(header, record);
    return null;
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    return { code: error.rule, field: error.field, words: error.words };
  }
}

export function itemOf(
  file: BureauFileRow,
  draft: LoanDraft,
  { action, version, record, recordSha256, corrects }: Decided,
  format: BureauFileFormat,
): BureauItemRow {
  const { account, borrower, standing } = record;
  const total = (sums: typeof standing.overdue) =>
    Object.values(sums).reduce((all: bigint, each: string) => all + decimalToMinor(each, account.currency)!, 0n);
  return {
    id: idOf('bitem', file.id, draft.aggregateId, version),
    fileId: file.id,
    bureauId: file.bureauId,
    aggregateId: draft.aggregateId,
    loanId: draft.loanId,
    accountRef: account.accountRef,
    formerAccountRef: account.formerAccountRef ?? null,
    borrowerRef: borrower.ref,
    version,
    action,
    segments: [...(record.segments ?? [])],
    mark: record.mark ?? null,
    keys: keysOf(format, record),
    state: 'PENDING',
    recordSha256,
    ended: draft.ended,
    daysPastDue: standing.daysPastDue,
    qualityClass: standing.qualityClass,
    currency: account.currency,
    outstandingMinor: total(standing.outstanding),
    overdueMinor: total(standing.overdue),
    policyVersion: draft.policyVersion,
    facts: draft.facts,
    corrects,
    correctedBy: null,
  };
}

/** What the format cannot say has no key in its words. */
function keysOf(format: BureauFileFormat, record: FileRecord): string[] {
  try {
    return [...(format.acknowledgementKeys?.(record) ?? [record.key])];
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    return [record.key];
  }
}

// Makes a bureau's file: gathers what is known, decides what each record does, holds back what the format cannot say, and keeps every byte of it.
import { createHash } from 'node:crypto';
import type { BureauFileFormat, FileHeader, FileRecord } from '../../connectors/bureau-file.js';
import { FileFault } from '../../connectors/bureau-file.js';
import { idOf, partIdOf } from '../domain/ids.js';
import { decimalToMinor } from '../domain/money.js';
import { policyFor } from '../policies/index.js';
import { fileIsMade, keepChunk, keepPart, type BureauFileRow } from '../storage/bureau-files.js';
import {
  closeCorrected,
  itemsOf,
  keepItems,
  lastTold,
  loansOfProblem,
  loansWithNews,
  type BureauItemRow,
  type BureauProblemRow,
} from '../storage/bureau-items.js';
import type { Store, Tx } from '../storage/store.js';
import { decide, type Decided, type FileKind } from './decide.js';
import { gather, type LoanDraft } from './gather.js';
import type { BureauSettings } from './settings.js';
import { openSpool, type Spool } from './spool.js';

/** Told now and then while a file is made. */
export type OnProgress = (step: 'gathered' | 'written', records: number) => void;

export interface MadePart {
  part: string;
  name: string;
  sha256: string;
  bytes: bigint;
  totals: Readonly<Record<string, number>>;
}

export interface Made {
  records: number;
  heldBack: number;
  parts: MadePart[];
}

/** Where the bytes of parts go. */
export interface Sink {
  begin(part: { ordinal: number; name: string; part: string }): Promise<void>;
  write(chunk: Buffer): Promise<void>;
  end(part: MadePart & { ordinal: number }): Promise<void>;
}

export const headerOf = (file: BureauFileRow): FileHeader => ({
  reporter: settingsOf(file).reporter,
  period: { from: file.periodFrom, to: file.periodTo },
  createdAt: { on: file.createdOn, time: '00:00:00' },
  sequence: Number(file.sequence),
});

export const settingsOf = (file: BureauFileRow): BureauSettings => file.settings as unknown as BureauSettings;

/** Makes a file that was ordered, in one transaction: all of it is kept, or nothing. */
export function makeFile(store: Store, file: BureauFileRow, format: BureauFileFormat, onProgress: OnProgress): Promise<Made> {
  return store.transaction(async (tx) => {
    const spool = openSpool();
    try {
      const { records, heldBack } = await tellAll(tx, file, format, spool, onProgress);
      await spool.end();
      const parts = records ? await render(file, format, spool, keeping(tx, file), onProgress) : [];
      await closeCorrected(tx, file.id);
      await fileIsMade(tx, file.id, records, heldBack);
      return { records, heldBack, parts };
    } finally {
      spool.drop();
    }
  });
}

/** Makes the bytes of a file anew from the facts that were known when it was ordered, and keeps nothing. */
export function remakeFile(store: Store, file: BureauFileRow, format: BureauFileFormat, sink: Sink, onProgress: OnProgress): Promise<Made> {
  return store.transaction(async (tx) => {
    const spool = openSpool();
    try {
      let records = 0;
      for await (const drafts of gather(tx, knownOf(file, null), (loans) => onProgress('gathered', loans))) {
        const told = await itemsOf(
          tx,
          file.id,
          drafts.map(({ aggregateId }) => aggregateId),
        );
        for (const draft of drafts)
          for (const { action, accountRef, version, formerAccountRef } of told.get(draft.aggregateId) ?? []) {
            records++;
            await spool.add(asTold(draft, { action, accountRef, version, formerAccountRef }));
          }
      }
      await spool.end();
      return { records, heldBack: file.heldBack, parts: records ? await render(file, format, spool, sink, onProgress) : [] };
    } finally {
      spool.drop();
    }
  });
}

const asTold = (
  { record }: LoanDraft,
  { action, accountRef, version, formerAccountRef }: Pick<BureauItemRow, 'action' | 'accountRef' | 'version' | 'formerAccountRef'>,
): FileRecord => ({
  key: `${accountRef}/${version}`,
  action: action as FileRecord['action'],
  ...record,
  account: { ...record.account, ...(formerAccountRef === null ? {} : { formerAccountRef }) },
});

const knownOf = (file: BureauFileRow, only: readonly string[] | null) => ({
  settings: settingsOf(file),
  period: { from: file.periodFrom, to: file.periodTo },
  through: file.knownThrough,
  policyFor,
  only,
});

async function tellAll(tx: Tx, file: BureauFileRow, format: BureauFileFormat, spool: Spool, onProgress: OnProgress) {
  const header = headerOf(file);
  const kind = file.kind as FileKind;
  const period = { from: file.periodFrom, to: file.periodTo };
  let records = 0;
  let heldBack = 0;
  for await (const drafts of gather(tx, knownOf(file, await concerned(tx, file)), (loans) => onProgress('gathered', loans))) {
    const refs = drafts.map(({ aggregateId }) => aggregateId);
    const told = await lastTold(tx, file, refs, null);
    const ofPeriod = kind === 'PERIOD' ? told : await lastTold(tx, file, refs, file.periodTo);
    const items: BureauItemRow[] = [];
    const problems: BureauProblemRow[] = [];
    for (const draft of drafts) {
      const before = { told: told.get(draft.aggregateId), ofPeriod: ofPeriod.get(draft.aggregateId) };
      for (const decided of decide(draft, kind, period, before, format)) {
        const item = itemOf(file, draft, decided, format);
        items.push(item);
        const fault = decided.hindrance ?? faultOf(format, header, decided.record);
        if (!fault) {
          await spool.add(decided.record);
          records++;
          continue;
        }
        heldBack++;
        item.state = 'HELD_BACK';
        problems.push({
          id: idOf('bproblem', item.id, fault.code, fault.field),
          fileId: file.id,
          itemId: item.id,
          part: null,
          foundBy: 'GATEWAY',
          warning: false,
          explanation: format.explanations[fault.code] ?? null,
          ...fault,
        });
      }
    }
    await keepItems(tx, items, problems);
  }
  return { records, heldBack };
}

/** The loans that a file may tell of; null: all. */
async function concerned(tx: Tx, file: BureauFileRow): Promise<string[] | null> {
  if (file.kind === 'RESUBMISSION') return loansOfProblem(tx, file);
  if (file.kind === 'CORRECTION') return loansWithNews(tx, file);
  return null;
}

function faultOf(format: BureauFileFormat, header: FileHeader, record: FileRecord): Decided['hindrance'] {
  try {
    format.check(header, record);
    return null;
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    return { code: error.rule, field: error.field, words: error.words };
  }
}

function itemOf(
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

async function render(
  file: BureauFileRow,
  format: BureauFileFormat,
  spool: Spool,
  sink: Sink,
  onProgress: OnProgress,
): Promise<MadePart[]> {
  const parts: MadePart[] = [];
  for (const [ordinal, part] of format.files(headerOf(file), () => spool.records()).entries()) {
    const hash = createHash('sha256');
    let bytes = 0;
    const write = async (chunk: Buffer) => {
      if (bytes === 0) await sink.begin({ ordinal, name: part.name, part: part.part });
      hash.update(chunk);
      bytes += chunk.length;
      await sink.write(chunk);
      onProgress('written', bytes);
    };
    let waiting: Buffer | null = null;
    for await (const chunk of part.bytes()) {
      if (waiting) await write(waiting);
      waiting = chunk;
    }
    if (part.needless?.()) continue;
    if (waiting) await write(waiting);
    const made = { part: part.part, name: part.name, sha256: hash.digest('hex'), bytes: BigInt(bytes), totals: part.totals() };
    await sink.end({ ...made, ordinal });
    parts.push(made);
  }
  return parts;
}

function keeping(tx: Tx, file: BureauFileRow): Sink {
  let partId = '';
  let chunks = 0;
  return {
    async begin({ ordinal }) {
      partId = partIdOf('bpart', file.id, ordinal);
      chunks = 0;
    },
    write: (chunk) => keepChunk(tx, partId, chunks++, chunk),
    end: (part) => keepPart(tx, { ...part, id: partId, fileId: file.id }),
  };
}

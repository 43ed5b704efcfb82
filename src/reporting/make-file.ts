// Makes a bureau's file: gathers what is known, decides what each record does, holds back what the format cannot say, and keeps every byte of it.
import type { BureauFileFormat, FileRecord } from '../../connectors/bureau-file.js';
import { deletionReason } from '../domain/bureau/dispute.js';
import { idOf, partIdOf } from '../domain/ids.js';
import { policyFor } from '../policies/index.js';
import { fileIsMade, keepChunk, keepPart, type BureauFileRow } from '../storage/bureau-files.js';
import {
  closeCorrected,
  disputedLoans,
  itemsOf,
  keepItems,
  lastTold,
  loansOfProblem,
  loansWithNews,
  type BureauItemRow,
  type BureauProblemRow,
  type ToldItem,
} from '../storage/bureau-items.js';
import type { Store, Tx } from '../storage/store.js';
import { decide, type FileKind, type Marked } from './decide.js';
import { gather, type LoanDraft } from './gather.js';
import { faultOf, itemOf } from './item.js';
import { headerOf, render, settingsOf, type MadePart, type OnProgress, type Sink } from './render.js';
import { openSpool, type Spool } from './spool.js';
import type { Period } from './standing.js';

export interface Made {
  records: number;
  heldBack: number;
  parts: MadePart[];
}

/** Makes a file that was ordered, in one transaction: all of it is kept, or nothing. */
export const makeFile = (store: Store, file: BureauFileRow, format: BureauFileFormat, onProgress: OnProgress): Promise<Made> =>
  store.transaction(async (tx) => {
    const made = await tellAndRender(tx, file, format, keeping(tx, file), onProgress);
    await closeCorrected(tx, file.id);
    await fileIsMade(tx, file.id, made.records, made.heldBack);
    return made;
  });

/** A file that nobody ordered, as it would be: nothing of it is kept. */
export async function showFile(
  store: Store,
  file: BureauFileRow,
  format: BureauFileFormat,
  sink: Sink,
  onProgress: OnProgress,
): Promise<Made> {
  let shown: Made | undefined;
  const undo = new Error('nothing is kept');
  await store
    .transaction(async (tx) => {
      shown = await tellAndRender(tx, file, format, sink, onProgress);
      throw undo;
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error;
    });
  return shown!;
}

async function tellAndRender(tx: Tx, file: BureauFileRow, format: BureauFileFormat, sink: Sink, onProgress: OnProgress): Promise<Made> {
  const spool = openSpool();
  try {
    const { records, heldBack } = await tellAll(tx, file, format, spool, onProgress);
    await spool.end();
    return { records, heldBack, parts: records ? await render(file, format, spool, sink, onProgress) : [] };
  } finally {
    spool.drop();
  }
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
          for (const item of told.get(draft.aggregateId) ?? []) {
            records++;
            await spool.add(asTold(draft, item));
          }
      }
      await spool.end();
      return { records, heldBack: file.heldBack, parts: records ? await render(file, format, spool, sink, onProgress) : [] };
    } finally {
      spool.drop();
    }
  });
}

const asTold = ({ record }: LoanDraft, { action, accountRef, version, formerAccountRef, mark }: ToldItem): FileRecord => ({
  key: `${accountRef}/${version}`,
  action: action as FileRecord['action'],
  ...record,
  account: { ...record.account, ...(formerAccountRef === null ? {} : { formerAccountRef }) },
  ...(mark === null ? {} : { mark: mark as NonNullable<FileRecord['mark']> }),
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
    const marked = await marksOf(tx, drafts, period);
    const items: BureauItemRow[] = [];
    const problems: BureauProblemRow[] = [];
    for (const draft of drafts) {
      const before = { told: told.get(draft.aggregateId), ofPeriod: ofPeriod.get(draft.aggregateId), marked: marked.get(draft.loanId) };
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

/** A dispute is marked at every bureau, not only at the one whose flag was disputed. */
async function marksOf(tx: Tx, drafts: readonly LoanDraft[], period: Period): Promise<Map<string, Marked>> {
  const disputed = await disputedLoans(
    tx,
    drafts.map(({ loanId }) => loanId),
    period,
  );
  return new Map(
    disputed.map(({ loanId, unresolved, outcome, code, lately }) => [
      loanId,
      {
        mark: unresolved ? 'DISPUTED' : lately ? 'DISPUTE_RESOLVED' : null,
        fraud: !unresolved && outcome === 'DELETED' && deletionReason(code!) === 'FRAUD',
      },
    ]),
  );
}

/** The loans that a file may tell of; null: all. */
async function concerned(tx: Tx, file: BureauFileRow): Promise<string[] | null> {
  if (file.kind === 'RESUBMISSION') return loansOfProblem(tx, file);
  if (file.kind === 'CORRECTION') return loansWithNews(tx, file);
  return null;
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

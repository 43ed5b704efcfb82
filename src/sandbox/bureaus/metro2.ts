// A credit bureau's strict reader of Metro 2 files, written from the bureau's tables alone: it says all that is wrong with a file.
import { accountRules } from './metro2/account-rules.js';
import { framesOf } from './metro2/frames.js';
import { compare, remembered, type Metro2Ledger, type Remembered } from './metro2/ledger.js';
import type { Metro2Problem, Note } from './metro2/problems.js';
import { readRecord, type Metro2Record } from './metro2/record.js';
import { Recount } from './metro2/recount.js';
import { lengthOf, read } from './metro2/said.js';
import { statusRules, type Period } from './metro2/status-rules.js';
import { header as headerTable, trailer as trailerTable } from './metro2/tables.js';

export type { Metro2Ledger, Metro2Problem, Metro2Record };

export interface Metro2Reading {
  problems: readonly Metro2Problem[];
  /** Base records that could be read. */
  records: number;
  /** To be given with the next period's file; numbers that were changed are in it by the new one. */
  ledger: Metro2Ledger;
}

/**
 * Reads a file in one pass, holding a few words an account.
 * @param previous the ledger of the period before, for M3, M6 and M13
 * @param onRecord gets each record as it was read, with or without problems
 */
export async function readMetro2(
  source: Buffer | AsyncIterable<Uint8Array>,
  { onRecord, previous }: { previous?: Metro2Ledger; onRecord?: (record: Metro2Record) => void } = {},
): Promise<Metro2Reading> {
  const problems: Metro2Problem[] = [];
  const noteAt =
    (record: number, key: string | null): Note =>
    (field, code, words) =>
      problems.push({ record, key, field, code, words });
  const accounts = new Map<string, Remembered>();
  const retired = new Set(previous?.retired);
  const recount = new Recount();
  let period: Period = { activity: '', created: '' };
  let place = 0;
  let ended = false;

  for await (const text of framesOf(Buffer.isBuffer(source) ? [source] : source)) {
    place++;
    const note = noteAt(place, null);
    if (ended) note('Record identifier', 'TAIL', 'nothing expected after the trailer');
    else if (place === 1) period = readHeader(text, note);
    else if (text.slice(4, 11) === 'TRAILER') {
      ended = true;
      readTrailer(text, recount, note);
    } else {
      const key = text.slice(42, 72).trimEnd() || null;
      const noted = noteAt(place, key);
      const record = readRecord(text, place, noted);
      if (!record) continue;
      recount.add(record);
      for (const rule of statusRules) rule(record, noted, period);
      for (const rule of accountRules) rule(record, noted);
      if (/B[^B]/.test(record.base.text('Payment history profile')))
        noted('Payment history profile', 'M6', 'a month without history is newer than one with');
      if (previous) compare(record, previous, noted);
      keep(record, accounts, retired, noted);
      onRecord?.(record);
    }
  }
  if (place === 0) noteAt(0, null)('Record identifier', 'EMPTY', 'a header expected; the file is empty');
  else if (!ended) noteAt(0, null)('Record identifier', 'TRUNCATED', 'the file ends before its trailer');
  return { problems, records: recount.get('Base records'), ledger: { activity: period.activity, accounts, retired } };
}

function keep(record: Metro2Record, accounts: Map<string, Remembered>, retired: Set<string>, note: Note): void {
  const account = record.base.text('Consumer account number');
  const changed = record.one('L1')?.text('New consumer account number');
  if (accounts.has(account)) note('Consumer account number', 'DUPLICATE', 'it stands in the file before');
  if (changed) {
    retired.add(account);
    if (retired.has(changed)) note('New consumer account number', 'M13', 'this number was given up for another');
  }
  accounts.set(changed || account, remembered(record));
}

function readHeader(text: string, note: Note): Period {
  if (text.length !== lengthOf(headerTable) || text.slice(0, 10) !== '0426HEADER') {
    note('Record identifier', 'HEADER', `a header of ${lengthOf(headerTable)} bytes expected`);
    return { activity: '', created: '' };
  }
  const header = read(headerTable, text, note);
  const activity = header.date('Activity date') ?? '';
  const created = header.date('Date created') ?? '';
  if (activity > created) note('Activity date', 'M5', `${activity} is later than the file, ${created}`);
  return { activity, created };
}

function readTrailer(text: string, recount: Recount, note: Note): void {
  if (text.length !== lengthOf(trailerTable) || text.slice(0, 4) !== '0426')
    note('Record descriptor word', 'LENGTH', `a trailer of ${lengthOf(trailerTable)} bytes expected; there are ${text.length}`);
  recount.compare(read(trailerTable, text, note), note);
}

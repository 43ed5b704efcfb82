// The rows of all segments that records make, in the order of the records: borrowers once, accounts, collateral and guarantors.
import type { FileHeader, FileRecord } from '../../bureau-file.js';
import { Columns } from './columns.js';
import { creditRow, otherFacilityRow, segmentOf } from './credit.js';
import { debtorRow } from './debtor.js';
import { collateralRow, guarantorRow } from './security.js';

/** Those that are sent: D02 always empty, since its columns are not public. */
export const segments = ['D01', 'D02', 'F01', 'F06', 'A01', 'P01'] as const;
export type Segment = (typeof segments)[number];

export interface Row {
  segment: Segment;
  cells: readonly string[];
}

/** @param wanted the segments whose rows are made; others are skipped. Throws a `FileFault` for what SLIK cannot say, or what comes out of order. */
export async function* rowsOf(
  header: FileHeader,
  records: AsyncIterable<FileRecord>,
  wanted: readonly Segment[],
): AsyncGenerator<Row, void, undefined> {
  let borrower: Borrower | null = null;
  let previous: FileRecord | null = null;
  for await (const record of records) {
    if (previous) assertRises(previous, record);
    previous = record;
    const goesOn: boolean = borrower?.first.borrower.ref === record.borrower.ref;
    if (borrower && !goesOn && wanted.includes('D01')) yield debtor(borrower);
    borrower = joined(goesOn ? borrower : null, record);
    for (const row of rowsOfAccount(header, record)) if (wanted.includes(row.segment)) yield { segment: row.segment, cells: row.cells() };
  }
  if (borrower && wanted.includes('D01')) yield debtor(borrower);
}

/** @throws FileFault for a record of which SLIK cannot say a row */
export function checkRows(header: FileHeader, record: FileRecord): void {
  debtor(joined(null, record));
  for (const row of rowsOfAccount(header, record)) row.cells();
}

/** What is kept of a borrower while its records pass. */
interface Borrower {
  first: FileRecord;
  created: boolean;
  deleted: boolean;
}

const joined = (before: Borrower | null, record: FileRecord): Borrower => ({
  first: before?.first ?? record,
  created: (before?.created ?? true) && record.action === 'CREATE',
  deleted: (before?.deleted ?? true) && record.action.startsWith('DELETE'),
});

const debtor = ({ first, created, deleted }: Borrower): Row => ({
  segment: 'D01',
  cells: debtorRow(first, created ? 'C' : deleted ? 'N' : 'U'),
});

function* rowsOfAccount(header: FileHeader, record: FileRecord): Generator<{ segment: Segment; cells: () => readonly string[] }> {
  const segment = segmentOf(record);
  yield { segment, cells: () => (segment === 'F01' ? creditRow(record, header) : otherFacilityRow(record)) };
  const refs = new Set<string>();
  for (const collateral of record.collaterals) {
    if (refs.has(collateral.ref)) new Columns(record).fault('kodeRegistrasi', 'S2', 'the same collateral twice for an account');
    refs.add(collateral.ref);
    yield { segment: 'A01', cells: () => collateralRow(record, collateral) };
  }
  const numbers = new Set<string>();
  for (const associate of record.associates) {
    // Who may only act for the borrower owes nothing, and SLIK does not ask for it.
    if (associate.role === 'AUTHORISED') continue;
    const say = new Columns(record);
    if (associate.role === 'JOINT') say.fault('segmen', 'F02', 'accounts of several debtors are told in F02, which is not written');
    const cells = guarantorRow(record, associate);
    if (numbers.has(cells[1]!)) say.fault('nomorIdentitas', 'S2', 'the same guarantor twice for an account');
    numbers.add(cells[1]!);
    yield { segment: 'P01', cells: () => cells };
  }
}

function assertRises(before: FileRecord, record: FileRecord): void {
  if (before.borrower.ref < record.borrower.ref) return;
  const say = new Columns(record);
  if (before.borrower.ref > record.borrower.ref) say.fault('cif', 'S2', 'borrowers have to come in order, so that each is told once');
  if (before.account.accountRef >= record.account.accountRef) say.fault('nomorRekening', 'S2', 'an account twice, or out of order');
}

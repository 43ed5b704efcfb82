// A record as the bureau reads it: a base segment and the segments that follow it.
import { baseCodes, checkCodes, checkStatus, segmentCodes } from './codes.js';
import type { Note } from './problems.js';
import { lengthOf, read, type NameOf, type Said } from './said.js';
import { segments as tables } from './segment-tables.js';
import { base as baseTable } from './tables.js';

type Tables = typeof tables;
export type SegmentName = keyof Tables;
export type Base = Said<NameOf<typeof baseTable>>;
/** What a borrower and each associate have in common. */
export type Consumer = Said<'Social security number' | 'Date of birth' | 'Telephone number' | 'ECOA code'>;

export interface Metro2Record {
  /** Its place in the file; the header is 1. */
  place: number;
  base: Base;
  /** In the order of the file. */
  segments: readonly { name: SegmentName; said: Said }[];
  /** Borrower and associates, with what the trailer calls where they stand. */
  consumers: readonly { where: 'base' | 'J1' | 'J2'; said: Consumer }[];
  /** The only segment of its name. */
  one<Name extends SegmentName>(name: Name): Said<NameOf<Tables[Name]>> | null;
}

const baseBytes = lengthOf(baseTable);
const several: readonly string[] = ['J1', 'J2'];

/** @returns null where the text is too short to hold a base segment */
export function readRecord(text: string, place: number, note: Note): Metro2Record | null {
  const word = text.slice(0, 4);
  if (text.length < baseBytes) {
    note('Record descriptor word', 'LENGTH', `${baseBytes} bytes at least expected; there are ${text.length}`);
    return null;
  }
  if (/^\d{4}$/.test(word) && Number(word) !== text.length)
    note('Record descriptor word', 'LENGTH', `it says ${Number(word)} bytes; there are ${text.length}`);
  const base = read(baseTable, text.slice(0, baseBytes), note);
  checkCodes(base as Said, baseCodes, note);
  checkStatus(base as Said, note);
  const segments = readSegments(text.slice(baseBytes), note);
  return {
    place,
    base,
    segments,
    consumers: [
      { where: 'base', said: base },
      ...segments.flatMap(({ name, said }) => (name === 'J1' || name === 'J2' ? [{ where: name, said }] : [])),
    ],
    one: (name) => segments.find((segment) => segment.name === name)?.said ?? null,
  };
}

function readSegments(text: string, note: Note): Metro2Record['segments'] {
  const found: { name: SegmentName; said: Said }[] = [];
  let at = 0;
  while (at < text.length) {
    const name = text.slice(at, at + 2);
    if (!isSegment(name)) {
      note('Segment identifier', 'SEGMENT', 'none of J1, J2, K1, K2, K3, K4, L1 and N1');
      return found;
    }
    const length = lengthOf(tables[name]);
    if (at + length > text.length) {
      note('Segment identifier', 'LENGTH', `${name} has ${length} bytes; there are ${text.length - at}`);
      return found;
    }
    if (!several.includes(name) && found.some((segment) => segment.name === name))
      note('Segment identifier', 'SEGMENT', `${name} stands twice`);
    const said = read<readonly string[]>(tables[name], text.slice(at, at + length), note) as Said;
    checkCodes(said, segmentCodes[name], note);
    found.push({ name, said });
    at += length;
  }
  return found;
}

const isSegment = (name: string): name is SegmentName => Object.hasOwn(tables, name);

// What a bank may tell its law firm to do in a matter, and where the matter has to stand for it.
import type { ClockKind } from './clock.js';
import { isLiveMatter, isSuit, type MatterState } from './matter.js';

export const instructionKinds = [
  'DEMAND',
  'LAWYER_LETTER',
  'PRESERVATION',
  'PRESERVATION_RENEWAL',
  'FILING',
  'SETTLEMENT',
  'APPEAL',
  'ENFORCEMENT',
  'RESUMPTION',
] as const;
export type InstructionKind = (typeof instructionKinds)[number];

const isTaken = (state: MatterState): boolean => isLiveMatter(state) && state !== 'INSTRUCTED' && state !== 'WITHDRAWAL_REQUESTED';

/** Preservation and talks of a settlement go beside all else. */
const fits: Record<InstructionKind, (state: MatterState) => boolean> = {
  DEMAND: (state) => !isSuit(state),
  LAWYER_LETTER: (state) => !isSuit(state),
  PRESERVATION: () => true,
  PRESERVATION_RENEWAL: () => true,
  FILING: (state) => !isSuit(state),
  SETTLEMENT: () => true,
  APPEAL: (state) => state === 'JUDGMENT',
  ENFORCEMENT: (state) => state === 'FINAL' || state === 'SETTLED',
  RESUMPTION: (state) => state === 'SUSPENDED_NO_ASSET',
};

/** The periods that the law gives for it. */
export const statutoryFor: Readonly<Partial<Record<InstructionKind, readonly ClockKind[]>>> = {
  FILING: ['LIMITATION', 'FILING_AFTER_PRESERVATION'],
  ENFORCEMENT: ['ENFORCEMENT_APPLICATION'],
  PRESERVATION_RENEWAL: ['PRESERVATION_RENEWAL'],
};

/** A firm that has not taken the matter on yet, or was asked to withdraw, is told nothing. */
export const mayInstruct = (kind: InstructionKind, state: MatterState): boolean => isTaken(state) && fits[kind](state);

// What SLIK says of how an account stands: kualitas, macet, kondisi and the operation on the data.
import type { FileAction, FileRecord } from '../../bureau-file.js';
import { causesOfLoss } from './codes.js';
import type { Columns } from './columns.js';

export interface Standing {
  kualitas: string;
  tanggalMacet: string;
  sebabMacet: string;
  kondisi: string;
  tanggalKondisi: string;
}

/** S3: when and why it went bad only in the worst class. S4: a date of the condition only when there is one. S7: nothing in arrears when paid. */
export function standingOf(record: FileRecord, say: Columns): Standing {
  const { standing } = record;
  const kualitas = say.listed('kualitas', String(standing.qualityClass), ['1', '2', '3', '4', '5']);
  const macet = kualitas === '5';
  if (macet && !standing.lossSince) say.fault('tanggalMacet', 'S3', 'kualitas 5 has to say since when');
  const kondisi = kondisiOf(record, say);
  if ((kondisi === '02' || kondisi === '12') && owesArrears(record))
    say.fault('kondisi', 'S7', `kondisi ${kondisi} leaves no arrears and no penalty`);
  if (kondisi === '04' && !macet) say.fault('kondisi', 'S7', 'kondisi 04 needs kualitas 5');
  return {
    kualitas,
    tanggalMacet: macet ? say.date('tanggalMacet', standing.lossSince) : '',
    sebabMacet: macet ? say.listed('sebabMacet', standing.lossCause ?? '99', causesOfLoss) : '',
    kondisi,
    tanggalKondisi: kondisi === '00' ? '' : say.neededDate('tanggalKondisi', standing.stateSince),
  };
}

export interface Arrears {
  principal: string;
  interest: string;
  days: number;
  instalments: number;
}

/** S5: what falls due on the day itself is not in arrears yet, so with no days late all of it is 0. */
export function arrearsOf({ standing: { daysPastDue, overdue, instalmentsOverdue } }: FileRecord): Arrears {
  if (daysPastDue === 0) return { principal: '0', interest: '0', days: 0, instalments: 0 };
  return { principal: overdue.principal, interest: overdue.interest, days: daysPastDue, instalments: instalmentsOverdue };
}

/** SEOJK's kondisi; an account that others collect for us is still active. */
function kondisiOf({ standing: { state, sale, specialTrades = [] } }: FileRecord, say: Columns): string {
  const happened = (kind: (typeof specialTrades)[number]['kind']) => specialTrades.some((trade) => trade.kind === kind);
  switch (state) {
    case 'ACTIVE':
    case 'IN_COLLECTION':
      return '00';
    case 'CANCELLED':
      return '01';
    case 'PAID':
      if (happened('ASSET_IN_LIEU')) return '05';
      if (happened('JUDICIAL')) return '06';
      return happened('FORGIVEN') ? '12' : '02';
    case 'WRITTEN_OFF':
      return happened('FORGIVEN') ? '04' : '03';
    case 'SOLD':
      if (!sale) return say.fault('kondisi', 'CODE', 'a sale has to say to whom');
      if (sale.stillManaged) return '16';
      return sale.buyerReports ? '07' : '09';
  }
}

const owesArrears = ({ standing: { outstanding, overdue } }: FileRecord): boolean =>
  [outstanding.penalties, ...Object.values(overdue)].some((amount: string) => /[1-9]/.test(amount));

/** C, U or D; SLIK has no change of an account's number, and notes are not records. */
export function operationOf(action: FileAction, say: Columns): 'C' | 'U' | 'D' {
  switch (action) {
    case 'CREATE':
      return 'C';
    case 'UPDATE':
    case 'CORRECT':
      return 'U';
    case 'DELETE':
    case 'DELETE_FRAUD':
      return 'D';
    case 'IDENTIFIER':
      return say.fault('nomorRekening', 'S2', 'SLIK knows no change of an account number');
    case 'NOTE':
      return say.fault('operasiData', 'CODE', 'SLIK takes no note apart from a record');
  }
}

/** SLIK has no mark of a dispute: keterangan says it, before the note. */
export function keteranganOf({ mark, note }: FileRecord, say: Columns): string {
  const marks = {
    DISPUTED: 'Disengketakan debitur',
    DISPUTE_RESOLVED: 'Sengketa selesai',
    DISPUTE_RESOLVED_DISAGREES: 'Sengketa selesai, debitur tidak setuju',
    REMOVE: '',
  };
  return [mark ? marks[mark] : '', say.words(note)].filter(Boolean).join('; ');
}

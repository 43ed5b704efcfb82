// The rules of PBOC that one 210 record alone can break: P1 to P4.
import { statuses } from './layout.js';
import type { Fault, Segment } from './shape.js';

export type Segments = Readonly<Record<string, Segment>>;

/** Segments that a reason to report asks for and that it forbids, by letter; of C1 and of all others. */
const asked: Readonly<Record<string, { loan: [needs: string, not: string]; bought: [needs: string, not: string] }>> = {
  '10': { loan: ['CH', ''], bought: ['CGJ', 'HI'] },
  '31': { loan: ['CH', 'IJ'], bought: ['CGJ', 'HI'] },
  '30': { loan: ['H', 'GIJ'], bought: ['', ''] },
  '20': { loan: ['H', 'GJ'], bought: ['J', 'HI'] },
  '40': { loan: ['J', 'CDEFGHIK'], bought: ['J', 'EFHI'] },
};

/** @param letters of the segments that are there, e.g. `BCH` */
export function* faultsOfAccount(letters: string, segments: Segments): Generator<Fault> {
  const { AcctType: type, RptDateCode: reason, RptDate: reported } = segments['AcctBsSgmt']!.values;
  const [needs, not] = asked[reason!]?.[type === 'C1' ? 'bought' : 'loan'] ?? ['', ''];
  for (const letter of needs)
    if (!letters.includes(letter)) yield { field: letter, code: 'P1', words: `code ${reason} of ${type} needs segment ${letter}` };
  for (const letter of not)
    if (letters.includes(letter)) yield { field: letter, code: 'P1', words: `code ${reason} of ${type} has no segment ${letter}` };
  if (reason === '30' && type === 'C1') yield { field: 'AcctType', code: 'P1', words: 'a bought debt has no month-end' };
  if (reason === '40' && type === 'R3') yield { field: 'AcctType', code: 'P1', words: 'code 40 is not for R3' };
  for (const name of ['AcctMthlyBlgInfSgmt', 'AcctDbtInfSgmt'])
    if (segments[name]) yield* faultsOfStanding(type!, segments[name].values, reason === '20');
  yield* faultsOfDates(reported!, segments);
}

/** P2 and P3, of segment H or J. */
export function* faultsOfStanding(type: string, values: Segment['values'], closing: boolean): Generator<Fault> {
  const { AcctStatus: status, AcctBal: balance, OverdPrd: periods, TotOverd: overdue, OverdPrinc: principal } = values;
  if (!statuses[type]?.has(status!)) return yield { field: 'AcctStatus', code: 'CODE', words: `not a status of ${type}` };
  const closed = status === (type === 'C1' ? '2' : type === 'R2' || type === 'R3' ? '4' : '3');
  if (closing && !closed) yield { field: 'AcctStatus', code: 'P2', words: 'code 20 is of an account that is closed' };
  if (closed)
    for (const [field, value] of Object.entries({ AcctBal: balance, OverdPrd: periods, TotOverd: overdue }))
      if (value !== '0') yield { field, code: 'P2', words: 'an account that is closed owes nothing' };
  if (closed !== Boolean(values['CloseDate']))
    yield { field: 'CloseDate', code: 'P2', words: 'there if and only if the account is closed' };
  if (['41', '42', '51', '52'].includes(status!) && overdue === '0')
    yield { field: 'TotOverd', code: 'P3', words: `status ${status} has something overdue` };
  if (principal && BigInt(principal) > BigInt(overdue!))
    yield { field: 'OverdPrinc', code: 'P3', words: 'no more than all that is overdue' };
}

/** P4. A due date may lie ahead. */
function* faultsOfDates(reported: string, segments: Segments): Generator<Fault> {
  for (const { values, repeated } of Object.values(segments))
    for (const each of [values, ...repeated])
      for (const field of ['OpenDate', 'SettDate', 'FiveCateAdjDate', 'LatRpyDate', 'CloseDate', 'TranDate'])
        if ((each[field] ?? '') > reported) yield { field, code: 'P4', words: `it is later than RptDate, ${reported}` };
}

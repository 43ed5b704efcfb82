// The records of each type: 210 an account, 211 its number changed, 212 and 213 a segment corrected or deleted, 214 all deleted, 215 an event.
import type { FileHeader, FileRecord } from '../../bureau-file.js';
import { base, terms } from './account.js';
import { reasonOf, segmentsFor, typeOf, type AccountType, type Reason, type Segment } from './account-type.js';
import { Elements } from './elements.js';
import { collateral, creditLine, firstCreditor, responsible, trades } from './related.js';
import { eventful, monthly } from './standing.js';
import { element, wrapped } from './xml.js';

export const recordTypes = ['210', '211', '212', '213', '214', '215'] as const;
export type RecordType = (typeof recordTypes)[number];

/** A deletion that names segments deletes them and nothing else. */
export function recordTypeOf({ action, segments = [] }: FileRecord): RecordType {
  switch (action) {
    case 'CREATE':
    case 'UPDATE':
      return '210';
    case 'IDENTIFIER':
      return '211';
    case 'CORRECT':
      return '212';
    case 'DELETE':
      return segments.length ? '213' : '214';
    case 'DELETE_FRAUD':
      return '214';
    case 'NOTE':
      return '215';
  }
}

/** One document a record; of 212 and 213 one for each segment. */
export function documentsOf(record: FileRecord, header: FileHeader): readonly string[] {
  const say = new Elements(record, header);
  return bodiesOf(say).map((body) => wrapped('Document', body));
}

function bodiesOf(say: Elements): readonly string[] {
  const { record, header } = say;
  const code = (name: string) => say.account(name, record.account.accountRef);
  switch (recordTypeOf(record)) {
    case '210': {
      const type = typeOf(say);
      const reason = reasonOf(say, type);
      return [
        wrapped(
          'InAcctInf',
          segmentsFor(reason, type)
            .map((segment) => textOf(say, segment, type, reason))
            .join(''),
        ),
      ];
    }
    case '211': {
      const OdBnesCode = say.account('OdBnesCode', record.account.formerAccountRef);
      if (OdBnesCode === code('NwBnesCode')) say.fault('NwBnesCode', 'CODE', 'it is the same as before');
      return [element('InAcctIDCagsInf', { InfRecType: '211', OdBnesCode, NwBnesCode: code('NwBnesCode') })];
    }
    case '212':
      return corrections(say);
    case '213':
      return segmentsNamed(say).map((DelSgmtCode) => {
        if (DelSgmtCode === 'B') say.fault('DelSgmtCode', 'CODE', 'B is deleted with all the rest alone');
        const [DelStartDate, DelEndDate] = [say.date('DelStartDate', header.period.from), say.date('DelEndDate', header.period.to)];
        return element('InAcctDel', { InfRecType: '213', DelRecCode: code('DelRecCode'), DelSgmtCode, DelStartDate, DelEndDate });
      });
    case '214':
      return [element('InAcctEntDel', { InfRecType: '214', DelRecCode: code('DelRecCode') })];
    case '215':
      return [
        element('InSpcEvtDscInf', {
          InfRecType: '215',
          AcctCode: code('AcctCode'),
          OpetnType: say.code('OpetnType'),
          Month: say.reportedOn.slice(0, 7),
          Flag: record.mark === 'REMOVE' ? '0' : '1',
          RptDate: say.date('RptDate', say.reportedOn),
        }),
      ];
  }
}

/** A record that names no segments corrects all that the account has. */
function corrections(say: Elements): readonly string[] {
  const type = typeOf(say);
  const all: readonly Segment[] = type === 'C1' ? ['C', 'D', 'E', 'G', 'J', 'K'] : ['C', 'D', 'E', 'F', 'H', 'K'];
  const named = segmentsNamed(say);
  return (named.length ? named : all).flatMap((segment) => {
    const text = textOf(say, segment, type, type === 'C1' ? '10' : '30');
    if (!text && named.length) say.fault('MdfcSgmtCode', 'CODE', `the account has no segment ${segment}`);
    if (!text) return [];
    const head = element('BsSgmt', {
      InfRecType: '212',
      ModRecCode: say.account('ModRecCode', say.record.account.accountRef),
      RptDate: say.date('RptDate', say.reportedOn),
      AcctType: type,
      MdfcSgmtCode: segment,
    });
    return [wrapped('InAcctMdfc', head + wrapped('MdfcSgmt', text))];
  });
}

function segmentsNamed(say: Elements): readonly Segment[] {
  const known: readonly string[] = ['B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K'] satisfies Segment[];
  const named = [...new Set(say.record.segments ?? [])];
  for (const segment of named) if (!known.includes(segment)) say.fault('segments', 'CODE', `one of ${known.join(', ')} expected`);
  return named as Segment[];
}

function textOf(say: Elements, segment: Segment, type: AccountType, reason: Reason): string {
  switch (segment) {
    case 'B':
      return base(say, type, reason);
    case 'C':
      return terms(say, type);
    case 'D':
      return responsible(say);
    case 'E':
      return collateral(say);
    case 'F':
      return type === 'C1' ? '' : creditLine(say, type);
    case 'G':
      return type === 'C1' ? firstCreditor(say) : '';
    case 'H':
      return type === 'C1' ? '' : monthly(say, type);
    case 'J':
      return eventful(say, type);
    case 'K':
      return trades(say);
  }
}

// Reads one line of a PBOC file: its values, the key by which the bureau knows it, and what is wrong with it.
import { correction, flat, segments as layouts } from './layout.js';
import { faultsOfAccount, faultsOfStanding, type Segments } from './rules.js';
import { segmentOf, valuesOf, type Fault, type Segment } from './shape.js';
import { parsed, type XmlElement } from './xml.js';

export interface PbocRecord {
  type: string;
  /** Of the account, with the institution before it. */
  account: string;
  /** What makes the record one of its kind: no other in the bureau has it. */
  identity: string;
  /** By name of the segment; records without segments have one of their own name. */
  segments: Segments;
}

/** Null, and a fault of ABF002, for what is not such a document. */
export function readRecord(type: string, text: string): { record: PbocRecord | null; faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const document = parsed(text);
  const [root, ...more] = document?.name === 'Document' ? document.children : [];
  const name = { '210': 'InAcctInf', '212': 'InAcctMdfc' }[type] ?? flat[type]?.root;
  if (!root || more.length || root.name !== name)
    return { record: null, faults: [{ field: '0000', code: 'ABF002', words: `a document with ${name} expected` }] };
  if (type === '210') return { record: accountOf(root, faults), faults };
  if (type === '212') return { record: correctionOf(root, faults), faults };
  const values = valuesOf(root, flat[type]!.fields, faults);
  if (type === '211' && values['OdBnesCode'] === values['NwBnesCode'])
    faults.push({ field: 'NwBnesCode', code: 'CODE', words: 'the same as before' });
  if (type === '213' && values['DelStartDate']! > values['DelEndDate']!)
    faults.push({ field: 'DelEndDate', code: 'TYPE', words: 'before the start' });
  const account = values['AcctCode'] ?? values['DelRecCode'] ?? values['OdBnesCode'] ?? '';
  const further = ['DelSgmtCode', 'DelStartDate', 'DelEndDate', 'OpetnType', 'Month'].flatMap((field) => values[field] ?? []);
  return {
    record: { type, account, identity: [type, account, ...further].join('/'), segments: { [root.name]: { values, repeated: [] } } },
    faults,
  };
}

function accountOf(root: XmlElement, faults: Fault[]): PbocRecord {
  const names = Object.keys(layouts);
  const segments: Record<string, Segment> = {};
  let place = -1;
  for (const child of root.children) {
    const at = names.indexOf(child.name);
    if (at <= place)
      faults.push({ field: child.name, code: 'TAG', words: at < 0 ? 'not a segment' : 'a segment out of its order, or twice' });
    place = Math.max(place, at);
    if (at >= 0) segments[child.name] = segmentOf(child, layouts[child.name]!, faults);
  }
  const base = segments['AcctBsSgmt']?.values;
  if (!base) faults.push({ field: 'AcctBsSgmt', code: 'P1', words: 'the base segment is always there' });
  const letters = Object.keys(segments).map((name) => layouts[name]!.letter);
  if (!faults.length) faults.push(...faultsOfAccount(letters.join(''), segments));
  const account = base?.['AcctCode'] ?? '';
  return { type: '210', account, identity: ['210', account, base?.['RptDate'], base?.['RptDateCode']].join('/'), segments };
}

function correctionOf(root: XmlElement, faults: Fault[]): PbocRecord {
  const [head, body, ...more] = root.children;
  const values = head?.name === 'BsSgmt' ? valuesOf(head, correction, faults) : {};
  const [segment, ...others] = body?.name === 'MdfcSgmt' ? body.children : [];
  const layout = segment && layouts[segment.name];
  const segments: Record<string, Segment> = { BsSgmt: { values, repeated: [] } };
  if (!layout || more.length || others.length || layout.letter !== values['MdfcSgmtCode'])
    faults.push({ field: 'MdfcSgmt', code: 'TAG', words: 'BsSgmt, and in MdfcSgmt the one segment that it names, expected' });
  else segments[segment.name] = segmentOf(segment, layout, faults);
  const told = segment && segments[segment.name]?.values;
  if (!faults.length && told && 'AcctStatus' in told) faults.push(...faultsOfStanding(values['AcctType']!, told, false));
  const account = values['ModRecCode'] ?? '';
  return { type: '212', account, identity: ['212', account, values['RptDate'], values['MdfcSgmtCode']].join('/'), segments };
}

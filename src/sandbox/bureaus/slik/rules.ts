// The rules of SLIK that one row alone can break: the shape of each column, S1, and S3 to S7 across columns.
import type { Column } from './layout.js';

export type Cells = Readonly<Record<string, string>>;
export interface Fault {
  field: string;
  code: string;
  words: string;
}

const shapes: Readonly<Record<Column['type'], (text: string) => boolean>> = {
  id: (text) => /^[0-9A-Za-z]+$/.test(text),
  text: (text) => !/\p{Cc}/u.test(text),
  date: isDate,
  amount: (text) => /^(0|[1-9]\d{0,29})$/.test(text),
  count: (text) => /^(0|[1-9]\d{0,5})$/.test(text),
  percent: (text) => /^\d{1,3}(\.\d+)?$/.test(text),
  code: (text) => /^[0-9A-Za-z]+$/.test(text),
};

export function* faultsOfCells(columns: readonly Column[], cells: Cells): Generator<Fault> {
  for (const { name, type, required, codes } of columns) {
    const text = cells[name]!;
    if (text === '') {
      if (required) yield { field: name, code: 'REQUIRED', words: 'it must not be empty' };
    } else if (!shapes[type](text)) yield { field: name, code: 'S1', words: `${type} expected` };
    else if (codes && !codes.has(text)) yield { field: name, code: 'CODE', words: `one of ${[...codes].join(' ')} expected` };
    else if (name === 'sektorEkonomi' && text.length !== 6) yield { field: name, code: 'CODE', words: 'six characters expected' };
  }
}

/** Of an account, in F01 or F06, whose cells have their shape. */
export function* faultsOfAccount(cells: Cells): Generator<Fault> {
  const { kualitas, kondisi, valuta } = cells;
  for (const field of ['tanggalMacet', 'sebabMacet'])
    if ((kualitas === '5') !== (cells[field] !== '')) yield { field, code: 'S3', words: 'filled if and only if kualitas is 5' };
  if ((kondisi !== '00') !== (cells.tanggalKondisi !== ''))
    yield { field: 'tanggalKondisi', code: 'S4', words: 'filled if and only if kondisi is not 00' };
  const arrears = ['tunggakanPokok', 'tunggakanBunga', 'tunggakan'].filter((field) => field in cells);
  if (cells.jumlahHariTunggakan === '0')
    for (const field of [...arrears, 'frekuensiTunggakan'])
      if ((cells[field] ?? '0') !== '0') yield { field, code: 'S5', words: 'nothing is in arrears without a day late' };
  if ('bakiDebet' in cells && BigInt(cells.tunggakanPokok!) > BigInt(cells.bakiDebet!))
    yield { field: 'bakiDebet', code: 'S5', words: 'all principal owed, so not less than what of it is in arrears' };
  if ((valuta !== 'IDR') !== (cells.nilaiMataUangAsal !== ''))
    yield { field: 'nilaiMataUangAsal', code: 'S6', words: 'filled if and only if valuta is not IDR' };
  if (kondisi === '02' || kondisi === '12')
    for (const field of ['denda', ...arrears])
      if ((cells[field] ?? '0') !== '0') yield { field, code: 'S7', words: `0 expected with kondisi ${kondisi}` };
  if (kondisi === '04' && kualitas !== '5') yield { field: 'kualitas', code: 'S7', words: '5 expected with kondisi 04' };
}

function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(text)?.map(Number) ?? [];
  if (!year || !month || !day || month > 12) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]!;
}

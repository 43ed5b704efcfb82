// How one record's facts become SLIK's columns: dates, rupiah, identifiers, words and codes, or a fault that names the column.
import { FileFault, type DateText, type FileRecord } from '../../bureau-file.js';
import { toRupiah, toWhole } from './rupiah.js';
import type { CodeName } from './codes.js';

type Codes = Readonly<Record<string, string>> | undefined;

/** Says columns of one record. Each answer is the text of the column, never with a bar or a break of line in it. */
export class Columns {
  private readonly sources: readonly Codes[];

  /** @param more codes of the party or collateral that is told; they come before those of the account */
  constructor(
    private readonly record: FileRecord,
    more?: Codes,
  ) {
    this.sources = [more, record.account.codes];
  }

  fault(column: string, rule: string, words: string): never {
    throw new FileFault(this.record.key, column, rule, words);
  }

  /** A number that SLIK knows something by for good: letters and digits alone, and never mended, since two could become one. */
  identifier(column: string, value: string): string {
    if (!/^[0-9A-Za-z]+$/.test(value)) this.fault(column, 'S1', 'letters and digits alone expected');
    return value;
  }

  /** A number that is often written with dots and blanks, e.g. `01.234.567.8-901.000` → `012345678901000`. Empty when there is none. */
  number(value: string | undefined): string {
    return (value ?? '').replace(/[^0-9A-Za-z]/g, '');
  }

  /** As `number`, but has to be there. */
  neededNumber(column: string, value: string | undefined): string {
    return this.number(value) || this.fault(column, 'REQUIRED', 'a number expected');
  }

  /** Names, addresses and the like: bars, breaks of line and runs of blanks become one blank. */
  words(value: string | undefined): string {
    return (value ?? '').replace(/[|\p{Cc}\s]+/gu, ' ').trim();
  }

  /** As `words`, but has to be there. */
  neededWords(column: string, value: string | undefined): string {
    return this.words(value) || this.fault(column, 'REQUIRED', 'it has to be told');
  }

  /** `2024-02-29` → `20240229`, empty when there is none. */
  date(column: string, value: DateText | undefined): string {
    if (!value) return '';
    const [year, month, day] = value.split('-').map(Number);
    const at = new Date(Date.UTC(year ?? NaN, (month ?? NaN) - 1, day ?? NaN));
    if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== value) this.fault(column, 'S1', 'a calendar date expected');
    return value.replaceAll('-', '');
  }

  /** As `date`, but has to be there. */
  neededDate(column: string, value: DateText | undefined): string {
    return this.date(column, value) || this.fault(column, 'REQUIRED', 'a date expected');
  }

  /** A sum in the currency of the account, in whole rupiah, halves up. */
  rupiah(column: string, amount: string): string {
    const { currency } = this.record.account;
    const kurs = currency === 'IDR' ? '1' : this.given('kurs');
    if (!kurs) this.fault('kurs', 'S6', `the rupiah of one ${currency} has to be told in the code kurs`);
    return toRupiah(amount, kurs) ?? this.fault(column, 'S1', 'a decimal that is not negative expected, and such a kurs');
  }

  /** The sum in the currency of the account where that is not the rupiah, in whole units; else empty. */
  foreign(column: string, amount: string): string {
    if (this.record.account.currency === 'IDR') return '';
    return toWhole(amount) ?? this.fault(column, 'S1', 'a decimal that is not negative expected');
  }

  count(column: string, value: number): string {
    return Number.isSafeInteger(value) && value >= 0 ? String(value) : this.fault(column, 'S1', 'a count expected');
  }

  /** Percent, as it is told: `12.5`. */
  percent(column: string, value: string | undefined): string {
    if (value === undefined) return '';
    return /^\d{1,3}(\.\d+)?$/.test(value) ? value : this.fault(column, 'S1', 'percent expected');
  }

  /** A code that has to be there: the tenant's, or else the fallback. */
  code(name: CodeName, fallback?: string): string {
    const code = this.given(name) ?? fallback;
    if (!code) this.fault(name, 'CODE', `the code ${name} has to be told`);
    return this.identifier(name, code);
  }

  /** A code that may be left out. */
  optionalCode(name: CodeName): string {
    const code = this.given(name);
    return code ? this.identifier(name, code) : '';
  }

  /** Whole rupiah that only the tenant's settings know; may be left out. */
  optionalAmount(name: CodeName): string {
    const amount = this.given(name) ?? '';
    return /^\d*$/.test(amount) ? amount : this.fault(name, 'S1', 'whole rupiah expected');
  }

  /** A code that has to be one of a list. */
  listed(column: string, code: string, list: readonly string[]): string {
    return list.includes(code) ? code : this.fault(column, 'CODE', `${list.join(', ')} expected`);
  }

  /** What the tenant's settings say under a name; empty text is nothing. */
  given(name: CodeName): string | undefined {
    for (const codes of this.sources) if (codes?.[name]) return codes[name];
    return undefined;
  }
}

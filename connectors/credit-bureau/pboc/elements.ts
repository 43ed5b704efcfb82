// How one record's facts become the texts of PBOC's elements: codes, dates, yuan and counts, or a fault that names the element.
import { FileFault, type DateText, type FileHeader, type FileRecord } from '../../bureau-file.js';
import type { CodeName } from './codes.js';
import { escaped } from './xml.js';
import { toYuan } from './yuan.js';

type Codes = Readonly<Record<string, string>> | undefined;

/** Says elements of one record; empty text is an element that is left out. */
export class Elements {
  /** The day on which the record is reported. */
  readonly reportedOn: DateText;

  constructor(
    readonly record: FileRecord,
    readonly header: FileHeader,
  ) {
    this.reportedOn = header.period.to;
    if (record.account.currency !== 'CNY') this.fault('Cy', 'CODE', 'CNY expected');
  }

  fault(element: string, rule: string, words: string): never {
    throw new FileFault(this.record.key, element, rule, words);
  }

  /** PBOC knows an account by the institution's fourteen characters and the institution's own number, at most 60 together. */
  account(element: string, ref: string | undefined): string {
    if (!/^[0-9A-Za-z]{1,46}$/.test(ref ?? '')) this.fault(element, 'TYPE', 'at most 46 letters and digits expected');
    return this.header.reporter.code + ref!;
  }

  /** P4: nothing that is told to have happened is later than the report. Due dates are not such. */
  past(element: string, date: DateText | undefined): string {
    const text = this.date(element, date);
    if (text > this.reportedOn) this.fault(element, 'P4', `it is later than ${this.reportedOn}, the day of the report`);
    return text;
  }

  date(element: string, date: DateText | undefined): string {
    if (!date) return '';
    const at = new Date(`${date}T00:00:00Z`);
    if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== date) this.fault(element, 'TYPE', 'a calendar date expected');
    return date;
  }

  /** Whole yuan, halves up. */
  yuan(element: string, amount: string, percent?: number): string {
    return toYuan(amount, percent) ?? this.fault(element, 'TYPE', 'a decimal that is not negative expected');
  }

  count(element: string, value: number): string {
    return Number.isSafeInteger(value) && value >= 0 ? String(value) : this.fault(element, 'TYPE', 'a count expected');
  }

  /** Text that has to be there. */
  needed(element: string, value: string | undefined): string {
    return value && escaped(value) ? value : this.fault(element, 'REQUIRED', 'it has to be told');
  }

  /** The code that the tenant set, of a party or collateral before that of the account, or else the fallback. */
  code(name: CodeName, fallback?: string, of?: Codes): string {
    const code = of?.[name] || this.record.account.codes[name] || fallback;
    if (!code) this.fault(name, 'CODE', `the code ${name} has to be told`);
    if (!/^[0-9A-Za-z]+$/.test(code)) this.fault(name, 'CODE', 'letters and digits expected');
    return code;
  }

  /** As `code`, but may be left out. */
  optionalCode(name: CodeName, of?: Codes): string {
    return of?.[name] || this.record.account.codes[name] ? this.code(name, undefined, of) : '';
  }
}

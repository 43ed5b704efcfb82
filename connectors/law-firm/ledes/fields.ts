// Whether one field of a LEDES file is what its column wants, and in words why not.
import type { Kind } from './columns.js';

export interface FieldFault {
  code: 'TOO_LONG' | 'NOT_A_DATE' | 'NOT_A_NUMBER' | 'NOT_A_TYPE' | 'NOT_A_CURRENCY' | 'NOT_AN_ACCOUNT_TYPE' | 'NOT_A_RATE';
  words: string;
}

const isDate = (text: string): boolean => {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(text) ?? [];
  const read = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return year !== undefined && year >= '1900' && !Number.isNaN(read.getTime()) && read.toISOString().startsWith(`${year}-${month}-${day}`);
};

/** Words never repeat what is in the field: a description may name people. */
export function faultOf(kind: Kind, text: string): FieldFault | null {
  switch (kind.is) {
    case 'text':
      return text.length > kind.most ? { code: 'TOO_LONG', words: `has ${text.length} characters, ${kind.most} at most` } : null;
    case 'date':
      return isDate(text) ? null : { code: 'NOT_A_DATE', words: 'is not a date YYYYMMDD' };
    case 'number': {
      const fits = new RegExp(`^-?\\d{1,${kind.whole}}(\\.\\d{1,${kind.decimals}})?$`).test(text);
      return fits ? null : { code: 'NOT_A_NUMBER', words: `is not a number of ${kind.whole} digits and ${kind.decimals} decimals at most` };
    }
    case 'code':
      return /^(E|F|IF|IE)$/.test(text) ? null : { code: 'NOT_A_TYPE', words: 'is none of E, F, IF, IE' };
    case 'currency':
      return /^[A-Z]{3}$/.test(text) ? null : { code: 'NOT_A_CURRENCY', words: 'is not a currency of ISO 4217' };
    case 'account':
      return /^[OT]$/.test(text) ? null : { code: 'NOT_AN_ACCOUNT_TYPE', words: 'is neither O nor T' };
    case 'rate':
      return /^(0|1|1\.0{1,10}|0?\.\d{1,10})$/.test(text) ? null : { code: 'NOT_A_RATE', words: 'is not a share from 0 to 1' };
  }
}

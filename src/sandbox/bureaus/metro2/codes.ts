// The values that a coded field may have, field by field.
import type { Note } from './problems.js';
import type { Said } from './said.js';

interface List {
  field: string;
  values: RegExp;
  code: string;
}
const list = (field: string, values: RegExp, code = 'CODE'): List => ({ field, values, code });

/** Bankruptcy codes with those of their removal; W, X and Y went out of use in 2010. */
const consumerInformation = /^([A-HZVQSU]|1A|)$/;
const consumer = [
  list('Generation code', /^[JS2-9]?$/),
  list('ECOA code', /^[12357TWXZ]$/),
  list('Consumer information indicator', consumerInformation, 'M15'),
];
const address = [list('Address indicator', /^[CYNMSBUDP]?$/), list('Residence code', /^[OR]?$/)];

const statuses = /^(05|11|13|6[1-5]|71|78|8[023489]|9[34567]|DA|DF)$/;

export const baseCodes = [
  list('Processing indicator', /^[01]$/),
  list('Correction indicator', /^[01]$/),
  list('Identification number', /^(?!0+$|9+$)[0-9A-Z]{5,20}$/),
  list('Consumer account number', /^[0-9A-Z]+$/),
  list('Portfolio type', /^[CIMORL]$/),
  list('Account type', /^[0-9A-Z]{2}$/),
  list('Terms frequency', /^[DPWBEMLQTSY]?$/),
  list('Payment rating', /^[0-6GL]?$/, 'M1'),
  list('Payment history profile', /^[0-6BDEGHJKLZ]{24}$/, 'M6'),
  list('Special comment', /^[A-Z]{0,2}$/),
  list('Compliance condition code', /^(X[A-HJR]|)$/, 'M7'),
  list('Interest type indicator', /^[FV]?$/),
  ...consumer,
  ...address,
];
export const segmentCodes: Readonly<Record<string, readonly List[]>> = {
  J1: consumer,
  J2: [...consumer, ...address],
  K1: [list('Creditor classification', /^(0[1-9]|1[0-5])$/)],
  K2: [list('Purchased/sold indicator', /^[129]$/)],
  K3: [list('Agency identifier', /^0[0-2]$/)],
  K4: [list('Specialized payment indicator', /^0[12]$/)],
  L1: [list('Change indicator', /^[123]$/)],
};

export function checkCodes(said: Said, lists: readonly List[] | undefined, note: Note): void {
  for (const { field, values, code } of lists ?? [])
    if (!values.test(said.text(field))) note(field, code, `${said.text(field) || 'nothing'} is not in its list`);
}

/** M7, and M15: a bankruptcy has codes of its own, in another field. */
export function checkStatus(said: Said, note: Note): void {
  const status = said.text('Account status');
  if (statuses.test(status)) return;
  const bankruptcy = status !== '' && (consumerInformation.test(status.trim()) || /^[WXY]$/.test(status.trim()));
  note(
    'Account status',
    bankruptcy ? 'M15' : 'M7',
    `${status || 'nothing'} is ${bankruptcy ? 'said in the consumer information indicator' : 'not in its list'}`,
  );
}

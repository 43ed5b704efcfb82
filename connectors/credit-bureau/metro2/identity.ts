// By which numbers the bureau knows the reporter and the account, and how a change of them is told (M13).
import { FileFault, type FileRecord } from '../../bureau-file.js';
import { codeOf, type Metro2Settings } from './settings.js';

const oneCharacter = /^(0+|9+)$/;

/** The number of an account in the file: the former one in the record that tells that it changed. */
export function accountNumber(record: FileRecord, settings: Metro2Settings): string {
  const { account, action } = record;
  return numberOf(record, (action === 'IDENTIFIER' && account.formerAccountRef) || account.accountRef, settings);
}

export function accountNumbers(record: FileRecord, reporter: string, settings: Metro2Settings) {
  const former = record.action === 'IDENTIFIER' ? codeOf(record, 'formerIdentification') : undefined;
  return {
    identificationNumber: identification(record.key, former ?? reporter),
    consumerAccountNumber: accountNumber(record, settings),
  };
}

/** 1 another account number, 2 another identification number, 3 both. */
export function changeOf(record: FileRecord, reporter: string, settings: Metro2Settings) {
  const { account, action, key } = record;
  if (action !== 'IDENTIFIER') return null;
  const newAccountNumber = numberOf(record, account.accountRef, settings);
  const renumbered = newAccountNumber !== accountNumber(record, settings);
  const former = codeOf(record, 'formerIdentification');
  const reidentified = former !== undefined && former !== reporter;
  if (!renumbered && !reidentified)
    throw new FileFault(key, 'change', 'M13', 'neither the account number nor the identification number changed');
  return {
    change: (renumbered ? 1 : 0) + (reidentified ? 2 : 0),
    ...(renumbered && { newAccountNumber }),
    ...(reidentified && { newIdentificationNumber: reporter }),
  };
}

export function identification(key: string, number: string): string {
  if (!/^[0-9A-Z]{5,20}$/.test(number) || oneCharacter.test(number))
    throw new FileFault(key, 'identificationNumber', 'LAYOUT', 'it is 5 to 20 of A–Z and 0–9, and not all 0 or 9');
  return number;
}

function numberOf({ borrower, key }: FileRecord, accountRef: string, settings: Metro2Settings): string {
  const number = settings.accountNumber?.(accountRef) ?? accountRef;
  const field = 'consumerAccountNumber';
  if (!/^[0-9A-Z]{1,30}$/.test(number)) throw new FileFault(key, field, 'LAYOUT', 'it is 1 to 30 of A–Z and 0–9');
  const own = borrower.idNumber?.replace(/\D/g, '');
  if (own?.length === 9 && number.includes(own)) throw new FileFault(key, field, 'LAYOUT', 'it holds the social security number');
  return number;
}

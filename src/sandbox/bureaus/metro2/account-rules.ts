// What a record has to say of terms, consumers, creditors and numbers: M9 to M13.
import type { Note } from './problems.js';
import type { Metro2Record } from './record.js';
import { zero } from './status-rules.js';

const inBaseOf: Readonly<Record<string, { duration: RegExp; limit?: (amount: number) => boolean }>> = {
  C: { duration: /^LOC$/, limit: (amount) => amount > 0 },
  I: { duration: /^(?!000)\d{3}$/, limit: (amount) => amount === 0 },
  M: { duration: /^(?!000)\d{3}$/, limit: (amount) => amount === 0 },
  O: { duration: /^001$/ },
  R: { duration: /^REV$/, limit: (amount) => amount > 0 },
  L: { duration: /^(?!000)\d{3}$/ },
};

export const accountRules: readonly ((record: Metro2Record, note: Note) => void)[] = [
  function m9({ base, consumers }, note) {
    for (const { said, where } of consumers) {
      const number = said.text('Social security number');
      const known = hasNumber(number);
      if (known && number.startsWith('9'))
        note('Social security number', 'CODE', `in ${where}: a number of nine digits that begins with 9 is none`);
      if (!known && !said.date('Date of birth'))
        note('Social security number', 'M9', `in ${where}: neither this nor a date of birth is said`);
      if (known && base.text('Consumer account number').includes(number))
        note('Consumer account number', 'CODE', 'it holds a social security number');
    }
  },
  function m10({ base, one }, note) {
    const portfolio = base.text('Portfolio type');
    const expected = inBaseOf[portfolio];
    if (!expected) return;
    if (!expected.duration.test(base.text('Terms duration'))) note('Terms duration', 'M10', `it does not go with portfolio ${portfolio}`);
    if (expected.limit && !expected.limit(base.number('Credit limit')))
      note('Credit limit', 'M10', `it does not go with portfolio ${portfolio}`);
    if (portfolio === 'O' && base.number('Scheduled monthly payment amount') > 0)
      note('Scheduled monthly payment amount', 'M10', 'an open account has none');
    const k4 = one('K4');
    const kind = k4?.text('Specialized payment indicator');
    if ((base.text('Terms frequency') === 'D') !== (kind === '02')) note('Terms frequency', 'M10', 'D goes with a K4 of deferred payment');
    if (kind === '02' && !k4?.date('Deferred payment start date')) note('Deferred payment start date', 'M10', 'a deferred payment has one');
    if (kind === '01' && !(k4?.date('Balloon payment due date') && k4.number('Balloon payment amount') > 0))
      note('Balloon payment due date', 'M10', 'a balloon has a date and an amount');
  },
  function m11({ base, one }, note) {
    const sold = base.text('Special comment') === 'AH';
    const indicator = one('K2')?.text('Purchased/sold indicator');
    if (sold !== (indicator === '2')) note('Special comment', 'M11', 'AH goes with a K2 that names the buyer');
    if (base.text('Account type') === '0C' && indicator !== '1' && indicator !== '2')
      note('Purchased/sold indicator', 'M11', 'who bought a debt names the seller');
    if (!sold) return;
    zero(base, note, 'M11', 'it is owed to the buyer');
    if (!base.date('Date closed')) note('Date closed', 'M11', 'it is the day of the sale');
  },
  function m12({ base, one }, note) {
    if (/^(48|0C)$/.test(base.text('Account type')) && !one('K1'))
      note('Original creditor name', 'M12', 'agencies and buyers name the original creditor');
  },
  function m13({ base, one }, note) {
    const l1 = one('L1');
    if (!l1) return;
    const change = l1.number('Change indicator');
    const account = l1.text('New consumer account number');
    const reporter = l1.text('New identification number');
    if ((account !== '') !== (change === 1 || change === 3))
      note('New consumer account number', 'M13', `it does not go with change ${change}`);
    if ((reporter !== '') !== (change === 2 || change === 3))
      note('New identification number', 'M13', `it does not go with change ${change}`);
    if (account && account === base.text('Consumer account number')) note('New consumer account number', 'M13', 'it is the old one');
    if (reporter && reporter === base.text('Identification number')) note('New identification number', 'M13', 'it is the old one');
    if (account && !/^[0-9A-Z]+$/.test(account)) note('New consumer account number', 'CODE', 'letters and digits expected');
  },
];

/** All zeros and all nines say that it is not known. */
export const hasNumber = (socialSecurityNumber: string) => !/^(0+|9+)$/.test(socialSecurityNumber);

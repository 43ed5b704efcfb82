// The side of a United States bureau: every record is answered, accepted or refused, in the CSV that the bank's side reads.
import { stringify } from 'csv-stringify/sync';
import type { HeldAccount, Memory, TakeDelivery } from '../memory.js';
import { readMetro2, type Metro2Ledger, type Metro2Record } from '../metro2.js';

export const deskOfMetro2: TakeDelivery = async (files, memory) => {
  const answers = [];
  for (const { name, bytes } of files) {
    const records: Metro2Record[] = [];
    // A correction of the last period is not compared with it.
    const previous = memory.before && activityOf(bytes) > memory.before.activity ? recalled(memory.before) : undefined;
    const { problems, ledger } = await readMetro2(bytes, { ...(previous && { previous }), onRecord: (record) => records.push(record) });
    const whole = problems.filter(({ key }) => key === null);
    const refused = new Set(problems.map(({ key }) => key));
    const numberOf = ({ base }: Metro2Record) => base.text('Consumer account number');
    if (!whole.length) {
      for (const record of records) if (!refused.has(numberOf(record))) take(record, numberOf(record), memory);
      const { activity, accounts, retired } = ledger;
      const sameMonth = memory.before?.activity === activity ? memory.before.accounts : [];
      if (!memory.before || activity >= memory.before.activity)
        memory.before = { activity, accounts: [...new Map([...sameMonth, ...accounts])], retired: [...retired] };
    }
    const line = (level: string, key: string, code: string, field: string, message: string, result: string) => ({
      level,
      file: name,
      key,
      code,
      field,
      message,
      result,
    });
    answers.push({
      name: `${name.replace(/\.txt$/, '')}.ack.csv`,
      bytes: Buffer.from(
        stringify(
          [
            line('FILE', '', whole[0]?.code ?? '', whole[0]?.field ?? '', whole[0]?.words ?? '', whole.length ? 'REJECTED' : 'ACCEPTED'),
            ...(whole.length
              ? []
              : [
                  ...problems.map(({ key, code, field, words }) => line('RECORD', key!, code, field, words, 'REJECTED')),
                  ...records.map(numberOf).flatMap((key) => (refused.has(key) ? [] : [line('RECORD', key, '', '', '', 'ACCEPTED')])),
                ]),
          ],
          { header: true },
        ),
      ),
    });
  }
  return answers;
};

/** As the header says it, MMDDYYYY; `YYYY-MM-DD`. */
const activityOf = (bytes: Buffer): string => {
  const text = bytes.subarray(47, 55).toString('latin1');
  return `${text.slice(4)}-${text.slice(0, 2)}-${text.slice(2, 4)}`;
};

const recalled = ({ activity, accounts, retired }: NonNullable<Memory['before']>): Metro2Ledger => ({
  activity,
  accounts: new Map(accounts) as Metro2Ledger['accounts'],
  retired: new Set(retired),
});

function take(record: Metro2Record, number: string, memory: Memory): void {
  const { base } = record;
  const changed = record.one('L1')?.text('New consumer account number');
  if (changed) delete memory.accounts[number];
  const status = base.text('Account status');
  if (status === 'DA' || status === 'DF') delete memory.accounts[number];
  else memory.accounts[changed || number] = heldOf(base);
}

const kept = ['Account status', 'Current balance', 'Amount past due', 'Date of first delinquency', 'Payment history profile'] as const;
const heldOf = (base: Metro2Record['base']): HeldAccount => ({
  said: Object.fromEntries(kept.map((name) => [name, base.text(name)])),
  outstanding: base.number('Current balance') ?? 0,
});

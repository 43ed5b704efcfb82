// Metro 2 files: what a record says arrives at the bureau field by field, on every day, and the same way each time.
import fc from 'fast-check';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileRecord } from '../../connectors/bureau-file.js';
import { createMetro2 } from '../../connectors/credit-bureau/metro2/format.js';
import { readMetro2 } from '../../src/sandbox/bureaus/metro2.js';
import { changed, fileOf, headerOf, problemsOf, recordOf, stream } from '../support/metro2.js';
import { daysLater, names, periods } from '../support/random-metro2.js';

const us = (date: string | undefined) => (date ? date.slice(5, 7) + date.slice(8) + date.slice(0, 4) : '00000000');
const nine = (amount: number) => String(amount).padStart(9, '0');
/** Cents as integers, half a dollar up. */
const whole = (...sums: (string | undefined)[]) =>
  nine(Math.floor((sums.reduce((total, sum) => total + Math.round(Number(sum ?? 0) * 100), 0) + 50) / 100));
const total = ({ fees, interest, penalties, principal }: FileRecord['standing']['outstanding']) =>
  whole(principal, interest, fees, penalties);
const bucket = (days: number) => Math.min(6, Math.floor(days / 30));
const marks = { DISPUTED: 'XB', DISPUTE_RESOLVED: 'XH', DISPUTE_RESOLVED_DISAGREES: 'XC', REMOVE: 'XR' };
const letters = { NOT_REPORTED: 'D', WRITTEN_OFF: 'L', IN_COLLECTION: 'G', ZERO_BALANCE: 'E', NO_HISTORY: 'B' };

/** What has to stand at each place, by the test's own reading of the record: status by case, the rest by rule. */
function expected(
  { account, action, associates, borrower, mark, standing }: FileRecord,
  asOf: string,
): [from: number, to: number, text: string][] {
  const past = standing.history.find((each) => typeof each === 'number' || /OFF|COLL/.test(each));
  const { state, writtenOff } = standing;
  const statusOf = () => {
    if (action === 'DELETE') return 'DA';
    if (action === 'DELETE_FRAUD') return 'DF';
    if (state === 'ACTIVE') return ['11', '71', '78', '80', '82', '83', '84'][bucket(standing.daysPastDue)]!;
    if (state === 'WRITTEN_OFF' || (state === 'SOLD' && writtenOff)) return '97';
    if (state === 'PAID' && writtenOff) return '64';
    if (state === 'PAID' && past === 'IN_COLLECTION') return '62';
    return { SOLD: '05', IN_COLLECTION: '93', PAID: '13', CANCELLED: '13' }[state];
  };
  const status = statusOf();
  const behind = daysLater(standing.firstDelinquencyOn!, 30);
  const letter = { WRITTEN_OFF: 'L', IN_COLLECTION: 'G' }[String(past)];
  const lastLate =
    state === 'SOLD' ? bucket(standing.daysPastDue) : Math.max(bucket(Number(past) || 0), behind <= standing.stateSince ? 1 : 0);
  const rating = status === '05' || status === '13' ? (letter ?? String(lastLate)) : ' ';
  const current = status === '11' || rating === '0';
  const first = current ? (borrower.insolvency === 'A' ? daysLater(asOf, -400) : undefined) : behind;
  const nothing = state === 'SOLD' || ['13', '62', '64'].includes(status);
  const { family, given } = borrower.name;
  const [, surname, suffix] = /^(.*?)( Jr\.| III| SR)?$/.exec(family!)!;
  const [firstName, middle] = names.given[given as keyof typeof names.given];
  const revolving = account.kind === 'REVOLVING' || account.kind === 'LINE_OF_CREDIT';
  const roles = associates.map(({ role }) => role);
  const late = standing.overdueFrom30Days === undefined ? total(standing.overdue) : whole(standing.overdueFrom30Days);
  return [
    [6, 19, `${us(asOf)}235958`],
    [20, 20, action === 'CORRECT' ? '1' : '0'],
    [21, 40, '12345AB'],
    [43, 72, action === 'IDENTIFIER' ? account.formerAccountRef! : account.accountRef],
    [73, 73, { INSTALMENT: 'I', MORTGAGE: 'M', REVOLVING: 'R', LINE_OF_CREDIT: 'C', OPEN: 'O' }[account.kind]],
    [74, 75, account.codes['accountType']!],
    [76, 83, us(account.openedOn)],
    [84, 92, revolving || account.kind === 'OPEN' ? whole(account.creditLimit) : nine(0)],
    [124, 125, status],
    [126, 126, rating],
    [
      127,
      150,
      standing.history
        .map((each) => (typeof each === 'number' ? String(bucket(each)) : letters[each]))
        .join('')
        .padEnd(24, 'B'),
    ],
    [151, 152, state === 'SOLD' ? 'AH' : state === 'CANCELLED' ? 'M' : ''],
    [153, 154, mark ? marks[mark] : ''],
    [106, 114, nothing || account.kind === 'OPEN' ? nine(0) : whole(standing.regularPayment)],
    [115, 123, whole(standing.paidInPeriod)],
    [155, 163, nothing ? nine(0) : total(standing.outstanding)],
    [164, 172, nothing || status === '11' ? nine(0) : late],
    [173, 181, status === '64' || status === '97' ? whole(writtenOff!.amount) : nine(0)],
    [182, 189, us(['13', '62', '64'].includes(status) ? standing.stateSince : asOf)],
    [190, 197, us(status.startsWith('D') ? undefined : first)],
    [198, 205, us(['PAID', 'SOLD', 'CANCELLED'].includes(state) ? standing.stateSince : undefined)],
    [206, 213, us(standing.lastPayment?.on)],
    [214, 214, account.interestFixed === undefined ? '' : account.interestFixed ? 'F' : 'V'],
    [232, 256, names.family[surname as keyof typeof names.family]],
    [257, 276, firstName],
    [277, 296, middle],
    [297, 297, names.generation[(suffix ?? '') as keyof typeof names.generation]],
    [298, 306, borrower.idNumber ?? nine(0)],
    [307, 314, us(borrower.bornOn)],
    [
      315,
      324,
      { '+1 (312) 555-0199': '3125550199', '3125550100': '3125550100' }[borrower.phones.find((each) => each !== '12') ?? ''] ??
        '0000000000',
    ],
    [325, 325, roles.includes('JOINT') ? '2' : roles.includes('GUARANTOR') ? '7' : '1'],
    [326, 327, borrower.insolvency ?? ''],
    [330, 361, '12 ELM STREET'],
    [362, 393, 'APT 4'],
    [394, 413, borrower.address!.city!.toUpperCase().slice(0, 20)],
    [414, 415, 'IL'],
    [416, 424, borrower.address!.postalCode!.replace('-', '')],
  ];
}

it('says of any account what its record says, without a problem, and the same each time', () =>
  fc.assert(
    fc.asyncProperty(periods, async ({ asOf, records }) => {
      const text = await fileOf(records, asOf);
      expect(await problemsOf(text)).toEqual([]);
      const lines = text.split('\n').slice(1, -2);
      const wrong = records.flatMap((record, i) =>
        expected(record, asOf)
          .map(([from, to, said]) => ({ key: record.key, from, said: said.padEnd(to - from + 1), stands: lines[i]!.slice(from - 1, to) }))
          .filter(({ said, stands }) => said !== stands),
      );
      expect(wrong).toEqual([]);
      expect(await fileOf(records, asOf)).toBe(text);
    }),
    { numRuns: 300 },
  ));

it('says of an associate what the borrower says, at the same address or at another', async () => {
  const { borrower } = recordOf();
  const away = { ...borrower.address!, lines: ['9 Oak Road'] };
  const associates = [
    { ...borrower, role: 'GUARANTOR' as const, idNumber: '234567891', address: away, bornOn: undefined },
    { ...borrower, role: 'JOINT' as const, idKind: undefined, idNumber: undefined },
  ];
  const [, line] = (await fileOf([recordOf({ rest: { associates } })], '2024-02-29')).split('\n');
  const j1 = `J1 ${'NUNEZ-ORTIZ'.padEnd(25)}${'ANNA'.padEnd(20)}${'MARIA'.padEnd(20)} 000000000${'02291980'}21755501232   `;
  const j2 = `J2 ${'NUNEZ-ORTIZ'.padEnd(25)}${'ANNA'.padEnd(20)}${'MARIA'.padEnd(20)} 234567891${'00000000'}21755501235  US${'9 OAK ROAD'.padEnd(64)}${'SPRINGFIELD'.padEnd(20)}IL627011234    `;
  expect(line!.slice(0, 4)).toBe('0726');
  expect(line!.slice(426)).toBe(j1 + j2);
});

it('takes every day of three years as the end of a period and as any of its dates', async () => {
  for (let day = '2023-01-01'; day <= '2025-12-31'; day = daysLater(day, 1)) {
    const record = recordOf({
      account: { openedOn: day },
      borrower: { bornOn: day },
      standing: {
        state: 'PAID',
        stateSince: day,
        outstanding: { principal: '0', interest: '0', fees: '0', penalties: '0' },
        lastPayment: { on: day, amount: '1' },
      },
    });
    const text = await fileOf([record], day);
    expect(await problemsOf(text)).toEqual([]);
    const [header, line] = text.split('\n');
    expect([header!.slice(47, 63), line!.slice(75, 83), line!.slice(181, 189), line!.slice(197, 213), line!.slice(306, 314)]).toEqual([
      us(day) + us(day),
      us(day),
      us(day),
      us(day) + us(day),
      us(day),
    ]);
  }
});

it('streams: chunks of whole records, totals after the last, 20,000 accounts read as they come', async () => {
  const accounts = 20_000;
  function* many() {
    for (let n = 0; n < accounts; n++) yield recordOf({ account: { accountRef: `L${n}` } });
  }
  const [file] = createMetro2().files(headerOf('2024-02-29'), async function* () {
    yield* many();
  });
  expect(() => file!.totals()).toThrow();
  const sizes: number[] = [];
  async function* watched() {
    for await (const chunk of file!.bytes()) {
      sizes.push(chunk.length);
      yield chunk;
    }
  }
  expect(await readMetro2(watched())).toMatchObject({ problems: [], records: accounts });
  expect(sizes.every((size) => size % 427 === 0 && size < 66_000)).toBe(true);
  expect(file!.totals()).toMatchObject({
    baseRecords: accounts,
    blockCount: accounts + 2,
    status11: accounts,
    status71: 0,
    birthDatesBase: accounts,
  });
});

it('names the file by reporter, period and sequence', () =>
  expect(createMetro2().files(headerOf('2024-02-29'), stream([]))[0]).toMatchObject({
    name: 'METRO2_12345AB_20240229_000007.txt',
    part: 'ALL',
  }));

const checker = process.env['METRO2_CHECK'];
(checker ? it : it.skip)(`passes the checker that METRO2_CHECK names${checker ? '' : ' (skipped: it names none)'}`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'metro2-'));
  try {
    for (const [i, { asOf, records }] of fc.sample(periods, { numRuns: 40, seed: 7 }).entries()) {
      const path = join(folder, `${i}.txt`);
      writeFileSync(path, await fileOf(records, asOf));
      execFileSync(checker!, [path], { stdio: 'pipe' });
    }
    const bad = join(folder, 'bad.txt');
    writeFileSync(bad, changed(await fileOf([recordOf()], '2024-02-29'), -1, 12, 20, '000000002'));
    expect(() => execFileSync(checker!, [bad], { stdio: 'pipe' })).toThrow();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

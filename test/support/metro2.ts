// Records for a Metro 2 file, files of them, and what the sandbox's bureau finds wrong in a file.
import type { FileAccount, FileHeader, FileParty, FileRecord, FileStanding } from '../../connectors/bureau-file.js';
import { createMetro2 } from '../../connectors/credit-bureau/metro2/format.js';
import type { Metro2Settings } from '../../connectors/credit-bureau/metro2/settings.js';
import { readMetro2, type Metro2Ledger } from '../../src/sandbox/bureaus/metro2.js';

export const headerOf = (to: string): FileHeader => ({
  reporter: { code: '12345AB', name: 'First Bank of Somewhere', address: '1 Main Street, Springfield, IL 62701', phone: '+1 217 555 0100' },
  period: { from: `${to.slice(0, 7)}-01`, to },
  createdAt: { on: to, time: '23:59:58' },
  sequence: 7,
});
export const borrower: FileParty = {
  ref: 'P1',
  kind: 'PERSON',
  name: { full: 'Anna María Núñez Ortiz', family: 'Núñez Ortiz', given: 'Anna María' },
  idKind: 'NATIONAL',
  idNumber: '123-45-6789',
  bornOn: '1980-02-29',
  address: { lines: ['12 Elm Street', 'Apt 4'], city: 'Springfield', region: 'IL', postalCode: '62701-1234', country: 'US' },
  phones: ['x', '(217) 555-0123'],
};
export const sums = (principal: string, interest = '0', fees = '0', penalties = '0') => ({ principal, interest, fees, penalties });
export const account: FileAccount = {
  accountRef: 'LOAN1',
  kind: 'INSTALMENT',
  codes: { accountType: '01' },
  currency: 'USD',
  originalPrincipal: '12000.00',
  openedOn: '2020-05-31',
  maturesOn: '2030-05-31',
  instalments: 120,
  everyMonths: 1,
  interestFixed: true,
};
export const standing: FileStanding = {
  state: 'ACTIVE',
  stateSince: '2020-05-31',
  outstanding: sums('8000.49', '20.01'),
  overdue: sums('0'),
  daysPastDue: 0,
  instalmentsOverdue: 0,
  overduePrincipalByAge: [],
  qualityClass: 1,
  qualityClassSince: '2020-05-31',
  remainingInstalments: 60,
  regularPayment: '125.50',
  dueInPeriod: '125.50',
  paidInPeriod: '125.50',
  lastPayment: { on: '2024-01-15', amount: '125.50' },
  history: [0, 0, 45, 0],
};
interface Change {
  account?: Partial<FileAccount>;
  standing?: Partial<FileStanding>;
  borrower?: Partial<FileParty>;
  rest?: Partial<FileRecord>;
}
export const recordOf = (change: Change = {}): FileRecord => {
  const whole = { ...account, ...change.account };
  return {
    key: `${whole.accountRef}/1`,
    action: 'UPDATE',
    account: whole,
    borrower: { ...borrower, ...change.borrower },
    associates: [],
    collaterals: [],
    standing: { ...standing, ...change.standing },
    ...change.rest,
  };
};

export const stream = (records: Iterable<FileRecord>) =>
  async function* () {
    yield* records;
  };

export async function fileOf(records: readonly FileRecord[], to: string, settings: Metro2Settings = {}): Promise<string> {
  const file = createMetro2(settings).files(headerOf(to), stream(records))[0]!;
  let text = '';
  for await (const chunk of file.bytes()) text += chunk.toString('latin1');
  return text;
}

export const readText = (text: string, previous?: Metro2Ledger) => readMetro2(Buffer.from(text, 'latin1'), previous && { previous });
/** `code field` of each problem. */
export const problemsOf = async (text: string, previous?: Metro2Ledger) =>
  (await readText(text, previous)).problems.map(({ code, field }) => `${code} ${field}`);

/** The file with other text at a position of one of its lines; `line` 0 is the header, -1 the trailer. */
export function changed(text: string, line: number, from: number, to: number, value: string): string {
  const lines = text.split('\n');
  const at = line < 0 ? lines.length - 1 + line : line;
  const old = lines[at]!;
  lines[at] = old.slice(0, from - 1) + value.padEnd(to - from + 1) + old.slice(to);
  return lines.join('\n');
}

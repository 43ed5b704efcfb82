// Accounts for the files of Asian bureaus: one plain, and random ones whose facts agree with one another.
import fc from 'fast-check';
import type { BureauFile, FileParty, FileRecord, FileStanding } from '../../connectors/bureau-file.js';

export type Codes = Readonly<Record<string, string>>;

/** Cents → decimal text. */
export const decimal = (cents: bigint | number): string => {
  const digits = String(cents).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

/** Decimal text of two places → whole units, halves up. */
export const whole = (text: string): string => {
  const [units, fraction = ''] = text.split('.');
  return String(BigInt(units!) + (fraction >= '5' ? 1n : 0n));
};

export const sums = (principal = '0.00', interest = '0.00', fees = '0.00', penalties = '0.00') => ({
  principal,
  interest,
  fees,
  penalties,
});

export function person(more: Partial<FileParty> = {}): FileParty {
  return {
    ref: 'B1',
    kind: 'PERSON',
    name: { full: 'Sri Wahyuni' },
    idKind: 'NATIONAL',
    idNumber: '3171234567890001',
    bornOn: '1980-02-29',
    birthPlace: 'Bandung',
    gender: 'F',
    mothersName: 'Siti',
    address: { lines: ['Jl. Melati 7', 'RT 02'], cityCode: '0394', postalCode: '12950', country: 'ID' },
    phones: ['021 555 010', '+62 812 5550 101'],
    ...more,
  };
}

export function standing(more: Partial<FileStanding> = {}): FileStanding {
  return {
    state: 'ACTIVE',
    stateSince: '2023-01-15',
    outstanding: sums('5000.00', '120.00'),
    overdue: sums(),
    daysPastDue: 0,
    instalmentsOverdue: 0,
    overduePrincipalByAge: [],
    qualityClass: 1,
    qualityClassSince: '2023-01-15',
    remainingInstalments: 8,
    regularPayment: '500.00',
    dueInPeriod: '500.00',
    paidInPeriod: '500.00',
    history: [],
    ...more,
  };
}

export interface RecordParts {
  action?: FileRecord['action'];
  account?: Partial<FileRecord['account']>;
  borrower?: Partial<FileParty>;
  standing?: Partial<FileStanding>;
  associates?: FileRecord['associates'];
  collaterals?: FileRecord['collaterals'];
  rest?: Partial<FileRecord>;
}

export function record(currency: string, codes: Codes, parts: RecordParts = {}): FileRecord {
  const account = {
    accountRef: 'L1',
    branch: '001',
    kind: 'INSTALMENT' as const,
    codes,
    currency,
    originalPrincipal: '10000.00',
    openedOn: '2023-01-15',
    maturesOn: '2024-01-15',
    instalments: 12,
    everyMonths: 1,
    interestRate: '12.5',
    ...parts.account,
  };
  return {
    key: `${account.accountRef}/1`,
    action: parts.action ?? 'UPDATE',
    account,
    borrower: person(parts.borrower),
    associates: parts.associates ?? [],
    collaterals: parts.collaterals ?? [],
    standing: standing(parts.standing),
    ...parts.rest,
  };
}

export const dayArb = (from = '2005-01-01', to = '2023-06-30') =>
  fc
    .integer({ min: Date.parse(from) / 86_400_000, max: Date.parse(to) / 86_400_000 })
    .map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10));

export const wordsArb = fc
  .array(fc.constantFrom('Budi', 'Ñandú', "O'Neil", '王芳', 'a & b', '<x>', 'Jl. Melati', '"7"', '5|6', 'line\nbreak', '𠮷'), {
    minLength: 1,
    maxLength: 4,
  })
  .map((words) => words.join(' '));

/** Sums of money and days late that agree: nothing overdue without days late, no more overdue than owed. */
export const standingArb: fc.Arbitrary<Partial<FileStanding>> = fc
  .record({
    owed: fc.bigInt({ min: 0n, max: 10n ** 13n }),
    share: fc.tuple(...Array.from({ length: 6 }, () => fc.integer({ min: 0, max: 100 }))),
    interest: fc.integer({ min: 0, max: 10 ** 9 }),
    penalties: fc.integer({ min: 0, max: 10 ** 8 }),
    late: fc.boolean(),
    daysPastDue: fc.integer({ min: 1, max: 900 }),
    qualityClass: fc.integer({ min: 1, max: 5 }),
    since: dayArb(),
    lossCause: fc.constantFrom('01', '07', '11', undefined),
  })
  .map(({ owed, share, interest, penalties, late, daysPastDue, qualityClass, since, lossCause }) => {
    const parts = share.map((each) => (late ? (owed * BigInt(each)) / 600n : 0n));
    const ages = [0, 31, 61, 91, 181];
    return {
      outstanding: sums(decimal(owed), decimal(interest), '0.00', decimal(penalties)),
      overdue: sums(
        decimal(parts.reduce((sum, part) => sum + part, 0n)),
        decimal(late ? interest : 0),
        '0.00',
        decimal(late ? penalties : 0),
      ),
      overduePrincipalByAge: ages.map((fromDays, i) => ({
        fromDays,
        toDays: ages[i + 1] ? ages[i + 1]! - 1 : null,
        principal: decimal(parts[i]! + (i ? 0n : parts[5]!)),
      })),
      daysPastDue: late ? daysPastDue : 0,
      instalmentsOverdue: late ? Math.ceil(daysPastDue / 30) : 0,
      qualityClass,
      qualityClassSince: since,
      ...(qualityClass === 5 ? { lossSince: since } : {}),
      ...(lossCause ? { lossCause } : {}),
    };
  });

/** Records as a caller gives them: by borrower and then account, each account once. */
export const inOrder = (records: readonly FileRecord[]): FileRecord[] => {
  const rising = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return [...records].sort((a, b) => rising(a.borrower.ref, b.borrower.ref) || rising(a.account.accountRef, b.account.accountRef));
};

export const streamed = (records: readonly FileRecord[]) =>
  async function* () {
    yield* records;
  };

export async function bytesOf(file: BureauFile): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of file.bytes()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export async function* inChunks(bytes: Buffer, length = 1000): AsyncGenerator<Buffer> {
  for (let from = 0; from < bytes.length; from += length) yield bytes.subarray(from, from + length);
}

/** Every day of 2023, 2024 and 2025. */
export const everyDay: readonly string[] = Array.from({ length: 1096 }, (_, i) =>
  new Date(Date.UTC(2023, 0, 1 + i)).toISOString().slice(0, 10),
);

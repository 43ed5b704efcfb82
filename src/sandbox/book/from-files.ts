// A book of files as canonical events, day by business day, with ids that are the same every time it is played.
import { daysBetween, plusDays } from '../../domain/day.js';
import type { LocalDate } from '../../domain/fact.js';
import { codesOf } from './columns.js';
import type { BookDay } from './generate.js';
import type { FileBook, FileLoan } from './read-book.js';

export const filesSource = '/core-banking/files';

interface Settings {
  tenant: string;
  /** The last business date that is played. */
  until: LocalDate;
  /** Where the files do not say it. */
  jurisdiction?: string;
}

interface Said {
  key: string;
  id: string;
  type: string;
  effectiveOn: LocalDate;
  /** Grows with the business date; a loan's account comes before all that happens to it. */
  sequence: number;
  data: Record<string, unknown>;
}

/** Only references to rows wait for their day; the events are made when it comes. */
type Telling = () => Said;

/** Every day from the first of the book to `until`, also those on which nothing happens. */
export function* daysOfFiles(book: FileBook, settings: Settings): Generator<BookDay> {
  const { tenant, until } = settings;
  const days = new Map<LocalDate, Telling[]>();
  const on = (date: LocalDate, telling: Telling) => {
    if (date > until) return;
    const day = days.get(date);
    if (day) day.push(telling);
    else days.set(date, [telling]);
  };
  const system = `${tenant}/files`;
  for (const cells of book.borrowers) on(book.firstDate, () => borrowerOf(system, cells, settings));
  for (const loan of book.loans.values()) {
    on(loan.cells['disbursed_on']!, () => accountOf(system, loan, settings));
    for (const cells of loan.payments) {
      const postedOn = cells['posted_date'] ?? cells['value_date']!;
      on(postedOn, () => paymentOf(system, loan, cells, postedOn));
      if (cells['reversed_on']) on(cells['reversed_on'], () => reversalOf(system, loan, cells));
    }
  }
  for (let date = book.firstDate; date <= until; date = plusDays(date, 1)) {
    const tellings = days.get(date) ?? [];
    days.delete(date);
    yield { businessDate: date, events: tellings.map((telling) => enveloped(telling(), tenant, date)) };
  }
}

const enveloped = ({ key, id, type, effectiveOn, sequence, data }: Said, tenant: string, date: LocalDate) => ({
  key,
  event: {
    specversion: '1.0',
    id,
    source: filesSource,
    type,
    time: `${date}T02:00:00.000Z`,
    tenantid: tenant,
    aggregateid: key,
    sequence: String(sequence).padStart(12, '0'),
    businessdate: date,
    effectivedate: effectiveOn || date,
    data,
  },
});

/** Tells an event's place in the source's order from its date alone, so that rows added later change no other. */
const sequenceOn = (date: LocalDate, after: 0 | 1): number => 2 + 2 * daysBetween('1900-01-01', date) + after;

const given = (cells: Readonly<Record<string, string>>, names: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(names).flatMap(([name, column]) => (cells[column] === undefined ? [] : [[name, cells[column]]])));

const borrowerDetails = {
  kind: 'kind',
  familyName: 'family_name',
  givenName: 'given_name',
  idKind: 'id_kind',
  taxNumber: 'tax_number',
  bornOn: 'born_on',
  birthPlace: 'birth_place',
  gender: 'gender',
  mothersName: 'mothers_name',
};
const postalParts = { city: 'city', cityCode: 'city_code', region: 'region', postalCode: 'postal_code', country: 'country' };
const accountDetails = { kind: 'kind', branch: 'branch', interestRate: 'interest_rate', creditLimit: 'credit_limit' };

function postalOf(cells: Readonly<Record<string, string>>) {
  const postal = { lines: cells['street'] === undefined ? [] : [cells['street']], ...given(cells, postalParts) };
  return postal.lines.length || Object.keys(postal).length > 1 ? { postal } : {};
}

function detailsOf(cells: Readonly<Record<string, string>>, names: Record<string, string>, more: object = {}) {
  const codes = cells['codes'] === undefined ? {} : { codes: codesOf(cells['codes']) };
  const details = { ...given(cells, names), ...more, ...codes };
  return Object.keys(details).length ? { details } : {};
}

function borrowerOf(system: string, cells: Readonly<Record<string, string>>, { jurisdiction }: Settings): Said {
  const points = (['phone', 'email', 'address'] as const).flatMap((column, i) =>
    cells[column] === undefined ? [] : [{ channel: column.toUpperCase(), value: cells[column], preferred: i === 0, consent: true }],
  );
  const key = `${system}/borrower/${cells['borrower_id']}`;
  return {
    key,
    id: `${key}/1`,
    type: 'BorrowerUpdated',
    effectiveOn: '',
    sequence: 1,
    data: {
      borrowerId: cells['borrower_id'],
      name: cells['name'],
      jurisdiction: cells['jurisdiction'] ?? jurisdiction,
      language: cells['language'] ?? 'en',
      timeZone: cells['time_zone'] ?? 'UTC',
      ...given(cells, { nationalId: 'national_id', segment: 'segment', branch: 'branch', portfolio: 'portfolio', address: 'address' }),
      contactPoints: points,
      ...detailsOf(cells, borrowerDetails, postalOf(cells)),
    },
  };
}

function accountOf(system: string, { id, cells, instalments }: FileLoan, { jurisdiction }: Settings): Said {
  const key = `${system}/${id}`;
  const ordered = [...instalments].sort((a, b) => Number(a['number']) - Number(b['number']));
  return {
    key,
    id: `${key}/account`,
    type: 'LoanAccountSnapshotted',
    effectiveOn: cells['disbursed_on']!,
    sequence: 1,
    data: {
      loanAccountId: id,
      accountNo: cells['account_no'] ?? id,
      borrowerId: cells['borrower_id'] ?? id,
      productId: cells['product_id'] ?? 'LOAN',
      productClass: cells['product_class'] ?? 'LOAN',
      jurisdiction: cells['jurisdiction'] ?? jurisdiction,
      currency: cells['currency'],
      status: 'ACTIVE',
      principal: cells['principal'],
      disbursedOn: cells['disbursed_on'],
      graceOnArrearsAgeing: Number(cells['grace_days'] ?? 0),
      ...given(cells, { arrearsTolerance: 'arrears_tolerance' }),
      ...detailsOf(cells, accountDetails),
      installments: ordered.map((each) => ({
        installmentNumber: Number(each['number']),
        dueDate: each['due_on'],
        ...Object.fromEntries(
          ['principal', 'interest', 'fee', 'penalty'].flatMap((part) => (each[part] === undefined ? [] : [[part, { due: each[part] }]])),
        ),
      })),
    },
  };
}

function paymentOf(system: string, loan: FileLoan, cells: Readonly<Record<string, string>>, postedOn: LocalDate): Said {
  const key = `${system}/${loan.id}`;
  return {
    key,
    id: `${key}/payment/${cells['payment_id']}`,
    type: 'LoanTransactionPosted',
    effectiveOn: cells['value_date']!,
    sequence: sequenceOn(postedOn, 0),
    data: {
      transactionId: cells['payment_id'],
      kind: 'REPAYMENT',
      valueDate: cells['value_date'],
      postedDate: postedOn,
      amount: cells['amount'],
      currency: loan.cells['currency'],
    },
  };
}

function reversalOf(system: string, loan: FileLoan, cells: Readonly<Record<string, string>>): Said {
  const key = `${system}/${loan.id}`;
  return {
    key,
    id: `${key}/reversal/${cells['payment_id']}`,
    type: 'LoanTransactionReversed',
    effectiveOn: cells['reversed_on']!,
    sequence: sequenceOn(cells['reversed_on']!, 1),
    data: { transactionId: cells['payment_id'], reversedOn: cells['reversed_on'] },
  };
}

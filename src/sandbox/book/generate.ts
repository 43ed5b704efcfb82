// The demo book: borrowers, loans and a year of behaviour as canonical events, day by business day; all of it from one seed.
import { plusDays } from '../../domain/day.js';
import type { LocalDate } from '../../domain/fact.js';
import { shares, type Behaviour } from './behaviour.js';
import { borrowerDetails } from './details.js';
import { sayLoan } from './loan-events.js';
import { personOf } from './people.js';
import type { Country } from './places.js';
import { randomOf } from './random.js';
import { monthsLater } from './schedule.js';

export interface BookSettings {
  seed: number;
  borrowers: number;
  loans: number;
  tenant: string;
  /** The last business date of the book, and how many months before it the first loans are made. */
  until: LocalDate;
  months: number;
}

export const demoBook: BookSettings = { seed: 1, borrowers: 2000, loans: 3000, tenant: 'demo', until: '2026-09-30', months: 12 };

export interface BookEvent {
  key: string;
  type: string;
  businessDate: LocalDate;
  effectiveDate: LocalDate;
  data: Record<string, unknown>;
}

export interface BookDay {
  businessDate: LocalDate;
  /** CloudEvents in the order in which the source says them, each with its key. */
  events: { key: string; event: Record<string, unknown> }[];
}

const system = 'core';

export function* generateBook(settings: BookSettings): Generator<BookDay> {
  const from = monthsLater(settings.until, -settings.months);
  const days = new Map<LocalDate, BookEvent[]>();
  const say = (event: BookEvent) => {
    if (event.businessDate > settings.until) return;
    const day = days.get(event.businessDate);
    if (day) day.push(event);
    else days.set(event.businessDate, [event]);
  };
  const extra = settings.loans - settings.borrowers;
  for (let number = 0, loan = 0; number < settings.borrowers; number++) {
    const count = 1 + Math.floor(((number + 1) * extra) / settings.borrowers) - Math.floor((number * extra) / settings.borrowers);
    sayBorrower(settings, number, loan, count, from, say);
    loan += count;
  }
  const sequences = new Map<string, number>();
  for (let date = from; date <= settings.until; date = plusDays(date, 1))
    yield {
      businessDate: date,
      events: (days.get(date) ?? []).map((each, i) => {
        const sequence = (sequences.get(each.key) ?? 0) + 1;
        sequences.set(each.key, sequence);
        return { key: each.key, event: envelope(settings.tenant, each, sequence, i) };
      }),
    };
}

const envelope = (tenant: string, { key, type, businessDate, effectiveDate, data }: BookEvent, sequence: number, i: number) => ({
  specversion: '1.0',
  id: `${key}/${sequence}`,
  source: '/core-banking/demo',
  type,
  time: new Date(Date.parse(`${businessDate}T02:00:00Z`) + i * 100).toISOString(),
  tenantid: tenant,
  aggregateid: key,
  sequence: String(sequence).padStart(12, '0'),
  businessdate: businessDate,
  effectivedate: effectiveDate,
  data,
});

function sayBorrower(
  settings: BookSettings,
  number: number,
  firstLoan: number,
  loans: number,
  from: LocalDate,
  say: (event: BookEvent) => void,
): void {
  const random = randomOf(settings.seed, `borrower ${number}`);
  const country = random.weighted<Country>({ ID: 55, CN: 40, US: 5 });
  const person = personOf(country, number, random);
  const borrowerId = `B${String(number + 1).padStart(5, '0')}`;
  const opened = plusDays(from, random.int(0, 100));
  const at = (key: string, type: string, on: LocalDate, data: Record<string, unknown>, effectiveDate = on) =>
    say({ key: `${settings.tenant}/${system}/${key}`, type, businessDate: on, effectiveDate, data });
  const segment = random.weighted({ RETAIL: 70, MICRO: 20, SME: 10 });
  const branch = (number % 3) + 1;
  at(`borrower/${borrowerId}`, 'BorrowerUpdated', opened, {
    borrowerId,
    name: person.name,
    jurisdiction: country,
    nationalId: person.nationalId,
    language: person.language,
    timeZone: person.town.zone,
    segment,
    branch: `${country}-${branch}`,
    portfolio: segment === 'SME' ? 'BUSINESS' : 'CONSUMER',
    address: person.address,
    contactPoints: [
      { channel: 'PHONE', value: person.phone, preferred: true, consent: true },
      { channel: 'EMAIL', value: person.email, preferred: false, consent: random.chance(0.8) },
      { channel: 'ADDRESS', value: person.address, preferred: false, consent: true },
    ],
    details: borrowerDetails(country, person, `${country}-${branch}`, randomOf(settings.seed, `details of borrower ${number}`)),
  });
  const behaviour = random.weighted<Behaviour>(shares);
  for (let i = 0; i < loans; i++)
    sayLoan(
      settings,
      { country, borrowerId, name: person.name, branch: `00${branch}` },
      firstLoan + i + 1,
      plusDays(opened, i * random.int(5, 40)),
      i === 0 || random.chance(0.6) ? behaviour : 'GOOD',
      random,
      at,
    );
}

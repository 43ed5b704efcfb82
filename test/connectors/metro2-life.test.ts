// A loan's life in monthly files: the history follows the months, and no delinquency ever gets younger while it lasts.
import fc from 'fast-check';
import type { FileRecord, FileStanding } from '../../connectors/bureau-file.js';
import type { Metro2Ledger } from '../../src/sandbox/bureaus/metro2.js';
import { changed, fileOf, problemsOf, readText, recordOf, sums } from '../support/metro2.js';
import { daysLater } from '../support/random-metro2.js';

const months = 28;
const opened = '2023-01-05';
const lastDay = (month: number) => new Date(Date.UTC(2023, month + 1, 0)).toISOString().slice(0, 10);
const days = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000;

const life = fc.record({
  dueDay: fc.integer({ min: 1, max: 31 }),
  /** By month: how many instalments are paid, and on which day of it. */
  paid: fc.array(fc.tuple(fc.constantFrom<number>(0, 0, 0, 1, 1, 2, 3), fc.integer({ min: 0, max: 27 })), {
    minLength: months,
    maxLength: months,
  }),
  collection: fc.option(fc.integer({ min: 3, max: months }), { nil: months }),
  writeOff: fc.option(fc.integer({ min: 5, max: months }), { nil: months }),
  end: fc.constantFrom<FileStanding['state'] | null>('PAID', 'SOLD', null),
});
type Life = typeof life extends fc.Arbitrary<infer T> ? T : never;

interface Month {
  asOf: string;
  record: FileRecord;
  /** Whether nothing was overdue on some day of the month. */
  caughtUp: boolean;
}

/** Each day: what falls due, what is paid, and since when it is late; a record at the end of each month. */
function live({ collection, dueDay, end, paid, writeOff }: Life): Month[] {
  const dues = Array.from({ length: months }, (_, m) => [daysLater(`${lastDay(m).slice(0, 8)}01`, dueDay - 1), lastDay(m)].sort()[0]!);
  const history: FileStanding['history'][number][] = [];
  const told: Month[] = [];
  let settled = 0;
  let first: string | undefined;
  let state: FileStanding['state'] = 'ACTIVE';
  let writtenOff: FileStanding['writtenOff'];
  for (let m = 0; m < months; m++) {
    const asOf = lastDay(m);
    let caughtUp = false;
    for (let day = `${asOf.slice(0, 8)}01`; day <= asOf; day = daysLater(day, 1)) {
      const [count, on] = paid[m]!;
      if (state === 'ACTIVE' && day === daysLater(`${asOf.slice(0, 8)}01`, on)) settled += count;
      const oldest = dues[settled];
      if (!oldest || oldest >= day) {
        caughtUp = true;
        first = undefined;
      } else if (days(oldest, day) >= 30) first ??= oldest;
    }
    const oldest = dues[settled];
    const daysPastDue = oldest && oldest < asOf ? days(oldest, asOf) : 0;
    const last = m === months - 1;
    if (first && m >= collection && state === 'ACTIVE') state = 'IN_COLLECTION';
    if (first && m >= writeOff && state !== 'WRITTEN_OFF') {
      state = 'WRITTEN_OFF';
      writtenOff = { on: asOf, amount: '900.00' };
    }
    const now = last && end ? end : state;
    const over = now === 'PAID';
    const record = recordOf({
      account: { openedOn: opened },
      standing: {
        state: now,
        stateSince: asOf,
        daysPastDue: over ? 0 : daysPastDue,
        outstanding: sums(over ? '0' : '900.00'),
        overdue: sums(over ? '0' : '100.00'),
        lastPayment: undefined,
        history: [...history].slice(0, 24),
        ...(first && { firstDelinquencyOn: first }),
        ...(writtenOff && { writtenOff }),
        ...(now === 'SOLD' && { sale: { buyer: 'Summit Assets', buyerReports: true, stillManaged: false } }),
      },
    });
    told.push({ asOf, record, caughtUp });
    history.unshift(state === 'ACTIVE' ? daysPastDue : state === 'IN_COLLECTION' ? 'IN_COLLECTION' : 'WRITTEN_OFF');
  }
  return told;
}

it('passes the bureau month after month, with each delinquency as old as it is', () =>
  fc.assert(
    fc.asyncProperty(life, async (each) => {
      let ledger: Metro2Ledger | undefined;
      let before: { delinquency: string; profile: string } | undefined;
      for (const { asOf, caughtUp, record } of live(each)) {
        const text = await fileOf([record], asOf);
        const reading = await readText(text, ledger);
        expect({ asOf, problems: reading.problems }).toEqual({ asOf, problems: [] });
        ledger = reading.ledger;
        const line = text.split('\n')[1]!;
        const delinquency = line.slice(193, 197) + line.slice(189, 193);
        const profile = line.slice(126, 150);
        if (before) {
          expect(profile.slice(1)).toBe(before.profile.slice(0, 23));
          const lasted = !caughtUp && delinquency > '00000000' && before.delinquency > '00000000';
          if (lasted) expect(delinquency <= before.delinquency).toBe(true);
        }
        before = { delinquency, profile };
      }
    }),
    { numRuns: 100 },
  ));

it('is refused once it gets younger', async () => {
  const untouched = {
    dueDay: 10,
    paid: Array.from({ length: months }, (): [number, number] => [0, 0]),
    collection: months,
    writeOff: months,
    end: null,
  };
  const [previous, now] = live(untouched).slice(10, 12);
  const { ledger } = await readText(await fileOf([previous!.record], previous!.asOf));
  const text = await fileOf([now!.record], now!.asOf);
  expect(await problemsOf(text, ledger)).toEqual([]);
  expect(await problemsOf(changed(text, 1, 190, 197, '03012023'), ledger)).toEqual(['M3 Date of first delinquency']);
});

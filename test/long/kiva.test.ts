// A book that no one of us wrote, through Kafka to the report: its days past due are those of plain loops over its rows, for every loan and month.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monthEnds, reportBook, type AgedLoan } from '../../src/actions/report-book.js';
import { daysOfFiles, filesSource } from '../../src/sandbox/book/from-files.js';
import { playBook } from '../../src/sandbox/book/play.js';
import { readBook } from '../../src/sandbox/book/read-book.js';
import { intakeOf, openKafkaWorld, readWhole, type KafkaWorld } from '../support/kafka-world.js';
import { calendars, kivaFolder, readKiva, writeBook, type Kiva } from '../support/kiva.js';

const folder = kivaFolder();
const lastMonthEnd = '2008-07-31';
const days = (date: string) => Date.parse(date) / 86_400_000;

/** Month-end days past due by first-in-first-out, in cents and plain loops; shares nothing with the product. */
function expected({ loans, schedule, payments }: Kiva): Map<string, number> {
  const cents = (amount: string) => Math.round(Number(amount) * 100);
  const ends: string[] = [];
  for (let year = 2005; year <= 2008; year++)
    for (let month = 1; month <= 12; month++) {
      const end = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
      if (end <= lastMonthEnd) ends.push(end);
    }
  const found = new Map<string, number>();
  for (const { loan, disbursal_date } of loans)
    for (const calendar of calendars) {
      const lines = schedule.filter((each) => each['loan'] === loan && each['kind'] === calendar);
      if (!lines.length) continue;
      lines.sort((a, b) => days(a['due_date']!) - days(b['due_date']!));
      const paid = payments.filter((each) => each['loan'] === loan);
      for (const end of ends) {
        if (disbursal_date! > end) continue;
        let money = 0;
        for (const each of paid)
          if (each['processed_date']! <= end) money += cents(each[calendar === 'local' ? 'local_amount' : 'amount']!);
        let late = 0;
        for (const { due_date, amount } of lines) {
          money -= cents(amount!);
          if (money >= 0) continue;
          if (due_date! < end) late = days(end) - days(due_date!);
          break;
        }
        found.set(`${loan}-${calendar} ${end}`, late);
      }
    }
  return found;
}

(folder ? describe : describe.skip)(`the book of Kiva${folder ? '' : ' (skipped: its folder is not there, KIVA_BOOK may name it)'}`, () => {
  let world: KafkaWorld;
  let files: string;
  let rows: AgedLoan[];
  let kiva: Kiva;

  beforeAll(async () => {
    kiva = readKiva(folder!, process.env['KIVA_ALL'] ? 1 : 3);
    files = mkdtempSync(join(tmpdir(), 'casegraph-kiva-'));
    writeBook(kiva, files);
    world = await openKafkaWorld();
    const { store } = await world.database();
    const publisher = await world.publisher('kiva', 1);
    await playBook({
      days: daysOfFiles(await readBook(files), { tenant: 'kiva', until: '2008-08-01' }),
      tenant: 'kiva',
      source: filesSource,
      partitions: 1,
      send: publisher.send,
      daysAtOnce: 20,
    });
    const intake = intakeOf(world, store, 'kiva');
    await intake.start();
    await readWhole(intake, 900_000);
    await intake.stop();
    expect(await store.transaction((tx) => tx.query('select reason from parked_message'))).toEqual([]);
    rows = [];
    for await (const some of reportBook(store, monthEnds('2005-01-01', lastMonthEnd))) rows.push(...some);
  }, 1_200_000);
  afterAll(async () => {
    await world?.stop();
    if (files) rmSync(files, { recursive: true, force: true });
  }, 60_000);

  it('is as old as plain loops over its rows say, by both calendars', () => {
    const wanted = expected(kiva);
    const told = new Map(rows.map(({ loan, as_of, days_past_due }) => [`${loan.split('/')[2]} ${as_of}`, days_past_due]));
    const differing = [...wanted]
      .filter(([key, late]) => told.get(key) !== late)
      .map(([key, late]) => `${key}: ${late}, told ${told.get(key)}`);
    expect(differing).toEqual([]);
    expect(told.size).toBe(wanted.size);
    const late = [...wanted.values()].filter((each) => each > 0).length;
    process.stdout.write(`Kiva: ${wanted.size} loan-months compared, ${late} of them late\n`);
    expect(late).toBeGreaterThan(1_000);
  });

  it('is told in one order, loans by id and their months in time', () => {
    const keys = rows.map(({ loan, as_of }) => `${loan} ${as_of}`);
    for (let i = 1; i < keys.length; i++) expect(keys[i]! > keys[i - 1]!).toBe(true);
  });
});

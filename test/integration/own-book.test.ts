// A newcomer's own book by the command line: played, reported, played again; and refused with its lines where something is wrong.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { intakeOf, openKafkaWorld, readWhole, type KafkaWorld } from '../support/kafka-world.js';

let world: KafkaWorld;
let folder: string;
beforeAll(async () => {
  world = await openKafkaWorld();
  folder = mkdtempSync(join(tmpdir(), 'casegraph-files-'));
}, 120_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await world?.stop();
}, 60_000);

const casegraph = (settings: Record<string, string>, ...command: string[]) =>
  new Promise<{ code: number; out: string; problems: string }>((done) => {
    const env = { ...process.env, KAFKA_BROKERS: world.brokers.join(), ...settings };
    execFile(process.execPath, ['dist/src/main.js', ...command], { env }, (error, out, problems) =>
      done({ code: error ? Number(error.code) : 0, out, problems }),
    );
  });

const monthEnds = async (url: string): Promise<unknown[]> => {
  const { code, out } = await casegraph({ DATABASE_URL: url }, 'book-report', '--from', '2026-01-01', '--as-of', '2026-05-21');
  expect(code).toBe(0);
  const rows: Record<string, string>[] = parse(out, { columns: true });
  return rows.map(({ loan, as_of, days_past_due, overdue, currency }) => [
    loan!.split('/').at(-1),
    as_of,
    days_past_due,
    overdue,
    currency,
  ]);
};

it('plays the example, reports its month ends, and changes nothing when it is played again', async () => {
  const { store, url } = await world.database();
  const intake = intakeOf(world, store, 'example');
  const facts: unknown[] = [];
  for (const round of [1, 2]) {
    expect(await casegraph({ KAFKA_TOPIC: 'example' }, 'play', '--book', 'schema/book/example')).toMatchObject({ code: 0 });
    if (round === 1) await intake.start();
    await readWhole(intake);
    expect(await monthEnds(url)).toEqual([
      ['A-100', '2026-01-31', '0', '0.00', 'IDR'],
      ['A-100', '2026-02-28', '0', '0.00', 'IDR'],
      ['A-100', '2026-03-31', '16', '530000.00', 'IDR'],
      ['A-100', '2026-04-30', '46', '1545000.00', 'IDR'],
      ['A-101', '2026-02-28', '0', '0.00', 'IDR'],
      // The payment of 1 March came back on the 5th.
      ['A-101', '2026-03-31', '30', '612000.00', 'IDR'],
      ['A-101', '2026-04-30', '60', '1218000.00', 'IDR'],
      ['A-102', '2026-01-31', '0', '0', 'JPY'],
      ['A-102', '2026-02-28', '0', '0', 'JPY'],
      ['A-102', '2026-03-31', '0', '0', 'JPY'],
      ['A-102', '2026-04-30', '0', '0', 'JPY'],
    ]);
    facts.push(await store.transaction((tx) => tx.query('select count(*) from event_log')));
  }
  await intake.stop();
  expect(facts[1]).toEqual(facts[0]);
}, 120_000);

it('names every fault with its file, line and column, and sends nothing', async () => {
  writeFileSync(
    join(folder, 'loans.csv'),
    '\uFEFFloan_id,currency,principal,disbursed_on,jurisdiction\r\n1,IDR,100.001,2026-01-01,ID\r\n1,rupiah,5,2026-02-30,ID\r\n',
  );
  writeFileSync(join(folder, 'instalments.csv'), 'loan_id,number,due_on,principal\n1,1,2026-02-01,-5\n9,1,2026-02-01,5\n');
  writeFileSync(join(folder, 'payments.csv'), 'loan_id,payment_id,value_date,amount,colour\n1,P1,2026-02-01,5,red\n');
  const { code, problems } = await casegraph({ KAFKA_TOPIC: 'never' }, 'play', '--book', folder);
  expect(code).toBe(1);
  for (const fault of [
    /loans\.csv.*2.*principal/,
    /loans\.csv.*3.*disbursed_on/,
    /instalments\.csv.*2.*principal/,
    /instalments\.csv.*3.*loan_id/,
    /payments\.csv.*colour/,
  ])
    expect(problems).toMatch(fault);
  expect(await (await world.publisher('never', 1)).partitions()).toBe(1); // made by this line, and not by the command
}, 60_000);

it('names the setting or option that is missing', async () => {
  expect(await casegraph({ KAFKA_BROKERS: '' }, 'play', '--book', folder)).toMatchObject({
    code: 1,
    problems: 'KAFKA_BROKERS is not set\n',
  });
  expect(await casegraph({ DATABASE_URL: '' }, 'book-report', '--as-of', '2026-05-21')).toMatchObject({
    code: 1,
    problems: 'DATABASE_URL is not set\n',
  });
  expect((await casegraph({}, 'book-report', '--as-of', '2026-02-30')).problems).toContain('YYYY-MM-DD');
});

// Files to credit bureaus from a real book: made from the log, made again years later, refused, resubmitted, corrected.
import { bureauFileFormats } from '../../connectors/index.js';
import { makeFile, remakeFile, type Sink } from '../../src/reporting/make-file.js';
import { orderFile, periodOf } from '../../src/reporting/order-file.js';
import { readBureauSettings } from '../../src/reporting/settings.js';
import { keptBytes, partsOf } from '../../src/storage/bureau-files.js';
import { openDatabase, type Database } from '../support/database.js';
import { fillBook } from '../support/graph-world.js';

let database: Database;
beforeAll(async () => {
  database = await openDatabase();
  await fillBook(database.store);
}, 120_000);
afterAll(() => database?.stop(), 60_000);

const settings = readBureauSettings('schema/bureaus/example.json', Object.keys(bureauFileFormats));

it('makes files', async () => {
  for (const each of settings) {
    const format = bureauFileFormats[each.format]!(each.ofFormat ?? {});
    const file = await orderFile(database.store, each, 'PERIOD', periodOf('2026-02'), 'test');
    const made = await makeFile(database.store, file, format, () => {});
    console.log(each.id, made);
    const held = await database.store.transaction((tx) => tx.query('select code, field, words, count(*) from bureau_problem group by 1,2,3 order by 4 desc limit 8'));
    console.log(held);
    const sink: Sink = { async begin() {}, async write() {}, async end() {} };
    const again = await remakeFile(database.store, file, format, sink, () => {});
    expect(again.parts).toEqual(made.parts);
    await database.store.transaction(async (tx) => {
      for (const part of await partsOf(tx, file.id)) for await (const bytes of keptBytes(tx, part.id)) console.log(part.name, bytes.toString().slice(0, 1200));
    });
  }
}, 120_000);

// `npm run bench:bureau-files`: 100,000 loans of the log in each file format, against writing the same bytes from memory, in turn.
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { createCanonicalFormat } from '../../connectors/core-banking/canonical/format.js';
import { bureauFileFormats } from '../../connectors/index.js';
import { recordLateFacts, type SourceFact } from '../../src/actions/record-loan-facts.js';
import { readAlone } from '../../src/events/read-batch.js';
import { makeFile, remakeFile } from '../../src/reporting/make-file.js';
import type { Sink } from '../../src/reporting/render.js';
import { orderFile, periodOf } from '../../src/reporting/order-file.js';
import { readBureauSettings, type BureauSettings } from '../../src/reporting/settings.js';
import { demoBook, generateBook } from '../../src/sandbox/book/generate.js';
import { keptBytes, partsOf } from '../../src/storage/bureau-files.js';
import type { Store } from '../../src/storage/store.js';
import { flag, option, rounded, say, table } from './figures.js';
import { inWorld } from './world.js';

const loans = option('loans', flag('quick') ? 5_000 : 100_000);
const month = '2026-08';

/** The loans of one country of a small book, told to the log and copied there by SQL; the tables have only what a file asks of them. */
async function fill(store: Store, { jurisdictions: [country], currencies }: BureauSettings): Promise<void> {
  const format = createCanonicalFormat();
  const facts: SourceFact[] = [];
  for (const { events } of generateBook({ ...demoBook, borrowers: 700, loans: 1_000 }))
    for (const { event } of events) {
      const read = readAlone(
        { topic: 't', partition: 0, offset: '0', key: null, value: Buffer.from(JSON.stringify(event)), headers: {} },
        format,
      );
      if ('facts' in read) facts.push(...(read.facts as SourceFact[]));
    }
  const wanted = new Set(
    facts.flatMap(({ type, aggregateId, data }) =>
      type === 'LoanAccountSnapshotted' && (data as any).jurisdiction === country && (currencies?.includes((data as any).currency) ?? true)
        ? [aggregateId, `demo/core/borrower/${(data as any).borrowerId}`, aggregateId.replace('core/', 'core/collateral/C')]
        : [],
    ),
  );
  const mine = facts.filter(({ aggregateId }) => wanted.has(aggregateId));
  for (let i = 0; i < mine.length; i += 2_000) await store.transaction((tx) => recordLateFacts(tx, mine.slice(i, i + 2_000)));
  await store.transaction(async (tx) => {
    await tx.query(`insert into business_day (tenant, business_date, opened_at) values ('demo', '2026-10-01', now())`);
    const [{ count }] = (await tx.query<{ count: number }>('select count(*)::int as count from loan')) as [{ count: number }];
    const times = Math.ceil(loans / count) - 1;
    const copies = async (name: string, differing: Record<string, string>) => {
      const columns = await tx.query<{ column_name: string }>(
        `select column_name from information_schema.columns where table_schema = 'public' and table_name = $1 and column_name <> 'arrival'`,
        [name],
      );
      const names = columns.map(({ column_name }) => column_name);
      await tx.query(
        `insert into ${name} (${names.join()}) select ${names.map((column) => differing[column] ?? `t.${column}`).join()} from ${name} t, generate_series(1, $1::int) copy`,
        [times],
      );
    };
    const other = (column: string) => `t.${column} || 'C' || copy`;
    await copies('loan', { id: other('id'), aggregate_id: other('aggregate_id'), borrower_id: other('borrower_id') });
    await copies('collateral', { id: other('id'), borrower_id: other('borrower_id'), source_ref: other('source_ref') });
    await copies('event_log', {
      fact_id: other('fact_id'),
      aggregate_id: other('aggregate_id'),
      data: `regexp_replace(t.data::text, '"(accountNo|borrowerId|collateralId|loanRef|borrowerRef)" *: *"([^"]*)"', '"\\1":"\\2C' || copy || '"', 'g')::json`,
    });
  });
  await store.orm.em.getConnection().execute('analyze');
}

interface Measured {
  bureau: string;
  loans: number;
  bytes: number;
  recordsPerSecond: number;
  renderedPerSecond: number;
  floorPerSecond: number;
  ratio: number;
  renderedRatio: number;
  heapMbFirstThird: number;
  heapMbLastThird: number;
}

async function measure(store: Store, settings: BureauSettings, folder: string): Promise<Measured> {
  const format = bureauFileFormats[settings.format]!(settings.ofFormat ?? {});
  const file = await orderFile(store, settings, 'PERIOD', periodOf(month), 'bench');
  const heap: number[] = [];
  const sampler = setInterval(() => heap.push(process.memoryUsage().heapUsed / 1_048_576), 250);
  const began = performance.now();
  let gatheredAt = 0;
  const made = await makeFile(store, file, format, (step) => {
    if (step === 'gathered') gatheredAt = performance.now();
  });
  const seconds = (performance.now() - began) / 1_000;
  clearInterval(sampler);
  // Guarantors whose names are not parted cannot be told in Metro 2.
  if (made.heldBack > loans / 5) throw new Error(`${made.heldBack} of ${loans} loans were held back`);

  // The floor has its bytes in memory and writes them to a file.
  const chunks: Buffer[] = [];
  await store.transaction(async (tx) => {
    for (const part of await partsOf(tx, file.id)) for await (const bytes of keptBytes(tx, part.id)) chunks.push(bytes);
  });
  const floorFrom = performance.now();
  const out = createWriteStream(join(folder, `${settings.id}.floor`));
  for (const chunk of chunks) if (!out.write(chunk)) await once(out, 'drain');
  out.end();
  await once(out, 'close');
  const floorSeconds = (performance.now() - floorFrom) / 1_000;
  const bytes = chunks.reduce((sum, { length }) => sum + length, 0);

  let renderedFrom = 0;
  const sink: Sink = {
    async begin() {
      renderedFrom ||= performance.now();
    },
    async write() {},
    async end() {},
  };
  const again = await remakeFile(store, file, format, sink, () => {});
  const rendered = (performance.now() - renderedFrom) / 1_000;
  if (again.parts.some(({ sha256 }, i) => sha256 !== made.parts[i]!.sha256)) throw new Error('the bytes were not the same again');
  say(`${settings.id}: gathered after ${((gatheredAt - began) / 1_000).toFixed(1)} s, made after ${seconds.toFixed(1)} s`);
  const third = Math.floor(heap.length / 3);
  const rate = (each: number) => Math.round(made.records / each);
  return {
    bureau: settings.id,
    loans: made.records,
    bytes,
    recordsPerSecond: rate(seconds),
    renderedPerSecond: rate(rendered),
    floorPerSecond: rate(floorSeconds),
    ratio: rounded(floorSeconds / seconds, 4),
    renderedRatio: rounded(floorSeconds / rendered, 4),
    heapMbFirstThird: rounded(Math.max(...heap.slice(0, third)), 0),
    heapMbLastThird: rounded(Math.max(...heap.slice(-third)), 0),
  };
}

const all = readBureauSettings('schema/bureaus/example.json', Object.keys(bureauFileFormats));
await inWorld({ kafka: false }, async (world) => {
  const results: Measured[] = [];
  for (const settings of all) {
    const name = `bureau_${settings.id}`;
    say(`${settings.id}: making a book of ${loans} loans`);
    const { store } = await world.database(name);
    await fill(store, settings);
    results.push(await measure(store, settings, world.folder));
    say(JSON.stringify(results.at(-1)));
    await store.close();
    await world.drop(name);
  }
  say('');
  process.stdout.write(
    `${table([
      ['bureau', 'loans', 'MB', 'loans/s', 'rendered/s', 'floor/s', 'ratio', 'rendered ratio', 'heap MB, first third', 'last third'],
      ...results.map((each) => [
        each.bureau,
        each.loans,
        rounded(each.bytes / 1_048_576, 1),
        each.recordsPerSecond,
        each.renderedPerSecond,
        each.floorPerSecond,
        each.ratio,
        each.renderedRatio,
        each.heapMbFirstThird,
        each.heapMbLastThird,
      ]),
    ])}\n${JSON.stringify({ bench: 'bureau-files', loans, results })}\n`,
  );
});

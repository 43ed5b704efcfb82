// `npm run bench:ingest`: from Kafka to committed positions, against bare consumption, a bare loop and Debezium's JDBC sink, in turn on the same content.
import { join } from 'node:path';
import { advanceBusinessDate } from '../../src/actions/advance-business-date.js';
import { plusDays } from '../../src/domain/day.js';
import type { Store } from '../../src/storage/store.js';
import { consumeBare, runGateway, runLoop, type GatewayRun } from './contenders.js';
import { flag, median, option, rounded, say, table } from './figures.js';
import { connectMessageOf, fetchSink, runSink } from './sink.js';
import { streamOf, type StreamMessage } from './stream.js';
import { multiply } from './multiply.js';
import { inWorld, type World } from './world.js';

const quick = flag('quick');
const messages = option('messages', quick ? 10_000 : 60_000);
const rounds = option('rounds', quick ? 2 : 3);
const partitions = option('partitions', 2);
const businessDate = '2026-10-01';
const loansOf = (count: number): number => Math.ceil(count / 4.2);

const rates: Record<'bare' | 'loop' | 'sink' | 'gateway', number[]> = { bare: [], loop: [], sink: [], gateway: [] };
let why = flag('no-sink') ? 'left out' : '';

async function openDay(store: Store, date: string): Promise<void> {
  await advanceBusinessDate(store, 'demo', date);
}

function checked(run: GatewayRun, stream: readonly StreamMessage[]): GatewayRun {
  const readable = new Set(stream.flatMap(({ row }) => (row ? [row.id] : [])));
  const spoilt = stream.filter(({ row }) => !row).length;
  if (run.recorded !== readable.size || run.parked !== spoilt)
    throw new Error(`the gateway recorded ${run.recorded} of ${readable.size} and parked ${run.parked} of ${spoilt}`);
  return run;
}

async function compare(world: World, stream: readonly StreamMessage[]): Promise<void> {
  const rows = [...new Map(stream.flatMap(({ row }) => (row ? [[row.id, row] as const] : []))).values()];
  await world.fill('stream', partitions, stream);
  const bare = await world.database('bare');
  const source = { brokers: world.brokers, topic: 'stream', messages: stream.length };
  if (!why)
    await fetchSink().catch(
      (error: Error) => (why = `not to be had: ${error.message.split('\n').find((line) => line.includes('ERROR')) ?? error.message}`),
    );
  if (!why) await world.fill('rows', 1, rows.map(connectMessageOf));
  await consumeBare(source);
  for (let round = 1; round <= rounds; round++) {
    rates.bare.push((stream.length * 1000) / (await consumeBare(source)));
    rates.loop.push((stream.length * 1000) / (await runLoop(source, bare.url)));
    const { store } = await world.database(`gateway${round}`);
    await openDay(store, businessDate);
    rates.gateway.push((stream.length * 1000) / checked(await runGateway(source, store), stream).ms);
    await store.close();
    await world.drop(`gateway${round}`);
    if (!why)
      await runSink({
        ...world,
        topic: 'rows',
        rows: rows.length,
        url: bare.url,
        folder: join(world.folder, `sink${round}`),
        timeoutMs: 120_000,
      }).then(
        (rate) => rates.sink.push(rate),
        (error: Error) => say((why = error.message)),
      );
    say(
      `round ${round}: ${Object.entries(rates)
        .map(([name, all]) => `${name} ${Math.round(all.at(-1) ?? NaN)}/s`)
        .join(', ')}`,
    );
  }
}

/** The same messages onto a book and onto ten times that book, in turn. @returns how much longer the latter takes */
async function compareSizes(world: World): Promise<{ ratio: number; loans: number }> {
  const loans = loansOf(messages);
  const base = streamOf({ seed: 1, messages: Infinity, partitions, firstLoan: 1, loans, announced: false, businessDate });
  await world.fill('base', partitions, base);
  const made = await world.database('once');
  await openDay(made.store, businessDate);
  await runGateway({ brokers: world.brokers, topic: 'base', messages: base.length }, made.store);
  await openDay(made.store, plusDays(businessDate, 1)); // opens the cases of those in arrears
  await made.store.close();
  const ten = await world.database('ten', 'once');
  await multiply(ten.store, 10);
  const once = await world.database('one', 'once');
  for (const { store } of [once, ten]) await store.orm.em.getConnection().execute('vacuum analyze');
  await world.execute('checkpoint');
  say(`a book of ${loans} loans and ${base.length} messages of history, and ten times that`);
  const ratios: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    const stream = streamOf({
      seed: round + 1,
      messages: messages / 3,
      partitions,
      firstLoan: 1,
      loans: Math.min(loans, Math.ceil(messages / 10)),
      announced: true,
      businessDate: plusDays(businessDate, 1),
    });
    const topic = `more${round}`;
    await world.fill(topic, partitions, stream);
    const took = new Map<Store, number>();
    for (const { store } of round % 2 ? [once, ten] : [ten, once])
      took.set(store, checked(await runGateway({ brokers: world.brokers, topic, messages: stream.length }, store), stream).ms);
    ratios.push(took.get(ten.store)! / took.get(once.store)!);
    say(`round ${round}: ${stream.length} messages take ${rounded(ratios.at(-1)!)} times as long on ten times the data`);
  }
  return { ratio: median(ratios), loans };
}

await inWorld({ kafka: true }, async (world) => {
  const stream = streamOf({ seed: 1, messages, partitions, firstLoan: 1, loans: loansOf(messages), announced: false, businessDate });
  const spoilt = stream.filter(({ row }) => !row).length;
  say(`${stream.length} messages in ${partitions} partitions, ${spoilt} of them unreadable; ${rounds} rounds`);
  await compare(world, stream);
  const sizes = flag('no-sizes') ? null : await compareSizes(world);
  const rate = Object.fromEntries(Object.entries(rates).map(([name, all]) => [name, all.length ? Math.round(median(all)) : null]));
  const ratio = (to: keyof typeof rates) => (rates[to].length ? rounded(median(rates.gateway) / median(rates[to])) : null);
  const line = (name: keyof typeof rates, what: string) => [
    what,
    rate[name] ?? '–',
    rates[name].length ? rounded(median(rates[name]) / median(rates.loop)) : '–',
  ];
  process.stdout.write(
    `${table([
      ['who', 'messages/s', 'to the loop'],
      line('bare', 'kafkajs alone: fetches, and does nothing with it'),
      line('loop', 'bare loop: parses, upserts one row a message, 5,000 at a time'),
      line('sink', `Debezium JDBC sink: upserts the same rows from Connect JSON, each once, 5,000 at a time${why ? ` (${why})` : ''}`),
      line('gateway', 'gateway: checks, log, fold, assess, loans, instalments, repayments, cases, parked, progress'),
    ])}\n${sizes ? `ten times the loans and history: ${rounded(sizes.ratio)} times the time\n` : ''}`,
  );
  const result = {
    bench: 'ingest',
    messages: stream.length,
    rounds,
    partitions,
    messagesPerSecond: rate,
    gatewayToLoop: ratio('loop'),
    gatewayToSink: ratio('sink'),
    tenFold: sizes && { loans: sizes.loans, ratio: rounded(sizes.ratio) },
    sinkMissing: why || null,
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
});

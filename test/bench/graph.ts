// `npm run bench:graph`: the case graph against bare SQL behind bare HTTP and against its peers, in turn on the same book and the same three screens.
import { fillBook } from './graph/book.js';
import {
  answers,
  contenders,
  installPeers,
  names,
  startContender,
  startLoad,
  type Child,
  type Contender,
  type Name,
} from './graph/contenders.js';
import { openIssuer, type Issuer } from './graph/issuer.js';
import { compareAnswers, measure, middle, ratioOf, requestsOf, type Entrant, type Measured } from './graph/measure.js';
import { queryNames, type QueryName } from './graph/queries.js';
import { flag, median, option, rounded, say, table } from './figures.js';
import { inWorld, type World } from './world.js';

if (flag('help')) {
  process.stdout.write(`npm run bench:graph -- [options]
  --quick        a small book and short rounds
  --cases N      cases of the book (20000)
  --seconds N    of one measurement (2)
  --rounds N     in each of which every contender is measured once (5)
  --only NAME    the floor and this one: ${names.slice(1).join(', ')}
  --no-growth    not on ten times the book as well
  --profile      each contender leaves a CPU profile in .casegraph/bench/profiles
`);
  process.exit();
}

const quick = flag('quick');
const cases = option('cases', quick ? 2_000 : 20_000);
const seconds = option('seconds', quick ? 1 : 2);
const rounds = option('rounds', quick ? 2 : 5);
const only = flag('only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;
if (only && !names.includes(only as Name)) throw new Error(`--only wants one of ${names.join(', ')}`);
const running = names.filter((name) => !only || name === 'floor' || name === only);
const entering = (query: QueryName) => running.filter((name) => answers(name, query));
const connectionCounts = [1, 16, 64];

type Figures = Record<QueryName, Record<number, Partial<Record<Name, Measured[]>>>>;

async function compare(load: Child, entrants: readonly Entrant[]): Promise<Figures> {
  const figures = Object.fromEntries(
    queryNames.map((query) => [query, Object.fromEntries(connectionCounts.map((n) => [n, {}]))]),
  ) as Figures;
  for (const query of queryNames)
    for (const { name, contender, requests } of entrants)
      if (answers(name, query)) await measure(load, contender, requests[query], 16, seconds);
  for (let round = 1; round <= rounds; round++) {
    for (const query of queryNames) {
      for (const connections of connectionCounts) {
        const at = figures[query][connections]!;
        for (const { name, contender, requests } of round % 2 ? entrants : entrants.toReversed())
          if (answers(name, query)) (at[name] ??= []).push(await measure(load, contender, requests[query], connections, seconds));
      }
      const at16 = figures[query][16]!;
      say(
        `round ${round}, ${query} at 16 connections: ${Object.entries(at16)
          .map(([name, measured]) => `${name} ${Math.round(measured.at(-1)!.perSecond)}/s`)
          .join(', ')}`,
      );
    }
  }
  return figures;
}

/** The gateway on this book and on ten times it, in turn. @returns by screen how much longer an answer takes */
async function compareSizes(world: World, load: Child, issuer: Issuer, small: Contender): Promise<Record<QueryName, number[]>> {
  const { store, url } = await world.database('grown');
  await fillBook(store, 10 * cases);
  await world.execute('checkpoint');
  const grown = await startContender('casegraph', { databaseUrl: url, jwksUrl: issuer.jwksUrl });
  const both = [
    { contender: small, requests: await requestsOf('casegraph', cases, issuer) },
    { contender: grown, requests: await requestsOf('casegraph', 10 * cases, issuer) },
  ];
  const ratios = { wholeCase: [], worklist: [], schedules: [] } as Record<QueryName, number[]>;
  for (let round = 0; round <= rounds; round++)
    for (const query of queryNames) {
      const took = new Map<Contender, number>();
      for (const { contender, requests } of round % 2 ? both : both.toReversed())
        took.set(contender, 1 / (await measure(load, contender, requests[query], 16, seconds)).perSecond);
      if (round) ratios[query].push(took.get(grown)! / took.get(small)!); // round 0 warms up
    }
  await grown.stop();
  return ratios;
}

function summaryOf(figures: Figures) {
  return Object.fromEntries(
    queryNames.map((query) => [
      query,
      Object.fromEntries(
        connectionCounts.map((connections) => {
          const at = figures[query][connections]!;
          return [
            connections,
            Object.fromEntries(
              entering(query).map((name) => {
                const measured = at[name]!;
                const line = {
                  perSecond: rounded(
                    middle(measured, (each) => each.perSecond),
                    0,
                  ),
                  p50Ms: rounded(middle(measured, (each) => each.p50Ms)),
                  p99Ms: rounded(middle(measured, (each) => each.p99Ms)),
                  cpuMicros: rounded(
                    middle(measured, (each) => each.cpuMicros),
                    0,
                  ),
                  toFloor: ratioOf(measured, at.floor!),
                  ...(at.casegraph ? { casegraphToIt: ratioOf(at.casegraph, measured).median } : {}),
                };
                return [name, line];
              }),
            ),
          ];
        }),
      ),
    ]),
  );
}

await inWorld({ kafka: false }, async (world) => {
  installPeers();
  const issuer = await openIssuer();
  const children: Child[] = [];
  try {
    const { store, url } = await world.database('cases');
    const began = performance.now();
    await fillBook(store, cases);
    await world.execute('checkpoint');
    say(`${cases} cases are there after ${rounded((performance.now() - began) / 1000, 0)} s`);
    const load = await startLoad();
    children.push(load);
    const entrants: Entrant[] = [];
    for (const name of running) {
      const contender = await startContender(name, { databaseUrl: url, jwksUrl: issuer.jwksUrl });
      children.push(contender);
      entrants.push({ name, contender, requests: await requestsOf(name, cases, issuer) });
    }
    const bytes = await compareAnswers(entrants);
    say(`all answer alike: ${queryNames.map((query) => `${query} ${bytes[query]} bytes`).join(', ')}`);
    const summary = summaryOf(await compare(load, entrants));
    const casegraph = entrants.find(({ name }) => name === 'casegraph')?.contender;
    const growth = flag('no-growth') || !casegraph ? null : await compareSizes(world, load, issuer, casegraph);

    for (const query of queryNames) {
      process.stdout.write(
        `${query}, ${bytes[query]} bytes\n${table([
          ['connections', 'who', 'requests/s', 'p50 ms', 'p99 ms', 'CPU µs', 'to the floor', 'least–most', 'Casegraph to it'],
          ...connectionCounts.flatMap((connections) =>
            entering(query).map((name) => {
              const { perSecond, p50Ms, p99Ms, cpuMicros, toFloor, casegraphToIt } = summary[query]![connections]![name]!;
              return [
                connections,
                contenders[name],
                perSecond,
                p50Ms,
                p99Ms,
                cpuMicros,
                toFloor.median,
                `${toFloor.least}–${toFloor.most}`,
                casegraphToIt ?? '–',
              ];
            }),
          ),
        ])}\n\n`,
      );
    }
    if (growth)
      process.stdout.write(
        `on ten times the cases an answer takes, at 16 connections: ${queryNames.map((query) => `${query} ${rounded(median(growth[query]))}`).join(', ')} times as long\n`,
      );
    const tenFold = growth && Object.fromEntries(queryNames.map((query) => [query, rounded(median(growth[query]))]));
    process.stdout.write(`${JSON.stringify({ bench: 'graph', cases, rounds, seconds, bytes, figures: summary, tenFold })}\n`);
  } finally {
    for (const child of children) await child.stop();
    issuer.stop();
  }
});

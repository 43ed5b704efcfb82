// One contender under one load, and its answers beside the floor's.
import { median, rounded } from '../figures.js';
import { mustBeEqual } from './answers.js';
import type { Asking, Child, Contender, Loaded, Name } from './contenders.js';
import type { Issuer } from './issuer.js';
import { postgraphileQueries } from './postgraphile.js';
import { askedOf, queries, queryNames, type QueryName } from './queries.js';

export interface Measured extends Loaded {
  /** CPU of the contender's own process; Postgres and the load are not in it. */
  cpuMicros: number;
}
export type Requests = Record<QueryName, Asking[]>;

export async function requestsOf(name: Name, book: number, issuer: Issuer): Promise<Requests> {
  const texts = name === 'postgraphile' ? postgraphileQueries : queries;
  const made = await Promise.all(
    queryNames.map(async (query) => {
      const operationName = query[0]!.toUpperCase() + query.slice(1);
      const requests = askedOf(query, book).map(async ({ user, variables }): Promise<Asking> => ({
        body: JSON.stringify({ operationName, query: texts[query], variables }),
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${await issuer.token(user, 'collector')}`,
          'x-purpose': 'collection',
        },
      }));
      return [query, await Promise.all(requests)] as const;
    }),
  );
  return Object.fromEntries(made) as Requests;
}

async function answerOf(contender: Contender, asking: Asking): Promise<string> {
  const response = await fetch(`${contender.url}/graphql`, { method: 'POST', ...asking });
  return response.text();
}

export async function measure(
  load: Child,
  contender: Contender,
  requests: Requests[QueryName],
  connections: number,
  forSeconds: number,
): Promise<Measured> {
  const before = await contender.ask<{ cpuMicros: number }>('cpu');
  const loaded = await load.ask<Loaded>({ url: contender.url, requests, connections, seconds: forSeconds });
  if (loaded.failed) throw new Error(`under load: ${loaded.failed}`);
  const after = await contender.ask<{ cpuMicros: number }>('cpu');
  return { ...loaded, cpuMicros: (after.cpuMicros - before.cpuMicros) / loaded.count };
}

export interface Entrant {
  name: Name;
  contender: Contender;
  requests: Requests;
}

/** Answers of each contender to the same requests, compared with the floor's. @returns their sizes in bytes */
export async function compareAnswers(entrants: readonly Entrant[]): Promise<Record<QueryName, number>> {
  const [floor, ...others] = entrants as [Entrant, ...Entrant[]];
  const sizes = {} as Record<QueryName, number>;
  for (const query of queryNames) {
    const count = Math.min(20, floor.requests[query].length);
    for (let i = 0; i < count; i++) {
      const at = Math.floor((i * floor.requests[query].length) / count);
      const expected = await answerOf(floor.contender, floor.requests[query][at]!);
      sizes[query] = Buffer.byteLength(expected);
      for (const { name, contender, requests } of others)
        for (let time = 0; time < (name === 'stored' ? 3 : 1); time++)
          // the third comes from what is stored
          mustBeEqual(query, name, expected, await answerOf(contender, requests[query][at]!));
    }
  }
  return sizes;
}

/** Of one contender to another in each round: the middle, the lowest and the highest. */
export function ratioOf(measured: readonly Measured[], to: readonly Measured[]) {
  const ratios = measured.map(({ perSecond }, i) => perSecond / to[i]!.perSecond);
  return { median: rounded(median(ratios)), least: rounded(Math.min(...ratios)), most: rounded(Math.max(...ratios)) };
}
export const middle = (measured: readonly Measured[], of: (each: Measured) => number): number => median(measured.map(of));

// Fills what code answers into JSON text without reading the rest of it: only what lies between two marks is parsed.
import { GraphQLError } from 'graphql';
import { gapMark } from '../../storage/reader/write.js';
import type { Gap } from './compile.js';
import { understood } from './problem.js';

/** What stands in the place of a field that failed, until it is known where that is. */
const failureMark = `${gapMark}failed `;
const failureOf = (value: unknown): number | undefined =>
  typeof value === 'string' && value.startsWith(failureMark) ? Number(value.slice(failureMark.length)) : undefined;

export interface Filled {
  text: string;
  /** Of nullable fields, which fail alone. */
  failures: GraphQLError[];
}

/** @throws what a field threw that may not be null */
export async function fillGaps(text: string, gaps: Gap[], context: unknown): Promise<Filled> {
  const parts = text.split(gapMark); // text, gap, text, gap, …, text
  const failures: GraphQLError[] = [];
  const found = gaps.map((): number[] => []);
  for (let i = 1; i < parts.length; i += 2) found[parseInt(parts[i]!)]!.push(i);
  await Promise.all(
    gaps.map(async ({ fill, complete, nullable }, index) => {
      const failed = (error: unknown): string => {
        if (!nullable) throw error;
        return JSON.stringify(`${failureMark}${failures.push(understood(error)) - 1}`);
      };
      const places = found[index]!;
      const needs = places.map((at) => JSON.parse(parts[at]!.slice(parts[at]!.indexOf(':') + 1)));
      let answers: unknown[];
      try {
        answers = await fill(needs, context as never);
      } catch (error) {
        for (const at of places) parts[at] = failed(error);
        return;
      }
      places.forEach((at, n) => {
        try {
          parts[at] = JSON.stringify(complete(answers[n]));
        } catch (error) {
          parts[at] = failed(error);
        }
      });
    }),
  );
  return { text: parts.join(''), failures };
}

/** Null where a field failed, and for each failure where that is. */
export function settled({ text, failures }: Filled): { text: string; errors: GraphQLError[] } {
  const errors: GraphQLError[] = [];
  const look = (value: unknown, path: (string | number)[]): unknown => {
    const failure = failureOf(value);
    if (failure !== undefined) {
      const { message, extensions, originalError } = failures[failure]!;
      errors.push(new GraphQLError(message, { path, extensions, originalError }));
      return null;
    }
    if (Array.isArray(value)) return value.map((each, i) => look(each, [...path, i]));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, look(of, [...path, key])]));
  };
  return failures.length ? { text: JSON.stringify(look(JSON.parse(text), [])), errors } : { text, errors };
}

/** For graphql-js, which tells of an error where it finds one. */
export function parsed({ text, failures }: Filled): unknown {
  return failures.length ? JSON.parse(text, (_, value) => failures[failureOf(value) ?? -1] ?? value) : JSON.parse(text);
}

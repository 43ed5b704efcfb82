// The names of a new partner, worked out from its id.
import type { Kind } from './kinds.js';

export interface NewPartner {
  kind: Kind;
  id: string;
  name: string;
  /** e.g. `BrightLaw`. */
  pascal: string;
  /** e.g. `brightLaw`. */
  camel: string;
  port: number;
  /** Two letters that no other has. */
  refPrefix: string;
}

export const fillIn = 'FILL IN';

/** @returns what is wrong with an id, or null */
export const idProblem = (id: string): string | null =>
  /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id) && id.length <= 40
    ? null
    : `"${id}" is no id: small letters, digits and single hyphens, at most 40, beginning with a letter, e.g. bright-law`;

export const pascalOf = (id: string): string => id.replace(/(^|-)([a-z0-9])/g, (_, _hyphen, letter: string) => letter.toUpperCase());

/** @param taken the prefixes that are in use */
export function prefixOf(id: string, taken: readonly string[]): string {
  const letters = id.toUpperCase().replace(/[^A-Z]/g, '');
  const [first, second] = id.toUpperCase().split('-');
  const all = [`${first![0]}${second?.[0] ?? first![1] ?? 'X'}`];
  for (const letter of `${letters}ABCDEFGHIJKLMNOPQRSTUVWXYZ`) all.push(`${letters[0]}${letter}`);
  return all.find((prefix) => /^[A-Z]{2}$/.test(prefix) && !taken.includes(prefix)) ?? 'XX';
}

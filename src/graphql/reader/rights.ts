// Whether roles may read a noun, or one of its fields: the one question behind every selection, count, filter and order.
import { nounOf } from './nouns.js';
import { problem } from './problem.js';

/** @throws FORBIDDEN */
export type MustBeFor = (noun: string, key?: string) => void;

export function rightsOf(held: ReadonlySet<string>): MustBeFor {
  const check = (readers: readonly string[], what: string): void => {
    if (!readers.some((role) => held.has(role))) throw problem('FORBIDDEN', `Your roles may not read ${what}`);
  };
  return (noun, key) => {
    const { roles, members } = nounOf(noun);
    check(roles, noun);
    const narrowed = key === undefined ? undefined : members.get(key)?.roles;
    if (narrowed) check(narrowed, `${noun}.${key}`);
  };
}

// Whether roles may read a noun, or one of its fields: the one question behind every selection, count, filter and order.
import { bankRoles } from '../../storage/profiles.js';
import { classOf, nounOf } from './nouns.js';
import { problem } from './problem.js';

/** @throws FORBIDDEN */
export type MustBeFor = (noun: string, key?: string) => void;

export function rightsOf(held: ReadonlySet<string>): MustBeFor {
  const check = (readers: readonly string[], what: string): void => {
    if (!readers.some((role) => held.has(role))) throw problem('FORBIDDEN', `Your roles may not read ${what}`);
  };
  return (name, key) => {
    const noun = nounOf(name);
    check(noun.roles, name);
    if (key === undefined || key === 'id') return;
    const narrowed = noun.members.get(key)?.roles;
    if (narrowed) check(narrowed, `${name}.${key}`);
    if (classOf(noun, key) === 'internal') check(bankRoles, `${name}.${key}`);
  };
}

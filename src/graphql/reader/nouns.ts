// The nouns of the case graph and what was declared of each of their fields.
import type { ClassType } from 'type-graphql';
import type { Leaf, SqlType, Table } from '../../storage/reader/shape.js';

export type Declared =
  | ({ is: 'column'; stem: string; type?: SqlType } & Omit<Leaf, 'type'>)
  | { is: 'one'; noun: string; here?: string; there?: string; latest?: string }
  | { is: 'many' | 'list' | 'count'; noun: string; here?: string; there?: string; by?: string }
  | { is: 'filled'; needs: string[]; fill: Fill }
  | { is: 'root'; noun?: string; read: 'byId' | 'byRef' | 'page' | 'facets' | 'node' | 'entities' | 'reference'; by?: string };

/** Answers a field for many rows at once; the rows carry the columns that the field needs. */
export type Fill = (rows: Record<string, unknown>[], context: never) => unknown[] | Promise<unknown[]>;

export type Type = () => ClassType | object;
export type Members = Map<string, { declared: Declared; type: Type; roles?: readonly string[] }>;
/** `roles` may read it; each of its fields may be narrowed further. */
export interface Noun {
  type: ClassType;
  table: Table;
  members: Members;
  roles: readonly string[];
}

const nouns = new Map<string, Noun>();
const members = new Map<object, Members>();

/** What has been declared on a class so far, by its prototype. */
export function membersOf(prototype: object): Members {
  return members.get(prototype) ?? members.set(prototype, new Map()).get(prototype)!;
}

export function describe(type: ClassType, table: Table, roles: readonly string[]): void {
  nouns.set(type.name, { type, table, members: membersOf(type.prototype), roles });
}

/** Nouns name each other by word, so that their files need not import each other. */
export function nounOf(name: string): Noun {
  const noun = nouns.get(name);
  if (!noun) throw new Error(`The case graph has no noun "${name}"`);
  return noun;
}

export const allNouns = (): Noun[] => [...nouns.values()];
export const nounByPrefix = (prefix: string) => [...nouns.values()].find(({ table }) => table.prefix === prefix);
export const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

// The nouns of the case graph and what was declared of each of their fields.
import type { ClassType } from 'type-graphql';
import type { Leaf, SqlType, Table } from '../../storage/reader/shape.js';

export type Declared =
  | ({ is: 'column'; stem: string; type?: SqlType } & Omit<Leaf, 'type'>)
  | { is: 'one'; noun: string; nullable: boolean; here?: string; there?: string; latest?: string }
  | { is: 'many' | 'list' | 'count'; noun: string; here?: string; there?: string; by?: string }
  | { is: 'several'; nouns: Record<string, string> }
  | { is: 'filled'; needs: string[]; fill: Fill }
  | { is: 'root'; noun?: string; read: 'byId' | 'byRef' | 'page' | 'facets' | 'node' | 'nodes' | 'entities' | 'reference'; by?: string };

/** Answers a field for many rows at once; the rows carry the columns that the field needs. */
export type Fill = (rows: Record<string, unknown>[], context: never) => unknown[] | Promise<unknown[]>;

export type Type = () => ClassType | object;
export type Members = Map<string, { declared: Declared; type: Type; roles?: readonly string[]; class?: FieldClass }>;

/**
 * `public`: for whoever may read the noun. `internal`: for the bank's own roles, never for a partner's. `pii` and `sensitive`, personal data and what may
 * do harm: in clear where both the role and the purpose allow, else masked.
 */
export type FieldClass = 'public' | 'internal' | 'pii' | 'sensitive';

/** `roles` may read it, and its fields are of `class`; each of them may be narrowed further. */
export interface Noun {
  type: ClassType;
  table: Table;
  members: Members;
  roles: readonly string[];
  class: FieldClass;
}

const nouns = new Map<string, Noun>();
const members = new Map<object, Members>();
const absences = new Map<object, string>();

/** What has been declared on a class so far, by its prototype. */
export function membersOf(prototype: object): Members {
  return members.get(prototype) ?? members.set(prototype, new Map()).get(prototype)!;
}

export function describe(type: ClassType, noun: Pick<Noun, 'table' | 'roles' | 'class'>): void {
  nouns.set(type.name, { type, members: membersOf(type.prototype), ...noun });
}

/** The condition under which an object that is written in columns of its owner is not there; undefined for every other type. */
export const absenceOf = (type: object): string | undefined => absences.get(type);
export const describeEmbedded = (type: object, absent: string): void => void absences.set(type, absent);

/** Nouns name each other by word, so that their files need not import each other. */
export function nounOf(name: string): Noun {
  const noun = nouns.get(name);
  if (!noun) throw new Error(`The case graph has no noun "${name}"`);
  return noun;
}

/** The class of a field: its own, or the one that its noun states. */
export const classOf = (noun: Noun, key: string): FieldClass => noun.members.get(key)?.class ?? noun.class;

export const allNouns = (): Noun[] => [...nouns.values()];
export const nounByPrefix = (prefix: string) => [...nouns.values()].find(({ table }) => table.prefix === prefix);
export const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

// A pretended bureau that takes files: it reads them strictly by its own tables, answers in its format, and keeps a ledger of what it took.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Memory, TakeDelivery } from './memory.js';
import { deskOfMetro2 } from './metro2/desk.js';
import { deskOfPboc } from './pboc/desk.js';
import { deskOfSlik } from './slik/desk.js';

const desks: Readonly<Record<string, { take: TakeDelivery; deliveryOf(name: string): string }>> = {
  // A month's segments belong together.
  slik: { take: deskOfSlik, deliveryOf: (name) => name.replace(/\.[A-Z]\d\d\./, '.') },
  pboc: { take: deskOfPboc, deliveryOf: (name) => name },
  metro2: { take: deskOfMetro2, deliveryOf: (name) => name },
};
export const deskFormats = Object.keys(desks);

export interface DeskFolders {
  inbox: string;
  outbox: string;
  /** Where the ledger is kept, as JSON. */
  ledger: string;
}

export interface Answered {
  files: number;
  answers: string[];
}

/** Takes what is new in the inbox, by name. @param silent takes it and answers nothing */
export async function openDesk(format: string, { inbox, outbox, ledger }: DeskFolders, silent = false): Promise<Answered> {
  const { take, deliveryOf } = desks[format]!;
  const memory: Memory = existsSync(ledger)
    ? (JSON.parse(readFileSync(ledger, 'utf8')) as Memory)
    : { accounts: {}, files: [], identities: [] };
  const names = readdirSync(inbox).filter((name) => !memory.files.includes(name));
  const deliveries = [...new Set(names.map(deliveryOf))].sort(bySequence);
  const answers: string[] = [];
  mkdirSync(outbox, { recursive: true });
  for (const delivery of deliveries) {
    const files = names.filter((name) => deliveryOf(name) === delivery).map((name) => ({ name, bytes: readFileSync(join(inbox, name)) }));
    for (const { name, bytes } of await take(files, memory)) {
      if (silent) continue;
      writeFileSync(join(outbox, name), bytes);
      answers.push(join(outbox, name));
    }
    memory.files.push(...files.map(({ name }) => name));
  }
  writeFileSync(ledger, JSON.stringify(memory));
  return { files: names.length, answers };
}

/** Names end in the sequence, which has no leading zeros everywhere. */
const bySequence = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });

export const ledgerOf = (file: string): Memory['accounts'] => (JSON.parse(readFileSync(file, 'utf8')) as Memory).accounts;

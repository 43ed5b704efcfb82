// Callbacks in a file, for a partner that cannot call: JSON lines, each the id, timestamp, signature and exact body of one callback; all of them or none.
import { isUtf8 } from 'node:buffer';
import { takeCallback, type PartnerNews } from '../actions/record-callback.js';
import { casesById } from '../storage/cases.js';
import { casesOfHandoffs } from '../storage/handoffs.js';
import type { FileHandler } from './inbound-file.js';
import { isSigned, type Signed } from './verify.js';

export interface CallbackLineSettings {
  readerOf(partnerId: string): ((body: unknown) => { callback: PartnerNews } | { problem: string }) | undefined;
  secretsOf(partnerId: string): readonly string[];
  /** A file may be old; the ids of callbacks are kept for as long. */
  keepDays: number;
}

const mostLines = 10_000;
const mostProblems = 50;

export function createCallbackLines({ readerOf, secretsOf, keepDays }: CallbackLineSettings): FileHandler {
  /** @returns what a line says, or what is wrong with it */
  function read(partnerId: string, line: string): { id: string; news: PartnerNews } | string {
    const reader = readerOf(partnerId);
    if (!reader) return 'the partner is not connected';
    const signed = jsonOf(line) as Signed | undefined;
    const fits = signed && (['id', 'timestamp', 'signature', 'body'] as const).every((field) => typeof signed[field] === 'string');
    if (!fits) return 'it is no object of id, timestamp, signature and body, all text';
    if (!isSigned(signed, secretsOf(partnerId), keepDays * 86_400)) return 'the signature or its timestamp does not fit';
    const said = reader(jsonOf(signed.body));
    return 'problem' in said ? said.problem : { id: signed.id, news: said.callback };
  }

  return {
    what: 'callbacks*.jsonl',
    matches: ({ name }) => /^callbacks.*\.jsonl$/i.test(name),
    async take(tx, { partnerId, bytes }) {
      if (!isUtf8(bytes)) return { refused: ['it is not UTF-8'] };
      const lines = bytes.toString('utf8').split('\n');
      if (lines.at(-1) === '') lines.pop();
      if (!lines.length) return { refused: ['it is empty'] };
      if (lines.length > mostLines) return { refused: [`it has more than ${mostLines} lines`] };
      const all = lines.map((line) => read(partnerId, line));
      const problems = all.flatMap((said, i) => (typeof said === 'string' ? [`line ${i + 1}: ${said}`] : []));
      if (problems.length) return { refused: problems.slice(0, mostProblems) };
      const told = all as Exclude<(typeof all)[number], string>[];
      // All its cases are locked in one order, so that two who take several never wait for each other in a circle.
      await casesById(
        tx,
        await casesOfHandoffs(
          tx,
          partnerId,
          told.map(({ news }) => news.deliveryId),
        ),
      );
      const counts = { lines: told.length, recorded: 0, seenBefore: 0 };
      for (const [i, { id, news }] of told.entries()) {
        const outcome = await takeCallback(tx, partnerId, id, news);
        if (outcome === 'notFound') problems.push(`line ${i + 1}: there is no such delivery`);
        else counts[outcome]++;
      }
      return problems.length ? { refused: problems.slice(0, mostProblems) } : { taken: counts };
    },
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

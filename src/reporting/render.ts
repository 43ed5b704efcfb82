// A bureau's file as bytes: each of its parts hashed and counted on its way to wherever it is kept or written.
import { createHash } from 'node:crypto';
import type { BureauFileFormat, FileHeader } from '../../connectors/bureau-file.js';
import type { BureauFileRow } from '../storage/bureau-files.js';
import type { BureauSettings } from './settings.js';
import type { Spool } from './spool.js';

/** Told now and then while a file is made. */
export type OnProgress = (step: 'gathered' | 'written', records: number) => void;

export interface MadePart {
  part: string;
  name: string;
  sha256: string;
  bytes: bigint;
  totals: Readonly<Record<string, number>>;
}

/** Where the bytes of parts go. */
export interface Sink {
  begin(part: { ordinal: number; name: string; part: string }): Promise<void>;
  write(chunk: Buffer): Promise<void>;
  end(part: MadePart & { ordinal: number }): Promise<void>;
}

export const headerOf = (file: BureauFileRow): FileHeader => ({
  reporter: settingsOf(file).reporter,
  period: { from: file.periodFrom, to: file.periodTo },
  createdAt: { on: file.createdOn, time: '00:00:00' },
  sequence: Number(file.sequence),
});

export const settingsOf = (file: BureauFileRow): BureauSettings => file.settings as unknown as BureauSettings;

export async function render(
  file: BureauFileRow,
  format: BureauFileFormat,
  spool: Spool,
  sink: Sink,
  onProgress: OnProgress,
): Promise<MadePart[]> {
  const parts: MadePart[] = [];
  for (const [ordinal, part] of format.files(headerOf(file), () => spool.records()).entries()) {
    const hash = createHash('sha256');
    let bytes = 0;
    const write = async (chunk: Buffer) => {
      if (bytes === 0) await sink.begin({ ordinal, name: part.name, part: part.part });
      hash.update(chunk);
      bytes += chunk.length;
      await sink.write(chunk);
      onProgress('written', bytes);
    };
    let waiting: Buffer | null = null;
    for await (const chunk of part.bytes()) {
      if (waiting) await write(waiting);
      waiting = chunk;
    }
    if (part.needless?.()) continue;
    if (waiting) await write(waiting);
    const made = { part: part.part, name: part.name, sha256: hash.digest('hex'), bytes: BigInt(bytes), totals: part.totals() };
    await sink.end({ ...made, ordinal });
    parts.push(made);
  }
  return parts;
}

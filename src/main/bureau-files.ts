// `casegraph bureau-file` and `bureau-answer`: files to credit bureaus, made, made again as they were, and what the bureaus say of them.
import { once } from 'node:events';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { bureauFileFormats } from '../../connectors/index.js';
import type { BureauFileFormat } from '../../connectors/bureau-file.js';
import type { FileKind } from '../reporting/decide.js';
import { linesOf } from '../domain/bureau/reconcile.js';
import { makeFile, remakeFile, showFile, type Made } from '../reporting/make-file.js';
import { settingsOf, type OnProgress, type Sink } from '../reporting/render.js';
import { NotNow, orderFile, periodOf, wouldBe } from '../reporting/order-file.js';
import { readBureauSettings, type BureauSettings } from '../reporting/settings.js';
import { reconcileFiles, type Holding } from '../reporting/reconcile.js';
import { takeAnswer } from '../reporting/take-answer.js';
import { fileIsSent, fileKnownAt, keptBytes, partsOf, type BureauFileRow } from '../storage/bureau-files.js';
import { heldBackOf } from '../storage/bureau-items.js';
import type { Store } from '../storage/store.js';
import { createProgress } from '../sandbox/progress.js';
import { CannotStart, mustBeMigrated, openDatabase } from './open.js';

export interface BureauFileOptions {
  bureau: string;
  /** `YYYY-MM` */
  period: string;
  resubmit?: boolean;
  correct?: boolean;
  /** RFC 3339 */
  asKnownAt?: string;
  out?: string;
}

type Say = (line: string) => void;

export async function writeBureauFile(url: string, bureausFile: string | undefined, options: BureauFileOptions, say: Say): Promise<void> {
  const { bureau, out } = options;
  const [settings, format] = bureauNamed(bureausFile, bureau);
  const period = periodOf(options.period);
  await withStore(url, async (store) => {
    const progress = createProgress(process.stderr);
    const onProgress: OnProgress = (step, count) => progress.during(step === 'gathered' ? `… ${count} loans` : `… ${count} bytes`);
    if (options.asKnownAt !== undefined) return asKnownAt(store, settings, format, period, { at: options.asKnownAt, out }, onProgress, say);
    const kind: FileKind = options.resubmit ? 'RESUBMISSION' : options.correct ? 'CORRECTION' : 'PERIOD';
    const file = await orderFile(store, settings, kind, period, 'command line');
    const made = await makeFile(store, file, formatOf(file), onProgress);
    progress.during('');
    tell(file, made, say);
    for (const { accountRef, field, code, words } of await store.transaction((tx) => heldBackOf(tx, file.id, 20)))
      say(`  held back ${accountRef}: ${field ?? ''} ${words} (${code})`);
    if (out !== undefined) await handOver(store, file, out, say);
  });
}

/** Writes the kept bytes; from then on the file counts as sent. */
async function handOver(store: Store, file: BureauFileRow, out: string, say: Say): Promise<void> {
  mkdirSync(out, { recursive: true });
  await store.transaction(async (tx) => {
    for (const part of await partsOf(tx, file.id)) {
      const target = openTarget(join(out, part.name));
      for await (const bytes of keptBytes(tx, part.id)) await target.write(bytes);
      await target.end();
      say(`✓ ${join(out, part.name)}`);
    }
    await fileIsSent(tx, file.id);
  });
}

async function asKnownAt(
  store: Store,
  settings: BureauSettings,
  format: BureauFileFormat,
  period: ReturnType<typeof periodOf>,
  { at, out }: { at: string; out?: string },
  onProgress: OnProgress,
  say: Say,
): Promise<void> {
  const kept = await store.transaction((tx) => fileKnownAt(tx, settings.id, period.to, at));
  const sink = toFolder(out);
  if (!kept) {
    const file = await store.transaction((tx) => wouldBe(tx, settings, period, at));
    tell(file, await showFile(store, file, format, sink, onProgress), say);
    say(`No file was ordered at that instant: this is what one of the whole period would have been.`);
    return;
  }
  const made = await remakeFile(store, kept, formatOf(kept), sink, onProgress);
  tell(kept, made, say);
  const sent = await store.transaction((tx) => partsOf(tx, kept.id));
  const differs = made.parts.filter(({ sha256 }, i) => sent[i]?.sha256 !== sha256);
  if (differs.length || made.parts.length !== sent.length)
    throw new CannotStart(`The bytes are not those that were kept: ${differs.map(({ name }) => name).join(', ') || 'parts are missing'}`);
  say('The same bytes as were kept when it was made.');
}

function tell(file: BureauFileRow, { records, heldBack, parts }: Made, say: Say): void {
  say(
    `${file.bureauId} ${file.periodTo.slice(0, 7)}, file ${file.sequence} (${file.kind}), known at ${file.knownAt}, due on ${file.dueOn}`,
  );
  say(`  ${records} records${heldBack ? `, ${heldBack} held back` : ''}`);
  for (const { name, bytes, sha256, totals } of parts)
    say(
      `  ${name}  ${bytes} bytes  sha256 ${sha256}  ${Object.entries(totals)
        .map(([key, value]) => `${key} ${value}`)
        .join(', ')}`,
    );
}

function openTarget(path: string) {
  const stream = createWriteStream(path, { mode: 0o600 });
  return {
    async write(chunk: Buffer) {
      if (!stream.write(chunk)) await once(stream, 'drain');
    },
    async end() {
      stream.end();
      await once(stream, 'close');
    },
  };
}

function toFolder(out: string | undefined): Sink {
  let target: ReturnType<typeof openTarget> | null = null;
  if (out !== undefined) mkdirSync(out, { recursive: true });
  return {
    begin: async ({ name }) => void (target = out === undefined ? null : openTarget(join(out, name))),
    write: async (chunk) => target?.write(chunk),
    end: async () => target?.end(),
  };
}

export async function importAnswers(
  url: string,
  bureausFile: string | undefined,
  bureau: string,
  files: readonly string[],
  say: Say,
): Promise<boolean> {
  const [, format] = bureauNamed(bureausFile, bureau);
  let good = true;
  await withStore(url, async (store) => {
    for (const file of files) {
      const taken = await takeAnswer(store, bureau, format, readFileSync(file), basename(file));
      if (taken.is === 'taken')
        say(
          `✓ ${file}: file ${taken.sequence} is ${taken.state}${taken.rejected ? `, ${taken.rejected} records refused` : ''}${taken.warned ? `, ${taken.warned} with warnings` : ''}`,
        );
      else if (taken.is === 'known') say(`✓ ${file}: was taken before`);
      else {
        good = false;
        say(`✗ ${file}: ${taken.problem}`);
      }
    }
  });
  return good;
}

/** @param ledger JSON: `{ accounts: { [number]: { daysPastDue?, qualityClass?, overdue?, outstanding? } } }`. @returns 0 when there are no differences, else 1 */
export async function reconcileHoldings(
  url: string,
  bureausFile: string | undefined,
  { bureau, ledger, json }: { bureau: string; ledger: string; json: boolean },
  say: Say,
): Promise<number> {
  bureauNamed(bureausFile, bureau);
  let read: { accounts?: Record<string, Holding> };
  try {
    read = JSON.parse(readFileSync(ledger, 'utf8')) as typeof read;
  } catch (error) {
    throw new CannotStart(`--ledger: ${ledger} cannot be read: ${(error as Error).message}`);
  }
  if (typeof read?.accounts !== 'object') throw new CannotStart(`--ledger: ${ledger} has no accounts`);
  const holdings = new Map(Object.entries(read.accounts));
  let count = 0;
  await withStore(url, async (store) => {
    const { accounts, differences } = await reconcileFiles(store, bureau, holdings);
    count = differences.length;
    if (json) return say(JSON.stringify({ bureau, accounts, differences }, null, 2));
    linesOf(accounts, differences).forEach(say);
  });
  return count ? 1 : 0;
}

function bureauNamed(bureausFile: string | undefined, bureau: string): [BureauSettings, BureauFileFormat] {
  if (!bureausFile) throw new CannotStart('BUREAUS_FILE is not set: it names the file that says how this bank reports (schema/bureaus)');
  const all = readBureauSettings(bureausFile, Object.keys(bureauFileFormats));
  const settings = all.find(({ id }) => id === bureau);
  if (!settings) throw new CannotStart(`--bureau: ${bureausFile} has no ${bureau}; it has ${all.map(({ id }) => id).join(', ')}`);
  return [settings, bureauFileFormats[settings.format]!(settings.ofFormat ?? {})];
}

/** Of the settings that the file was ordered with. */
const formatOf = (file: BureauFileRow): BureauFileFormat => bureauFileFormats[file.format]!(settingsOf(file).ofFormat ?? {});

async function withStore(url: string, work: (store: Store) => Promise<void>): Promise<void> {
  const store = await openDatabase(url);
  try {
    await mustBeMigrated(store);
    await work(store);
  } catch (error) {
    throw error instanceof NotNow ? new CannotStart(error.message) : error;
  } finally {
    await store.close();
  }
}

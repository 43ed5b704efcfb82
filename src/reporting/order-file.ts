// Orders a bureau's file: its place in the bureau's sequence, what is known for it, and whether it may be made at all.
import { idOf } from '../domain/ids.js';
import { toDate } from '../domain/day.js';
import type { LocalDate } from '../domain/fact.js';
import {
  drawLine,
  inTurn,
  keepOrder,
  knownThroughAt,
  lastFile,
  lastFileOf,
  orderWith,
  unfinishedFile,
  type BureauFileRow,
} from '../storage/bureau-files.js';
import { businessDateOf } from '../storage/progress.js';
import type { Store, Tx } from '../storage/store.js';
import type { FileKind } from './decide.js';
import type { BureauSettings } from './settings.js';
import type { Period } from './standing.js';

/** Why a file cannot be made, in words for the bureau desk. */
export class NotNow extends Error {}

/** @param month `YYYY-MM` */
export function periodOf(month: string): Period {
  const [year, number] = month.split('-').map(Number);
  return { from: `${month}-01`, to: toDate(Date.UTC(year!, number!, 1) / 86_400_000 - 1) };
}

/** The day of the next month by which the bureau wants the file. */
export function dueOf({ to }: Pick<Period, 'to'>, dueDay: number): LocalDate {
  return toDate(Date.UTC(Number(to.slice(0, 4)), Number(to.slice(5, 7)), dueDay) / 86_400_000);
}

/**
 * Ordered once, it keeps its place whatever happens: one that was not finished is given back, to be made before any other, by the settings of now.
 * @throws NotNow
 */
export function orderFile(
  store: Store,
  settings: BureauSettings,
  kind: FileKind,
  period: Period,
  orderedBy: string,
): Promise<BureauFileRow> {
  return store.transaction(async (tx) => {
    await inTurn(tx, settings.id);
    const unfinished = await unfinishedFile(tx, settings.id);
    if (unfinished && (unfinished.kind !== kind || unfinished.periodTo !== period.to))
      throw new NotNow(
        `${settings.id}: file ${unfinished.sequence} (${unfinished.kind} of ${unfinished.periodTo.slice(0, 7)}) was ordered and is not made yet; make it first`,
      );
    if (unfinished && unfinished.format !== settings.format)
      throw new NotNow(`${settings.id}: file ${unfinished.sequence} was ordered in ${unfinished.format} and is not made yet`);
    if (unfinished) {
      const asOfNow = settings as unknown as BureauFileRow['settings'];
      await orderWith(tx, unfinished.id, asOfNow);
      return { ...unfinished, settings: asOfNow };
    }
    const createdOn = await mayBeMade(tx, settings, kind, period);
    const sequence = ((await lastFile(tx, settings.id))?.sequence ?? 0n) + 1n;
    const file: BureauFileRow = {
      ...unmade(settings, kind, period, { createdOn, sequence, ...(await drawLine(tx)) }),
      state: 'ORDERED',
    };
    await keepOrder(tx, file, orderedBy);
    return file;
  });
}

/** @returns the business date that it is made on */
async function mayBeMade(tx: Tx, { id, tenant }: BureauSettings, kind: FileKind, period: Period): Promise<LocalDate> {
  const month = period.to.slice(0, 7);
  const reached = await businessDateOf(tx, tenant);
  if (reached === null) throw new NotNow(`${id}: no business date of the tenant ${tenant} was opened yet`);
  if (reached <= period.to) throw new NotNow(`${id}: ${month} is not over: the books have reached ${reached}`);
  const ofPeriod = await lastFileOf(tx, id, period.to);
  if (kind === 'PERIOD' && ofPeriod)
    throw new NotNow(
      `${id}: ${month} was reported in file ${ofPeriod.sequence} (${ofPeriod.state}); --resubmit tells what was refused of it, --correct what is known better now`,
    );
  if (kind !== 'PERIOD' && !ofPeriod) throw new NotNow(`${id}: ${month} was not reported yet`);
  const last = await lastFile(tx, id);
  if (last?.state === 'REJECTED' && !(kind === 'RESUBMISSION' && last.periodTo === period.to))
    throw new NotNow(
      `${id}: file ${last.sequence} was refused as a whole; resubmit ${last.periodTo.slice(0, 7)} before anything else is sent`,
    );
  return reached;
}

const unmade = (
  settings: BureauSettings,
  kind: FileKind,
  period: Period,
  line: Pick<BureauFileRow, 'createdOn' | 'sequence' | 'knownAt' | 'knownThrough'>,
): Omit<BureauFileRow, 'state'> => ({
  // One that turned out to be empty leaves its place in the sequence to another.
  id: idOf('bfile', settings.id, Number(line.sequence), line.knownAt),
  bureauId: settings.id,
  tenant: settings.tenant,
  format: settings.format,
  kind,
  periodFrom: period.from,
  periodTo: period.to,
  // What is known better has to be there with the file of the month in which it became known.
  dueOn: dueOf(kind === 'CORRECTION' ? { to: line.createdOn } : period, settings.dueDay),
  settings: settings as unknown as Record<string, unknown>,
  records: 0,
  heldBack: 0,
  ...line,
});

/** A file as it would have been made at an instant, for a period that was not reported then: never kept. */
export async function wouldBe(tx: Tx, settings: BureauSettings, period: Period, knownAt: string): Promise<BureauFileRow> {
  const sequence = ((await lastFile(tx, settings.id))?.sequence ?? 0n) + 1n;
  return {
    ...unmade(settings, 'PERIOD', period, {
      createdOn: dueOf(period, 1),
      sequence,
      knownAt,
      knownThrough: await knownThroughAt(tx, knownAt),
    }),
    state: 'ORDERED',
  };
}

// What the trailer counts, record by record.
import type { BaseValues } from './base.js';
import { trailerLayout, type NameOf } from './layout.js';
import type { Consumer, Segment } from './segments.js';

type TotalName = Exclude<NameOf<typeof trailerLayout>, 'recordDescriptorWord' | 'recordIdentifier' | 'reserved' | 'reserved2'>;
export type Totals = Record<TotalName, number>;

const named = (name: string): name is TotalName => !/^(record|reserved)/.test(name);

/** Of a file with no record; the block count is of the header and the trailer. */
export const noTotals = (): Totals => {
  const zeros = trailerLayout.rows.flatMap(([name]) => (named(name) ? [[name, 0]] : []));
  return { ...(Object.fromEntries(zeros) as Totals), blockCount: 2 };
};

export function count(totals: Totals, base: BaseValues, segments: readonly Segment[]): void {
  totals.baseRecords++;
  totals.blockCount++;
  totals[`status${base.accountStatus}` as TotalName]++;
  consumer(totals, 'Base', base);
  for (const { name, consumer: of } of segments) {
    totals[`${name.toLowerCase()}Segments` as TotalName]++;
    if (of && (name === 'J1' || name === 'J2')) consumer(totals, name, of);
  }
}

function consumer(totals: Totals, where: 'Base' | 'J1' | 'J2', of: BaseValues | Consumer): void {
  if (of.ecoaCode === 'Z') totals.ecoaCodeZ++;
  if (of.telephone) totals.telephones++;
  if (of.socialSecurityNumber) {
    totals.socialSecurityNumbers++;
    totals[`socialSecurityNumbers${where}`]++;
  }
  if (of.dateOfBirth) {
    totals.birthDates++;
    totals[`birthDates${where}`]++;
  }
}

// Counts again what the trailer says: M14.
import { hasNumber } from './account-rules.js';
import type { Note } from './problems.js';
import type { Metro2Record } from './record.js';
import type { NameOf, Said } from './said.js';
import { trailer as trailerTable } from './tables.js';

type Trailer = Said<NameOf<typeof trailerTable>>;
const segmentTotals: Readonly<Record<string, string>> = {
  J1: 'J1 segments',
  J2: 'J2 segments',
  K1: 'K1 original creditor segments',
  K2: 'K2 purchased/sold segments',
  K3: 'K3 mortgage segments',
  K4: 'K4 specialized payment segments',
  L1: 'L1 change segments',
  N1: 'N1 employment segments',
};
const counted = trailerTable.map((row) => row.split(' ').slice(2).join(' ')).filter((name) => !/^(Rec|Res)/.test(name)) as NameOf<
  typeof trailerTable
>[];

export class Recount {
  private readonly totals = new Map<string, number>([['Block count', 2]]);

  add({ base, consumers, segments }: Metro2Record): void {
    this.one('Base records');
    this.one('Block count');
    this.one(`Status ${base.text('Account status')}`);
    for (const { name } of segments) this.one(segmentTotals[name] ?? name);
    for (const { said, where } of consumers) {
      if (said.text('ECOA code') === 'Z') this.one('ECOA code Z');
      if (said.number('Telephone number') > 0) this.one('Telephone numbers, all segments');
      if (hasNumber(said.text('Social security number'))) this.both('SSNs', where);
      if (said.date('Date of birth')) this.both('Birth dates', where);
    }
  }

  /** By the name in the bureau's tables; what never came is 0. */
  get(name: string): number {
    return this.totals.get(name) ?? 0;
  }

  compare(trailer: Trailer, note: Note): void {
    for (const name of counted) {
      const said = trailer.number(name);
      if (said !== this.get(name)) note(name, 'M14', `the trailer says ${said}; there are ${this.get(name)}`);
    }
  }

  private both(what: string, where: string): void {
    this.one(`${what}, all segments`);
    this.one(`${what}, ${where}`);
  }

  private one(name: string): void {
    this.totals.set(name, this.get(name) + 1);
  }
}

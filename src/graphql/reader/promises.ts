// What the nouns promise of their columns, to be compared with the tables at the start.
import type { Promised } from '../../storage/reader/catalogue.js';
import { allNouns } from './nouns.js';

export function promisedColumns(): Promised[] {
  return allNouns().flatMap(({ type, table, members }) =>
    [...members].flatMap(([key, { declared }]): Promised[] => {
      const field = `${type.name}.${key}`;
      if (declared.is === 'one' && declared.here) return [{ field, table: table.name, column: declared.here, nullable: true }];
      if (declared.is !== 'column' || !/^@\.#$/.test(declared.sql)) return [];
      return [{ field, table: table.name, column: declared.stem, nullable: declared.nullable }];
    }),
  );
}

// What the nouns promise of their columns, to be compared with the tables at the start.
import type { Promised } from '../../storage/reader/catalogue.js';
import { allNouns } from './nouns.js';

export function promisedColumns(): Promised[] {
  return allNouns().flatMap(({ type: noun, table, members }) =>
    [...members].flatMap(([key, { declared, type: typeOf }]): Promised[] => {
      const field = `${noun.name}.${key}`;
      if (declared.is === 'one' && declared.here) return [{ field, table: table.name, column: declared.here, nullable: true }];
      if (declared.is !== 'column' || !/^@\.#$/.test(declared.sql)) return [];
      const type = typeOf();
      const embedded = typeof type === 'function' && ![String, Boolean, Number].includes(type as never);
      return [{ field, table: table.name, column: embedded ? `${declared.stem}_minor` : declared.stem, nullable: declared.nullable }];
    }),
  );
}

// What the nouns promise of their columns, to be compared with the tables at the start.
import type { Promised } from '../../storage/reader/catalogue.js';
import { columnLeaf } from './members.js';
import { absenceOf, allNouns, membersOf, type Declared, type Type } from './nouns.js';

export function promisedColumns(): Promised[] {
  return allNouns().flatMap(({ type: noun, table, members }) =>
    [...members].flatMap(([key, { declared, type }]): Promised[] => {
      const field = `${noun.name}.${key}`;
      if (declared.is === 'one' && declared.here)
        return [{ field, table: table.name, leaf: { sql: `@.${declared.here}`, type: 'text', nullable: declared.nullable } }];
      return declared.is === 'column' ? ofColumn(field, table.name, declared, type) : [];
    }),
  );
}

function ofColumn(field: string, table: string, declared: Extract<Declared, { is: 'column' }>, typeOf: Type): Promised[] {
  const type = typeOf();
  const absence = absenceOf(type);
  if (absence === undefined) return [{ field, table, leaf: columnLeaf(declared, type) }];
  const absent = declared.nullable ? absence.replaceAll('#', declared.stem) : undefined;
  return [...membersOf((type as new () => object).prototype)].flatMap(([key, part]): Promised[] =>
    part.declared.is === 'column'
      ? [{ field: `${field}.${key}`, table, leaf: columnLeaf(part.declared, part.type(), declared.stem), absent }]
      : [],
  );
}

// Whether a release writes what is read here in the kinds that are read here: "V1" records change, and a field that became something else would be misread without a word.
import type { Schemas } from './schema-set.js';

/**
 * A field that a release does not have reads as not said, one that is new is passed over; one that is of another kind is a fault.
 * @param known the schemas that the mapping was written for
 * @returns the faults, each with its record and field
 */
export function changedFields(written: Schemas, known: Schemas): string[] {
  const ours = new Map([...known.values()].map(({ record, type }) => [record, kindsOf(type)]));
  const faults = new Set<string>();
  for (const { record, type } of written.values())
    for (const [field, kind] of kindsOf(type)) {
      const read = ours.get(record)?.get(field);
      if (read !== undefined && read !== kind) faults.add(`${record}.${field} is ${kind}, and is read as ${read}`);
    }
  return [...faults];
}

const kindsOf = (type: any): Map<string, string> => new Map(type.fields.map((field: any) => [field.name, kindOf(field.type)]));

/** Without null: what may be left out is checked where it is needed. */
function kindOf(type: any): string {
  const { typeName } = type;
  if (typeName.startsWith('union:'))
    return type.types
      .filter((each: any) => each.typeName !== 'null')
      .map(kindOf)
      .join(' or ');
  if (typeName === 'array') return `a list of ${kindOf(type.itemsType)}`;
  return type.name ?? typeName.replace(/^(logical|abstract):/, '');
}

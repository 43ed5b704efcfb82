// How the bureaus' tables of fields are written down here.

/** A field of one of the bureau's own types, with the codes that it may have; without them, any. */
export interface FieldOf<Type extends string> {
  name: string;
  type: Type;
  required: boolean;
  codes?: ReadonlySet<string>;
}

/** `kualitas code! 1 2 3` is a required field of the codes 1, 2 and 3; several are told apart by `, `. */
export function fieldsOf<Type extends string>(...texts: readonly string[]): readonly FieldOf<Type>[] {
  return texts
    .join(', ')
    .split(', ')
    .map((text) => {
      const [name, type, ...codes] = text.split(' ');
      return {
        name: name!,
        type: type!.replace('!', '') as Type,
        required: type!.endsWith('!'),
        ...(codes.length ? { codes: new Set(codes) } : {}),
      };
    });
}

// A query for all that a case has: each field of each noun below it, once.
import {
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isUnionType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';

/** @param but nouns, and fields as `Noun.field`, that are not entered */
export function wholeCaseQuery(schema: GraphQLSchema, but: readonly string[]): string {
  const select = (type: GraphQLObjectType, above: readonly string[]): string =>
    Object.values(type.getFields())
      .flatMap((field) => {
        if (but.includes(`${type.name}.${field.name}`)) return [];
        const args = field.args.some(({ name }) => name === 'first') ? '(first: 20)' : '';
        const below = selectionOf(field.type, [...above, type.name]);
        return below === null ? [] : [`${field.name}${args}${below}`];
      })
      .join(' ');
  const selectionOf = (of: GraphQLOutputType, above: readonly string[]): string | null => {
    const type = getNamedType(of);
    if (isLeafType(type)) return '';
    if (isUnionType(type)) {
      const each = type.getTypes().flatMap((member) => (above.includes(member.name) ? [] : [`... on ${member.name} { id }`]));
      return each.length ? ` { __typename ${each.join(' ')} }` : null;
    }
    if (isInterfaceType(type) || !isObjectType(type) || above.includes(type.name) || but.includes(type.name)) return null;
    const fields = select(type, above);
    return fields ? ` { ${fields} }` : null;
  };
  return `query ($id: ID!) { case(id: $id)${selectionOf(schema.getType('RecoveryCase') as GraphQLObjectType, [])!} }`;
}

// Completes what code answered, as graphql-js would: the selected fields under their response keys, leaves serialised.
import {
  getNullableType,
  isLeafType,
  isListType,
  isNonNullType,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from 'graphql';
import { keyed, type Scene } from './scene.js';

export type Complete = (value: any) => unknown;

export function completes(type: GraphQLOutputType, nodes: FieldNode[], scene: Scene): Complete {
  const whole = getNullableType(type);
  const present = isListType(whole)
    ? list(completes(whole.ofType, nodes, scene))
    : isLeafType(whole)
      ? (value: unknown) => whole.serialize(value)
      : object(whole as GraphQLObjectType, nodes, scene);
  return (value) => {
    if (value != null) return present(value);
    if (isNonNullType(type)) throw new Error(`A ${type} was left null`);
    return null;
  };
}

const list =
  (each: Complete): Complete =>
  (values) =>
    Array.from(values, each);

function object(type: GraphQLObjectType, nodes: FieldNode[], scene: Scene): Complete {
  const members = [...scene.selection.under(type, nodes)].map(([responseKey, same]): [string, Complete] => {
    const key = scene.forGraphql ? keyed(responseKey) : responseKey;
    const field = type.getFields()[same[0]!.name.value];
    if (!field) return [key, () => type.name];
    const complete = completes(field.type, same, scene);
    return [key, (value) => complete(value[field.name])];
  });
  return (value) => Object.fromEntries(members.map(([key, member]) => [key, member(value)]));
}

// The published schema is the one that the code makes, and nothing in it is for everybody by oversight.
import { readFileSync } from 'node:fs';
import { getNamedType, isIntrospectionType, isObjectType, type GraphQLObjectType } from 'graphql';
import { errorCatalogue } from '../../src/graphql/error-catalogue.js';
import { allNouns, classOf, nounOf } from '../../src/graphql/reader/nouns.js';
import { createSchema, sdlOf } from '../../src/graphql/schema.js';
import { roles } from '../../src/storage/profiles.js';

const schema = createSchema();

it('is committed as it is (`npm run schema` writes it)', () => {
  expect(readFileSync('schema/case-graph.graphql', 'utf8')).toBe(sdlOf(schema));
});

it('names for each noun who may read it', () => {
  expect(allNouns().length).toBeGreaterThan(20);
  for (const { type, roles: readers } of allNouns())
    expect([type.name, readers.filter((role) => !(roles as readonly string[]).includes(role)), readers.length > 0]).toEqual([
      type.name,
      [],
      true,
    ]);
});

it.each(['Mutation', 'Subscription'])('names for each field of %s who may use it', (name) => {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new Error(`There is no ${name}`);
  for (const field of Object.values(type.getFields())) {
    const allowed = field.extensions['roles'] as string[] | undefined;
    expect([
      field.name,
      allowed?.length ? allowed.filter((role) => !(roles as readonly string[]).includes(role)) : 'nobody is named',
    ]).toEqual([field.name, []]);
  }
});

it('has every root of Query read by the reader, whose nouns carry their rights; a count beside it names its roles', () => {
  for (const field of Object.values(schema.getQueryType()!.getFields()))
    expect([field.name, Boolean(field.extensions['reader'] ?? (field.extensions['roles'] as string[])?.length)]).toEqual([
      field.name,
      true,
    ]);
});

describe('every field', () => {
  it('of a noun has a class, its own or the one that its noun states, and a mask if and only if it is personal or sensitive', () => {
    const faults = allNouns().flatMap((noun) => {
      const type = schema.getType(noun.type.name) as GraphQLObjectType;
      return Object.keys(type.getFields()).flatMap((key): string[] => {
        if (key === 'id') return [];
        const member = noun.members.get(key);
        if (!member) return [`${type.name}.${key} is not declared by the decorators of src/graphql/reader/declare.ts`];
        const [of, masked] = [classOf(noun, key), member.declared.is === 'column' && member.declared.mask !== undefined];
        if (!['public', 'internal', 'pii', 'sensitive'].includes(of)) return [`${type.name}.${key} has no class`];
        return masked === ['pii', 'sensitive'].includes(of) ? [] : [`${type.name}.${key} is ${of} and ${masked ? '' : 'not '}masked`];
      });
    });
    expect(faults).toEqual([]);
  });

  it('of a noun with masks has its reasons told', () => {
    for (const { type, members } of allNouns())
      expect([type.name, members.has('masked')]).toEqual([
        type.name,
        [...members.values()].some(({ declared }) => declared.is === 'column' && declared.mask),
      ]);
  });

  it('of any other type is below one that has a rule', () => {
    const nouns = new Set(allNouns().map(({ type }) => type.name));
    const ruled = new Set<string>();
    const follow = (type: unknown): void => {
      if (!isObjectType(type) || ruled.has(type.name)) return;
      ruled.add(type.name);
      for (const field of Object.values(type.getFields())) follow(getNamedType(field.type));
    };
    // A root has the rule of the noun that it reads, or its own roles.
    for (const root of ['Query', 'Mutation', 'Subscription'])
      for (const field of Object.values((schema.getType(root) as GraphQLObjectType).getFields())) {
        const { reader, roles: own } = field.extensions as { reader?: { noun?: string; read: string }; roles?: string[] };
        if (own?.length || reader?.read === 'node' || (reader?.noun && nounOf(reader.noun))) follow(getNamedType(field.type));
      }
    for (const noun of nouns) follow(schema.getType(noun));
    for (const error of schema.getPossibleTypes(schema.getType('UserError') as never)) follow(error); // below every mutation
    const without = Object.values(schema.getTypeMap()).filter(
      (type) =>
        isObjectType(type) && !isIntrospectionType(type) && !/^(Query|Mutation|Subscription)$/.test(type.name) && !ruled.has(type.name),
    );
    expect(without.map(({ name }) => name)).toEqual([]);
  });
});

it('has its catalogue of errors committed as it is', () => {
  expect(readFileSync('schema/errors.md', 'utf8')).toBe(errorCatalogue());
});

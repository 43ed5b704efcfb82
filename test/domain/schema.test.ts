// The published schema is the one that the code makes, and nothing in it is for everybody by oversight.
import { readFileSync } from 'node:fs';
import { isObjectType } from 'graphql';
import { errorCatalogue } from '../../src/graphql/error-catalogue.js';
import { allNouns } from '../../src/graphql/reader/nouns.js';
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

it('has every root of Query read by the reader, whose nouns carry their rights', () => {
  for (const field of Object.values(schema.getQueryType()!.getFields()))
    expect([field.name, Boolean(field.extensions['reader'])]).toEqual([field.name, true]);
});

it('has its catalogue of errors committed as it is', () => {
  expect(readFileSync('schema/errors.md', 'utf8')).toBe(errorCatalogue());
});

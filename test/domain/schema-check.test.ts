// What the check of the published schema lets pass, and what it holds up until it is approved.
import { createHash } from 'node:crypto';
import { compare } from '../schema/check.js';

const base =
  'enum Order { STAGE } enum Stage { SOFT FIELD } type Case { stage: Stage! team: String } type Query { case(id: ID!): Case cases(by: Order): [Case] }';
const check = (head: string, approved: string[] = [], of = head) =>
  compare(base, head, [{ schema: createHash('sha256').update(of).digest('hex'), paths: approved, because: 'nobody uses it' }]);
const without = base.replace(' team: String', '');

it.each([
  ['a new field', base.replace('team', 'queue: String team')],
  ['a new argument that may be left out', base.replace('id: ID!', 'id: ID!, asOf: String')],
  ['a new value of an enum that is only sent', base.replace('STAGE }', 'STAGE TEAM }')],
  ['a deprecation', base.replace('team: String', 'team: String @deprecated(reason: "use queue; remove after 2027-01-01")')],
])('lets %s pass', async (_, head) => expect(await check(head)).toEqual([]));

it.each([
  ['breaking', 'a removed field', without, 'Case.team'],
  ['breaking', 'a field that may be null now', base.replace('Stage!', 'Stage'), 'Case.stage'],
  ['breaking', 'a new argument that must be given', base.replace('id: ID!', 'id: ID!, of: ID!'), 'Query.case.of'],
  ['dangerous', 'a new value of an enum', base.replace('FIELD', 'FIELD LEGAL'), 'Stage.LEGAL'],
])('holds up as %s %s', async (level, _, head, path) =>
  expect(await check(head)).toEqual([expect.objectContaining({ level, path, approved: false })]),
);

it('lets pass what was approved for this very schema, and for no other', async () => {
  expect((await check(without, ['Case.team'])).map(({ approved }) => approved)).toEqual([true]);
  expect((await check(without, ['Case.team'], `${without} `)).map(({ approved }) => approved)).toEqual([false]);
  expect((await check(without, ['Case.stage'])).map(({ approved }) => approved)).toEqual([false]);
});

// When a borrower may be called: by the clock of where they live, on the days of the policy.
import 'reflect-metadata';
import { guard } from '../../src/domain/case/guards.js';
import { nextContact } from '../../src/domain/case/contact-hours.js';
import { availableActions } from '../../src/graphql/case/available-actions.js';

const hours = { days: [1, 2, 3, 4, 5, 6], fromHour: 8, toHour: 20 };

it.each([
  ['within the hours', 'Asia/Jakarta', '2026-03-10T03:00:00Z', '2026-03-10T03:00:00Z'],
  ['at their first minute', 'Asia/Jakarta', '2026-03-10T01:00:00Z', '2026-03-10T01:00:00Z'],
  ['before them', 'Asia/Jakarta', '2026-03-10T00:59:59Z', '2026-03-10T01:00:00Z'],
  ['when they end', 'Asia/Jakarta', '2026-03-10T13:00:00Z', '2026-03-11T01:00:00Z'],
  ['on a Saturday evening', 'Asia/Jakarta', '2026-03-14T13:30:00Z', '2026-03-16T01:00:00Z'],
  ['on a Sunday', 'Asia/Jayapura', '2026-03-15T03:00:00Z', '2026-03-15T23:00:00Z'],
  ['in the night in which clocks go on', 'Europe/Berlin', '2026-03-28T20:00:00Z', '2026-03-30T06:00:00Z'],
  ['at the end of a year', 'Asia/Shanghai', '2025-12-31T12:30:00Z', '2026-01-01T00:00:00Z'],
])('is told %s in %s', (_, timeZone, now, expected) =>
  expect(nextContact(hours, timeZone, new Date(now))?.toISOString()).toBe(expected.replace('Z', '.000Z')),
);

const situation = {
  status: 'OPEN',
  legal: 'NONE',
  placement: 'NONE',
  ownership: 'OWNED',
  legalEligible: false,
  overdueSince: '2026-01-01',
  heldScopes: [],
  jurisdiction: 'ID',
  timeZone: 'Asia/Jakarta',
};
const contact = (over: object, now: string) =>
  availableActions([{ ...situation, ...over }], new Date(now))[0]!.find(({ name }) => name === 'CONTACT_BORROWER');

it('is an action that says from when it is allowed, and by which rule it is not', () => {
  expect(contact({}, '2026-03-10T03:00:00Z')).toEqual({
    name: 'CONTACT_BORROWER',
    allowed: true,
    reasons: [],
    ruleIds: [],
    earliestAt: null,
  });
  expect(contact({}, '2026-03-10T14:00:00Z')).toMatchObject({
    allowed: false,
    ruleIds: ['contact-hours'],
    earliestAt: '2026-03-11T01:00:00.000Z',
  });
});
it('has no earliest time where a rule stands against it that does not end by itself', () =>
  expect(contact({ heldScopes: ['CONTACT'] }, '2026-03-10T14:00:00Z')).toMatchObject({
    ruleIds: ['no-contact-hold', 'contact-hours'],
    earliestAt: null,
  }));
it('is refused where the time zone is not known', () =>
  expect(contact({ timeZone: 'Mars/Olympus' }, '2026-03-10T03:00:00Z')).toMatchObject({
    allowed: false,
    ruleIds: ['contact-hours'],
    earliestAt: null,
  }));
it('is not asked of the mutations, which note what took place', () =>
  expect(guard('RECORD_INTERACTION', { ...situation, contactFrom: '2026-03-11T01:00:00Z' }).allowed).toBe(true));

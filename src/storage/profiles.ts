// The profiles: which rows a role sees, and which personal data in clear for which purpose. A role or a purpose that is not here sees nothing.
import type { Condition, Mask, MaskedReason, Profile, Read, Rule } from './reader/shape.js';

export const bankRoles = ['collector', 'supervisor', 'legal', 'bureauReporter', 'auditor', 'platform'] as const;
/** Users of a partner: they see the cases that the partner works on, for as long as it does. */
export const partnerRoles = ['lawFirm', 'agency'] as const;
export const roles = [...bankRoles, ...partnerRoles] as const;
export type Role = (typeof roles)[number];

/** `none` of the cases, those of `own` (assigned to the caller or to nobody), those with the caller's firm or agency, or `all`. */
type Cases = 'none' | 'own' | 'lawFirm' | 'agency' | 'all';
interface Sight {
  sees: readonly Mask[];
  cases: Cases;
}

const sights: Record<Role, Sight> = {
  collector: { sees: ['name', 'note'], cases: 'own' },
  supervisor: { sees: ['name', 'contact', 'note'], cases: 'all' },
  legal: { sees: ['name', 'nationalId', 'contact', 'accountNo', 'note'], cases: 'all' },
  bureauReporter: { sees: ['name', 'nationalId', 'accountNo'], cases: 'all' },
  auditor: { sees: ['name', 'note'], cases: 'all' },
  platform: { sees: [], cases: 'none' },
  lawFirm: { sees: ['name', 'nationalId', 'contact', 'accountNo'], cases: 'lawFirm' },
  agency: { sees: ['name', 'contact'], cases: 'agency' },
};

/** What each purpose needs: in clear is what both the role and the purpose allow. */
export const purposes = {
  collection: ['name', 'contact', 'note'],
  litigation: ['name', 'nationalId', 'contact', 'accountNo', 'note'],
  'bureau-reporting': ['name', 'nationalId', 'accountNo'],
  audit: ['name', 'note'],
} as const satisfies Record<string, readonly Mask[]>;
export type Purpose = keyof typeof purposes;
export const isPurpose = (text: string): text is Purpose => Object.hasOwn(purposes, text);

/** What a token narrows its roles by. Whether it does is part of the profile; by what is bound. */
export interface Narrowing {
  purpose?: Purpose;
  branches?: readonly string[];
  portfolios?: readonly string[];
}

const made = new Map<string, Profile>();

/** The profile of a caller with these roles: the most that any of them sees. */
export function profileOf(held: readonly string[], { purpose, branches, portfolios }: Narrowing = {}): Profile {
  const known = roles.filter((role) => held.includes(role));
  const places = [...(branches ? ['branch'] : []), ...(portfolios ? ['portfolio'] : [])];
  const name = [known.join('+') || 'nobody', ...places, ...(purpose ? [`for ${purpose}`] : [])].join(' ');
  const profile = made.get(name) ?? profileFor(name, known, places, purpose);
  made.set(name, profile);
  return profile;
}

const widest: readonly Cases[] = ['all', 'own', 'lawFirm', 'agency'];

function profileFor(name: string, held: readonly Role[], places: readonly string[], purpose: Purpose | undefined): Profile {
  const seen = held.map((role) => sights[role]);
  const cases = widest.find((each) => seen.some((sight) => sight.cases === each)) ?? 'none';
  const ofRole = new Set(seen.flatMap(({ sees }) => sees));
  const ofPurpose = new Set<Mask>(purpose ? purposes[purpose] : []);
  const masked = (mask: Mask): MaskedReason | null =>
    !ofRole.has(mask) ? 'ROLE' : !purpose ? 'PURPOSE_MISSING' : ofPurpose.has(mask) ? null : 'PURPOSE';
  return {
    name,
    roles: new Set(held),
    sees: new Set([...ofRole].filter((mask) => !masked(mask))),
    masked,
    cases,
    narrowed: cases !== 'all' || places.length > 0,
    rows: rulesOf(cases, places),
  };
}

const user: Read = ({ caller }) => caller.user;
const partner: Read = ({ caller }) => caller.scope?.partner;
const placesOf: Record<string, Read> = {
  branch: ({ caller }) => caller.scope?.branches,
  portfolio: ({ caller }) => caller.scope?.portfolios,
};

/** Whether one value of a column is asked for. */
const named = (where: Condition | undefined, column: string): boolean =>
  !!where &&
  ('all' in where
    ? where.all.some((each) => named(each, column))
    : 'leaf' in where && where.is === 'eq' && where.leaf.sql === `@.${column}`);

/** The conditions on tables; src/storage/tables.ts says which tables are within these. The policies of the migrations say the same to Postgres. */
function rulesOf(cases: Cases, places: readonly string[]): Readonly<Record<string, Rule>> {
  const within: Rule[] = [];
  if (cases === 'none') within.push(() => 'false');
  if (cases === 'own')
    within.push((row, bind, where) => {
      const ones = bind(user, 'text');
      // Where an assignee is asked for, an index has that one's cases in their order: `or` would have Postgres sort them instead.
      if (named(where, 'assignee')) return `case when ${row}.assignee is null then true else ${row}.assignee = ${ones} end`;
      return `(${row}.assignee is null or ${row}.assignee = ${ones})`;
    });
  if (cases === 'lawFirm')
    within.push(
      (row, bind) =>
        `exists (select from legal_matter p where p.case_id = ${row}.id and p.law_firm_id = ${bind(partner, 'text')} and p.state not in ('REFUSED', 'CLOSED', 'SATISFIED', 'WITHDRAWN'))`,
    );
  if (cases === 'agency')
    within.push(
      (row, bind) =>
        `exists (select from agency_placement p where p.case_id = ${row}.id and p.agency_id = ${bind(partner, 'text')} and p.state not in ('REFUSED', 'RECALLED', 'CLOSED', 'RETURNED', 'EXPIRED'))`,
    );
  if (places.length)
    within.push(
      (row, bind) =>
        `exists (select from borrower b where b.id = ${row}.borrower_id and ${places.map((place) => `b.${place} = any(${bind(placesOf[place]!, 'text[]')})`).join(' and ')})`,
    );
  const outside: Record<string, Rule> =
    cases === 'lawFirm' || cases === 'agency'
      ? {
          legal_matter: (row, bind) => `${row}.law_firm_id = ${bind(partner, 'text')}`,
          agency_placement: (row, bind) => `${row}.agency_id = ${bind(partner, 'text')}`,
          ...Object.fromEntries(
            ['remittance', 'remittance_line', 'partner_money'].map((table): [string, Rule] => [
              table,
              (row, bind) => `${row}.partner_id = ${bind(partner, 'text')}`,
            ]),
          ),
          loan: (row) => `exists (select from case_loan k where k.loan_id = ${row}.id)`, // those that are in order are no business of a partner
        }
      : {};
  return within.length
    ? { ...outside, recovery_case: (row, bind, where) => within.map((rule) => rule(row, bind, where)).join(' and ') }
    : outside;
}

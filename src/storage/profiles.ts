// The profiles: what each role sees in the clear, and which cases. A role that is not here sees nothing.
import type { Mask, Profile, Read } from './reader/shape.js';

export const roles = ['collector', 'supervisor', 'legal', 'bureauReporter', 'auditor', 'platform'] as const;
export type Role = (typeof roles)[number];

interface Sight {
  sees: readonly Mask[];
  /** `none` of the cases, those of `own` (assigned to the caller or to nobody), or `all`. */
  cases: 'none' | 'own' | 'all';
}

const sights: Record<Role, Sight> = {
  collector: { sees: ['name'], cases: 'own' },
  supervisor: { sees: ['name', 'contact'], cases: 'all' },
  legal: { sees: ['name', 'nationalId', 'contact', 'accountNo'], cases: 'all' },
  bureauReporter: { sees: ['name', 'nationalId', 'accountNo'], cases: 'all' },
  auditor: { sees: ['name'], cases: 'all' },
  platform: { sees: [], cases: 'none' },
};

const made = new Map<string, Profile>();

/** The profile of a caller with these roles: the most that any of them sees. */
export function profileOf(held: readonly string[]): Profile {
  const known = roles.filter((role) => held.includes(role));
  const name = known.join('+');
  const profile = made.get(name) ?? profileFor(name, known);
  made.set(name, profile);
  return profile;
}

function profileFor(name: string, held: readonly Role[]): Profile {
  const seen = held.map((role) => sights[role]);
  const all = seen.some(({ cases }) => cases === 'all');
  const own = seen.some(({ cases }) => cases === 'own');
  const user: Read = ({ caller }) => caller.user;
  return {
    name: name || 'nobody',
    roles: new Set(held),
    sees: new Set(seen.flatMap(({ sees }) => sees)),
    ...(all
      ? {}
      : {
          rows: (row: string, bind: (read: Read, type: string) => string) =>
            own ? `(${row}.assignee is null or ${row}.assignee = ${bind(user, 'text')})` : 'false',
        }),
  };
}

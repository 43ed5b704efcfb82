// What the claims of a good token make of its bearer: roles, the rows they are narrowed to, and what this request is for.
import type { JWTPayload } from 'jose';
import { bankRoles, isPurpose, partnerRoles, profileOf, purposes, roles as knownRoles } from '../../storage/profiles.js';
import type { Caller } from '../../storage/reader/shape.js';
import { problem } from '../reader/problem.js';

const mostPlaces = 1_000;

/** @throws FORBIDDEN, BAD_USER_INPUT */
export function callerOf(payload: JWTPayload, purpose: string | undefined): Caller {
  const roles = rolesOf(payload);
  const [branches, portfolios] = [placesOf(payload, 'branches'), placesOf(payload, 'portfolios')];
  const partner = partnerOf(payload, roles);
  if (purpose !== undefined && !isPurpose(purpose))
    throw problem('BAD_USER_INPUT', `x-purpose must be one of ${Object.keys(purposes).join(', ')}`);
  return {
    profile: profileOf(roles, { purpose, branches, portfolios }),
    user: payload.sub!,
    roles,
    scope: { branches, portfolios, partner },
    expiresAt: payload.exp! * 1000,
    ...(purpose ? { purpose } : {}),
  };
}

function rolesOf({ roles }: JWTPayload): string[] {
  const held = Array.isArray(roles) ? roles.map(String) : [];
  const unknown = held.find((role) => !(knownRoles as readonly string[]).includes(role));
  if (unknown !== undefined)
    throw problem('FORBIDDEN', `The role "${unknown.slice(0, 40)}" is not known; there are ${knownRoles.join(', ')}`);
  if (!held.length) throw problem('FORBIDDEN', 'The token names no role');
  return held;
}

/** A claim that is there narrows, also an empty one; one that cannot be read is not taken for none. */
function placesOf(payload: JWTPayload, claim: 'branches' | 'portfolios'): readonly string[] | undefined {
  const places = payload[claim];
  if (places === undefined) return undefined;
  if (!Array.isArray(places) || places.length > mostPlaces || !places.every((place) => typeof place === 'string'))
    throw problem('FORBIDDEN', `The claim "${claim}" must be a list of at most ${mostPlaces} texts`);
  return places;
}

/** A user of a partner has that role alone: the rows of a bank's role would reach further. */
function partnerOf({ partner }: JWTPayload, roles: readonly string[]): string | undefined {
  const ofPartner = roles.filter((role) => (partnerRoles as readonly string[]).includes(role));
  if (!ofPartner.length) return undefined;
  if (roles.length > 1)
    throw problem('FORBIDDEN', `The role "${ofPartner[0]}" does not go with others; the bank has ${bankRoles.join(', ')}`);
  if (typeof partner !== 'string' || !partner)
    throw problem('FORBIDDEN', `With the role "${ofPartner[0]}" the token must name its "partner"`);
  return partner;
}

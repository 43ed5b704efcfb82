// Who asks: a bearer token that a known issuer signed, or outside production the development key, and nothing else.
import { createRemoteJWKSet, errors, jwtVerify, SignJWT, type JWTPayload } from 'jose';
import { profileOf, roles as knownRoles } from '../../storage/profiles.js';
import type { Caller } from '../../storage/reader/shape.js';
import { problem } from '../reader/problem.js';
import { onceVerified } from './once-verified.js';

export interface AuthSettings {
  jwksUrl: string | null;
  issuer: string | null;
  audience: string | null;
  /** HS256; settings refuse it in production. */
  developmentKey: string | null;
}

export interface Authenticator {
  /** @throws UNAUTHENTICATED when there is no good token, FORBIDDEN when its roles are not known here */
  authenticate(authorization: string | undefined, purpose?: string): Promise<Caller>;
}

const asymmetric = ['RS256', 'ES256', 'EdDSA'];
const developmentIssuer = 'casegraph-development';

export function createAuthenticator({ jwksUrl, issuer, audience, developmentKey }: AuthSettings): Authenticator {
  const keys = jwksUrl ? createRemoteJWKSet(new URL(jwksUrl)) : null;
  const development = developmentKey ? new TextEncoder().encode(developmentKey) : null;
  const claims = { clockTolerance: 30, requiredClaims: ['exp', 'sub'] };

  async function verify(token: string): Promise<JWTPayload> {
    if (development) {
      try {
        return (await jwtVerify(token, development, { ...claims, algorithms: ['HS256'], issuer: developmentIssuer })).payload;
      } catch (error) {
        if (!keys || error instanceof errors.JWTExpired) throw error;
      }
    }
    return (
      await jwtVerify(token, keys!, { ...claims, algorithms: asymmetric, ...(issuer ? { issuer } : {}), ...(audience ? { audience } : {}) })
    ).payload;
  }
  const verified = onceVerified(verify, { forMs: 60_000, mostTokens: 10_000 });

  return {
    async authenticate(authorization, purpose) {
      const token = /^Bearer ([\w.~+/-]+=*)$/.exec(authorization ?? '')?.[1];
      if (!token) throw problem('UNAUTHENTICATED', 'A bearer token is needed: authorization: Bearer …');
      const payload = await verified(token).catch((error: unknown) => {
        if (error instanceof errors.JWTExpired)
          throw problem('UNAUTHENTICATED', `The token expired at ${new Date(Number(error.payload.exp) * 1000).toISOString()}`);
        throw problem('UNAUTHENTICATED', 'The token is not one that is accepted here');
      });
      const roles = Array.isArray(payload['roles']) ? payload['roles'].map(String) : [];
      const unknown = roles.find((role) => !(knownRoles as readonly string[]).includes(role));
      if (unknown !== undefined)
        throw problem('FORBIDDEN', `The role "${unknown.slice(0, 40)}" is not known; there are ${knownRoles.join(', ')}`);
      if (!roles.length) throw problem('FORBIDDEN', 'The token names no role');
      return { profile: profileOf(roles), user: payload.sub!, roles, expiresAt: payload.exp! * 1000, ...(purpose ? { purpose } : {}) };
    },
  };
}

/** A token for development: never accepted in production, since the key is not. */
export function issueDevelopmentToken({
  key,
  user,
  roles,
  ttlSeconds,
}: {
  key: string;
  user: string;
  roles: readonly string[];
  ttlSeconds: number;
}): Promise<string> {
  return new SignJWT({ roles })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(developmentIssuer)
    .setSubject(user)
    .setIssuedAt()
    .setExpirationTime(Math.floor(Date.now() / 1000) + ttlSeconds)
    .sign(new TextEncoder().encode(key));
}

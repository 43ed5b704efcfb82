// Who asks: a bearer token that a known issuer signed, or outside production the development key, and nothing else.
import { createRemoteJWKSet, errors, jwtVerify, SignJWT, type JWTPayload } from 'jose';
import type { Caller } from '../../storage/reader/shape.js';
import { problem } from '../reader/problem.js';
import { callerOf } from './claims.js';
import { onceVerified } from './once-verified.js';

export interface AuthSettings {
  jwksUrl: string | null;
  issuer: string | null;
  audience: string | null;
  /** HS256; settings refuse it in production. */
  developmentKey: string | null;
  /** The issuer's keys are fetched again when they are older than `cacheMs`, and for a key that is not among them at most once in `cooldownMs`. */
  keys?: { cacheMs: number; cooldownMs: number; timeoutMs: number };
}

export interface Authenticator {
  /** @throws UNAUTHENTICATED when there is no good token, FORBIDDEN when what it claims is not known here, BAD_USER_INPUT for an unknown purpose */
  authenticate(authorization: string | undefined, purpose?: string): Promise<Caller>;
}

const asymmetric = ['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519'];
const developmentIssuer = 'casegraph-development';
const clockSkewSeconds = 30;
const usualKeys = { cacheMs: 600_000, cooldownMs: 30_000, timeoutMs: 5_000 };

export function createAuthenticator(settings: AuthSettings): Authenticator {
  const { jwksUrl, issuer, audience, developmentKey } = settings;
  const { cacheMs, cooldownMs, timeoutMs } = settings.keys ?? usualKeys;
  const keys = jwksUrl
    ? createRemoteJWKSet(new URL(jwksUrl), { cacheMaxAge: cacheMs, cooldownDuration: cooldownMs, timeoutDuration: timeoutMs })
    : null;
  const development = developmentKey ? new TextEncoder().encode(developmentKey) : null;
  const claims = { clockTolerance: clockSkewSeconds, requiredClaims: ['exp', 'sub'] };

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
  const verified = onceVerified(verify, { forMs: Math.min(60_000, cacheMs), mostTokens: 10_000 });

  return {
    async authenticate(authorization, purpose) {
      const token = /^Bearer ([\w.~+/-]+=*)$/.exec(authorization ?? '')?.[1];
      if (!token) throw problem('UNAUTHENTICATED', 'A bearer token is needed: authorization: Bearer …');
      return callerOf(await verified(token).catch(refuse), purpose);
    },
  };
}

function refuse(error: unknown): never {
  if (error instanceof errors.JWTExpired)
    throw problem('UNAUTHENTICATED', `The token expired at ${new Date(Number(error.payload.exp) * 1000).toISOString()}`);
  const keysAreOutOfReach =
    error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError) || error.code === 'ERR_JOSE_GENERIC';
  if (keysAreOutOfReach) throw problem('UPSTREAM_TIMEOUT', 'The keys of the issuer of tokens cannot be fetched');
  throw problem('UNAUTHENTICATED', 'The token is not one that is accepted here');
}

/** A token for development: never accepted in production, since the key is not. */
export function issueDevelopmentToken({
  key,
  user,
  roles,
  ttlSeconds,
  ...scope
}: {
  key: string;
  user: string;
  roles: readonly string[];
  ttlSeconds: number;
  branches?: readonly string[];
  portfolios?: readonly string[];
  partner?: string;
}): Promise<string> {
  return new SignJWT({ roles, ...scope })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(developmentIssuer)
    .setSubject(user)
    .setIssuedAt()
    .setExpirationTime(Math.floor(Date.now() / 1000) + ttlSeconds)
    .sign(new TextEncoder().encode(key));
}

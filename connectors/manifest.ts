// Signs the manifest of evidence where the gateway has a key for the partner.
import { CompactSign } from 'jose';
import { signingKeyOf } from './client-proof.js';
import type { PartnerSettings } from './contract.js';
import { manifestOf, type Listed } from './contract/manifest.js';

/** A retry has to have the same bytes: these sign alike each time, and ECDSA does not. */
const alike: Readonly<Record<string, string>> = { EdDSA: 'EdDSA', PS256: 'RS256' };

/** @returns a detached JWS (RFC 7515, appendix F) over the manifest; undefined where no Ed25519 or RSA key signs for the partner */
export function manifestSignerOf({ signing }: PartnerSettings): (documents: readonly Listed[]) => Promise<string | undefined> {
  const { key, algorithm } = signing ? signingKeyOf(signing.pem) : { key: null, algorithm: '' };
  const alg = alike[algorithm];
  if (!signing || !key || !alg) return async () => undefined;
  return async (documents) => {
    const jws = await new CompactSign(Buffer.from(manifestOf(documents))).setProtectedHeader({ alg, kid: signing.keyId }).sign(key);
    return jws.replace(/\.[^.]*\./, '..');
  };
}

// How the gateway proves to a partner who it is when it asks for a token: it tells a secret, or signs an assertion with a key that never leaves it (RFC 7523).
import { SignJWT } from 'jose';
import { createPrivateKey, randomUUID, type KeyObject } from 'node:crypto';
import type { PartnerSettings } from './contract.js';

/** What a request for a token says besides its grant. @param address where it is asked for: the only audience of an assertion, unless the partner's issuer is named */
export type ClientProof = (address: string) => Promise<Record<string, string>>;

const assertionSeconds = 60;

/**
 * @param pem an unencrypted PKCS #8 key
 * @returns the key, and the algorithm that it signs by
 * @throws when it is another kind of key, or none; the error does not tell what was there
 */
export function signingKeyOf(pem: string): { key: KeyObject; algorithm: string } {
  const wrong = () => new Error('is not an unencrypted PKCS #8 key of P-256, Ed25519 or RSA with 2048 bits or more');
  if (!/^-----BEGIN PRIVATE KEY-----/m.test(pem)) throw wrong();
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    throw wrong();
  }
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  if (type === 'ed25519') return { key, algorithm: 'EdDSA' };
  if (type === 'ec' && details?.namedCurve === 'prime256v1') return { key, algorithm: 'ES256' };
  if (type === 'rsa' && (details?.modulusLength ?? 0) >= 2048) return { key, algorithm: 'PS256' };
  throw wrong();
}

export function clientProofOf({ clientId, clientSecret, signing }: PartnerSettings): ClientProof {
  if (!signing) return async () => ({ client_id: clientId, client_secret: clientSecret });
  const { key, algorithm: alg } = signingKeyOf(signing.pem);
  return async (address) => ({
    client_id: clientId,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await new SignJWT()
      .setProtectedHeader({ alg, kid: signing.keyId, typ: 'JWT' })
      .setIssuer(clientId)
      .setSubject(clientId)
      .setAudience(signing.issuer ?? address)
      .setJti(randomUUID())
      .setIssuedAt()
      .setExpirationTime(`${assertionSeconds}s`)
      .sign(key),
  });
}

// Whom a simulated partner gives tokens: a client that knows the secret, or one that signs an assertion with the key that the partner knows (RFC 7523).
import { jwtVerify } from 'jose';
import { createPublicKey, randomUUID } from 'node:crypto';

export interface ClientSettings {
  clientId: string;
  clientSecret: string;
  /** PEM. Where there is one, no secret is good. */
  clientPublicKey?: string;
  /** The only audience that an assertion may have; the address of the token where there is none. */
  issuer?: string;
}

export interface Clients {
  /** @param address the only audience that an assertion may have. @param anybody a fault. @returns null for whoever is not the client */
  tokenFor(form: URLSearchParams, address: string, anybody?: boolean): Promise<string | null>;
  has(token: string): boolean;
}

const longestSeconds = 60;

export function createClients({ clientId, clientSecret, clientPublicKey, issuer }: ClientSettings): Clients {
  const tokens = new Set<string>();
  const used = new Set<string>();
  const key = clientPublicKey ? createPublicKey(clientPublicKey) : null;

  async function isSigned(assertion: string, audience: string): Promise<boolean> {
    try {
      const { payload } = await jwtVerify(assertion, key!, {
        algorithms: ['ES256', 'PS256', 'EdDSA'],
        issuer: clientId,
        subject: clientId,
        audience,
        requiredClaims: ['exp', 'iat', 'jti'],
        maxTokenAge: longestSeconds,
      });
      const { aud, exp, iat, jti } = payload;
      if (typeof aud !== 'string' || exp! - iat! > longestSeconds || used.has(jti!)) return false;
      used.add(jti!);
      return true;
    } catch {
      return false;
    }
  }

  return {
    async tokenFor(form, address, anybody = false) {
      const proved = key
        ? form.get('client_assertion_type') === 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer' &&
          (await isSigned(form.get('client_assertion') ?? '', issuer ?? address))
        : form.get('client_secret') === clientSecret;
      const known = form.get('grant_type') === 'client_credentials' && form.get('client_id') === clientId && proved;
      if (!known && !anybody) return null;
      const token = randomUUID();
      tokens.add(token);
      return token;
    },
    has: (token) => tokens.has(token),
  };
}

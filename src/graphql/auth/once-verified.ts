// Remembers tokens that were found good: verifying a signature costs more than the rest of a small request.
import type { JWTPayload } from 'jose';

type Verify = (token: string) => Promise<JWTPayload>;

interface Limits {
  /** How long a token is taken for good without asking again, since its issuer may withdraw the key; never beyond its `exp`. */
  forMs: number;
  /** The oldest is forgotten first. */
  mostTokens: number;
  now?: () => number;
}

/** @param verify rejects what is not good, of which nothing is remembered */
export function onceVerified(verify: Verify, { forMs, mostTokens, now = Date.now }: Limits): Verify {
  const good = new Map<string, { payload: JWTPayload; until: number }>();
  return async (token) => {
    const known = good.get(token);
    if (known && now() < known.until) return known.payload;
    good.delete(token);
    const payload = await verify(token);
    good.set(token, { payload, until: Math.min(payload.exp! * 1000, now() + forMs) });
    if (good.size > mostTokens) good.delete(good.keys().next().value!);
    return payload;
  };
}

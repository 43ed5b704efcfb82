// An issuer of tokens on loopback, as a bank's identity provider is: it publishes its key, and signs a token for each user.
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createServer } from 'node:http';

export const issuerName = 'https://issuer.example';
export const audience = 'casegraph';

export interface Issuer {
  jwksUrl: string;
  token(user: string, role: string): Promise<string>;
  stop(): void;
}

export async function openIssuer(): Promise<Issuer> {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'bench', alg: 'RS256', use: 'sig' }];
  const server = createServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys })),
  );
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const tokens = new Map<string, Promise<string>>();
  const sign = (user: string, role: string): Promise<string> =>
    new SignJWT({ roles: [role] })
      .setProtectedHeader({ alg: 'RS256', kid: 'bench' })
      .setIssuer(issuerName)
      .setAudience(audience)
      .setSubject(user)
      .setIssuedAt()
      .setExpirationTime('6h')
      .sign(privateKey);
  return {
    jwksUrl: `http://127.0.0.1:${(server.address() as { port: number }).port}/`,
    token: (user, role) => tokens.get(user) ?? tokens.set(user, sign(user, role)).get(user)!,
    stop: () => void server.close(),
  };
}

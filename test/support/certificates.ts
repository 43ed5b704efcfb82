// Certificates for tests of mutual TLS, written in DER with what Node has: an authority, and whom it vouches for.
import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

export interface Certified {
  /** PEM. */
  cert: string;
  key: string;
}
export interface Authority {
  cert: string;
  /** @param name of the client or, as the address 127.0.0.1, the server */
  certify(name: string): Certified;
}

const der = (tag: number, ...parts: Buffer[]): Buffer => {
  const content = Buffer.concat(parts);
  const length =
    content.length < 128
      ? [content.length]
      : content.length < 256
        ? [0x81, content.length]
        : [0x82, content.length >> 8, content.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
};
const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
const nameOf = (name: string) => sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(name)))));
const timeOf = (date: Date) =>
  der(
    0x17,
    Buffer.from(
      `${date
        .toISOString()
        .replace(/[-:T]|\.\d+/g, '')
        .slice(2)}`,
    ),
  );
const extension = (id: string, critical: boolean, value: Buffer) =>
  sequence(oid(id), ...(critical ? [der(0x01, Buffer.from([0xff]))] : []), der(0x04, value));
const authorityOnly = extension('551d13', true, sequence(der(0x01, Buffer.from([0xff]))));
const onLoopback = extension('551d11', false, sequence(der(0x87, Buffer.from([127, 0, 0, 1]))));

const dayMs = 86_400_000;
const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pemOf = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }) as string;

function certificate(issuer: string, signer: KeyObject, subject: string, of: KeyObject, extensions: Buffer): string {
  const toBeSigned = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ecdsaWithSha256,
    nameOf(issuer),
    sequence(timeOf(new Date(Date.now() - dayMs)), timeOf(new Date(Date.now() + dayMs))),
    nameOf(subject),
    of.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(extensions)),
  );
  const whole = sequence(toBeSigned, ecdsaWithSha256, der(0x03, Buffer.from([0]), sign('sha256', toBeSigned, signer)));
  return `-----BEGIN CERTIFICATE-----\n${whole
    .toString('base64')
    .match(/.{1,64}/g)!
    .join('\n')}\n-----END CERTIFICATE-----\n`;
}

export function createAuthority(name: string): Authority {
  const { privateKey, publicKey } = pair();
  return {
    cert: certificate(name, privateKey, name, publicKey, authorityOnly),
    certify(subject) {
      const own = pair();
      return { cert: certificate(name, privateKey, subject, own.publicKey, onLoopback), key: pemOf(own.privateKey) };
    },
  };
}

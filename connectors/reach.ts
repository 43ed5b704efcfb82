// Which addresses an endpoint that somebody registered may have: public ones, asked for by name, checked again when the name is resolved.
import { lookup as resolve, type LookupAddress, type LookupOptions } from 'node:dns';
import { BlockList, isIP } from 'node:net';

export interface Reach {
  /** Host names that may be told; all of them when empty and `inside` is true, none when it is false. */
  hosts: readonly string[];
  /** Loopback, private networks and plain HTTP as well: development only. */
  inside: boolean;
}

const inside = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  inside.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 96],
  ['64:ff9b::', 32],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  inside.addSubnet(net, bits, 'ipv6');

/** An IPv4 address in the clothes of IPv6 is judged as what it is. */
export function isPublic(address: string): boolean {
  const plain = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  return isIP(plain) !== 0 && !/^::ffff:/i.test(plain) && !inside.check(plain, isIP(plain) === 4 ? 'ipv4' : 'ipv6');
}

/** @returns what is wrong with the address of an endpoint, or null */
export function unreachable(text: string, reach: Reach): string | null {
  if (!URL.canParse(text)) return 'is not a URL';
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(reach.inside && url.protocol === 'http:')) return 'must be https';
  if (url.username || url.password || url.hash) return 'must have no user, password or fragment';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (!reach.inside && isIP(host)) return 'must name a host, not an address';
  if (!reach.hosts.includes(host) && !(reach.inside && !reach.hosts.length)) return 'is not among the hosts that webhooks may have';
  return null;
}

type Resolved = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void;

/** For sockets: a name is refused whatever else it resolves to, when one of its addresses is not public. */
export function publicOnly(hostname: string, options: LookupOptions, done: Resolved): void {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, '');
    if (!addresses.length || addresses.some(({ address }) => !isPublic(address)))
      return done(Object.assign(new Error('The host has an address that is not public'), { code: 'EADDRNOTPUBLIC' }), '');
    if (options.all) done(null, addresses);
    else done(null, addresses[0]!.address, addresses[0]!.family);
  });
}

// Which addresses may be called: those of partners and of endpoints that somebody registered, by name, checked again when the name is resolved for a connection.
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
  ['168.63.129.16', 32], // a public number, and inside of a cloud
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

type Resolve = (
  hostname: string,
  options: LookupOptions & { all: true },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

const refused = (code: string, words: string) => Object.assign(new Error(words), { code });

/**
 * For sockets: a connection goes to the addresses that were looked at here, and the name is not resolved a second time for it.
 * A name is refused whatever else it resolves to, when one of its addresses is not public.
 * @param host the only name that may be asked for; any when null
 */
export const lookupOf =
  ({ host, inside: within }: { host: string | null; inside: boolean }, ask: Resolve = resolve as Resolve) =>
  (hostname: string, options: LookupOptions, done: Resolved): void => {
    if (host !== null && hostname.toLowerCase() !== host)
      return done(refused('EHOSTNOTALLOWED', 'The host is not that of the partner'), '');
    ask(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, '');
      if (!addresses.length || (!within && addresses.some(({ address }) => !isPublic(address))))
        return done(refused('EADDRNOTPUBLIC', 'The host has an address that is not public'), '');
      if (options.all) done(null, addresses);
      else done(null, addresses[0]!.address, addresses[0]!.family);
    });
  };

export const publicOnly = lookupOf({ host: null, inside: false });

/** The host of an address as sockets ask for it: brackets gone, letters small, and 127.1, 0x7f000001 or 2130706433 as the address that they are. */
export const hostOf = (url: string): string => new URL(url).hostname.replace(/^\[|\]$/g, '').toLowerCase();

/** @returns what is wrong with where a partner is said to be, or null. @param publicOnly whether private networks, loopback and plain HTTP are closed */
export const partnerUrlProblem = (url: string, publicOnly: boolean): string | null =>
  unreachable(url, { hosts: URL.canParse(url) ? [hostOf(url)] : [], inside: !publicOnly });

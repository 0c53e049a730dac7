import { BlockList, isIP } from 'node:net';

// Addresses of the special-purpose registries: a delivery there would reach the town's own network (SSRF).
// Source: IANA, IPv4 and IPv6 Special-Purpose Address Registries.
const special = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  special.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  // Translation to IPv4, Teredo, benchmarks, ORCHID, documentation, 6to4: within the global range below.
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  special.addSubnet(network, prefix, 'ipv6');

const globalIpv6 = new BlockList();
globalIpv6.addSubnet('2000::', 3, 'ipv6');

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/**
 * Whether events may be sent to an address. Shape: `93.184.215.14`, `2606:2800::1`, without brackets.
 *
 * An IPv4 address inside an IPv6 one is refused: no public receiver needs it.
 */
export function mayReceive(
  address: string,
  { allowsLoopback }: { readonly allowsLoopback: boolean },
): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  const kind = family === 4 ? 'ipv4' : 'ipv6';
  if (allowsLoopback && loopback.check(address, kind) && !isMapped(address)) return true;
  if (special.check(address, kind)) return false;
  return family === 4 || globalIpv6.check(address, 'ipv6');
}

function isMapped(address: string): boolean {
  return address.includes(':') && address !== '::1';
}

/** The host of an address without the brackets of IPv6. */
export function hostOf({ hostname }: URL): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
}

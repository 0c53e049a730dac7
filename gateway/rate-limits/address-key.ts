/**
 * The key of an address: the address itself, or for IPv6 its 64-bit network, which belongs to one customer.
 *
 * Shape: `::ffff:192.0.2.1` and `192.0.2.1` are `192.0.2.1`; `2001:db8:0:1::7` is `2001:db8:0:1::/64`.
 */
export function addressKey(address: string | undefined): string {
  if (address === undefined) return 'unknown';
  const [, mapped] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address) ?? [];
  if (mapped !== undefined) return mapped;
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.split('%', 1).join('').split('::');
  const groups = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - after.length);
  const all = [...groups, ...new Array<string>(zeros).fill('0'), ...after];
  return `${all.slice(0, 4).join(':')}::/64`;
}

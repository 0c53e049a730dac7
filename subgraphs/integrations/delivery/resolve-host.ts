import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import type { WebhookRules } from '../../shared/webhook-rules.ts';
import { mayReceive } from './public-address.rules.ts';

export interface HostAddress {
  readonly address: string;
  readonly family: number;
}

/** All addresses of a host. Errors: Error if there is none. */
export type ResolveHost = (host: string) => Promise<readonly HostAddress[]>;

export const resolveHost: ResolveHost = (host) => lookup(host, { all: true });

/** Why events may not be sent to a host; null if they may. A host with one private address is refused. */
export async function hostProblem(
  host: string,
  rules: WebhookRules,
  resolve: ResolveHost,
): Promise<'URL_NOT_PUBLIC' | 'URL_UNKNOWN_HOST' | null> {
  if (isIP(host) !== 0) return mayReceive(host, rules) ? null : 'URL_NOT_PUBLIC';
  const addresses = await resolve(host).catch(() => []);
  if (addresses.length === 0) return 'URL_UNKNOWN_HOST';
  return addresses.every(({ address }) => mayReceive(address, rules)) ? null : 'URL_NOT_PUBLIC';
}

/**
 * Resolves the host of a connection and refuses it unless all its addresses are public.
 *
 * The connection goes to the addresses that were checked: a name that resolves to another address a moment later
 * (DNS rebinding) gains nothing.
 */
export function publicLookup(rules: WebhookRules, resolve: ResolveHost): LookupFunction {
  return (host, options, callback) => {
    resolve(host)
      .then((addresses) => {
        const isGood = addresses.length > 0 && addresses.every(({ address }) => mayReceive(address, rules));
        if (!isGood) throw new Error('The host has an address that is not public.');
        const [first] = addresses;
        if (options.all)
          callback(
            null,
            addresses.map((address) => ({ ...address })),
          );
        else callback(null, first?.address ?? '', first?.family);
      })
      .catch((error: Error) => callback(error, '', 0));
  };
}

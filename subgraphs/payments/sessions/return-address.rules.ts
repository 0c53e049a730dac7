import { isOfOrigins } from '../../../core/origins.ts';
import type { NewCart } from '../../shared/pagopa/pagopa.port.ts';

const maxLength = 2_000;

/**
 * The address, if payers may be redirected to it. Any other address would let a stranger abuse the municipality's
 * good name.
 */
export function allowedReturnAddress(text: string, origins: readonly string[]): URL | null {
  if (text.length > maxLength || !URL.canParse(text)) return null;
  const address = new URL(text);
  if (address.username !== '' || address.password !== '') return null;
  return isOfOrigins(address, origins) ? address : null;
}

/**
 * The address that pagoPA redirects the payer to: the same page with the session and the way the payer left.
 *
 * The outcome in it proves nothing: anyone can type it.
 */
export function returnUrlsOf(address: URL, session: string): NewCart['returnUrls'] {
  const addressAfter = (outcome: string) => {
    const url = new URL(address);
    // The query is edited as text: parsing it would rewrite `?a=%20` or `?flag`, which the page may not recognise.
    url.search = [...ownPairs(url), `session=${session}`, `outcome=${outcome}`].join('&');
    return url.href;
  };
  return { ok: addressAfter('ok'), cancel: addressAfter('cancel'), error: addressAfter('error') };
}

/** All parameters of the address except those that we add. */
function ownPairs({ search }: URL): readonly string[] {
  if (search === '') return [];
  const isOurs = (pair: string) => [...new URLSearchParams(pair).keys()].some((name) => added.has(name));
  return search
    .slice(1)
    .split('&')
    .filter((pair) => !isOurs(pair));
}

const added: ReadonlySet<string> = new Set(['session', 'outcome']);

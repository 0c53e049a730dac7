import { isOfOrigins } from '../../../core/origins.ts';
import type { NewCart } from '../../shared/pagopa/pagopa.port.ts';

const maxLength = 2_000;

/** The address, if payers may be sent back there. Anything else would let a stranger borrow the body's good name. */
export function allowedReturnAddress(text: string, origins: readonly string[]): URL | null {
  if (text.length > maxLength || !URL.canParse(text)) return null;
  const address = new URL(text);
  if (address.username !== '' || address.password !== '') return null;
  return isOfOrigins(address, origins) ? address : null;
}

/**
 * Where pagoPA sends the payer back to: the same page, told which session, and how the payer left.
 *
 * What it says of the outcome proves nothing: anybody can type it.
 */
export function returnUrlsOf(address: URL, session: string): NewCart['returnUrls'] {
  const to = (outcome: string) => {
    const url = new URL(address);
    // Text, not parameters: those would be written anew, and `?a=%20` or `?flag` is not what the page knows.
    url.search = [...ownPairs(url), `session=${session}`, `outcome=${outcome}`].join('&');
    return url.href;
  };
  return { ok: to('ok'), cancel: to('cancel'), error: to('error') };
}

/** All that the address brings, but what we add under the same names. */
function ownPairs({ search }: URL): readonly string[] {
  if (search === '') return [];
  const isOurs = (pair: string) => [...new URLSearchParams(pair).keys()].some((name) => added.has(name));
  return search
    .slice(1)
    .split('&')
    .filter((pair) => !isOurs(pair));
}

const added: ReadonlySet<string> = new Set(['session', 'outcome']);

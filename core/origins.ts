/**
 * Whether an address belongs to one of the origins listed.
 *
 * Shape: `https://portale.example.it`, or `http://localhost:*` for every port of that host.
 */
export function isOfOrigins(address: URL, origins: readonly string[]): boolean {
  return origins.some((origin) => isOf(address, origin));
}

/** The same for the `Origin` header of a request, which is `null` for pages without one. */
export function isListedOrigin(origin: string, origins: readonly string[]): boolean {
  return URL.canParse(origin) && new URL(origin).origin === origin && isOfOrigins(new URL(origin), origins);
}

/** Every port of this machine, for pages that are developed on it. Neither host is reachable from elsewhere. */
export const localOrigins: readonly string[] = ['http://localhost:*', 'http://127.0.0.1:*'];

/** Shape: an origin as browsers write it, or one of `localOrigins`. */
export function isOriginPattern(text: string): boolean {
  if (localOrigins.includes(text)) return true;
  return /^https?:[^*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

function isOf(address: URL, origin: string): boolean {
  if (!origin.endsWith(':*')) return address.origin === origin;
  return `${address.protocol}//${address.hostname}` === origin.slice(0, -2);
}

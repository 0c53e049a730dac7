/** Headers that carry the gateway's credential, for a request to `address`. Errors: Error for any other origin. */
export type Credential = (address: URL) => Readonly<Record<string, string>>;

/**
 * The gateway's credential at its subgraphs. It is attached here and nowhere else, and only to requests to the
 * origins of `urls`.
 */
export function createCredential(secret: string | null, urls: readonly string[]): Credential {
  const origins = new Set(urls.map((url) => new URL(url).origin));
  return ({ origin }) => {
    if (!origins.has(origin)) throw new Error('The credential is for configured subgraphs only.');
    return secret === null ? {} : { 'x-subgraph-secret': secret };
  };
}

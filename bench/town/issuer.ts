import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export interface Issuer {
  readonly url: string;
  readonly audience: string;
  /** A token as SPID level 2 gives it. */
  tokenOf(person: {
    readonly code: string;
    readonly firstName: string;
    readonly lastName: string;
  }): Promise<string>;
  close(): void;
}

/** An identity provider that publishes its key and signs whatever it is asked: all contestants check its tokens. */
export async function startIssuer(): Promise<Issuer> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(publicKey)), kid: 'bench', alg: 'RS256', use: 'sig' };
  const server = createServer((request, response) => {
    const body = request.url === '/jwks' ? { keys: [key] } : { issuer: url, jwks_uri: `${url}/jwks` };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const audience = 'https://bench.example.it/graphql';
  return {
    url,
    audience,
    tokenOf: ({ code, firstName, lastName }) =>
      new SignJWT({
        'https://attributes.eid.gov.it/fiscal_number': `TINIT-${code}`,
        given_name: firstName,
        family_name: lastName,
        acr: 'https://www.spid.gov.it/SpidL2',
      })
        .setProtectedHeader({ alg: 'RS256', kid: 'bench' })
        .setIssuer(url)
        .setAudience(audience)
        .setSubject(code)
        .setIssuedAt()
        .setExpirationTime('12h')
        .sign(privateKey),
    close: () => void server.close().closeAllConnections(),
  };
}

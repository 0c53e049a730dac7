import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK, type JWTHeaderParameters, SignJWT } from 'jose';

export type SigningKey = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];

/** An issuer that publishes the keys that a test gives it, and counts how often it is asked. */
export interface TestIssuer {
  readonly url: string;
  readonly audience: string;
  /** Its first key, `k1`. */
  readonly key: SigningKey;
  /** What it publishes now. */
  served: readonly JWK[];
  isDown: boolean;
  keysServed: number;
  /** A token as it issues them, an hour long, with what the test says otherwise; undefined leaves a claim out. */
  sign(
    claims: Readonly<Record<string, unknown>>,
    header?: Partial<JWTHeaderParameters>,
    by?: SigningKey,
  ): Promise<string>;
  close(): Promise<void>;
}

export async function startTestIssuer(): Promise<TestIssuer> {
  const { jwk, key } = await newKey('k1');
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    if (issuer.isDown) response.statusCode = 500;
    const isKeys = request.url === '/jwks';
    if (isKeys) issuer.keysServed++;
    const metadata = { issuer: url, jwks_uri: `${url}/jwks` };
    response.end(JSON.stringify(isKeys ? { keys: issuer.served } : metadata));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const audience = 'school';
  const issuer: TestIssuer = {
    url,
    audience,
    key,
    served: [jwk],
    isDown: false,
    keysServed: 0,
    sign(claims, header = {}, by = key) {
      const now = Math.floor(Date.now() / 1_000);
      const payload = { iss: url, aud: audience, iat: now, exp: now + 3_600, ...claims };
      const crit = Object.fromEntries((header.crit ?? []).map((name) => [name, true]));
      return new SignJWT(payload)
        .setProtectedHeader({ alg: 'RS256', kid: 'k1', ...header })
        .sign(by, { crit });
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return issuer;
}

export async function newKey(kid: string): Promise<{ readonly jwk: JWK; readonly key: SigningKey }> {
  const pair = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(pair.publicKey)), kid, alg: 'RS256', use: 'sig' };
  return { jwk, key: pair.privateKey };
}

import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JWK } from 'jose';

export interface ProviderKeys {
  readonly jwks: { readonly keys: JWK[] };
  readonly cookies: string[];
}

/** The provider's keys, made at its first start and stored with the demo's data: tokens survive a restart. */
export async function providerKeys(dataDir: string): Promise<ProviderKeys> {
  const path = join(dataDir, 'identity.json');
  if (!existsSync(path)) {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    const key = {
      ...(await exportJWK(privateKey)),
      kid: randomBytes(8).toString('hex'),
      alg: 'RS256',
      use: 'sig',
    };
    const keys: ProviderKeys = { jwks: { keys: [key] }, cookies: [randomBytes(32).toString('base64url')] };
    writeFileSync(path, JSON.stringify(keys), { mode: 0o600 });
  }
  return JSON.parse(readFileSync(path, 'utf8')) as ProviderKeys;
}

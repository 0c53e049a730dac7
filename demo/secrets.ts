import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface DemoSecrets {
  readonly id: string;
  readonly documents: string;
  readonly audit: string;
  /** Encrypts stored files. */
  readonly files: string;
  /** The password of the role with which our programs use our own database, of its owner's and of its readers'. */
  readonly service: string;
  readonly migrate: string;
  readonly read: string;
  readonly subgraph: string;
  /** Our password at the demo's protocol service. */
  readonly hypersic: string;
  /** Our subscription key at the demo's pagoPA. */
  readonly pagopa: string;
  /** The secret that its node sends when it calls us. */
  readonly node: string;
}

const names = [
  ...(['id', 'documents', 'audit', 'files', 'service', 'migrate', 'read'] as const),
  ...(['subgraph', 'hypersic', 'pagopa', 'node'] as const),
];

/** The demo's own secrets, made at its first start and stored with its data; a later version adds its own. */
export function demoSecrets(dataDir: string): DemoSecrets {
  const path = join(dataDir, 'secrets.json');
  const kept = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Partial<DemoSecrets>) : {};
  const fresh = () => randomBytes(32).toString('base64url');
  const secrets = Object.fromEntries(names.map((name) => [name, kept[name] ?? fresh()]));
  if (names.some((name) => kept[name] === undefined))
    writeFileSync(path, JSON.stringify(secrets), { mode: 0o600 });
  return secrets as unknown as DemoSecrets;
}

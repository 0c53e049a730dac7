import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface DemoSecrets {
  readonly id: string;
  readonly documents: string;
  readonly subgraph: string;
}

/** The demo's own secrets, made at its first start and kept with its data. */
export function demoSecrets(dataDir: string): DemoSecrets {
  const path = join(dataDir, 'secrets.json');
  if (!existsSync(path)) {
    const fresh = () => randomBytes(32).toString('base64url');
    writeFileSync(path, JSON.stringify({ id: fresh(), documents: fresh(), subgraph: fresh() }), {
      mode: 0o600,
    });
  }
  return JSON.parse(readFileSync(path, 'utf8')) as DemoSecrets;
}

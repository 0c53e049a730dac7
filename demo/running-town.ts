import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a running demo says how to reach its parts: `DATA_DIR/town.json`. */
export interface RunningTown {
  readonly pid: number;
  readonly graphqlUrl: string;
  readonly issuer: string;
  /** Null where there is none. */
  readonly portalUrl: string | null;
  readonly audience: string;
  readonly pagopaUrl: string;
  /** Where pagoPA's node calls us, with the secret that `DATA_DIR/secrets.json` has. */
  readonly nodeUrl: string;
  readonly legacyUrl: string;
  readonly ownUrl: string;
  /** The variables with which a subgraph that runs alone joins it. */
  readonly environment: Readonly<Record<string, string>>;
}

export const townFile = (dataDir: string) => join(dataDir, 'town.json');

/** Errors: one sentence when no town runs there. */
export function findRunningTown(dataDir: string): RunningTown {
  try {
    const town = JSON.parse(readFileSync(townFile(dataDir), 'utf8')) as RunningTown;
    process.kill(town.pid, 0);
    return town;
  } catch {
    throw new Error(`No town runs with its data in ${dataDir}. Start it with: npm start`);
  }
}

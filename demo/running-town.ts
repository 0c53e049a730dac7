import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** `DATA_DIR/town.json`: the addresses of a running demo's parts. */
export interface RunningTown {
  readonly pid: number;
  readonly graphqlUrl: string;
  readonly issuer: string;
  /** Null if there is none. */
  readonly portalUrl: string | null;
  readonly audience: string;
  readonly pagopaUrl: string;
  /** The address of the pagoPA listener; its secret is in `DATA_DIR/secrets.json`. */
  readonly listenerUrl: string;
  readonly legacyUrl: string;
  readonly ownUrl: string;
  /** The variables with which a subgraph in its own process joins the town. */
  readonly environment: Readonly<Record<string, string>>;
}

export const townFile = (dataDir: string) => join(dataDir, 'town.json');

/** Errors: one sentence if no town runs there. */
export function findRunningTown(dataDir: string): RunningTown {
  try {
    const town = JSON.parse(readFileSync(townFile(dataDir), 'utf8')) as RunningTown;
    process.kill(town.pid, 0);
    return town;
  } catch {
    throw new Error(`No town runs with its data in ${dataDir}. Start it with: npm start`);
  }
}

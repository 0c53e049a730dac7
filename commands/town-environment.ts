import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDataDir } from '../core/config.ts';
import { type Environment, isProduction } from '../core/environment.ts';

/** Outside production a program joins the town that runs under DATA_DIR, unless variables say otherwise. */
export function townEnvironment(env: Environment): Environment {
  if (isProduction(env) || env.DATABASE_URL !== undefined) return env;
  const dataDir = readDataDir(env);
  try {
    const town = JSON.parse(readFileSync(join(dataDir, 'town.json'), 'utf8')) as { environment: Environment };
    return { ...town.environment, ...env };
  } catch {
    throw new Error(
      `No town runs with its data in ${dataDir}: start it with npm start, or set DATABASE_URL and the rest.`,
    );
  }
}

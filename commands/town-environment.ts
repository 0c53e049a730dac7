import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDataDir } from '../core/config.ts';
import { type Environment, nodeEnv } from '../core/environment.ts';

/** Joins the demo town that runs under DATA_DIR, in development, unless variables set a database or NODE_ENV. */
export function townEnvironment(env: Environment): Environment {
  if (!['', 'development'].includes(nodeEnv(env)) || env.DATABASE_URL !== undefined) return env;
  const dataDir = readDataDir(env);
  try {
    const town = JSON.parse(readFileSync(join(dataDir, 'town.json'), 'utf8')) as { environment: Environment };
    return { ...town.environment, ...env, NODE_ENV: 'development' };
  } catch {
    throw new Error(
      `No town runs with its data in ${dataDir}: start it with npm start, or set DATABASE_URL and the rest.`,
    );
  }
}

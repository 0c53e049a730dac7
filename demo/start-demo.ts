import { systemClock } from '../core/clock.ts';
import { readDemoConfig, variables } from '../core/config.ts';
import type { Environment } from '../core/environment.ts';
import type { Log } from '../core/log.ts';
import { projectFile } from '../core/project-root.ts';
import { warnOfUnknownVariables } from '../core/unknown-variables.ts';
import { legacyVariables } from '../legacy/open-legacy.ts';
import { demoHypersicVariables, readDemoHypersicConfig } from './hypersic/config.ts';
import { portal } from './identity/clients.ts';
import { buildPortal } from './portal/build-portal.ts';
import { takePortalPort } from './portal/open-portal.ts';
import type { Town } from './start-town.ts';
import { bodyName } from './town/people.ts';

export interface Demo {
  readonly town: Town;
  /** Shape: `http://127.0.0.1:4013`. Null if the portal could not be built. */
  readonly portalUrl: string | null;
  close(): Promise<void>;
}

/** The whole town on one machine, and its portal. */
export async function startDemo(env: Environment, log: Log): Promise<Demo> {
  const config = readDemoConfig(env, readDemoHypersicConfig);
  const startTown = await townOfDevelopment();
  warnOfUnknownVariables(env, [variables, legacyVariables, demoHypersicVariables], log);
  const place = await takePortalPort(config.host, config.portalPort);
  // Built while the town starts, which takes longer. If it fails, everything but the portal works.
  const building = buildPortal().catch((error: unknown) => void log.error('portal.failed', { error }));
  const reference = buildDocs(log);
  const town = await startTown({ ...config, portalUrl: place.url, clock: systemClock, log });
  const folder = await building;
  await reference;
  if (folder !== undefined)
    await place.open(folder, {
      townName: bodyName,
      townTagline: 'Provincia di Bergamo',
      graphqlUrl: town.graphqlUrl,
      issuer: town.issuer,
      clientId: portal.clientId,
      audience: town.audience,
    });
  return {
    town,
    portalUrl: folder === undefined ? null : place.url,
    async close() {
      await place.close();
      await town.close();
    },
  };
}

/** The pages under `/docs`, which need a package of development. If it fails, everything but them works. */
async function buildDocs(log: Log): Promise<void> {
  try {
    const { writeReference } = await import('../commands/reference/build-reference.ts');
    await writeReference(projectFile('dist', 'docs'));
  } catch (error) {
    log.error('reference.failed', { error });
  }
}

/** The demo's counterparts need packages that `npm prune --omit=dev` removes. */
async function townOfDevelopment() {
  try {
    return (await import('./start-town.ts')).startTown;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new Error(
      'The demo needs the development dependencies, and they are not installed. Run npm ci, or start the product with npm run start:server.',
      { cause: error },
    );
  }
}

import '../core/runtime-check.ts';
import { systemClock } from '../core/clock.ts';
import { readDemoConfig, variables } from '../core/config.ts';
import { processLog, runMain } from '../core/main.ts';
import { warnOfUnknownVariables } from '../core/unknown-variables.ts';
import { legacyVariables } from '../legacy/open-legacy.ts';
import { demoHypersicVariables, readDemoHypersicConfig } from './hypersic/config.ts';

/** `npm start`: the whole town on one machine. */
await runMain(async () => {
  const config = readDemoConfig(process.env, readDemoHypersicConfig);
  const startTown = await townOfDevelopment();
  const log = processLog();
  warnOfUnknownVariables(process.env, [variables, legacyVariables, demoHypersicVariables], log);
  const town = await startTown({
    ...config,
    clock: systemClock,
    log,
  });
  console.log(`ready ${town.graphqlUrl} pid ${town.pid}`);
  return town;
});

/** The demo's counterparts stand on packages that `npm prune --omit=dev` takes away. */
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

import { systemClock } from '../core/clock.ts';
import { readDemoConfig } from '../core/config.ts';
import { processLog, runMain } from '../core/main.ts';
import { readDemoHypersicConfig } from './hypersic/config.ts';
import { startTown } from './start-town.ts';

/** `npm start`: the whole town on one machine. */
await runMain(async () => {
  const town = await startTown({
    ...readDemoConfig(process.env, readDemoHypersicConfig),
    clock: systemClock,
    log: processLog(),
  });
  console.log(`ready ${town.graphqlUrl} pid ${town.pid}`);
  return town;
});

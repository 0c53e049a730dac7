import { readWorkerConfig } from '../core/config.ts';
import { processLog, runMain } from '../core/main.ts';
import { readLegacyConfig } from '../legacy/open-legacy.ts';
import { openGround } from './open-ground.ts';
import { jobs } from './registry.ts';
import { runJobs } from './skeleton/jobs/run-jobs.ts';
import { townEnvironment } from './town-environment.ts';

/** `npm run start:worker`: does what goes on after the answer. As many as one likes. */
await runMain(async () => {
  const { ground: groundConfig, legacy } = readWorkerConfig(townEnvironment(process.env), readLegacyConfig);
  const log = processLog();
  const { ground, close } = await openGround({ ...groundConfig, legacy }, { log });
  const worker = await runJobs(groundConfig.databaseUrl, ground, jobs);
  console.log(`working pid ${process.pid}`);
  return { close: () => worker.close().then(close) };
});

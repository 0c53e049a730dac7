import { readWorkerConfig } from '../core/config.ts';
import { processLog, runMain } from '../core/main.ts';
import { openTelemetry } from '../core/telemetry/open-telemetry.ts';
import { readLegacyConfig } from '../legacy/open-legacy.ts';
import { openGround } from './open-ground.ts';
import { jobs } from './registry.ts';
import { runJobs } from './skeleton/jobs/run-jobs.ts';
import { watchQueues } from './skeleton/jobs/watch-queues.ts';
import { townEnvironment } from './town-environment.ts';

/** `npm run start:worker`: does what goes on after the answer. As many as one likes. */
await runMain(async () => {
  const config = readWorkerConfig(townEnvironment(process.env), readLegacyConfig);
  const { ground: groundConfig, legacy } = config;
  const log = processLog();
  const telemetry = await openTelemetry(config.telemetry, config.listen.host, 'worker');
  const { ground, close } = await openGround(
    { ...groundConfig, legacy: { ...legacy, watch: telemetry.watch } },
    { log },
  );
  watchQueues(ground.database, telemetry);
  const worker = await runJobs(groundConfig.databaseUrl, ground, jobs);
  console.log(`working pid ${process.pid}`);
  return { close: () => worker.close().then(close).then(telemetry.close) };
});

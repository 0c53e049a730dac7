import '../core/runtime-check.ts';
import { readWorkerConfig, variables } from '../core/config.ts';
import { logMode, processLog, runMain } from '../core/main.ts';
import { openTelemetry } from '../core/telemetry/open-telemetry.ts';
import { watchParts } from '../core/telemetry/watch-parts.ts';
import { warnOfUnknownVariables } from '../core/unknown-variables.ts';
import { legacyVariables, readLegacyConfig } from '../legacy/open-legacy.ts';
import { runDeliveries } from '../subgraphs/integrations/delivery/run-deliveries.ts';
import { openHealth } from '../subgraphs/open-health.ts';
import { openServices } from '../subgraphs/open-services.ts';
import { jobs } from '../subgraphs/registry.ts';
import { startRetention } from '../subgraphs/retention/retention.job.ts';
import { runJobs } from '../subgraphs/shared/jobs/run-jobs.ts';
import { watchQueues } from '../subgraphs/shared/jobs/watch-queues.ts';
import { checkServices } from '../subgraphs/shared/subgraph/check-services.ts';
import { townEnvironment } from './town-environment.ts';

/** `npm run start:worker`: runs the jobs. Run any number of workers. */
await runMain(async () => {
  const config = readWorkerConfig(townEnvironment(process.env), readLegacyConfig);
  const { services: servicesConfig, legacy } = config;
  const telemetry = await openTelemetry(config.telemetry, config.listen.host, 'worker');
  const log = processLog(config.listen.logLevel, telemetry.logged);
  warnOfUnknownVariables(process.env, [variables, legacyVariables], log);
  const { services, close } = await openServices(
    { ...servicesConfig, legacy: { ...legacy, watch: telemetry.watch } },
    { log },
  );
  watchQueues(services.database, telemetry);
  watchParts(() => checkServices(services), telemetry);
  await startRetention(services);
  const worker = await runJobs(servicesConfig.databaseUrl, services, jobs);
  const deliveries = runDeliveries(services);
  const health = await openHealth(config, services);
  logMode(log, config.listen);
  console.log(`working pid ${process.pid}`);
  return {
    async close() {
      health.leave();
      await Promise.all([worker.close(), deliveries.close()]);
      await health.close();
      await close();
      await telemetry.close();
    },
  };
});

import '../core/runtime-check.ts';
import { readFile } from 'node:fs/promises';
import { readServerConfig, variables } from '../core/config.ts';
import { processLog, runMain } from '../core/main.ts';
import { projectFile } from '../core/project-root.ts';
import { openTelemetry } from '../core/telemetry/open-telemetry.ts';
import { warnOfUnknownVariables } from '../core/unknown-variables.ts';
import { hostInProcess } from '../gateway/hosts/in-process.ts';
import { type LegacyConfig, legacyVariables, readLegacyConfig } from '../legacy/open-legacy.ts';
import { openConfiguredListener } from '../subgraphs/open-configured-listener.ts';
import { openServices } from '../subgraphs/open-services.ts';
import { createAllSubgraphs } from '../subgraphs/registry.ts';
import { watchQueues } from '../subgraphs/shared/jobs/watch-queues.ts';
import { runProcesses } from './run-processes.ts';
import { serveGateway } from './serve-gateway.ts';

/** `npm run start:server`: gateway and subgraphs in one process, without the demo. */
await runMain(async () => {
  const config = readServerConfig(process.env, readLegacyConfig);
  return runProcesses(config.gateway, () => serve(config));
});

async function serve({ gateway: config, ...read }: ReturnType<typeof readServerConfig<LegacyConfig>>) {
  const telemetry = await openTelemetry(config.telemetry, config.host, 'gateway');
  const log = processLog(config.logLevel, telemetry.logged);
  warnOfUnknownVariables(process.env, [variables, legacyVariables], log);
  const { services, close } = await openServices(
    { ...read.services, legacy: { ...read.legacy, watch: telemetry.watch } },
    { log },
  );
  watchQueues(services.database, telemetry);
  const listener = await openConfiguredListener(read.listener, services, telemetry);
  const closeAll = async () => {
    await listener?.close();
    await close();
  };
  const subgraphs = await createAllSubgraphs();
  const gateway = await serveGateway(config, {
    supergraphSdl: await readFile(projectFile('schema', 'supergraph.graphql'), 'utf8'),
    host: hostInProcess(subgraphs, services, closeAll),
    log,
    telemetry,
    firstOperation: null,
  });
  return {
    ...gateway,
    close: () => {
      listener?.leave();
      return gateway.close();
    },
  };
}

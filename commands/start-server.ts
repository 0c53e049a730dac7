import '../core/runtime-check.ts';
import { readFile } from 'node:fs/promises';
import { readServerConfig, variables } from '../core/config.ts';
import { createTokenVerifier } from '../core/identity/token-verifier.ts';
import { logMode, processLog, runMain } from '../core/main.ts';
import { projectFile } from '../core/project-root.ts';
import { openTelemetry } from '../core/telemetry/open-telemetry.ts';
import { warnOfUnknownVariables } from '../core/unknown-variables.ts';
import { createGateway } from '../gateway/create-gateway.ts';
import { hostInProcess } from '../gateway/hosts/in-process.ts';
import { openStore } from '../gateway/store/open-store.ts';
import { legacyVariables, readLegacyConfig } from '../legacy/open-legacy.ts';
import { openPagopaListener } from '../subgraphs/open-pagopa-listener.ts';
import { openServices } from '../subgraphs/open-services.ts';
import { createAllSubgraphs } from '../subgraphs/registry.ts';
import { watchQueues } from '../subgraphs/shared/jobs/watch-queues.ts';

/** `npm run start:server`: gateway and subgraphs in one process, without anything of the demo. */
await runMain(async () => {
  const { gateway: config, ...read } = readServerConfig(process.env, readLegacyConfig);
  const log = processLog();
  warnOfUnknownVariables(process.env, [variables, legacyVariables], log);
  const telemetry = await openTelemetry(config.telemetry, config.host, 'gateway');
  const { services, close } = await openServices(
    { ...read.services, legacy: { ...read.legacy, watch: telemetry.watch } },
    { log },
  );
  watchQueues(services.database, telemetry);
  const node = await openPagopaListener(read.node, services);
  const closeAll = async () => {
    await node?.close();
    await close();
  };
  const subgraphs = await createAllSubgraphs();
  const gateway = await createGateway({
    supergraphSdl: await readFile(projectFile('schema', 'supergraph.graphql'), 'utf8'),
    host: hostInProcess(subgraphs, services, closeAll),
    verifier:
      config.identity === null
        ? null
        : createTokenVerifier({ ...config.identity, idSecret: config.idSecret }),
    log,
    isProduction: config.isProduction,
    requestBudgetMs: config.requestBudgetMs,
    edge: config.edge,
    store: config.databaseUrl === null ? null : openStore(config.databaseUrl, telemetry.watch),
    telemetry,
    isHttps: config.publicUrl.startsWith('https:'),
    firstOperation: null,
  });
  const port = await gateway.listen(config.port, config.host);
  logMode(log, config);
  console.log(`ready http://${config.host}:${port}/graphql pid ${process.pid}`);
  return gateway;
});

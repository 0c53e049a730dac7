import '../core/runtime-check.ts';
import { readSubgraphConfig, variables } from '../core/config.ts';
import { createTokenVerifier } from '../core/identity/token-verifier.ts';
import { logMode, processLog, runMain } from '../core/main.ts';
import { openTelemetry } from '../core/telemetry/open-telemetry.ts';
import { watchParts } from '../core/telemetry/watch-parts.ts';
import { warnOfUnknownVariables } from '../core/unknown-variables.ts';
import { legacyVariables, readLegacyConfig } from '../legacy/open-legacy.ts';
import { openConfiguredListener } from '../subgraphs/open-configured-listener.ts';
import { openHealth } from '../subgraphs/open-health.ts';
import { openServices } from '../subgraphs/open-services.ts';
import { isSubgraphName, registry } from '../subgraphs/registry.ts';
import { watchQueues } from '../subgraphs/shared/jobs/watch-queues.ts';
import { checkServices } from '../subgraphs/shared/subgraph/check-services.ts';
import { createSubgraph } from '../subgraphs/shared/subgraph/create-subgraph.ts';
import { serveSubgraph } from '../subgraphs/shared/subgraph/serve-subgraph.ts';
import { townEnvironment } from './town-environment.ts';

/** `npm run start:subgraph -- <name>`: one subgraph as a process of its own, behind HTTP. */
await runMain(async () => {
  const name = process.argv[2] ?? '';
  if (!isSubgraphName(name))
    throw new Error(`Name one of the subgraphs: ${Object.keys(registry).join(', ')}.`);
  const { definition, url } = registry[name];
  const config = readSubgraphConfig(
    townEnvironment(process.env),
    readLegacyConfig,
    Number(new URL(url).port),
  );
  const telemetry = await openTelemetry(config.telemetry, config.listen.host, name);
  const log = processLog(config.listen.logLevel, telemetry.logged);
  warnOfUnknownVariables(process.env, [variables, legacyVariables], log);
  const { services, close } = await openServices(
    { ...config.services, legacy: { ...config.legacy, watch: telemetry.watch } },
    { log },
  );
  const listener =
    name === 'payments' ? await openConfiguredListener(config.listener, services, telemetry) : null;
  const verifier = createTokenVerifier({
    ...config.identity,
    idSecrets: config.idSecrets,
    watch: telemetry.watch,
  });
  const server = await serveSubgraph({
    subgraph: await createSubgraph(definition),
    services,
    verifier,
    secrets: config.subgraphSecrets,
    telemetry,
    stopDelayMs: config.stopDelayMs,
  });
  const health = await openHealth(config, services);
  watchQueues(services.database, telemetry);
  watchParts(() => checkServices(services), telemetry);
  const port = await server.listen(config.listen.port, config.listen.host);
  logMode(log, config.listen);
  console.log(`ready http://${config.listen.host}:${port}/graphql pid ${process.pid}`);
  return {
    stopDelayMs: config.stopDelayMs,
    close: async () => {
      health.leave();
      listener?.leave();
      await server.close();
      await listener?.close();
      await health.close();
      await close();
      await telemetry.close();
    },
  };
});

import '../core/runtime-check.ts';
import { readFile } from 'node:fs/promises';
import { type GatewayConfig, readGatewayConfig, variables } from '../core/config.ts';
import { processLog, runMain } from '../core/main.ts';
import { openTelemetry } from '../core/telemetry/open-telemetry.ts';
import { warnOfUnknownVariables } from '../core/unknown-variables.ts';
import { hostOverHttp } from '../gateway/hosts/over-http.ts';
import { subgraphUrlsOf } from '../gateway/hosts/remote-subgraphs.ts';
import { runProcesses } from './run-processes.ts';
import { serveGateway } from './serve-gateway.ts';

/** `npm run start:gateway`: serves any valid supergraph, whose subgraphs run elsewhere. */
await runMain(async () => {
  const config = readGatewayConfig(process.env);
  return runProcesses(config, () => serve(config));
});

async function serve(config: GatewayConfig) {
  const telemetry = await openTelemetry(config.telemetry, config.host, 'gateway');
  const log = processLog(config.logLevel, telemetry.logged);
  warnOfUnknownVariables(process.env, [variables], log);
  const supergraphSdl = await readFile(config.supergraphPath, 'utf8').catch(() => {
    throw new Error(`The supergraph ${config.supergraphPath} cannot be read. Set SUPERGRAPH_PATH.`);
  });
  const urls = Object.entries(subgraphUrlsOf(supergraphSdl)).map(
    ([name, url]) => [name, config.subgraphUrl(name) ?? url] as const,
  );
  return serveGateway(config, {
    supergraphSdl,
    host: hostOverHttp({
      urls: Object.fromEntries(urls),
      secret: config.subgraphSecret,
      guard: { watch: telemetry.watch },
    }),
    log,
    telemetry,
    firstOperation: config.isProduction
      ? null
      : async () => ({ document: '{ __typename }', variables: {}, token: null }),
  });
}

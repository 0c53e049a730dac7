import type { GatewayConfig } from '../core/config.ts';
import { createTokenVerifier } from '../core/identity/token-verifier.ts';
import type { Log } from '../core/log.ts';
import { logMode } from '../core/main.ts';
import type { Telemetry } from '../core/telemetry/telemetry.ts';
import { createGateway, type Gateway, type GatewayOptions } from '../gateway/create-gateway.ts';
import { openStore } from '../gateway/store/open-store.ts';

interface Served extends Pick<GatewayOptions, 'supergraphSdl' | 'host' | 'firstOperation'> {
  readonly log: Log;
  readonly telemetry: Telemetry;
}

/** Opens a gateway as configured; answers also its address. Errors: Error if the port is taken. */
export async function serveGateway(
  config: GatewayConfig,
  served: Served,
): Promise<Gateway & { readonly address: string }> {
  const { identity, idSecrets, databaseUrl } = config;
  const { log, telemetry } = served;
  const gateway = await createGateway({
    ...served,
    verifier:
      identity === null ? null : createTokenVerifier({ ...identity, idSecrets, watch: telemetry.watch }),
    isProduction: config.isProduction,
    requestBudgetMs: config.requestBudgetMs,
    stopDelayMs: config.stopDelayMs,
    edge: config.edge,
    store: databaseUrl === null ? null : openStore(databaseUrl, telemetry.watch),
    isHttps: config.publicUrl.startsWith('https:'),
  });
  const port = await gateway.listen(config.port, config.host);
  logMode(log, config);
  return { ...gateway, address: `http://${config.host}:${port}/graphql` };
}

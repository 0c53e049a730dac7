import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../dist/core/clock.js';
import { edgeDefaults } from '../../dist/core/edge-config.js';
import { createTokenVerifier } from '../../dist/core/identity/token-verifier.js';
import { silentLog } from '../../dist/core/log.js';
import { fetchDemoToken } from '../../dist/demo/identity/fetch-token.js';
import { openTown } from '../../dist/demo/open-town.js';
import { startCluster } from '../../dist/demo/postgres/start-cluster.js';
import { demoSecrets } from '../../dist/demo/secrets.js';
import { seedApart } from '../../dist/demo/town/seed-apart.js';
import { createGateway } from '../../dist/gateway/create-gateway.js';
import { hostInProcess } from '../../dist/gateway/hosts/in-process.js';
import { openStore } from '../../dist/gateway/store/open-store.js';
import { migrate } from '../../dist/subgraphs/migrate.js';
import { createAllSubgraphs } from '../../dist/subgraphs/registry.js';

/**
 * A gateway as it is in production over the demo town, all in this process but Postgres.
 *
 * `onClose` takes what is to be stopped before it.
 */
export async function openProductionGateway(edge = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), 'protections-'));
  const cluster = await startCluster({ dataDir });
  const stops = [() => rm(dataDir, { recursive: true, force: true }), () => cluster.stop()];
  const close = async () => {
    for (const stop of stops.reverse()) await stop();
  };
  try {
    for (const name of ['hypersic', 'town']) await cluster.createDatabase(name);
    const [legacyUrl, ownUrl] = [cluster.urlFor('hypersic'), cluster.urlFor('town')];
    await migrate(ownUrl);
    await seedApart({ legacyUrl, ownUrl });
    const secrets = demoSecrets(dataDir);
    const town = await openTown({
      host: '127.0.0.1',
      port: 0,
      identityPort: 0,
      hypersicPort: 0,
      hypersicFaultPercent: 0,
      hypersicDecideMs: 4_000,
      pagopaPort: 0,
      pagopaChaos: null,
      publicUrl: null,
      dataDir,
      legacyUrl,
      ownUrl,
      secrets,
      transport: 'in-process',
      requestBudgetMs: 5_000,
      works: false,
      clock: systemClock,
      log: silentLog,
    });
    stops.push(() => town.close());
    const { issuer, audience } = town;
    const supergraphSdl = await readFile('schema/supergraph.graphql', 'utf8');
    const verifier = createTokenVerifier({ issuer, audience, idSecrets: [secrets.id] });
    const host = hostInProcess(await createAllSubgraphs(), town.services, async () => undefined);
    const gateway = await createGateway({
      supergraphSdl,
      host,
      verifier,
      log: silentLog,
      isProduction: true,
      requestBudgetMs: 5_000,
      edge: { ...edgeDefaults(true), ...edge },
      store: openStore(ownUrl),
      firstOperation: null,
    });
    stops.push(() => gateway.close());
    return {
      port: await gateway.listen(0, '127.0.0.1'),
      supergraphSdl,
      verifier,
      host,
      tokenOf: (code) => fetchDemoToken({ issuer, audience, code, method: 'spid', level: 2 }),
      onClose: (stop) => void stops.push(stop),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

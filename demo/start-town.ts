import { accessSync, constants, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Clock } from '../core/clock.ts';
import type { DemoConfig } from '../core/config.ts';
import type { Log } from '../core/log.ts';
import { openTelemetry } from '../core/telemetry/open-telemetry.ts';
import { migrate } from '../subgraphs/migrate.ts';
import type { DemoHypersicConfig } from './hypersic/config.ts';
import { notices, type OpenTown, openTown } from './open-town.ts';
import { appRole, createRoles, migrateRole } from './postgres/create-roles.ts';
import { type Cluster, startCluster } from './postgres/start-cluster.ts';
import { type RunningTown, townFile } from './running-town.ts';
import { type DemoSecrets, demoSecrets } from './secrets.ts';
import { seedApart } from './town/seed-apart.ts';
import { townEnvironment } from './town-environment.ts';

export interface Town extends RunningTown {
  /** Stops one that runs behind HTTP, to see what the others still answer. */
  stopSubgraph(name: string): Promise<void>;
  /** Starts it again at its address. */
  startSubgraph(name: string): Promise<void>;
  close(): Promise<void>;
}

export interface TownOptions extends DemoConfig, DemoHypersicConfig {
  readonly clock: Clock;
  readonly log: Log;
  readonly portalUrl?: string;
}

/** Starts the whole town on one machine, with its data under `dataDir`. */
export async function startTown(options: TownOptions): Promise<Town> {
  const dataDir = resolve(options.dataDir);
  openFolder(dataDir);
  const cluster = await startCluster({ dataDir });
  try {
    for (const name of ['hypersic', 'town']) {
      if (!(await cluster.hasDatabase(name))) await cluster.createDatabase(name);
    }
    const secrets = demoSecrets(dataDir);
    const legacyUrl = cluster.urlFor('hypersic');
    const ownUrl = await openOwn(cluster, secrets);
    await seedApart({ legacyUrl, ownUrl });
    const telemetry = await openTelemetry(options.telemetry, options.host, 'town');
    const open = await openTown({ ...options, telemetry, dataDir, legacyUrl, ownUrl, secrets, works: true });
    const town = toRunningTown(open, options.portalUrl ?? null, legacyUrl, ownUrl, secrets);
    writeFileSync(townFile(dataDir), JSON.stringify(town, null, 2), { mode: 0o600 });
    const close = async () => {
      rmSync(townFile(dataDir), { force: true });
      await open.close().finally(() => cluster.stop());
    };
    return { ...town, stopSubgraph: open.stopSubgraph, startSubgraph: open.startSubgraph, close };
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}

/** Our own database, with the roles that it has in production; the URL of our programs' role. */
async function openOwn(cluster: Cluster, { migrate: owners, service, read }: DemoSecrets): Promise<string> {
  const roles = () => createRoles(cluster.urlFor('town'), { migrate: owners, app: service, read });
  await roles();
  const ran = await migrate(cluster.urlFor('town', { name: migrateRole, password: owners }), appRole);
  // New tables are for readers too.
  if (ran.length > 0) await roles();
  return cluster.urlFor('town', { name: appRole, password: service });
}

function toRunningTown(
  open: OpenTown,
  portalUrl: string | null,
  legacyUrl: string,
  ownUrl: string,
  secrets: DemoSecrets,
): RunningTown {
  const { graphqlUrl, issuer, audience, pagopa, listenerUrl } = open;
  const environment = {
    ...townEnvironment({ ...open, legacyUrl, ownUrl, secrets }),
    PAYMENT_RETURN_ORIGINS: open.services.paying.returnOrigins.join(),
    PAYMENT_LOCK_MINUTES: String(open.services.paying.lockMs / 60_000),
    PAGOPA_CBILL_CODE: notices.cbillCode,
    PAGOPA_POSTAL_ACCOUNT: notices.postal.account,
    PAGOPA_POSTAL_AUTHORISATION: notices.postal.authorisation,
  };
  return {
    pid: process.pid,
    graphqlUrl,
    issuer,
    portalUrl,
    audience,
    pagopaUrl: pagopa.url,
    listenerUrl,
    legacyUrl,
    ownUrl,
    environment,
  };
}

/** One folder at a time: where none can be created, such as below /proc, a recursive mkdir never returns. */
function openFolder(dataDir: string): void {
  try {
    if (!existsSync(dirname(dataDir))) openFolder(dirname(dataDir));
    if (!existsSync(dataDir)) mkdirSync(dataDir);
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
    if (!statSync(dataDir).isDirectory()) throw new Error('It is a file.');
  } catch {
    throw new Error(
      `The data folder ${dataDir} cannot be used. Set DATA_DIR to a folder that you may write to.`,
    );
  }
}

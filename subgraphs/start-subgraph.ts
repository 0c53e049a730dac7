import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAuditStream } from '../core/audit.ts';
import { isProduction, readDataDir, readSubgraphConfig } from '../core/config.ts';
import type { Environment } from '../core/environment.ts';
import { createTokenVerifier } from '../core/identity/token-verifier.ts';
import { processLog, runMain } from '../core/main.ts';
import { readLegacyConfig } from '../legacy/open-legacy.ts';
import { openGround } from './open-ground.ts';
import { isSubgraphName, registry } from './registry.ts';
import { serveSubgraph } from './skeleton/serve-subgraph.ts';

/** `npm run start:subgraph -- <name>`: one subgraph alone, behind HTTP. */
await runMain(async () => {
  const name = process.argv[2] ?? '';
  if (!isSubgraphName(name))
    throw new Error(`Name one of the subgraphs: ${Object.keys(registry).join(', ')}.`);
  const { create, url } = registry[name];
  const config = readSubgraphConfig(environment(process.env), readLegacyConfig, Number(new URL(url).port));
  const log = processLog();
  const audit = createAuditStream((line) => process.stderr.write(`${line}\n`));
  const { ground, close } = await openGround({ ...config.ground, legacy: config.legacy }, { log, audit });
  const verifier = createTokenVerifier({ ...config.identity, idSecret: config.idSecret });
  const server = await serveSubgraph({
    subgraph: await create(),
    ground,
    verifier,
    secret: config.subgraphSecret,
  });
  const port = await server.listen(config.listen.port, config.listen.host);
  console.log(`ready http://${config.listen.host}:${port}/graphql pid ${process.pid}`);
  return { close: () => server.close().then(close) };
});

/** Outside production a subgraph joins the town that runs under DATA_DIR, unless variables say otherwise. */
function environment(env: Environment): Environment {
  if (isProduction(env) || env.DATABASE_URL !== undefined) return env;
  const dataDir = readDataDir(env);
  try {
    const town = JSON.parse(readFileSync(join(dataDir, 'town.json'), 'utf8')) as { environment: Environment };
    return { ...town.environment, ...env };
  } catch {
    throw new Error(
      `No town runs with its data in ${dataDir}: start it with npm start, or set DATABASE_URL and the rest.`,
    );
  }
}

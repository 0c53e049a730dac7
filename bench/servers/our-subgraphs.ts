import { readFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { projectFolder, subgraphParts } from '../product.ts';

/** Our supergraph, with the addresses where subgraphs answer in this run. */
export async function readSupergraph(): Promise<string> {
  let sdl = await readFile(`${projectFolder}schema/supergraph.graphql`, 'utf8');
  const { registry } = await subgraphParts();
  for (const [name, { url }] of Object.entries(registry)) {
    const address = process.env[`SUBGRAPH_URL_${name.toUpperCase().replaceAll('-', '_')}`];
    if (address !== undefined) sdl = sdl.replaceAll(url, address);
  }
  return sdl;
}

/** Our subgraphs for a peer that runs them in its own process: one scope a request, as our gateway makes it. */
export async function openSubgraphs() {
  const parts = await subgraphParts();
  const { services: config, gateway, legacy } = parts.readServerConfig(process.env, parts.readLegacyConfig);
  const log = parts.createLog(() => undefined);
  const { services } = await parts.openServices({ ...config, legacy }, { log });
  const { issuer, audience } = gateway.identity ?? { issuer: '', audience: '' };
  const verifier = parts.createTokenVerifier({ issuer, audience, idSecrets: gateway.idSecrets });
  const subgraphs = await parts.createAllSubgraphs();
  let number = 0;
  return {
    schemas: new Map(subgraphs.map(({ name, schema }) => [name, schema])),
    async openContext(authorization: string | undefined) {
      const caller = await verifier.verify(authorization);
      return parts.createRequestContext(services, { caller, requestId: `bench-${++number}`, language: 'it' });
    },
  };
}

/** The headers that our subgraphs want over HTTP: the caller's token, and the gateway's credential. */
export function headersFor(authorization: string | null | undefined): Record<string, string> {
  const credential = { 'x-subgraph-secret': process.env.SUBGRAPH_SECRET ?? '' };
  return authorization ? { ...credential, authorization } : credential;
}

/** Listens, and says so as the product does. */
export async function serve(listener: RequestListener): Promise<void> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  console.log(`ready http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql pid ${process.pid}`);
  process.once('SIGTERM', () => process.exit(0));
}

import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import type { TokenVerifier } from '../core/identity/token-verifier.ts';
import type { Telemetry } from '../core/telemetry/telemetry.ts';
import type { Services } from '../subgraphs/shared/request-context.ts';
import type { Subgraph } from '../subgraphs/shared/subgraph/create-subgraph.ts';
import { type SubgraphServer, serveSubgraph } from '../subgraphs/shared/subgraph/serve-subgraph.ts';

/** Each subgraph on a port of its own. */
export async function serveApart(
  subgraphs: readonly Subgraph[],
  services: Services,
  verifier: TokenVerifier,
  secret: string,
  telemetry: Telemetry,
) {
  const urls: Record<string, string> = {};
  const servers = new Map<string, SubgraphServer>();
  const start = async (name: string) => {
    const subgraph = subgraphs.find((one) => one.name === name);
    if (subgraph === undefined || servers.has(name)) return;
    const server = await serveSubgraph({ subgraph, services, verifier, secrets: [secret], telemetry });
    const { port = '0' } = urls[name] === undefined ? {} : new URL(urls[name]);
    urls[name] = `http://127.0.0.1:${await server.listen(Number(port), '127.0.0.1')}/graphql`;
    servers.set(name, server);
  };
  const stop = async (name: string) => {
    await servers.get(name)?.close();
    servers.delete(name);
  };
  for (const { name } of subgraphs) await start(name);
  return { urls, start, stop, close: async () => void (await Promise.all([...servers.keys()].map(stop))) };
}

/** A free port, held until it is released, so that servers started in between get others. */
export async function reservePort(host: string) {
  const holder = createServer((socket) => socket.destroy()).listen(0, host);
  await once(holder, 'listening');
  const { port } = holder.address() as AddressInfo;
  const release = async () => {
    if (!holder.listening) return;
    holder.close();
    await once(holder, 'close');
  };
  return { port, release };
}

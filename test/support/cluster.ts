import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { type FrontProxy, startProxy } from './proxy.ts';
import type { Program, Surroundings, TownProcess, Version } from './town-processes.ts';

/** A process at its place: another one that takes the place has the same ports. */
interface Place {
  readonly name: string;
  readonly program: Program;
  readonly args: readonly string[];
  readonly more: Readonly<Record<string, string>>;
}

export interface ProcessCluster {
  /** Shape: `['gateway-1', 'gateway-2', 'worker-1', 'worker-2']`. */
  readonly names: readonly string[];
  /** Shape: `127.0.0.1:4001`, of the gateways. */
  readonly gateways: readonly string[];
  /** Of the pagoPA listeners. */
  readonly nodes: readonly string[];
  start(): Promise<void>;
  /** Ends one as a machine that fails, and starts another at its place. */
  kill(name: string): Promise<void>;
  /** Stops each and starts another at its place, one after the other. `pauseMs`: until proxies have noticed. */
  roll(pauseMs: number, version?: Version, names?: readonly string[]): Promise<void>;
  /** Places whose process ended by itself, each with the end of its log. */
  ended(): readonly string[];
  close(): Promise<void>;
}

const subgraphs = ['anagrafe', 'practices', 'school-billing', 'payments', 'integrations'] as const;

/** Two gateways and two workers; `split`: also two of each subgraph, each pair behind a proxy of its own. */
export async function openCluster(
  surroundings: Surroundings,
  options: {
    readonly isSplit: boolean;
    readonly version?: Version;
    readonly more?: Readonly<Record<string, string>>;
  },
): Promise<ProcessCluster> {
  const places: Place[] = [];
  const proxies: FrontProxy[] = [];
  const gateways: string[] = [];
  const nodes: string[] = [];
  const routes: Record<string, string> = {};
  const port = async (list: string[]) => {
    const found = await freePort();
    list.push(`127.0.0.1:${found}`);
    return String(found);
  };
  const twice = [1, 2];
  for (const name of options.isSplit ? subgraphs : []) {
    const upstreams: string[] = [];
    for (const nth of twice) {
      const more = {
        PORT: await port(upstreams),
        ...(name === 'payments' ? { PAGOPA_NODE_PORT: await port(nodes) } : {}),
      };
      places.push({ name: `${name}-${nth}`, program: 'subgraph', args: [name], more });
    }
    const proxy = await startProxy({ port: 0, upstreams });
    proxies.push(proxy);
    routes[`SUBGRAPH_URL_${name.toUpperCase().replaceAll('-', '_')}`] = `${proxy.url}/graphql`;
  }
  for (const nth of twice) {
    const more = options.isSplit
      ? { PORT: await port(gateways), ...routes }
      : { PORT: await port(gateways), PAGOPA_NODE_PORT: await port(nodes) };
    places.push({ name: `gateway-${nth}`, program: options.isSplit ? 'gateway' : 'server', args: [], more });
  }
  for (const nth of twice) places.push({ name: `worker-${nth}`, program: 'worker', args: [], more: {} });

  let version = options.version;
  const running = new Map<string, TownProcess>();
  const start = async ({ name, program, args, more }: Place) => {
    const from = version === undefined ? {} : { version };
    running.set(name, await surroundings.start(program, { ...options.more, ...more }, { ...from, args }));
  };
  const placeOf = (name: string) => {
    const place = places.find((one) => one.name === name);
    if (place === undefined) throw new Error(`There is no ${name}.`);
    return place;
  };
  const end = async (name: string, signal: 'SIGKILL' | 'SIGTERM') => {
    const ending = running.get(name);
    ending?.process.kill(signal);
    const code = await ending?.exited;
    if (signal === 'SIGTERM' && code !== 0) throw new Error(`${name} ended with ${code}: ${ending?.log()}`);
  };
  return {
    names: places.map(({ name }) => name),
    gateways,
    nodes,
    async start() {
      await Promise.all(places.map(start));
    },
    async kill(name) {
      await end(name, 'SIGKILL');
      await start(placeOf(name));
    },
    async roll(pauseMs, to = version, names = places.map(({ name }) => name)) {
      version = to;
      for (const name of names) {
        await end(name, 'SIGTERM');
        await start(placeOf(name));
        await sleep(pauseMs);
      }
    },
    ended: () =>
      [...running].flatMap(([name, one]) =>
        one.process.exitCode === null ? [] : [`${name}: ${one.log().slice(-2_000)}`],
      ),
    close: async () => void (await Promise.all(proxies.map((proxy) => proxy.close()))),
  };
}

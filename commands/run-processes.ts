import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { GatewayConfig } from '../core/config.ts';
import { processLog, type Running } from '../core/main.ts';

/** How long after its end a process is replaced: one that ends again and again must not take the machine. */
const pauseMs = 1_000;

/**
 * Runs a program in several processes that share its ports (Node's cluster), and replaces one that ends. With one it
 * runs in this process. Process n has its metrics at METRICS_PORT plus n.
 *
 * `serve` answers the program's address once it is ready; this process prints it when all are.
 */
export async function runProcesses(
  config: GatewayConfig,
  serve: () => Promise<Running & { readonly address: string }>,
): Promise<Running> {
  if (config.processes > 1 && cluster.isPrimary) return lead(config);
  const running = await serve();
  if (cluster.isWorker) process.send?.(running.address);
  else announce(running.address);
  return running;
}

function announce(address: string): void {
  console.log(`ready ${address} pid ${process.pid}`);
}

async function lead({ processes, stopDelayMs, telemetry, logLevel }: GatewayConfig): Promise<Running> {
  const log = processLog(logLevel);
  const { metricsPort } = telemetry;
  const workers = new Map<number, Worker>();
  const stopping = new AbortController();
  const start = async (place: number): Promise<string> => {
    const worker = cluster.fork(metricsPort ? { METRICS_PORT: String(metricsPort + place) } : {});
    workers.set(place, worker);
    const ended = once(worker, 'exit');
    const address = await Promise.race([once(worker, 'message'), ended.then(() => null)]);
    if (address === null) throw new Error('A process ended before it was ready: its reason stands above.');
    log.info('process.ready', { place, pid: worker.process.pid });
    void ended.then(() => replace(place));
    return String(address[0]);
  };
  const replace = async (place: number): Promise<void> => {
    workers.delete(place);
    while (!stopping.signal.aborted) {
      log.error('process.ended', { place });
      await wait(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      const isReady = await start(place).then(
        () => true,
        () => false,
      );
      if (isReady) return;
    }
  };
  const [address = ''] = await Promise.all(Array.from({ length: processes }, (_none, place) => start(place)));
  announce(address);
  return {
    stopDelayMs,
    async close() {
      stopping.abort();
      const left = [...workers.values()].filter((worker) => !worker.isDead());
      for (const worker of left) worker.process.kill('SIGTERM');
      await Promise.all(left.map((worker) => worker.isDead() || once(worker, 'exit')));
    },
  };
}

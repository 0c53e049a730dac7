import type { ListenConfig } from '../core/config.ts';
import { createHealth, serveHealth } from '../core/http/health.ts';
import type { Services } from './shared/request-context.ts';
import { checkServices } from './shared/subgraph/check-services.ts';

export interface OpenHealth {
  /** From now on it says that the process stops. */
  leave(): void;
  close(): Promise<void>;
}

/** `/health` at a port of its own, if one is configured, for a program without a public port. */
export async function openHealth(
  { listen, healthPort }: { readonly listen: ListenConfig; readonly healthPort: number | null },
  services: Services,
): Promise<OpenHealth> {
  if (healthPort === null) return { leave: () => undefined, close: async () => undefined };
  const lifecycle = { isLeaving: false, isStopping: false };
  const health = createHealth(() => checkServices(services), lifecycle);
  const server = await serveHealth({ port: healthPort, host: listen.host }, health);
  services.log.info('health.open', { port: server.port });
  return {
    leave() {
      lifecycle.isLeaving = true;
    },
    close: server.close,
  };
}

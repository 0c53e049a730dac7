import { Router } from 'express';
import { kept } from '../../core/resilience/kept.ts';
import type { SubgraphHost } from '../hosts/subgraph-host.ts';

/** Any caller may ask, and each check queries databases: checks are kept for a second. */
export const keptMs = 1_000;

/**
 * `/live`: the process runs. `/ready`: so does everything it needs; the response names missing parts. A process
 * that is stopping is not ready, but finishes the requests it has begun.
 */
export function health(host: SubgraphHost, lifecycle: { readonly isStopping: boolean }): Router {
  const router = Router();
  const check = kept(keptMs, () => host.check());
  router.get('/live', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/ready', async (_request, response) => {
    if (lifecycle.isStopping) return void response.status(503).json({ status: 'stopping' });
    const parts = await check();
    const isReady = Object.values(parts).every(Boolean);
    response.status(isReady ? 200 : 503).json({ status: isReady ? 'ok' : 'unavailable', parts });
  });
  return router;
}

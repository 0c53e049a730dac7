import { Router } from 'express';
import { requestIdOf } from '../../core/http/request-id.ts';
import { sendError } from '../../core/http/send-error.ts';
import type { SubgraphHost } from '../hosts/subgraph-host.ts';

/** `/documents/<subgraph>/…`: passed on as a stream to the subgraph that signed the address. */
export function serveDocuments(host: SubgraphHost): Router {
  const router = Router();
  router.use('/:subgraph', async (request, response) => {
    // The subgraph verifies the whole path it signed, not what is left of it here.
    request.url = request.originalUrl;
    const isServed = await host.serveDocument(request.params.subgraph, request, response);
    if (!isServed) {
      sendError(response, 404, {
        code: 'NOT_FOUND',
        message: 'There is no such document.',
        requestId: requestIdOf(request),
      });
    }
  });
  return router;
}

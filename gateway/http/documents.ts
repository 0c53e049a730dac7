import { Router } from 'express';
import { requestIdOf } from '../../core/http/request-id.ts';
import { sendError } from '../../core/http/send-error.ts';
import type { SubgraphHost } from '../hosts/subgraph-host.ts';

/** `/documents/<subgraph>/…`: passed on as a stream to the subgraph that signed the address. */
export function serveDocuments(host: SubgraphHost): Router {
  return passedOn((...request) => host.serveDocument(...request), 'There is no such document.');
}

/** `/uploads/<subgraph>/…`: likewise, with the bytes that are sent. */
export function serveUploads(host: SubgraphHost): Router {
  return passedOn((...request) => host.serveUpload(...request), 'Nothing can be sent to this address.');
}

function passedOn(serve: SubgraphHost['serveDocument'], message: string): Router {
  const router = Router();
  router.use('/:subgraph', async (request, response) => {
    // The subgraph verifies the whole path it signed, not what is left of it here.
    request.url = request.originalUrl;
    const isServed = await serve(request.params.subgraph, request, response);
    if (!isServed) sendError(response, 404, { code: 'NOT_FOUND', message, requestId: requestIdOf(request) });
  });
  return router;
}

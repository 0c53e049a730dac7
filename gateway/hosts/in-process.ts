import type { IncomingMessage } from 'node:http';
import { languageOf } from '../../core/http/language.ts';
import { requestIdOf } from '../../core/http/request-id.ts';
import { checkGround } from '../../subgraphs/skeleton/check-ground.ts';
import type { Subgraph } from '../../subgraphs/skeleton/create-subgraph.ts';
import { serveDocument } from '../../subgraphs/skeleton/documents/serve-document.ts';
import { createScope, type Ground } from '../../subgraphs/skeleton/scope.ts';
import { serveUpload } from '../../subgraphs/skeleton/uploads/serve-upload.ts';
import { createInProcessTransport } from '../transport/in-process.ts';
import type { SubgraphHost } from './subgraph-host.ts';

/** All subgraphs in this process: one scope a request, shared by all of them. */
export function hostInProcess(
  subgraphs: readonly Subgraph[],
  ground: Ground,
  close: () => Promise<void>,
): SubgraphHost {
  const byName = new Map(subgraphs.map((subgraph) => [subgraph.name, subgraph]));
  return {
    transport: createInProcessTransport(
      Object.fromEntries(subgraphs.map(({ name, schema }) => [name, schema])),
    ),
    openScope: (request) => createScope(ground, request),
    async serveFile(address, request, response) {
      const subgraph = byName.get(address.subgraph);
      if (subgraph === undefined) return false;
      const serve = address.kind === 'documents' ? serveDocument : serveUpload;
      await serve(subgraph, ground, about(request), request, response);
      return true;
    },
    check: () => checkGround(ground),
    close,
  };
}

function about(request: IncomingMessage): { readonly requestId: string; readonly language: 'it' | 'en' } {
  return { requestId: requestIdOf(request), language: languageOf(request.headers['accept-language']) };
}

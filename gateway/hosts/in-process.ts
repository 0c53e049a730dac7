import type { IncomingMessage } from 'node:http';
import { languageOf } from '../../core/http/language.ts';
import { requestIdOf } from '../../core/http/request-id.ts';
import { serveDocument } from '../../subgraphs/shared/documents/serve-document.ts';
import { createRequestContext, type Services } from '../../subgraphs/shared/request-context.ts';
import { checkServices } from '../../subgraphs/shared/subgraph/check-services.ts';
import type { Subgraph } from '../../subgraphs/shared/subgraph/create-subgraph.ts';
import { serveUpload } from '../../subgraphs/shared/uploads/serve-upload.ts';
import { createInProcessTransport } from '../transport/in-process.ts';
import type { SubgraphHost } from './subgraph-host.ts';

/** All subgraphs in this process, with one request context shared by all of them. */
export function hostInProcess(
  subgraphs: readonly Subgraph[],
  services: Services,
  close: () => Promise<void>,
): SubgraphHost {
  const byName = new Map(subgraphs.map((subgraph) => [subgraph.name, subgraph]));
  return {
    transport: createInProcessTransport(
      Object.fromEntries(subgraphs.map(({ name, schema }) => [name, schema])),
    ),
    openContext: (request) => createRequestContext(services, request),
    async serveFile(address, request, response) {
      const subgraph = byName.get(address.subgraph);
      if (subgraph === undefined) return false;
      const serve = address.kind === 'documents' ? serveDocument : serveUpload;
      await serve(subgraph, services, about(request), request, response);
      return true;
    },
    check: () => checkServices(services),
    close,
  };
}

function about(request: IncomingMessage): { readonly requestId: string; readonly language: 'it' | 'en' } {
  return { requestId: requestIdOf(request), language: languageOf(request.headers['accept-language']) };
}

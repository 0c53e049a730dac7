import { createGatewayRuntime, type GatewayPlugin } from '@graphql-hive/gateway-runtime';
import { unifiedGraphHandler } from '@graphql-hive/router-runtime';
import { createDefaultExecutor } from '@graphql-mesh/transport-common';
import type { ExecutionRequest } from '@graphql-tools/utils';
import { counters } from './counters.ts';
import { headersFor, openSubgraphs, readSupergraph, serve } from './our-subgraphs.ts';

/** Hive Gateway with stock settings. `in-process` or `http`, then `js` or `rust` for its planner. */
const [transport, planner] = process.argv.slice(2);
const own = transport === 'in-process' ? await openSubgraphs() : null;

const gateway = createGatewayRuntime({
  supergraph: await readSupergraph(),
  logging: false,
  ...(planner === 'rust' ? { unifiedGraphHandler } : {}),
  ...(own === null ? {} : { transports: { http: { getSubgraphExecutor } } }),
  propagateHeaders: {
    fromClientToSubgraphs: ({ request }) => headersFor(request.headers.get('authorization')),
  },
  plugins: () => (own === null ? [] : [scopePlugin(own)]),
});
await serve(gateway as never);

function scopePlugin({ openContext }: Awaited<ReturnType<typeof openSubgraphs>>): GatewayPlugin {
  return {
    async onContextBuilding({ context, extendContext }) {
      const authorization = context.request.headers.get('authorization') ?? undefined;
      extendContext({ context: await openContext(authorization) } as object);
    },
  };
}

/** A subgraph of this process by Hive's own executor, with the request's scope as its context. */
function getSubgraphExecutor({ subgraphName }: { readonly subgraphName: string }) {
  const schema = own?.schemas.get(subgraphName);
  if (schema === undefined) throw new Error(`There is no subgraph ${subgraphName}.`);
  const execute = createDefaultExecutor(schema);
  return (request: ExecutionRequest) => {
    counters.subgraphCalls++;
    const { context } = request.context as { readonly context: Record<string, unknown> };
    return execute({ ...request, context: context });
  };
}

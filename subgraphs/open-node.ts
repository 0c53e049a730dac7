import type { NodeConfig } from '../core/pagopa-config.ts';
import { createNodeHandlers } from './payments/node/create-node-handlers.ts';
import { type NodeListener, openNodeListener } from './payments/node/node-listener.ts';
import type { Ground } from './skeleton/scope.ts';

/** Listens to pagoPA's node, where it is configured who that is; null otherwise, and the log says so. */
export async function openNode(config: NodeConfig | null, ground: Ground): Promise<NodeListener | null> {
  const { log, audit, clock } = ground;
  if (config === null) {
    log.info('node.closed', { because: 'neither PAGOPA_NODE_SECRETS nor PAGOPA_NODE_CLIENT_CA is set' });
    return null;
  }
  return openNodeListener({ config, handlers: createNodeHandlers(ground), log, audit, clock });
}

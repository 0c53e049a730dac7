import type { ListenerConfig } from '../core/pagopa-config.ts';
import { createListenerHandlers } from './payments/listener/create-listener-handlers.ts';
import { type NodeListener, openNodeListener } from './payments/listener/pagopa-listener.ts';
import type { Services } from './shared/request-context.ts';

/** Listens to pagoPA's node, where it is configured who that is; null otherwise, and the log says so. */
export async function openPagopaListener(
  config: ListenerConfig | null,
  services: Services,
): Promise<NodeListener | null> {
  const { log, audit, clock } = services;
  if (config === null) {
    log.info('node.closed', { because: 'neither PAGOPA_NODE_SECRETS nor PAGOPA_NODE_CLIENT_CA is set' });
    return null;
  }
  return openNodeListener({ config, handlers: createListenerHandlers(services), log, audit, clock });
}

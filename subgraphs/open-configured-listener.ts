import type { ListenerConfig } from '../core/pagopa-config.ts';
import { noTelemetry, type Telemetry } from '../core/telemetry/telemetry.ts';
import { watchCertificates } from '../core/telemetry/watch-certificates.ts';
import { createListenerHandlers } from './payments/listener/create-listener-handlers.ts';
import { openPagopaListener, type PagopaListener } from './payments/listener/pagopa-listener.ts';
import type { Services } from './shared/request-context.ts';

/** Listens to pagoPA's node, where it is configured who that is; null otherwise, and the log says so. */
export async function openConfiguredListener(
  config: ListenerConfig | null,
  services: Services,
  telemetry: Telemetry = noTelemetry,
): Promise<PagopaListener | null> {
  const { log, audit, clock } = services;
  if (config === null) {
    log.info('node.closed', { because: 'neither PAGOPA_NODE_SECRETS nor PAGOPA_NODE_CLIENT_CA is set' });
    return null;
  }
  const { certificate, clientCa } = config.tls ?? {};
  watchCertificates({ PAGOPA_NODE_CERTIFICATE: certificate, PAGOPA_NODE_CLIENT_CA: clientCa }, telemetry);
  return openPagopaListener({ config, handlers: createListenerHandlers(services), log, audit, clock });
}

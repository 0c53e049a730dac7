import type { Telemetry } from '../../core/telemetry/telemetry.ts';
import type { SubgraphTransport } from './transport.ts';

/** The same transport with the duration of each call recorded; `transport` itself if nothing observes it. */
export function observed(transport: SubgraphTransport, telemetry: Telemetry): SubgraphTransport {
  if (!telemetry.isOn) return transport;
  return {
    prepare(subgraph, operation) {
      const send = transport.prepare(subgraph, operation);
      return (variables, request) =>
        telemetry.timed('subgraph', subgraph, async () => {
          const traceparent = telemetry.traceparent();
          const headers = traceparent === null ? request.headers : { ...request.headers, traceparent };
          return send(variables, { ...request, headers });
        });
    },
  };
}

import { noTelemetry, type Telemetry } from './telemetry.ts';

export interface TelemetryConfig {
  /** Null: no metrics. */
  readonly metricsPort: number | null;
  /** Null: no traces. */
  readonly otlpEndpoint: string | null;
}

/** Opens what is configured; the libraries are loaded only then. Errors: Error if the port is taken. */
export async function openTelemetry(
  { metricsPort, otlpEndpoint }: TelemetryConfig,
  host: string,
  service: string,
): Promise<Telemetry> {
  if (metricsPort === null && otlpEndpoint === null) return noTelemetry;
  const metrics =
    metricsPort === null ? null : await (await import('./metrics.ts')).openMetrics(metricsPort, host);
  const traces =
    otlpEndpoint === null ? null : (await import('./traces.ts')).openTraces(otlpEndpoint, service);
  const inSpan = <T>(name: string, work: () => Promise<T>) =>
    traces === null ? work() : traces.span(name, work);
  return {
    isOn: true,
    async timed(part, name, work) {
      const startedAt = performance.now();
      try {
        const result = await inSpan(`${part} ${name}`, work);
        metrics?.took(part, name, 'ok', secondsSince(startedAt));
        return result;
      } catch (error) {
        metrics?.took(part, name, 'failed', secondsSince(startedAt));
        throw error;
      }
    },
    request(parent, work) {
      const startedAt = performance.now();
      const measured = (end: (status: number) => void) =>
        work((status) => {
          end(status);
          metrics?.requested(status, secondsSince(startedAt));
        });
      if (traces === null) measured(() => undefined);
      else traces.request(parent, measured);
    },
    deprecated: (member, client) => metrics?.deprecated(member, client),
    gauge: (name, read) => metrics?.gauge(name, read),
    refused: (code) => metrics?.refused(code),
    logged: (level, event) => metrics?.logged(level, event),
    watch: {
      called: (name, outcome, ms) => metrics?.called(name, outcome, ms / 1_000),
      changed: (name, state) => metrics?.changed(name, state),
      ...(traces === null ? {} : { around: (name, work) => traces.span(`call ${name}`, work) }),
    },
    traceparent: () => traces?.traceparent() ?? null,
    close: async () => void (await Promise.all([metrics?.close(), traces?.close()])),
  };
}

function secondsSince(startedAt: number): number {
  return (performance.now() - startedAt) / 1_000;
}

import { type Context, context, propagation, ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { orWhenAborted } from '../resilience/or-when-aborted.ts';

/** Spans of requests, plans and calls, sent by OTLP over HTTP. Imported only if traces are on. */
export interface Traces {
  /** Runs work in a span; spans started by it are its children. */
  span<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** A span that the returned function ends, for an HTTP request. */
  request(parent: string | undefined, work: (end: (status: number) => void) => void): void;
  traceparent(): string | null;
  close(): Promise<void>;
}

/** Shape of `endpoint`: `http://collector:4318`; spans go to its `/v1/traces`. */
export function openTraces(endpoint: string, service: string): Traces {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/$/, '')}/v1/traces`,
    timeoutMillis: 5_000,
  });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  const tracer = provider.getTracer('school-services-gateway');
  return {
    span: (name, work) =>
      tracer.startActiveSpan(name, async (span) => {
        try {
          return await work();
        } catch (error) {
          // No message: it may contain a counterpart's text.
          span.setStatus({ code: SpanStatusCode.ERROR });
          throw error;
        } finally {
          span.end();
        }
      }),
    request(parent, work) {
      const outer = parentContext(parent);
      const span = tracer.startSpan('request', {}, outer);
      context.with(trace.setSpan(outer, span), () =>
        work((status) => {
          span.setAttribute('http.response.status_code', status);
          if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
          span.end();
        }),
      );
    },
    traceparent() {
      const carrier: Record<string, string> = {};
      propagation.inject(context.active(), carrier);
      return carrier.traceparent ?? null;
    },
    async close() {
      // Spans that cannot be sent in time are dropped; the process must end.
      const sent = provider.shutdown().catch(() => undefined);
      await orWhenAborted(AbortSignal.timeout(1_000), sent, () => undefined);
      context.disable();
      propagation.disable();
    },
  };
}

function parentContext(traceparent: string | undefined): Context {
  return traceparent === undefined ? ROOT_CONTEXT : propagation.extract(ROOT_CONTEXT, { traceparent });
}

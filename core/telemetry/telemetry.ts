import type { GuardWatch } from '../resilience/guard.ts';

/** Observations of a running process for the operator. Off by default, at no cost. */
export interface Telemetry {
  /** Whether anything observes: measurements can be skipped otherwise. */
  readonly isOn: boolean;
  /**
   * Runs work as a part of its request and records its duration and outcome. Shape: `subgraph`, `payments`.
   *
   * Names come from a small, fixed set: no ids, no operations, no personal data.
   */
  timed<T>(part: Part, name: string, work: () => Promise<T>): Promise<T>;
  /** One HTTP request, from its headers to the end of its answer; `parent` is its `traceparent`, if any. */
  request(parent: string | undefined, work: (end: (status: number) => void) => void): void;
  /** A number that is read at each scrape; several of one name differ by label. */
  gauge(name: GaugeName, read: () => Promise<readonly Reading[]> | readonly Reading[]): void;
  /** An operation of a client used a deprecated member of the schema; the client is empty for anonymous callers. */
  deprecated(member: string, client: string): void;
  /** An error that a client was sent, by its code. */
  refused(code: string): void;
  /** An event of the log. */
  logged(level: 'info' | 'warn' | 'error', event: string): void;
  /** For guards: calls to counterparts and the state of their circuit breakers. */
  readonly watch: GuardWatch;
  /** The current trace as a `traceparent` header for a call to another process; null without a trace. */
  traceparent(): string | null;
  close(): Promise<void>;
}

export type Part = 'plan' | 'subgraph';

export type GaugeName =
  | 'requests_in_flight'
  | 'jobs_waiting'
  | 'jobs_oldest_seconds'
  | 'part_up'
  | 'certificate_ends_seconds';

export interface Reading {
  /** The label's value, such as a queue; empty for a single number. */
  readonly label: string;
  readonly value: number;
}

/** Names of the numbers and their descriptions. */
export const gauges: Readonly<Record<GaugeName, string>> = {
  requests_in_flight: 'Requests that are being answered',
  jobs_waiting: 'Jobs that are due and wait, by queue',
  jobs_oldest_seconds: 'How long the oldest due job has waited, by queue',
  part_up: 'Whether a part that this process needs answers: 1, or 0',
  certificate_ends_seconds: 'When a certificate ends, in seconds since 1970, by variable',
};

export const noTelemetry: Telemetry = {
  isOn: false,
  timed: (_part, _name, work) => work(),
  request: (_parent, work) => work(() => undefined),
  gauge: () => undefined,
  deprecated: () => undefined,
  refused: () => undefined,
  logged: () => undefined,
  watch: {},
  traceparent: () => null,
  close: async () => undefined,
};

import type { GuardWatch } from '../resilience/guard.ts';

/** What the operator sees of a running process. Off unless configured, and then it costs nothing. */
export interface Telemetry {
  /** Whether anybody looks: what only measures need not be done otherwise. */
  readonly isOn: boolean;
  /**
   * Does work as a part of its request: its time, and how it ended. Shape: `subgraph`, `payments`.
   *
   * Names are of a small, fixed set: no ids, no documents, nothing of persons.
   */
  timed<T>(part: Part, name: string, work: () => Promise<T>): Promise<T>;
  /** One HTTP request, from its headers to the end of its answer; `parent` is its `traceparent`, if it has one. */
  request(parent: string | undefined, work: (end: (status: number) => void) => void): void;
  /** A number that is read when somebody looks; several of one name differ by label. */
  gauge(name: GaugeName, read: () => Promise<readonly Reading[]> | readonly Reading[]): void;
  /** For guards: calls to counterparts and the state of their breakers. */
  readonly watch: GuardWatch;
  /** The current trace for a call to another process, as the header `traceparent`; null without one. */
  traceparent(): string | null;
  close(): Promise<void>;
}

export type Part = 'plan' | 'subgraph';

export type GaugeName = 'requests_in_flight' | 'jobs_waiting' | 'jobs_oldest_seconds';

export interface Reading {
  /** What is told apart, such as a queue; empty for one number alone. */
  readonly label: string;
  readonly value: number;
}

/** Names of the numbers, and what they mean. */
export const gauges: Readonly<Record<GaugeName, string>> = {
  requests_in_flight: 'Requests that are being answered',
  jobs_waiting: 'Jobs that are due and wait, by queue',
  jobs_oldest_seconds: 'How long the oldest due job has waited, by queue',
};

export const noTelemetry: Telemetry = {
  isOn: false,
  timed: (_part, _name, work) => work(),
  request: (_parent, work) => work(() => undefined),
  gauge: () => undefined,
  watch: {},
  traceparent: () => null,
  close: async () => undefined,
};

/** What a contestant's process counts for whoever measures it. */
export const counters = {
  requests: 0,
  /** Calls to subgraphs that live in the same process. */
  subgraphCalls: 0,
  /** Statements by database. */
  statements: new Map<string, number>(),
};

export interface Usage {
  readonly requests: number;
  readonly subgraphCalls: number;
  readonly statements: Readonly<Record<string, number>>;
  readonly cpuMicros: number;
  readonly peakRssBytes: number;
}

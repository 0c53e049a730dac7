/** What a developer finds filled in on Sandbox and GraphiQL. */
export interface FirstOperation {
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The bearer token of a demo citizen; null where there is no demo. */
  readonly token: string | null;
}

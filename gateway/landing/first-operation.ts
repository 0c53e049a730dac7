/** The operation that Sandbox and GraphiQL are opened with. */
export interface FirstOperation {
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The bearer token of a demo citizen; null without a demo. */
  readonly token: string | null;
  /** Links to the portal, to the demo's people and to its faults. */
  readonly links?: readonly LandingLink[];
}

export interface LandingLink {
  readonly label: string;
  readonly url: string;
}

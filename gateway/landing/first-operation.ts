/** What a developer finds filled in on Sandbox and GraphiQL. */
export interface FirstOperation {
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The bearer token of a demo citizen; null where there is no demo. */
  readonly token: string | null;
  /** Where else to look: the portal, the people of the demo, what can be made to fail. */
  readonly links?: readonly LandingLink[];
}

export interface LandingLink {
  readonly label: string;
  readonly url: string;
}

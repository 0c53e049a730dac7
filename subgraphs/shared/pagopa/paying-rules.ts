/** The municipality's rules for payments. */
export interface PayingRules {
  /**
   * Origins to which payers may return. Shape: `https://servizi.example.it`, or `http://localhost:*` for any port.
   */
  readonly returnOrigins: readonly string[];
  /** How long a session is open, and pagoPA collects what it activated. */
  readonly lockMs: number;
  /** *Codice di segregazione* of the notices for which our own station answers. Shape: `01`. */
  readonly segregationCode: string;
  /** *Codice di segregazione* of spontaneous payments' notices, for which GPD answers. */
  readonly gpdSegregationCode: string;
  readonly spontaneous: SpontaneousRules;
}

/** Limits of what anybody may create. */
export interface SpontaneousRules {
  /** Until when a spontaneous payment is to be paid, from its day on. */
  readonly days: number;
  /** The highest amount of each kind, by its code; `''` is that of all others. Unit: euro cents. */
  readonly highestCents: ReadonlyMap<string, number>;
}

/** The municipality's rules for payments. */
export interface PayingRules {
  /**
   * Origins to which payers may return. Shape: `https://servizi.example.it`, or `http://localhost:*` for any port.
   */
  readonly returnOrigins: readonly string[];
  /** How long a debt is kept for who started to pay it. */
  readonly lockMs: number;
  /** *Codice di segregazione* of the notices for which our own station answers. Shape: `01`. */
  readonly segregationCode: string;
  /** *Codice di segregazione* of spontaneous payments' notices, for which GPD answers. */
  readonly gpdSegregationCode: string;
}

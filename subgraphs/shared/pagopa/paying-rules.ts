/** How this body lets its debts be paid. */
export interface PayingRules {
  /** Where payers may be sent back to. Shape: `https://servizi.example.it`, or `http://localhost:*` for any port. */
  readonly returnOrigins: readonly string[];
  /** How long a debt is kept for who started to pay it. */
  readonly lockMs: number;
  /** Codice di segregazione of the notices that our own station answers for. Shape: `01`. */
  readonly segregationCode: string;
  /** That of the notices of spontaneous payments, which GPD answers for. */
  readonly gpdSegregationCode: string;
}

/** Which addresses may receive webhooks. */
export interface WebhookRules {
  /** Plain http carries ids of payments and practices over the network: not in production. */
  readonly needsHttps: boolean;
  /** For an integrator's own receiver on the machine of the demo; never in production. */
  readonly allowsLoopback: boolean;
}

export function webhookRulesFor({ isProduction }: { readonly isProduction: boolean }): WebhookRules {
  return { needsHttps: isProduction, allowsLoopback: !isProduction };
}

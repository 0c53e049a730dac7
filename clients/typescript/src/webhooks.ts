import { Webhook, WebhookVerificationError } from 'standardwebhooks';

export { WebhookVerificationError };

/** An event of the API, by its type. */
export type WebhookEvent = { readonly id: string; readonly timestamp: string } & (
  | { readonly type: 'practice.status_changed'; readonly data: { readonly practiceId: string } }
  | { readonly type: 'payment_session.ended'; readonly data: { readonly paymentSessionId: string } }
  | { readonly type: 'debt.settled'; readonly data: { readonly creditor: string; readonly iuv: string } }
  | { readonly type: 'ping'; readonly data: { readonly endpointId: string } }
);

/** The headers that carry the signature, as frameworks have them. */
export type WebhookHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * The event of a delivery, verified. `body` is the text or the bytes as they came, before any JSON parser.
 *
 * Errors: WebhookVerificationError if it is not signed with the secret, or older than five minutes.
 */
export function verifyWebhook(
  secret: string,
  body: string | Uint8Array,
  headers: WebhookHeaders,
): WebhookEvent {
  const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature'];
  const headerOf = (name: string) => (headers instanceof Headers ? headers.get(name) : headers[name]);
  const signature = Object.fromEntries(names.map((name) => [name, String(headerOf(name) ?? '')]));
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  return new Webhook(secret).verify(text, signature) as WebhookEvent;
}

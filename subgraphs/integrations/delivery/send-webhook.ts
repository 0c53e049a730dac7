import { isIP } from 'node:net';
import { Webhook } from 'standardwebhooks';
import type { Agent } from 'undici';
import type { WebhookRules } from '../../shared/webhook-rules.ts';
import { hostOf, mayReceive } from './public-address.rules.ts';
import { publicLookup, type ResolveHost, resolveHost } from './resolve-host.ts';

export interface WebhookMessage {
  /** The event's id, the same for each attempt and each endpoint: receivers recognise a repetition by it. */
  readonly id: string;
  /** Shape: `debt.settled`. */
  readonly type: string;
  readonly occurredAt: Date;
  /** Ids only, never personal data. */
  readonly data: Readonly<Record<string, string>>;
}

export interface Attempt {
  /** Null: not reached, or no HTTP response within the time. */
  readonly status: number | null;
  readonly milliseconds: number;
  /** As the response's `retry-after` says; null without one. */
  readonly retryAfterMs: number | null;
}

export interface WebhookSender {
  /** One attempt. Redirects are not followed. Never throws. */
  send(url: string, secrets: readonly string[], message: WebhookMessage): Promise<Attempt>;
  close(): Promise<void>;
}

export const attemptTimeoutMs = 5_000;
const maxAnswerBytes = 4_096;
const longestRetryAfterMs = 3_600_000;

export function createWebhookSender(
  rules: WebhookRules,
  { resolve = resolveHost, timeoutMs = attemptTimeoutMs }: { resolve?: ResolveHost; timeoutMs?: number } = {},
): WebhookSender {
  let agent: Agent | undefined;
  /** Loaded with the first message: no program needs it to start. */
  const open = async () => {
    const undici = await import('undici');
    agent ??= new undici.Agent({
      connect: { lookup: publicLookup(rules, resolve), timeout: timeoutMs },
      connections: 4,
      keepAliveTimeout: 4_000,
      maxHeaderSize: 16_384,
    });
    return { request: undici.request, dispatcher: agent };
  };
  return {
    async send(url, secrets, message) {
      const startedAt = performance.now();
      const took = () => Math.round(performance.now() - startedAt);
      const signal = AbortSignal.timeout(timeoutMs);
      try {
        const address = new URL(url);
        requireAllowed(address, rules);
        const { request, dispatcher } = await open();
        const { statusCode, headers, body } = await request(address, {
          method: 'POST',
          dispatcher,
          signal,
          ...signWebhook(secrets, message, new Date()),
        });
        const milliseconds = took();
        await discard(body);
        return { status: statusCode, milliseconds, retryAfterMs: retryAfterOf(headers['retry-after']) };
      } catch {
        return { status: null, milliseconds: took(), retryAfterMs: null };
      }
    },
    close: async () => agent?.destroy(),
  };
}

/** Addresses without a name are never looked up: they are checked here. */
function requireAllowed(address: URL, rules: WebhookRules): void {
  const host = hostOf(address);
  if (isIP(host) !== 0 && !mayReceive(host, rules)) throw new Error('The address is not public.');
  if (rules.needsHttps && address.protocol !== 'https:') throw new Error('The address is not https.');
}

/** Source: Standard Webhooks 1.0.0, symmetric signatures: one for each secret, with spaces. */
export function signWebhook(
  secrets: readonly string[],
  { id, type, occurredAt, data }: WebhookMessage,
  now: Date,
) {
  const body = JSON.stringify({ id, type, timestamp: occurredAt.toISOString(), data });
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'school-services-webhooks/1',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, now, body)).join(' '),
  };
  return { headers, body };
}

/** Reads at most a few kilobytes, so that a short answer leaves the connection open; more ends it. */
async function discard(body: AsyncIterable<Buffer> & { destroy(): unknown }): Promise<void> {
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > maxAnswerBytes) break;
    }
  } catch {
    // The status counts, whatever becomes of the rest.
  } finally {
    body.destroy();
  }
}

/** Seconds or a date, as RFC 9110 has it. */
function retryAfterOf(header: string | string[] | undefined): number | null {
  const text = Array.isArray(header) ? header[0] : header;
  if (text === undefined) return null;
  const milliseconds = /^\d{1,9}$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - Date.now();
  return Number.isNaN(milliseconds) ? null : Math.min(Math.max(milliseconds, 0), longestRetryAfterMs);
}

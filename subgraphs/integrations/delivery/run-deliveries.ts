import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Services } from '../../shared/request-context.ts';
import {
  claimEndpoints,
  type DueDelivery,
  nextDelivery,
  recordDelivered,
  recordFailure,
  releaseEndpoint,
  removeOldEvents,
} from './delivery.store.ts';
import { wireTypeOf } from './event-types.type.ts';
import { createWebhookSender, type WebhookSender } from './send-webhook.ts';

export interface Deliveries {
  /** Takes no more deliveries and lets running attempts finish. */
  close(): Promise<void>;
}

/** Endpoints that one process delivers to at the same time: one that hangs takes one place for five seconds. */
const mostEndpoints = 32;
const usualPollMs = 500;
const removeEveryMs = 3_600_000;
/** After so many deliveries an endpoint gives its place to others. */
const mostInTurn = 200;

/**
 * Delivers events to the endpoints of integrators until it is closed. Run any number of workers: each endpoint is one
 * worker's at a time. A process that dies between an attempt and its record leaves a repetition with the same id.
 */
export function runDeliveries(
  services: Pick<Services, 'database' | 'fileKeys' | 'log' | 'webhooks'>,
  options: { readonly sender?: WebhookSender; readonly pollMs?: number } = {},
): Deliveries {
  const { sender = createWebhookSender(services.webhooks), pollMs = usualPollMs } = options;
  const { database, log } = services;
  const worker = randomUUID();
  const stop = new AbortController();
  const running = new Set<Promise<void>>();
  let removedAt = Number.NEGATIVE_INFINITY;

  const serve = async (endpointId: string) => {
    try {
      for (let count = 0; count < mostInTurn && !stop.signal.aborted; count++) {
        const due = await nextDelivery(services, worker, endpointId);
        if (due === null) break;
        await deliver(services, sender, endpointId, due);
      }
      await releaseEndpoint(database, worker, endpointId);
    } catch (error) {
      // Its claim ends by itself.
      log.warn('webhooks.failed', { endpointId, error });
    }
  };

  const poll = async () => {
    const free = mostEndpoints - running.size;
    const claimed = free === 0 ? [] : await claimEndpoints(database, worker, free);
    for (const endpointId of claimed) {
      const task: Promise<void> = serve(endpointId).finally(() => running.delete(task));
      running.add(task);
    }
    if (performance.now() - removedAt < removeEveryMs) return;
    removedAt = performance.now();
    await removeOldEvents(database);
  };

  const loop = (async () => {
    while (!stop.signal.aborted) {
      await poll().catch((error: unknown) => log.warn('webhooks.failed', { error }));
      await wait(pollMs, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  })();
  return {
    async close() {
      stop.abort();
      await loop;
      await Promise.all(running);
      await sender.close();
    },
  };
}

async function deliver(
  { database, log }: Pick<Services, 'database' | 'log'>,
  sender: WebhookSender,
  endpointId: string,
  due: DueDelivery,
): Promise<void> {
  const attempt = await sender.send(due.url, due.secrets, {
    id: due.eventId,
    type: wireTypeOf(due.eventType),
    occurredAt: new Date(due.occurredAt),
    data: due.data,
  });
  const { status } = attempt;
  if (status !== null && status >= 200 && status < 300)
    return recordDelivered(database, endpointId, due, status);
  log.info('webhooks.refused', { endpointId, eventId: due.eventId, status, attempts: due.attempts + 1 });
  await recordFailure(database, endpointId, due, attempt);
}

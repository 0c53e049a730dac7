import type { DataSource } from 'typeorm';
import type { PageRequest } from '../../../legacy/ports/page.ts';
import type { Services } from '../../shared/request-context.ts';
import type { DeliveryRow } from './delivery.type.ts';
import type { WebhookEventType } from './event-types.type.ts';
import { failuresBeforePause, longestTrying, pauseOfDelivery, pauseOfEndpoint } from './retry.rules.ts';
import { openSecret, type StoredSecret, storedSecretJson } from './sealed-secret.ts';
import type { Attempt } from './send-webhook.ts';

// All times are the database's: several workers agree on them.

/** A delivery that is due. */
export interface DueDelivery {
  readonly id: string;
  readonly attempts: number;
  readonly url: string;
  /** Of its endpoint, before this attempt. */
  readonly failures: number;
  readonly secrets: readonly string[];
  readonly eventId: string;
  readonly eventType: WebhookEventType;
  readonly occurredAt: string;
  readonly data: Readonly<Record<string, string>>;
}

/** A worker that dies leaves its endpoints to others after this time. */
const claim = `interval '30 seconds'`;

/** Endpoints with deliveries that are due, which this worker alone delivers to for now. */
export async function claimEndpoints(
  database: DataSource,
  worker: string,
  most: number,
): Promise<readonly string[]> {
  const [rows] = await database.query<[{ id: string }[], number]>(
    `UPDATE webhook_endpoint SET claimed_by = $1, claimed_until = now() + ${claim} WHERE id IN (
       SELECT e.id FROM webhook_endpoint e
       WHERE e.disabled_reason IS NULL AND (e.paused_until IS NULL OR e.paused_until <= now())
         AND (e.claimed_until IS NULL OR e.claimed_until <= now())
         AND EXISTS (SELECT FROM webhook_delivery d WHERE d.endpoint_id = e.id AND d.next_attempt_at <= now()
           AND NOT is_restricted_object(d.object))
       ORDER BY e.claimed_until NULLS FIRST LIMIT $2 FOR UPDATE SKIP LOCKED
     ) RETURNING id`,
    [worker, most],
  );
  return rows.map(({ id }) => id);
}

export async function releaseEndpoint(
  database: DataSource,
  worker: string,
  endpointId: string,
): Promise<void> {
  await database.query(
    'UPDATE webhook_endpoint SET claimed_by = NULL, claimed_until = NULL WHERE id = $1 AND claimed_by = $2',
    [endpointId, worker],
  );
}

/**
 * The oldest delivery that is due, if this worker still has the endpoint; it has it for another time then.
 *
 * A delivery waits for earlier ones about the same object, and while the data of a person whom it is about is restricted.
 */
export async function nextDelivery(
  { database, fileKeys }: Pick<Services, 'database' | 'fileKeys'>,
  worker: string,
  endpointId: string,
): Promise<DueDelivery | null> {
  const [[due]] = await database.query<
    [(Omit<DueDelivery, 'secrets'> & { readonly secrets: readonly StoredSecret[] })[], number]
  >(
    `UPDATE webhook_endpoint e SET claimed_until = now() + ${claim}
     FROM (
       SELECT d.id, d.attempts, d.event_id, v.type, v.occurred_at, v.data
       FROM webhook_delivery d JOIN webhook_event v ON v.id = d.event_id
       WHERE d.endpoint_id = $1 AND d.next_attempt_at <= now() AND NOT is_restricted_object(d.object)
         AND NOT EXISTS (SELECT FROM webhook_delivery earlier WHERE earlier.endpoint_id = $1
           AND earlier.object = d.object AND earlier.id < d.id AND earlier.next_attempt_at IS NOT NULL)
       ORDER BY d.id LIMIT 1
     ) AS due
     WHERE e.id = $1 AND e.claimed_by = $2 AND e.claimed_until > now() AND e.disabled_reason IS NULL
       AND (e.paused_until IS NULL OR e.paused_until <= now())
     RETURNING due.id, due.attempts, e.url, e.failures, due.event_id AS "eventId", due.type AS "eventType",
       due.occurred_at AS "occurredAt", due.data,
       ARRAY(SELECT ${storedSecretJson} FROM webhook_secret s
         WHERE s.endpoint_id = e.id AND (s.expires_at IS NULL OR s.expires_at > now()) ORDER BY s.id DESC LIMIT 10) AS secrets`,
    [endpointId, worker],
  );
  if (due === undefined) return null;
  return { ...due, secrets: due.secrets.map((secret) => openSecret(fileKeys, secret)) };
}

/** Records a delivery; if the endpoint was failing, all that waits for it is due at once. */
export async function recordDelivered(
  database: DataSource,
  endpointId: string,
  { id, failures }: Pick<DueDelivery, 'id' | 'failures'>,
  status: number,
): Promise<void> {
  await database.transaction(async (manager) => {
    await manager.query(
      `UPDATE webhook_delivery SET attempts = attempts + 1, last_status = $2, delivered_at = clock_timestamp(),
         next_attempt_at = NULL WHERE id = $1 AND next_attempt_at IS NOT NULL`,
      [id, status],
    );
    if (failures === 0) return;
    await manager.query(
      'UPDATE webhook_endpoint SET failures = 0, failing_since = NULL, paused_until = NULL WHERE id = $1',
      [endpointId],
    );
    if (failures >= failuresBeforePause)
      await manager.query(
        'UPDATE webhook_delivery SET next_attempt_at = now() WHERE endpoint_id = $1 AND next_attempt_at > now()',
        [endpointId],
      );
  });
}

/** Records a failed attempt, and what follows from it for the delivery and its endpoint. */
export async function recordFailure(
  database: DataSource,
  endpointId: string,
  { id, attempts, failures }: Pick<DueDelivery, 'id' | 'attempts' | 'failures'>,
  { status, retryAfterMs }: Pick<Attempt, 'status' | 'retryAfterMs'>,
): Promise<void> {
  // 429 and 503 say when to come again; elsewhere the header means nothing.
  const asked = status === 429 || status === 503 ? retryAfterMs : null;
  const pauseMs = Math.max(asked ?? 0, pauseOfEndpoint(failures + 1));
  const retryMs = Math.max(asked ?? 0, pauseOfDelivery(attempts + 1));
  await database.transaction(async (manager) => {
    await manager.query(
      `UPDATE webhook_delivery SET attempts = attempts + 1, last_status = $2, next_attempt_at = CASE
         WHEN created_at > now() - interval '${longestTrying}' THEN now() + $3::int * interval '1 millisecond' END
       WHERE id = $1 AND next_attempt_at IS NOT NULL`,
      [id, status, retryMs],
    );
    await manager.query(
      `UPDATE webhook_endpoint SET failures = failures + 1, failing_since = coalesce(failing_since, now()),
         paused_until = CASE WHEN $2::int > 0 THEN now() + $2 * interval '1 millisecond' ELSE paused_until END,
         disabled_reason = CASE WHEN disabled_reason IS NOT NULL THEN disabled_reason WHEN $3 THEN 'GONE'
           WHEN failing_since < now() - interval '${longestTrying}' THEN 'FAILING' END
       WHERE id = $1`,
      [endpointId, pauseMs, status === 410],
    );
  });
}

/** Removes events after the 30 days of a replay, with their deliveries. */
export async function removeOldEvents(database: DataSource): Promise<void> {
  await database.query(`DELETE FROM webhook_event WHERE occurred_at < now() - interval '31 days'`);
}

export interface DeliveriesKey extends PageRequest<string> {
  /** UUID of an endpoint that the caller may see. */
  readonly endpointId: string;
}

/** Moments are texts in JSON. */
export type DeliveryJson = Omit<DeliveryRow, 'created_at' | 'delivered_at' | 'next_attempt_at'> &
  Readonly<Record<'created_at', string>> &
  Readonly<Record<'delivered_at' | 'next_attempt_at', string | null>>;

/** Pages of the deliveries of endpoints, newest first, each with one row more than asked: one statement. */
export function readDeliveries(
  database: DataSource,
  keys: readonly DeliveriesKey[],
): Promise<readonly { readonly total: number; readonly rows: readonly DeliveryJson[] }[]> {
  return database.query(
    `SELECT (SELECT count(*)::int FROM webhook_delivery WHERE endpoint_id = asked.id) AS total,
         coalesce((SELECT jsonb_agg(page) FROM (
           SELECT d.id::text, d.event_id, e.type, d.created_at, d.attempts, d.delivered_at, d.last_status, d.next_attempt_at
           FROM webhook_delivery d JOIN webhook_event e ON e.id = d.event_id
           WHERE d.endpoint_id = asked.id AND (asked.after IS NULL OR d.id < asked.after)
           ORDER BY d.id DESC LIMIT asked.size + 1) AS page), '[]') AS rows
       FROM unnest($1::uuid[], $2::int[], $3::bigint[]) WITH ORDINALITY AS asked (id, size, after, position)
       ORDER BY asked.position`,
    [
      keys.map(({ endpointId }) => endpointId),
      keys.map(({ first }) => first),
      keys.map(({ after }) => after),
    ],
  );
}

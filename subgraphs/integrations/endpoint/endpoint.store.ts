import { randomBytes, randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import type { FileKeys } from '../../../core/file-keys.ts';
import { lockName } from '../../shared/lock-name.ts';
import type { WebhookEventType } from '../delivery/event-types.type.ts';
import { openSecret, type StoredSecret, sealSecret, storedSecretJson } from '../delivery/sealed-secret.ts';

/** A receiver of events, of one client. */
export interface Endpoint {
  /** UUID. */
  readonly id: string;
  readonly url: string;
  readonly eventTypes: readonly WebhookEventType[];
  readonly createdAt: Date;
  readonly disabledReason: 'OWNER' | 'GONE' | 'FAILING' | null;
  readonly requestContent: string;
}

type On = DataSource | EntityManager;

const columns = `id, url, event_types AS "eventTypes", created_at AS "createdAt",
  disabled_reason AS "disabledReason", request_content AS "requestContent"`;

export function endpointsOf(on: On, client: string): Promise<readonly Endpoint[]> {
  return on.query(`SELECT ${columns} FROM webhook_endpoint WHERE client = $1 ORDER BY created_at, id`, [
    client,
  ]);
}

/** Null if the client has no such endpoint, whoever else has it. */
export async function findEndpoint(on: On, client: string, id: string): Promise<Endpoint | null> {
  const [row = null] = await on.query<Endpoint[]>(
    `SELECT ${columns} FROM webhook_endpoint WHERE client = $1 AND id = $2`,
    [client, id],
  );
  return row;
}

export async function findByKey(on: On, client: string, key: string): Promise<Endpoint | null> {
  const [row = null] = await on.query<Endpoint[]>(
    `SELECT ${columns} FROM webhook_endpoint WHERE client = $1 AND request_key = $2`,
    [client, key],
  );
  return row;
}

export interface NewEndpoint {
  readonly client: string;
  readonly url: string;
  readonly eventTypes: readonly WebhookEventType[];
  readonly key: string;
  readonly content: string;
}

/** Null if the key has an endpoint already. */
export async function insertEndpoint(
  manager: EntityManager,
  endpoint: NewEndpoint,
): Promise<Endpoint | null> {
  const { client, url, eventTypes, key, content } = endpoint;
  const [row = null] = await manager.query<Endpoint[]>(
    `INSERT INTO webhook_endpoint (id, client, url, event_types, request_key, request_content)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (client, request_key) DO NOTHING RETURNING ${columns}`,
    [randomUUID(), client, url, eventTypes, key, content],
  );
  return row;
}

/** Locks the client's endpoints until the transaction ends: two calls cannot pass the limit together. */
export async function countEndpoints(manager: EntityManager, client: string): Promise<number> {
  await lockName(manager, `webhooks ${client}`);
  const [row] = await manager.query<{ count: number }[]>(
    'SELECT count(*)::int AS count FROM webhook_endpoint WHERE client = $1',
    [client],
  );
  return row?.count ?? 0;
}

/** Being switched on again ends a pause, and what waits is due at once. */
export async function updateEndpoint(
  manager: EntityManager,
  id: string,
  {
    url,
    eventTypes,
    isEnabled,
  }: Pick<Endpoint, 'url' | 'eventTypes'> & { readonly isEnabled: boolean | null },
): Promise<void> {
  await manager.query('UPDATE webhook_endpoint SET url = $2, event_types = $3 WHERE id = $1', [
    id,
    url,
    eventTypes,
  ]);
  if (isEnabled === false)
    await manager.query(
      `UPDATE webhook_endpoint SET disabled_reason = 'OWNER' WHERE id = $1 AND disabled_reason IS NULL`,
      [id],
    );
  if (isEnabled !== true) return;
  await manager.query(
    `UPDATE webhook_endpoint SET disabled_reason = NULL, failures = 0, failing_since = NULL, paused_until = NULL
     WHERE id = $1`,
    [id],
  );
  await manager.query(
    `UPDATE webhook_delivery SET next_attempt_at = now() WHERE endpoint_id = $1 AND next_attempt_at > now()`,
    [id],
  );
}

export async function deleteEndpoint(manager: EntityManager, id: string): Promise<void> {
  await manager.query('DELETE FROM webhook_endpoint WHERE id = $1', [id]);
}

/** Adds a new secret; those before it sign for one day more. Shape: `whsec_` and 32 bytes in base64. */
export async function addSecret(manager: EntityManager, keys: FileKeys, endpointId: string): Promise<string> {
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  await manager.query(
    `UPDATE webhook_secret SET expires_at = now() + interval '1 day' WHERE endpoint_id = $1 AND expires_at IS NULL`,
    [endpointId],
  );
  await manager.query('DELETE FROM webhook_secret WHERE endpoint_id = $1 AND expires_at < now()', [
    endpointId,
  ]);
  const [{ id }] = await manager.query<[{ id: string }]>(
    `SELECT nextval(pg_get_serial_sequence('webhook_secret', 'id')) AS id`,
  );
  const { keyId, sealed } = sealSecret(keys, id, secret);
  await manager.query(
    `INSERT INTO webhook_secret (id, endpoint_id, key_id, sealed) OVERRIDING SYSTEM VALUE VALUES ($1, $2, $3, $4)`,
    [id, endpointId, keyId, sealed],
  );
  return secret;
}

/** The secrets that sign now, newest first: a header has room for so many signatures. */
export async function secretsOf(on: On, keys: FileKeys, endpointId: string): Promise<readonly string[]> {
  const rows = await on.query<{ row: StoredSecret }[]>(
    `SELECT ${storedSecretJson} AS row FROM webhook_secret s
     WHERE endpoint_id = $1 AND (expires_at IS NULL OR expires_at > now()) ORDER BY id DESC LIMIT 10`,
    [endpointId],
  );
  return rows.map(({ row }) => openSecret(keys, row));
}

/** The events of a period that the endpoint may receive, except those that still wait. Returns their number. */
export async function replayEvents(
  manager: EntityManager,
  client: string,
  { id, eventTypes }: Pick<Endpoint, 'id' | 'eventTypes'>,
  since: Date,
  until: Date,
): Promise<number> {
  const [row] = await manager.query<{ count: number }[]>(
    `WITH added AS (
       INSERT INTO webhook_delivery (endpoint_id, event_id, object)
       SELECT $1, e.id, e.object FROM webhook_event e
       WHERE e.type = ANY($2) AND (e.client IS NULL OR e.client = $3) AND e.occurred_at BETWEEN $4 AND $5
         AND NOT EXISTS (SELECT FROM webhook_delivery d
           WHERE d.event_id = e.id AND d.endpoint_id = $1 AND d.next_attempt_at IS NOT NULL)
       ORDER BY e.number RETURNING 1
     ) SELECT count(*)::int AS count FROM added`,
    [id, eventTypes, client, since, until],
  );
  return row?.count ?? 0;
}

/** The secrets that are not encrypted with a key. */
export async function secretsWithOtherKeys(
  database: DataSource,
  keyId: string | undefined,
): Promise<readonly StoredSecret[]> {
  const rows = await database.query<{ row: StoredSecret }[]>(
    `SELECT ${storedSecretJson} AS row FROM webhook_secret s WHERE key_id IS DISTINCT FROM $1 ORDER BY id`,
    [keyId],
  );
  return rows.map(({ row }) => row);
}

export async function updateSecret(
  database: DataSource,
  id: StoredSecret['id'],
  keyId: string | null,
  sealed: Buffer | null,
): Promise<void> {
  await database.query('UPDATE webhook_secret SET key_id = $2, sealed = $3, secret = NULL WHERE id = $1', [
    id,
    keyId,
    sealed,
  ]);
}

/** SQL: the keys that secrets name, as rows of `id`. */
export const keysOfSecrets = 'SELECT key_id AS id FROM webhook_secret WHERE key_id IS NOT NULL';

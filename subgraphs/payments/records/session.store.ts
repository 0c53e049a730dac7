import type { DataSource, EntityManager } from 'typeorm';
import type { CodiceFiscale, EuroCents, Instant, Iuv, NumeroAvviso } from '../../../core/values/index.ts';
import { lastCartOf } from './activation.store.ts';
import { instantOf } from './instant-of.ts';
import { type RequestKey, requestKeyBytes } from './request-key.ts';

export type SessionState = 'STARTED' | 'SETTLED' | 'FAILED' | 'EXPIRED';
export type SessionFailure = 'CANCELLED_BY_PAYER' | 'REFUSED' | 'AMOUNT_CHANGED' | 'OTHER';

export interface SessionItem {
  readonly creditor: CodiceFiscale;
  readonly iuv: Iuv;
  readonly numeroAvviso: NumeroAvviso;
  readonly debtor: CodiceFiscale;
  readonly amount: EuroCents;
  /** Contains no personal data. */
  readonly description: string;
  /** The legacy system's key of the child that the debt is for; null if the debt names none. */
  readonly childKey: string | null;
  readonly receiptId: string | null;
}

/** One attempt to pay one cart. */
export interface Session {
  /** The secret id, which gives access to the session. */
  readonly id: string;
  /** The number that jobs and logs use. */
  readonly number: number;
  readonly state: SessionState;
  readonly failure: SessionFailure | null;
  readonly creditor: CodiceFiscale;
  readonly amount: EuroCents;
  /** Hexadecimal. */
  readonly requestContent: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly endedAt: Instant | null;
  /** Time of the last request to pagoPA for its receipts. */
  readonly askedAt: Instant | null;
  readonly cartId: string | null;
  readonly checkoutUrl: string | null;
  readonly items: readonly SessionItem[];
}

export type NewItem = Omit<SessionItem, 'receiptId'>;
export interface NewSession {
  readonly id: string;
  readonly creditor: CodiceFiscale;
  /** The signed-in caller. */
  readonly owner: CodiceFiscale | null;
  /** The client through which it is started; null if it is not known. */
  readonly client: string | null;
  /** Hexadecimal. */
  readonly requestKey: string;
  readonly requestContent: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly items: readonly NewItem[];
}

type On = DataSource | EntityManager;

const sessions = `SELECT jsonb_build_object('id', s.id, 'number', s.number, 'failure', s.failure,
    -- A session is over at its end, even if the job has not recorded that yet.
    'state', CASE WHEN s.state = 'STARTED' AND s.expires_at <= $2 THEN 'EXPIRED' ELSE s.state END,
    'endedAt', CASE WHEN s.state = 'STARTED' AND s.expires_at <= $2 THEN s.expires_at ELSE s.ended_at END,
    'creditor', s.creditor, 'amount', s.amount, 'requestContent', encode(s.request_content, 'hex'),
    'createdAt', s.created_at, 'expiresAt', s.expires_at, 'askedAt', s.asked_at, 'cartId', s.cart_id, 'checkoutUrl', s.checkout_url,
    'items', (SELECT jsonb_agg(jsonb_build_object('creditor', i.creditor, 'iuv', i.iuv, 'numeroAvviso', i.numero_avviso,
      'debtor', i.debtor, 'amount', i.amount, 'description', i.description, 'childKey', i.child_key,
      'receiptId', i.receipt_id) ORDER BY i.position)
    FROM payment_session_item i WHERE i.session_id = s.id)) AS session FROM payment_session s`;

export function findSession(on: On, id: string, now: Date): Promise<Session | null> {
  return findBy(on, 's.id = $1', id, now);
}

export function findSessionByNumber(on: On, number: number, now: Date): Promise<Session | null> {
  return findBy(on, 's.number = $1', number, now);
}

/** The session of a key; of several, all but the last ended without a cart. */
export function findSessionByRequest(on: On, request: RequestKey, now: Date): Promise<Session | null> {
  return findBy(
    on,
    `s.request_key = ANY ($1) AND (s.state = 'STARTED' OR s.checkout_url IS NOT NULL)`,
    requestKeyBytes(request),
    now,
  );
}

/** The sessions that a signed-in person started and can still pay with, newest first. */
export function findOpenSessionsOf(on: On, owner: CodiceFiscale, now: Date): Promise<readonly Session[]> {
  return findAllBy(
    on,
    `s.owner = $1 AND s.state = 'STARTED' AND s.expires_at > $2 AND s.checkout_url IS NOT NULL ORDER BY s.number DESC`,
    owner,
    now,
  );
}

async function findBy(on: On, where: string, value: unknown, now: Date): Promise<Session | null> {
  return (await findAllBy(on, where, value, now))[0] ?? null;
}

async function findAllBy(on: On, where: string, value: unknown, now: Date): Promise<readonly Session[]> {
  const rows = await on.query<{ session: Session }[]>(`${sessions} WHERE ${where}`, [value, now]);
  const orNull = (text: string | null) => (text === null ? null : instantOf(text));
  return rows.map(({ session }) => ({
    ...session,
    createdAt: instantOf(session.createdAt),
    expiresAt: instantOf(session.expiresAt),
    endedAt: orNull(session.endedAt),
    askedAt: orNull(session.askedAt),
  }));
}

/** Locks a session until the transaction ends: a simultaneous activation waits, or its effect is visible afterwards. */
export async function lockSession(manager: EntityManager, id: string): Promise<void> {
  await manager.query('SELECT 1 FROM payment_session WHERE id = $1 FOR UPDATE', [id]);
}

/** SQL: prolongs the open session of a cart, if a relation has a row. */
export const prolongSession = (
  sql: Readonly<Record<'cartId' | 'now' | 'until' | 'onlyIf', string>>,
) => `UPDATE payment_session s SET expires_at = ${sql.until} FROM ${sql.onlyIf}
   WHERE s.cart_id = ${sql.cartId}::uuid AND s.state = 'STARTED' AND s.expires_at > ${sql.now} AND s.expires_at < ${sql.until}`;

/** SQL: the unpaid debts of a session with its cart, as a relation. */
export const unpaidItems = (sessionId: string) =>
  `(SELECT i.iuv, i.creditor, s.cart_id FROM payment_session s
    JOIN payment_session_item i ON i.session_id = s.id AND i.receipt_id IS NULL WHERE s.id = ${sessionId})`;

/** Ends the expired session of a key, so that a session without a cart releases its key. */
export async function expireRequest(manager: EntityManager, request: RequestKey, now: Date): Promise<void> {
  await manager.query(
    `UPDATE payment_session SET state = 'EXPIRED', ended_at = expires_at
     WHERE request_key = ANY ($1) AND state = 'STARTED' AND expires_at <= $2`,
    [requestKeyBytes(request), now],
  );
}

/** Returns the session's number. Errors: the database refuses a key that has a session. */
export async function insertSession(manager: EntityManager, session: NewSession): Promise<number> {
  const { id, creditor, owner, client, requestKey, requestContent, createdAt, expiresAt, items } = session;
  const amount = items.reduce((sum, item) => sum + item.amount, 0);
  const [row] = await manager.query<{ number: number }[]>(
    `WITH session AS (
       INSERT INTO payment_session (id, creditor, amount, request_key, request_content, created_at, expires_at, owner, client)
       VALUES ($1, $2, $3, decode($4, 'hex'), decode($5, 'hex'), $6, $7, $9, $10) RETURNING id, number
     ), items AS (
       INSERT INTO payment_session_item (session_id, position, creditor, iuv, numero_avviso, debtor, amount, description, child_key)
       SELECT session.id, i.position, i.creditor, i.iuv, i."numeroAvviso", i.debtor, i.amount, i.description, i."childKey"
       FROM session, ROWS FROM (jsonb_to_recordset($8::jsonb) AS (creditor text, iuv text, "numeroAvviso" text,
         debtor text, amount bigint, description text, "childKey" text)) WITH ORDINALITY
         AS i (creditor, iuv, "numeroAvviso", debtor, amount, description, "childKey", position)
     ) SELECT number::float8 AS number FROM session`,
    [
      id,
      creditor,
      amount,
      requestKey,
      requestContent,
      createdAt,
      expiresAt,
      JSON.stringify(items),
      owner,
      client,
    ],
  );
  return Number(row?.number);
}

/** Stores the cart that payers are redirected to: the first one that arrives while the session is open. */
export async function keepCart(
  on: On,
  id: string,
  cart: { readonly cartId: string; readonly checkoutUrl: string },
): Promise<void> {
  await on.query(
    `UPDATE payment_session SET cart_id = $2, checkout_url = $3
     WHERE id = $1 AND state = 'STARTED' AND checkout_url IS NULL`,
    [id, cart.cartId, cart.checkoutUrl],
  );
}

/** Ends a session that no payer was redirected for: its key can be used again. */
export async function abandonSession(on: On, id: string, now: Date): Promise<void> {
  await on.query(
    `UPDATE payment_session SET state = 'FAILED', failure = 'OTHER', ended_at = $2
     WHERE id = $1 AND state = 'STARTED' AND checkout_url IS NULL`,
    [id, now],
  );
}

/** Ends an open session because its payer gave up. Returns whether it was open. */
export async function cancelSession(on: On, id: string, now: Date): Promise<boolean> {
  const [row] = await on.query<{ ended: number }[]>(
    `WITH ended AS (
       UPDATE payment_session SET state = 'FAILED', failure = 'CANCELLED_BY_PAYER', ended_at = $2
       WHERE id = $1 AND state = 'STARTED' AND expires_at > $2 RETURNING id
     ) SELECT count(*)::int AS ended FROM ended`,
    [id, now],
  );
  return row?.ended === 1;
}

export async function expireSession(on: On, id: string, now: Date): Promise<void> {
  await on.query(
    `UPDATE payment_session SET state = 'EXPIRED', ended_at = expires_at
     WHERE id = $1 AND state = 'STARTED' AND expires_at <= $2`,
    [id, now],
  );
}

/** A session whose job asks for the receipts of a debt. */
export interface Asker {
  readonly creditor: CodiceFiscale;
  readonly iuv: Iuv;
  readonly number: number;
  readonly lastAskedAt: Instant;
}

/**
 * For each unpaid debt of a session, the newest session with a cart: only its job asks for the receipts, otherwise
 * each new attempt would add requests to pagoPA. It goes on longer than those of earlier sessions.
 */
export async function findAskers(on: On, sessionId: string): Promise<readonly Asker[]> {
  const rows = await on.query<Asker[]>(
    `SELECT DISTINCT ON (i.iuv, i.creditor) i.iuv, i.creditor, s.number::float8 AS number,
       coalesce(s.asked_at, s.created_at) AS "lastAskedAt"
     FROM payment_session_item i JOIN payment_session_item j ON j.iuv = i.iuv AND j.creditor = i.creditor
       JOIN payment_session s ON s.id = j.session_id
     WHERE i.session_id = $1 AND i.receipt_id IS NULL AND s.checkout_url IS NOT NULL
     ORDER BY i.iuv, i.creditor, s.number DESC`,
    [sessionId],
  );
  return rows.map((row) => ({ ...row, lastAskedAt: instantOf(row.lastAskedAt) }));
}

export async function noteAsked(on: On, id: string, now: Date): Promise<void> {
  await on.query('UPDATE payment_session SET asked_at = $2 WHERE id = $1', [id, now]);
}

/**
 * Records a receipt with its sessions, and ends those of which everything is paid: the session of the cart it
 * names, or that pagoPA last collected for if it names none; the open ones, which have nothing left to pay;
 * without either, the last one that tried. A second payment belongs to its own cart's session only. Returns
 * whether there was any, and the person who started the session of the cart.
 *
 * Sessions are locked before their items, as in every place that ends a session.
 */
export async function settleItems(
  manager: EntityManager,
  receipt: Pick<SessionItem, 'creditor' | 'iuv'> & {
    readonly receiptId: string;
    readonly cartId: string | null;
  },
  isFirst: boolean,
  now: Date,
): Promise<{ readonly hasSession: boolean; readonly payer: CodiceFiscale | null }> {
  const { creditor, iuv, receiptId, cartId } = receipt;
  const rows = await manager.query<ItemRow[]>(
    `SELECT i.session_id, s.owner, s.state = 'STARTED' AND s.expires_at > $4 AS is_open,
       coalesce(s.cart_id::text = coalesce($3, ${lastCartOf('i.iuv', 'i.creditor')}), false) AS is_of_cart
     FROM payment_session_item i JOIN payment_session s ON s.id = i.session_id
     WHERE i.iuv = $1 AND i.creditor = $2 ORDER BY s.number DESC FOR UPDATE OF s`,
    [iuv, creditor, cartId, now],
  );
  const certain = rows.filter((row) => row.is_of_cart || (isFirst && row.is_open));
  const isUnclaimed = isFirst && certain.length === 0 && cartId === null;
  const chosen = isUnclaimed ? rows.slice(0, 1) : certain;
  if (chosen.length === 0) return { hasSession: false, payer: null };
  const ids = chosen.map((row) => row.session_id);
  await manager.query(
    `UPDATE payment_session_item SET receipt_id = $4
     WHERE session_id = ANY($1::text[]) AND iuv = $2 AND creditor = $3 AND receipt_id IS NULL`,
    [ids, iuv, creditor, receiptId],
  );
  await manager.query(
    `UPDATE payment_session s SET state = 'SETTLED', failure = NULL, ended_at = $2
     WHERE id = ANY($1::text[]) AND state <> 'SETTLED'
       AND NOT EXISTS (SELECT 1 FROM payment_session_item i WHERE i.session_id = s.id AND i.receipt_id IS NULL)`,
    [ids, now],
  );
  return { hasSession: true, payer: rows.find((row) => row.is_of_cart)?.owner ?? null };
}

/** SQL: whether the payer of a receipt started a session that it paid. */
export const hasPaid = (receipt: string) =>
  `EXISTS (SELECT FROM payment_session_item i JOIN payment_session s ON s.id = i.session_id
    WHERE (i.iuv, i.creditor, i.receipt_id, s.owner) = (${receipt}.iuv, ${receipt}.creditor, ${receipt}.receipt_id, ${receipt}.payer))`;

interface ItemRow {
  readonly session_id: string;
  readonly owner: CodiceFiscale | null;
  readonly is_open: boolean;
  readonly is_of_cart: boolean;
}

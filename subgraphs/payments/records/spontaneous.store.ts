import type { DataSource, EntityManager } from 'typeorm';
import type {
  CalendarDate,
  CodiceFiscale,
  EuroCents,
  Instant,
  Iuv,
  NumeroAvviso,
} from '../../../core/values/index.ts';
import type { InstalmentKey, SchoolLevel } from '../../../legacy/ports/school-billing.port.ts';
import { lockName } from '../../shared/lock-name.ts';
import { isSettled } from '../../shared/settlements/settlement.store.ts';
import { instantOf } from './instant-of.ts';
import { type RequestKey, requestKeyBytes } from './request-key.ts';

/** A filled-in form with trimmed texts. */
export interface FilledForm {
  readonly payer: CodiceFiscale;
  readonly payerName: string;
  readonly email: string;
  readonly userCode: string | null;
  readonly beneficiaryName: string | null;
  readonly period: string | null;
  readonly school: SchoolLevel | null;
  readonly notes: string | null;
  readonly amount: EuroCents;
}

export interface ChosenInstalment extends InstalmentKey {
  /** The amount left to pay. Unit: euro cents. */
  readonly amount: number;
  /** The legacy system's key of the child. */
  readonly childKey: string | null;
}

/** A spontaneous payment that is being created. */
export interface SpontaneousPayment {
  readonly id: number;
  readonly state: 'RECORDED' | 'CREATED';
  /** Hexadecimal. */
  readonly requestContent: string;
  readonly creditor: CodiceFiscale;
  readonly creditorName: string;
  readonly numeroAvviso: NumeroAvviso;
  readonly iuv: Iuv;
  readonly description: string;
  readonly payer: CodiceFiscale;
  readonly payerName: string;
  readonly email: string;
  readonly amount: EuroCents;
  readonly dueOn: CalendarDate;
}

export interface NewSpontaneousPayment {
  readonly id: number;
  readonly request: RequestKey;
  readonly creditor: CodiceFiscale;
  readonly creditorName: string;
  readonly numeroAvviso: NumeroAvviso;
  readonly iuv: Iuv;
  readonly kind: { readonly code: string; readonly name: string };
  readonly description: string;
  readonly owner: CodiceFiscale | null;
  readonly form: FilledForm;
  readonly dueOn: CalendarDate;
  readonly createdAt: Date;
  readonly instalments: readonly ChosenInstalment[];
}

export async function findByRequest(
  on: DataSource | EntityManager,
  request: RequestKey,
): Promise<SpontaneousPayment | null> {
  const [row] = await on.query<SpontaneousPayment[]>(
    `SELECT id::float8 AS id, state, encode(request_content, 'hex') AS "requestContent", creditor,
       creditor_name AS "creditorName", numero_avviso AS "numeroAvviso", iuv, description, payer,
       payer_name AS "payerName", email, amount::float8 AS amount, due_on::text AS "dueOn"
     FROM spontaneous_payment WHERE request_key = ANY ($1) AND state IN ('RECORDED', 'CREATED')`,
    [requestKeyBytes(request)],
  );
  return row ?? null;
}

/** A spontaneous payment as its job reads it. */
export interface WatchedPayment
  extends Pick<SpontaneousPayment, 'creditor' | 'numeroAvviso' | 'iuv' | 'dueOn'> {
  readonly state: 'RECORDED' | 'CREATED' | 'DROPPED' | 'WITHDRAWN';
  readonly createdAt: Instant;
  readonly isSettled: boolean;
}

export async function findWatched(on: DataSource, id: number): Promise<WatchedPayment | null> {
  const [row] = await on.query<WatchedPayment[]>(
    `SELECT state, creditor, numero_avviso AS "numeroAvviso", iuv, due_on::text AS "dueOn", created_at AS "createdAt",
       ${isSettled('p.iuv', 'p.creditor')} AS "isSettled"
     FROM spontaneous_payment p WHERE id = $1`,
    [id],
  );
  return row === undefined ? null : { ...row, createdAt: instantOf(row.createdAt) };
}

/** Serialises the calls with one key, and those for one person's instalments. */
export async function lockKeyAndOwner(
  manager: EntityManager,
  { key, otherKeys }: RequestKey,
  owner: CodiceFiscale | null,
): Promise<void> {
  if (owner !== null) await lockName(manager, `spontaneous ${owner}`);
  // The same name, whichever of the keys is this process' own.
  await lockName(manager, `request ${[key, ...otherKeys].sort()[0]}`);
}

/** The digits of a unique notice number: a sequence advances even if its transaction is rolled back. */
export async function nextNoticeBase(manager: EntityManager): Promise<number> {
  const [row] = await manager.query<{ base: string }[]>(`SELECT nextval('spontaneous_notice') AS base`);
  return Number(row?.base);
}

/** Gives up payments that no caller was shown, so that their instalments can be paid otherwise. */
export async function freeInstalments(
  manager: EntityManager,
  instalments: readonly ChosenInstalment[],
): Promise<void> {
  const lists = ['year', 'number', 'rata'].map((name) => instalments.map((one) => one[name as 'year']));
  const held = `SELECT payment_id FROM spontaneous_instalment WHERE is_open
    AND (year, number, rata) IN (SELECT * FROM unnest($1::int[], $2::int[], $3::int[]))`;
  await drop(manager, `id IN (${held})`, lists);
}

export async function insertSpontaneous(
  manager: EntityManager,
  payment: NewSpontaneousPayment,
): Promise<void> {
  const { id, request, creditor, creditorName, numeroAvviso, iuv, kind, description, owner, form } = payment;
  await manager.query(
    `INSERT INTO spontaneous_payment (id, request_key, request_content, creditor, creditor_name, numero_avviso, iuv,
       kind_code, kind_name, description, owner, payer, payer_name, email, user_code, beneficiary_name, period, school,
       notes, amount, due_on, created_at)
     VALUES ($1, decode($2, 'hex'), decode($3, 'hex'), $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
       $18, $19, $20, $21, $22)`,
    [
      id,
      request.key,
      request.content,
      creditor,
      creditorName,
      numeroAvviso,
      iuv,
      kind.code,
      kind.name,
      description,
      owner,
      form.payer,
      form.payerName,
      form.email,
      form.userCode,
      form.beneficiaryName,
      form.period,
      form.school,
      form.notes,
      form.amount,
      payment.dueOn,
      payment.createdAt,
    ],
  );
  if (payment.instalments.length === 0) return;
  await manager.query(
    `INSERT INTO spontaneous_instalment (payment_id, year, number, rata, amount, child_key)
     SELECT $1, year, number, rata, amount, "childKey"
     FROM jsonb_to_recordset($2::jsonb) AS t (year integer, number integer, rata integer, amount bigint, "childKey" text)`,
    [id, JSON.stringify(payment.instalments)],
  );
}

/**
 * Records that GPD holds the position. Returns whether the payment is still open: another request may have taken
 * its instalments meanwhile.
 */
export async function noteCreated(on: DataSource, id: number): Promise<boolean> {
  await on.query(`UPDATE spontaneous_payment SET state = 'CREATED' WHERE id = $1 AND state = 'RECORDED'`, [
    id,
  ]);
  const [row] = await on.query<{ state: string }[]>('SELECT state FROM spontaneous_payment WHERE id = $1', [
    id,
  ]);
  return row?.state === 'CREATED';
}

/** Records that GPD refused the position: no caller was shown it. */
export async function dropSpontaneous(on: DataSource, id: number): Promise<void> {
  await drop(on, 'id = $1', [id]);
}

/**
 * Records that GPD no longer accepts a payment: its instalments can be paid otherwise. Returns whether a caller
 * was shown it.
 */
export async function noteWithdrawn(on: DataSource, id: number): Promise<boolean> {
  const [row] = await on.query<{ state: string }[]>(
    `WITH withdrawn AS (
       UPDATE spontaneous_payment SET state = 'WITHDRAWN' WHERE id = $1 AND state = 'CREATED' RETURNING id
     ), freed AS (
       UPDATE spontaneous_instalment SET is_open = false WHERE payment_id IN (SELECT id FROM withdrawn)
     ) SELECT state FROM withdrawn JOIN spontaneous_payment USING (id)`,
    [id],
  );
  return row !== undefined;
}

/**
 * Locks the payment before its instalments: `noteCreated` writes the payment's row too, so one of the two waits
 * and then reads the other's result. In the reverse order an instalment was released although its payment had just
 * been shown.
 */
async function drop(
  on: DataSource | EntityManager,
  which: string,
  parameters: readonly unknown[],
): Promise<void> {
  await on.query(
    `WITH dropped AS (UPDATE spontaneous_payment SET state = 'DROPPED' WHERE state = 'RECORDED' AND ${which} RETURNING id)
     UPDATE spontaneous_instalment SET is_open = false WHERE payment_id IN (SELECT id FROM dropped)`,
    [...parameters],
  );
}

/** A debt made by a pagamento spontaneo, which GPD holds or held. */
export interface SpontaneousRecord {
  readonly id: number;
  readonly creditor: CodiceFiscale;
  readonly numeroAvviso: NumeroAvviso;
  readonly iuv: Iuv;
  readonly payer: CodiceFiscale;
  readonly payerName: string;
  readonly description: string;
  readonly amount: EuroCents;
  readonly dueOn: CalendarDate;
  /** CANCELLED: withdrawn because it was not paid in time. */
  readonly status: 'PAYABLE' | 'PAID' | 'CANCELLED';
  readonly instalments: readonly (InstalmentKey & { readonly childKey: string | null })[];
}

/** SQL: the payments that a caller was shown, in all columns, as `p`. */
export const shownPayments = (isWanted: string) =>
  `SELECT p.* FROM spontaneous_payment p WHERE p.state IN ('CREATED', 'WITHDRAWN') AND ${isWanted}`;

/** SQL: rows of `shownPayments` as a JSON list of SpontaneousRecord. */
export const spontaneousRecords = (payments: string) =>
  `(SELECT coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'creditor', m.creditor, 'numeroAvviso', m.numero_avviso,
     'iuv', m.iuv, 'payer', m.payer, 'payerName', m.payer_name, 'description', m.description, 'amount', m.amount,
     'dueOn', m.due_on, 'status', CASE WHEN ${isSettled('m.iuv', 'm.creditor')} THEN 'PAID'
       WHEN m.state = 'WITHDRAWN' THEN 'CANCELLED' ELSE 'PAYABLE' END, 'instalments',
     (SELECT coalesce(jsonb_agg(jsonb_build_object('year', t.year, 'number', t.number, 'rata', t.rata,
       'childKey', t.child_key)), '[]') FROM spontaneous_instalment t WHERE t.payment_id = m.id))), '[]') FROM ${payments} m)`;

/** SQL: the children of the instalments that a debt pays; empty text for one that is not known. */
export const childKeysOf = (iuv: string, creditor: string) =>
  `ARRAY(SELECT coalesce(t.child_key, '') FROM spontaneous_payment p JOIN spontaneous_instalment t ON t.payment_id = p.id
     WHERE p.iuv = ${iuv} AND p.creditor = ${creditor})`;

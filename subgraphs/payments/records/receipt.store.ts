import type { DataSource, EntityManager } from 'typeorm';
import type {
  CalendarDate,
  CodiceFiscale,
  EuroCents,
  Instant,
  Iuv,
  NumeroAvviso,
} from '../../../core/values/index.ts';
import type { PagopaReceipt } from '../../shared/pagopa/pagopa.port.ts';
import { isSettled } from '../../shared/settlements/settlement.store.ts';
import { instantOf } from './instant-of.ts';
import type { ReceiptRemark } from './receipt-remarks.ts';
import { hasPaid } from './session.store.ts';
import { childKeysOf } from './spontaneous.store.ts';

/** A receipt in our database. */
export interface HeldReceipt {
  readonly receiptId: string;
  readonly creditor: CodiceFiscale;
  readonly iuv: Iuv;
  readonly numeroAvviso: NumeroAvviso;
  readonly amount: EuroCents;
  readonly paidAt: Instant;
  readonly description: string;
  readonly pspName: string;
  readonly debtor: CodiceFiscale | null;
  readonly payer: CodiceFiscale | null;
  readonly payerName: string | null;
  /** Whether it was paid by a session that another person than the debtor started, signed in. */
  readonly isPayersOwn: boolean;
}

/** NODE: pagoPA's node sent it. POLL: we asked for it. */
export type ReceiptSource = 'NODE' | 'POLL';

export interface NewReceipt {
  readonly receipt: PagopaReceipt;
  readonly source: ReceiptSource;
  readonly debtor: CodiceFiscale | null;
  readonly payer: CodiceFiscale | null;
  readonly settles: boolean;
  readonly remarks: readonly ReceiptRemark[];
  readonly receivedAt: Date;
}

/** Whether this receipt of this debt is stored already. */
export async function findHeld(
  on: DataSource | EntityManager,
  { creditor, iuv, receiptId }: PagopaReceipt,
): Promise<boolean> {
  const rows = await on.query<unknown[]>(
    'SELECT 1 FROM payment_receipt WHERE iuv = $1 AND creditor = $2 AND receipt_id = $3',
    [iuv, creditor, receiptId],
  );
  return rows.length > 0;
}

/** Whether a receipt settled the debt before, and whether anything did: reconciliation may have been first. */
export async function settledSoFar(
  manager: EntityManager,
  { creditor, iuv }: Pick<PagopaReceipt, 'creditor' | 'iuv'>,
): Promise<{ readonly isPaid: boolean; readonly isSettled: boolean }> {
  const [row] = await manager.query<{ isPaid: boolean; isSettled: boolean }[]>(
    `SELECT EXISTS (SELECT 1 FROM payment_receipt WHERE iuv = $1 AND creditor = $2 AND settles) AS "isPaid",
       ${isSettled('$1', '$2')} AS "isSettled"`,
    [iuv, creditor],
  );
  return row ?? { isPaid: false, isSettled: false };
}

export async function insertReceipt(manager: EntityManager, received: NewReceipt): Promise<void> {
  const { receipt, source, debtor, payer, settles, remarks, receivedAt } = received;
  const { receiptId, creditor, numeroAvviso, iuv, amount, paidAt, description, pspName } = receipt;
  await manager.query(
    `INSERT INTO payment_receipt (creditor, iuv, receipt_id, numero_avviso, amount, paid_at, description, psp_name,
       payment_method, cart_id, debtor, debtor_name, payer, payer_name, source, received_at, settles, remarks)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    [
      creditor,
      iuv,
      receiptId,
      numeroAvviso,
      amount,
      paidAt,
      description,
      pspName,
      receipt.paymentMethod,
      receipt.cartId,
      debtor,
      receipt.debtor?.name ?? null,
      payer,
      receipt.payer?.name ?? null,
      source,
      receivedAt,
      settles,
      remarks,
    ],
  );
}

/** A receipt of a person's list of payments. */
export type PersonalReceipt = HeldReceipt & {
  readonly settles: boolean;
  /** Of the instalments that a spontaneous payment pays; empty text for one that is not known. */
  readonly childKeys: readonly string[];
};

/** The receipts of payments that a person made, or that were made for them; days included, null for no limit. */
export async function receiptsOfPerson(
  on: DataSource,
  payer: CodiceFiscale,
  { from, to }: { readonly from: CalendarDate | null; readonly to: CalendarDate | null },
): Promise<readonly PersonalReceipt[]> {
  const rows = await on.query<{ receipt: HeldReceipt; settles: boolean; childKeys: readonly string[] }[]>(
    `SELECT ${heldReceipt('r')} AS receipt, r.settles, ${childKeysOf('r.iuv', 'r.creditor')} AS "childKeys"
     FROM payment_receipt r
     WHERE (r.debtor = $1 OR r.payer = $1) AND ($2::date IS NULL OR r.paid_at >= $2::date::timestamp AT TIME ZONE 'Europe/Rome')
       AND ($3::date IS NULL OR r.paid_at < ($3::date + 1)::timestamp AT TIME ZONE 'Europe/Rome')`,
    [payer, from, to],
  );
  return rows.map(({ receipt, ...more }) => ({ ...receipt, paidAt: instantOf(receipt.paidAt), ...more }));
}

/** A receipt that the operator should check. Contains no personal data. */
export interface RemarkableReceipt {
  readonly receivedAt: Date;
  readonly creditor: string;
  readonly iuv: string;
  readonly numeroAvviso: string;
  readonly receiptId: string;
  readonly amount: EuroCents;
  readonly remarks: readonly ReceiptRemark[];
}

/** The receipts of the days from one to another, both included, oldest first; null for no limit. */
export function remarkableReceipts(
  database: DataSource,
  from: CalendarDate | null,
  to: CalendarDate | null,
): Promise<readonly RemarkableReceipt[]> {
  return database.query(
    `SELECT received_at AS "receivedAt", creditor, iuv, numero_avviso AS "numeroAvviso", receipt_id AS "receiptId",
       amount::float8 AS amount, remarks FROM payment_receipt
     WHERE remarks <> '{}' AND ($1::date IS NULL OR received_at >= $1::timestamp AT TIME ZONE 'Europe/Rome')
       AND ($2::date IS NULL OR received_at < ($2::date + 1)::timestamp AT TIME ZONE 'Europe/Rome')
     ORDER BY received_at, iuv, receipt_id`,
    [from, to],
  );
}

/** SQL: whether a receipt of a debt is stored. */
export const hasReceipt = (iuv: string, creditor: string) =>
  `EXISTS (SELECT 1 FROM payment_receipt q WHERE q.iuv = ${iuv} AND q.creditor = ${creditor})`;

/** SQL: the debts of a creditor that have a receipt, as rows of `iuv`. */
export const debtsWithReceipt = (creditor: string, iuvs: string) =>
  `SELECT iuv FROM payment_receipt WHERE creditor = ${creditor} AND iuv = ANY(${iuvs}::text[])`;

/** Instants to the second, as the legacy system stores them: lists of both sort alike. */
const heldReceipt = (alias: string) => `jsonb_build_object('receiptId', ${alias}.receipt_id,
  'creditor', ${alias}.creditor, 'iuv', ${alias}.iuv, 'numeroAvviso', ${alias}.numero_avviso, 'amount', ${alias}.amount,
  'paidAt', date_trunc('second', ${alias}.paid_at), 'description', ${alias}.description, 'pspName', ${alias}.psp_name,
  'debtor', ${alias}.debtor, 'payer', ${alias}.payer, 'payerName', ${alias}.payer_name,
  'isPayersOwn', CASE WHEN ${alias}.payer <> ${alias}.debtor THEN ${hasPaid(alias)} ELSE false END)`;

/** SQL: the receipts that settled debts, as a JSON list. */
export const settlingReceipts = (isWanted: (alias: string) => string) =>
  `(SELECT coalesce(jsonb_agg(${heldReceipt('r')}), '[]') FROM payment_receipt r WHERE r.settles AND ${isWanted('r')})`;

import type { DataSource, EntityManager } from 'typeorm';
import type { CodiceFiscale } from '../../../core/values/index.ts';
import type { PagopaReceipt } from '../../shared/pagopa/pagopa.port.ts';
import type { ReceiptRemark } from './receipt.rules.ts';

/** NODE: pagoPA's node sent it. POLL: we asked for it. */
export type ReceiptSource = 'NODE' | 'POLL';

export interface NewReceipt {
  readonly receipt: PagopaReceipt;
  readonly source: ReceiptSource;
  readonly debtor: CodiceFiscale | null;
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
       EXISTS (SELECT 1 FROM settlement WHERE iuv = $1 AND creditor = $2) AS "isSettled"`,
    [iuv, creditor],
  );
  return row ?? { isPaid: false, isSettled: false };
}

export async function insertReceipt(manager: EntityManager, received: NewReceipt): Promise<void> {
  const { receipt, source, debtor, settles, remarks, receivedAt } = received;
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
      receipt.payer?.codiceFiscale ?? null,
      receipt.payer?.name ?? null,
      source,
      receivedAt,
      settles,
      remarks,
    ],
  );
}

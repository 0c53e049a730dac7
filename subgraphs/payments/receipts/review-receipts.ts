import type { DataSource } from 'typeorm';
import { type CalendarDate, type EuroCents, formatEuro } from '../../../core/values/index.ts';
import { type ReceiptRemark, receiptRemarks } from './receipt.rules.ts';

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

/** A report for the operator: the number of each finding, its meaning, and a line for each receipt. */
export function describeReview(receipts: readonly RemarkableReceipt[]): string {
  if (receipts.length === 0) return 'Nothing to look at.';
  const counts = Object.entries(receiptRemarks).flatMap(([remark, meaning]) => {
    const count = receipts.filter(({ remarks }) => remarks.includes(remark as ReceiptRemark)).length;
    return count === 0 ? [] : [`${remark}: ${count}, ${meaning}`];
  });
  const lines = receipts.map(
    ({ receivedAt, iuv, receiptId, amount, remarks }) =>
      `${receivedAt.toISOString()} IUV ${iuv} receipt ${receiptId} ${formatEuro(amount)} EUR ${remarks.join(' ')}`,
  );
  return [...counts, ...lines].join('\n');
}

import { formatEuro } from '../../../core/values/index.ts';
import type { RemarkableReceipt } from '../records/receipt.store.ts';
import { type ReceiptRemark, receiptRemarks } from '../records/receipt-remarks.ts';

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

import type { PagopaReceipt } from '../../shared/pagopa/pagopa.port.ts';
import type { ReceiptRemark } from '../records/receipt-remarks.ts';
import type { OwedDebt } from './owed-debt.ts';

export function remarksOf(
  receipt: PagopaReceipt,
  owed: OwedDebt | 'unreachable' | null,
  { isPaid, hasSession }: { readonly isPaid: boolean; readonly hasSession: boolean },
): readonly ReceiptRemark[] {
  const known = owed === 'unreachable' ? null : owed;
  const applies: Readonly<Record<ReceiptRemark, boolean>> = {
    DOUBLE_PAYMENT: isPaid,
    AMOUNT_DIFFERS: known !== null && known.amount !== receipt.amount,
    UNKNOWN_DEBT: owed === null,
    NO_SESSION: !hasSession,
    PAID_IN_REGISTER: known?.paidInLegacy === true && known.legacyReceiptId !== receipt.receiptId,
    REGISTER_UNREACHABLE: owed === 'unreachable',
  };
  return (Object.keys(applies) as ReceiptRemark[]).filter((remark) => applies[remark]);
}

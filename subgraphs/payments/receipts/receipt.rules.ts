import type { PagopaReceipt } from '../../shared/pagopa/pagopa.port.ts';
import type { OwedDebt } from './owed-debt.ts';

/** Findings for the operator, as `payments:review` lists them. */
export const receiptRemarks = {
  DOUBLE_PAYMENT: 'the debt was paid before with another receipt: money to give back',
  AMOUNT_DIFFERS: 'another amount was paid than was owed: the debt counts as paid',
  UNKNOWN_DEBT: 'an orphan: neither the register nor we know such a debt',
  NO_SESSION: 'paid elsewhere, without a session here',
  PAID_IN_REGISTER: 'the register says that it was paid, by another receipt or without one',
  REGISTER_UNREACHABLE: 'the register did not answer when it came: debtor and amount are the receipt’s own',
} as const;
export type ReceiptRemark = keyof typeof receiptRemarks;

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
    PAID_IN_REGISTER: known?.paidInRegister === true && known.receiptInRegister !== receipt.receiptId,
    REGISTER_UNREACHABLE: owed === 'unreachable',
  };
  return (Object.keys(applies) as ReceiptRemark[]).filter((remark) => applies[remark]);
}

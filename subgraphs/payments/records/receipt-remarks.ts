/** Findings for the operator, as `payments:review` lists them. */
export const receiptRemarks = {
  DOUBLE_PAYMENT: 'the debt was paid before with another receipt: money to give back',
  AMOUNT_DIFFERS: 'another amount was paid than was owed: the debt counts as paid',
  UNKNOWN_DEBT: 'an orphan: neither the legacy system nor we know such a debt',
  NO_SESSION: 'paid elsewhere, without a session here',
  PAID_IN_REGISTER: 'the legacy system says that it was paid, by another receipt or without one',
  REGISTER_UNREACHABLE:
    'the legacy system did not answer when it came: debtor and amount are the receipt’s own',
} as const;
export type ReceiptRemark = keyof typeof receiptRemarks;

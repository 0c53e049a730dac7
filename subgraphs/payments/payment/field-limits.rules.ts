import type { PaymentKindInput } from '../../../legacy/ports/payments.port.ts';

/** The maximum length of each field of a spontaneous payment; null if it is not a text. Unit: characters. */
export const maxLengths = {
  payerCodice: 16,
  payerName: 70,
  // Source: Checkout's specification.
  email: 254,
  userCode: 40,
  beneficiaryName: 70,
  period: 80,
  school: null,
  notes: 140,
  amount: null,
} as const satisfies Readonly<Record<PaymentKindInput, number | null>>;

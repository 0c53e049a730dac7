import { registerEnumType } from 'type-graphql';
import type { PositionStatus } from '../../../legacy/ports/payments.port.ts';

export const DebtStatusEnum = {
  PAYABLE: 'PAYABLE',
  PAYMENT_IN_PROGRESS: 'PAYMENT_IN_PROGRESS',
  PAID: 'PAID',
  EXPIRED: 'EXPIRED',
  CANCELLED: 'CANCELLED',
  UNKNOWN: 'UNKNOWN',
} as const satisfies Record<PositionStatus | 'PAYMENT_IN_PROGRESS', string>;
export type DebtStatus = keyof typeof DebtStatusEnum;

registerEnumType(DebtStatusEnum, {
  name: 'DebtStatus',
  description: 'Status of a debt, from confirmed data only.',
  valuesConfig: {
    PAYABLE: { description: 'It can be paid.' },
    PAYMENT_IN_PROGRESS: {
      description:
        'pagoPA is collecting it, and no other payer can pay it: see `lockedUntil`. A started session alone locks nothing.',
    },
    PAID: { description: 'A receipt settled it.' },
    EXPIRED: { description: 'It can no longer be paid with this notice.' },
    CANCELLED: { description: 'The creditor withdrew it.' },
    UNKNOWN: { description: 'The legacy system has a code that this API does not know.' },
  },
});

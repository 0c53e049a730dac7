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
  description: 'Where a debt stands, from what is known for certain.',
  valuesConfig: {
    PAYABLE: { description: 'It can be paid.' },
    PAYMENT_IN_PROGRESS: {
      description:
        'pagoPA is collecting it and lets nobody else pay it: see `lockedUntil`. A session that was only started locks nothing.',
    },
    PAID: { description: 'A receipt settled it.' },
    EXPIRED: { description: 'It can no longer be paid with this notice.' },
    CANCELLED: { description: 'The creditor withdrew it.' },
    UNKNOWN: { description: 'The register holds a code that is not known here.' },
  },
});

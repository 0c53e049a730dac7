import type { PositionStatus } from '../../../legacy/ports/payments.port.ts';
import { describeEnum } from '../../shared/describe-enum.ts';

export const DebtStatusEnum = describeEnum<PositionStatus | 'PAYMENT_IN_PROGRESS'>(
  'DebtStatus',
  'Status of a debt, from confirmed data only.',
  {
    PAYABLE: 'It can be paid.',
    PAYMENT_IN_PROGRESS:
      'pagoPA is collecting it, and no other payer can pay it: see `lockedUntil`. A started session alone locks nothing.',
    PAID: 'A receipt settled it.',
    EXPIRED: 'It can no longer be paid with this notice.',
    CANCELLED: 'The creditor withdrew it.',
    UNKNOWN: 'The legacy system has a code that this API does not know.',
  },
);
export type DebtStatus = keyof typeof DebtStatusEnum;

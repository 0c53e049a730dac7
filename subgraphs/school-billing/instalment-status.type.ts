import { registerEnumType } from 'type-graphql';
import type { InstalmentStatus } from '../../legacy/ports/school-billing.port.ts';

export const InstalmentStatusEnum = {
  DUE: 'DUE',
  OVERDUE: 'OVERDUE',
  PARTIALLY_PAID: 'PARTIALLY_PAID',
  PAID: 'PAID',
  DIRECT_DEBIT_PENDING: 'DIRECT_DEBIT_PENDING',
  DIRECT_DEBIT_RETURNED: 'DIRECT_DEBIT_RETURNED',
} as const satisfies Record<InstalmentStatus, InstalmentStatus>;

registerEnumType(InstalmentStatusEnum, {
  name: 'InstalmentStatus',
  description: 'How an instalment stands today, in Europe/Rome.',
  valuesConfig: {
    DUE: { description: 'Nothing was paid yet, and its due date is today, later or not set.' },
    OVERDUE: { description: 'Nothing was paid, and its due date is over.' },
    PARTIALLY_PAID: { description: 'Something was paid, and something is outstanding.' },
    PAID: { description: 'Nothing is outstanding.' },
    DIRECT_DEBIT_PENDING: { description: 'The bank was asked to collect it and has not answered.' },
    DIRECT_DEBIT_RETURNED: {
      description: 'The bank could not collect it (*insoluto*): it is paid by a spontaneous payment.',
    },
  },
});

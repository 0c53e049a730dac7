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
  description: 'Status of an instalment today (Europe/Rome).',
  valuesConfig: {
    DUE: { description: 'Unpaid; the due date is today, later or not set.' },
    OVERDUE: { description: 'Unpaid; the due date has passed.' },
    PARTIALLY_PAID: { description: 'Partly paid; an amount is outstanding.' },
    PAID: { description: 'Nothing is outstanding.' },
    DIRECT_DEBIT_PENDING: { description: 'The direct debit was sent to the bank; no answer yet.' },
    DIRECT_DEBIT_RETURNED: {
      description: 'The direct debit was returned (*insoluto*). Pay it by a spontaneous payment.',
    },
  },
});

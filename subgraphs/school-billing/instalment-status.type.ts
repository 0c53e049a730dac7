import type { InstalmentStatus } from '../../legacy/ports/school-billing.port.ts';
import { describeEnum } from '../shared/describe-enum.ts';

export const InstalmentStatusEnum = describeEnum<InstalmentStatus>(
  'InstalmentStatus',
  'Status of an instalment today (Europe/Rome).',
  {
    DUE: 'Unpaid; the due date is today, later or not set.',
    OVERDUE: 'Unpaid; the due date has passed.',
    PARTIALLY_PAID: 'Partly paid; an amount is outstanding.',
    PAID: 'Nothing is outstanding.',
    DIRECT_DEBIT_PENDING: 'The direct debit was sent to the bank; no answer yet.',
    DIRECT_DEBIT_RETURNED: 'The direct debit was returned (*insoluto*). Pay it by a spontaneous payment.',
  },
);

import type { EnrolmentStatus, PaymentMethod } from '../../legacy/ports/school-billing.port.ts';
import { describeEnum } from '../shared/describe-enum.ts';

export const EnrolmentStatusEnum = describeEnum<EnrolmentStatus>(
  'EnrolmentStatus',
  'Status of an enrolment.',
  {
    PENDING: 'Filed; the office has not decided yet.',
    ACTIVE: 'The child uses the service.',
    SUSPENDED: 'Suspended.',
    ENDED: 'Ended.',
    UNKNOWN: 'A code of the legacy system that this API does not know.',
  },
);

export const PaymentMethodEnum = describeEnum<PaymentMethod>(
  'PaymentMethod',
  'Payment method of an enrolment’s invoices.',
  {
    PAGOPA: 'By payment notice, through pagoPA.',
    SDD: "By SEPA direct debit from the applicant's account.",
    UNKNOWN: 'Not recorded, or a code that this API does not know.',
  },
);

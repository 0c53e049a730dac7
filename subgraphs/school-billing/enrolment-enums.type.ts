import { registerEnumType } from 'type-graphql';
import type { EnrolmentStatus, PaymentMethod } from '../../legacy/ports/school-billing.port.ts';

export const EnrolmentStatusEnum = {
  PENDING: 'PENDING',
  ACTIVE: 'ACTIVE',
  SUSPENDED: 'SUSPENDED',
  ENDED: 'ENDED',
  UNKNOWN: 'UNKNOWN',
} as const satisfies Record<EnrolmentStatus, EnrolmentStatus>;

registerEnumType(EnrolmentStatusEnum, {
  name: 'EnrolmentStatus',
  description: 'Status of an enrolment.',
  valuesConfig: {
    PENDING: { description: 'Filed; the office has not decided yet.' },
    ACTIVE: { description: 'The child uses the service.' },
    SUSPENDED: { description: 'Suspended.' },
    ENDED: { description: 'Ended.' },
    UNKNOWN: { description: 'A code of the legacy system that this API does not know.' },
  },
});

export const PaymentMethodEnum = {
  PAGOPA: 'PAGOPA',
  SDD: 'SDD',
  UNKNOWN: 'UNKNOWN',
} as const satisfies Record<PaymentMethod, PaymentMethod>;

registerEnumType(PaymentMethodEnum, {
  name: 'PaymentMethod',
  description: 'Payment method of an enrolment’s invoices.',
  valuesConfig: {
    PAGOPA: { description: 'By payment notice, through pagoPA.' },
    SDD: { description: "By SEPA direct debit from the applicant's account." },
    UNKNOWN: { description: 'Not recorded, or a code that this API does not know.' },
  },
});

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
  description: 'How an enrolment stands.',
  valuesConfig: {
    PENDING: { description: 'Filed; the office has not decided yet.' },
    ACTIVE: { description: 'The child uses the service.' },
    SUSPENDED: { description: 'Interrupted for the time being.' },
    ENDED: { description: 'Over.' },
    UNKNOWN: { description: 'A code of the register that is not known here.' },
  },
});

export const PaymentMethodEnum = {
  PAGOPA: 'PAGOPA',
  SDD: 'SDD',
  UNKNOWN: 'UNKNOWN',
} as const satisfies Record<PaymentMethod, PaymentMethod>;

registerEnumType(PaymentMethodEnum, {
  name: 'PaymentMethod',
  description: 'How the invoices of an enrolment are paid.',
  valuesConfig: {
    PAGOPA: { description: 'By payment notice, through pagoPA.' },
    SDD: { description: "By SEPA direct debit from the applicant's account." },
    UNKNOWN: { description: 'None in the register, or a code that is not known here.' },
  },
});

import type { EnrolmentRecord } from '../../legacy/ports/school-billing.port.ts';
import { billingScopes, type Entitlement, isGiven } from '../shared/entitlement.ts';

/** Whether the caller filed for it, or it is shared with the caller under ENROLMENT. */
export function isShownEnrolment(entitlement: Entitlement, { sharedBy, childKey }: EnrolmentRecord): boolean {
  return sharedBy === null || isGiven(entitlement, sharedBy, childKey, ['ENROLMENT']);
}

/**
 * An enrolment as the caller may see it. Of a shared one the application stays its applicant's, the diet is a scope of its
 * own, and how its invoices are paid is part of BILLING.
 */
export function toShownEnrolment(entitlement: Entitlement, record: EnrolmentRecord): EnrolmentRecord {
  const { sharedBy, childKey } = record;
  if (sharedBy === null) return record;
  const isBillingGiven = isGiven(entitlement, sharedBy, childKey, billingScopes);
  return {
    ...record,
    diet: isGiven(entitlement, sharedBy, childKey, ['DIET']) ? record.diet : null,
    paymentMethod: isBillingGiven ? record.paymentMethod : 'UNKNOWN',
    practiceKey: null,
    entryKey: null,
  };
}

import { Field, InputType } from 'type-graphql';
import { type CalendarDate, InvalidValue, type SchoolYear } from '../../core/values/index.ts';
import type { InstalmentStatus, InvoiceFilter } from '../../legacy/ports/school-billing.port.ts';
import { DateScalar, SchoolYearScalar } from '../shared/scalars.ts';
import { InstalmentStatusEnum } from './instalment-status.type.ts';

@InputType('InvoiceFilter', {
  description: 'Which invoices, or instalments, to list: only those that meet every given condition.',
})
export class InvoiceFilterInput {
  @Field(() => DateScalar, { nullable: true, description: 'Issued on this day or later.' })
  issuedFrom?: CalendarDate | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Issued on this day or earlier. Errors: BAD_USER_INPUT if it is before `issuedFrom`.',
  })
  issuedTo?: CalendarDate | null;

  @Field(() => [InstalmentStatusEnum], {
    nullable: true,
    description:
      'Instalments in one of these states; invoices with at least one such instalment. An empty list matches nothing.',
  })
  status?: readonly InstalmentStatus[] | null;

  @Field(() => SchoolYearScalar, {
    nullable: true,
    description: 'School year of the billed enrolment. Shape: `2026/2027`.',
  })
  schoolYear?: SchoolYear | null;
}

/** Errors: InvalidValue if the first day is after the last. */
export function toInvoiceFilter(input: InvoiceFilterInput | null | undefined): InvoiceFilter {
  const { issuedFrom = null, issuedTo = null, status = null, schoolYear = null } = input ?? {};
  if (issuedFrom !== null && issuedTo !== null && issuedFrom > issuedTo) {
    throw new InvalidValue('`issuedFrom` is the same day as `issuedTo` or an earlier one.');
  }
  return { issuedFrom, issuedTo, status, schoolYear };
}

import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { keepIncomplete } from '../../core/unreadable.ts';
import type { SchoolYear, YearMonth } from '../../core/values/index.ts';
import { toPageRequest } from '../shared/connection.ts';
import { Document } from '../shared/documents/document.type.ts';
import { documentFor } from '../shared/documents/document-source.ts';
import { childId, familyOf } from '../shared/family.ts';
import type { RequestContext } from '../shared/request-context.ts';
import { SchoolYearScalar, YearMonthScalar } from '../shared/scalars.ts';
import { attendanceOf } from './attendance.loader.ts';
import { AttendanceMonth, toAttendanceMonth } from './attendance.type.ts';
import { BillingChild } from './child.stub.ts';
import { Enrolment, toEnrolment } from './enrolment.type.ts';
import { InvoiceConnection, invoiceCursor, toInvoiceConnection } from './invoice-connection.type.ts';
import { InvoiceFilterInput, toInvoiceFilter } from './invoice-filter.input.ts';
import { invoiceListFile, mayListInvoices } from './invoice-list.document.ts';
import { InvoiceListArgs } from './invoice-list.input.ts';
import { invoicePageOf } from './invoice-page.loader.ts';
import { schoolAccessOf } from './school-access.rules.ts';
import { type SchoolAccess, SchoolAccessEnum } from './school-access.type.ts';
import { schoolRecordOf } from './school-record.loader.ts';

@Resolver(() => BillingChild)
export class BillingChildResolver {
  @FieldResolver(() => SchoolAccessEnum, {
    nullable: true,
    description:
      'Why the lists of the child may be empty: school data belongs to the parent who filed the application, year by year. Without a year: APPLICANT if the caller filed any. Errors: LEGACY_UNAVAILABLE.',
  })
  async schoolAccess(
    @Root() child: BillingChild,
    @Arg('schoolYear', () => SchoolYearScalar, {
      nullable: true,
      description: 'Limits the answer to one school year. Shape: `2026/2027`.',
    })
    schoolYear: SchoolYear | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<SchoolAccess> {
    return schoolAccessOf(await schoolRecordOf(context).load(child.key), schoolYear ?? null);
  }

  @FieldResolver(() => [Enrolment], {
    nullable: true,
    description:
      'Enrolments that the caller applied for, newest school year first: accepted applications, and undecided ones for a child of the caller’s household. Empty for another parent. Errors: LEGACY_UNAVAILABLE.',
  })
  async enrolments(
    @Root() child: BillingChild,
    @Arg('schoolYear', () => SchoolYearScalar, {
      nullable: true,
      description: 'Limits the answer to one school year. Shape: `2026/2027`.',
    })
    schoolYear: SchoolYear | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<readonly Enrolment[]> {
    const { enrolments } = await schoolRecordOf(context).load(child.key);
    const isWanted = (year: SchoolYear) => (schoolYear ?? year) === year;
    const wanted = enrolments.filter((enrolment) => isWanted(enrolment.schoolYear));
    return keepIncomplete(enrolments, wanted.map(toEnrolment));
  }

  @FieldResolver(() => InvoiceConnection, {
    nullable: true,
    description:
      'The documenti contabili of what the caller enrolled the child for, newest first. Empty for another parent. Errors: LEGACY_UNAVAILABLE; BAD_USER_INPUT if the page, cursor or filter is not valid.',
  })
  async invoices(
    @Root() child: BillingChild,
    @Args(() => InvoiceListArgs) args: InvoiceListArgs,
    @Ctx() context: RequestContext,
  ): Promise<InvoiceConnection> {
    const key = {
      childKey: child.key,
      filter: toInvoiceFilter(args.filter),
      page: toPageRequest(args, invoiceCursor),
    };
    return toInvoiceConnection(await invoicePageOf(context).load(key));
  }

  @FieldResolver(() => Document, {
    nullable: true,
    description:
      'The list of documenti contabili as a PDF, in the columns of the portal’s own, with the filter of `invoices`: one row per rata, the newest 1,000. Drawn when it is downloaded. Null for a caller without an accepted application for the child and without a share of its invoices. Errors: BAD_USER_INPUT.',
  })
  async invoiceListPdf(
    @Root() { id }: BillingChild,
    @Arg('filter', () => InvoiceFilterInput, { nullable: true, description: 'Without it, all invoices.' })
    filter: InvoiceFilterInput | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Document | null> {
    const { children } = await familyOf(context);
    const child = children.find((one) => childId(one) === id);
    if (child === undefined || !(await mayListInvoices(context, child))) return null;
    const parts = [id, JSON.stringify(toInvoiceFilter(filter))];
    return documentFor(context, 'school-billing', 'InvoiceList', parts, invoiceListFile);
  }

  @FieldResolver(() => AttendanceMonth, {
    nullable: true,
    description:
      'Presences and absences in one month, for the parent who filed the application: days of accepted enrolments, from their first to their last. A month without data has no days and no counts. Errors: LEGACY_UNAVAILABLE.',
  })
  async attendance(
    @Root() child: BillingChild,
    @Arg('month', () => YearMonthScalar, { description: 'Shape: `2026-10`.' }) month: YearMonth,
    @Ctx() context: RequestContext,
  ): Promise<AttendanceMonth> {
    return toAttendanceMonth(month, await attendanceOf(context).load({ childKey: child.key, month }));
  }
}

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import { registered } from './registered.ts';
/** Attendance on one day. */
export type AttendanceStatus =
  /** The service ran, and the child did not use it. */
  | 'ABSENT'
  /** The service did not run. */
  | 'CLOSED'
  /** The child used the service. */
  | 'PRESENT';

/** Whom a menu is for: the tabs of the portal's home page. */
export type Audience =
  /** Imprese. */
  | 'BUSINESSES'
  /** Cittadini. */
  | 'CITIZENS'
  /** Altri enti. */
  | 'OTHER_BODIES';

/** Status of a debt, from confirmed data only. */
export type DebtStatus =
  /** The creditor withdrew it. */
  | 'CANCELLED'
  /** It can no longer be paid with this notice. */
  | 'EXPIRED'
  /** A receipt settled it. */
  | 'PAID'
  /** It can be paid. */
  | 'PAYABLE'
  /** pagoPA is collecting it, and no other payer can pay it: see `lockedUntil`. A started session alone locks nothing. */
  | 'PAYMENT_IN_PROGRESS'
  /** The legacy system has a code that this API does not know. */
  | 'UNKNOWN';

/** Status of an enrolment. */
export type EnrolmentStatus =
  /** The child uses the service. */
  | 'ACTIVE'
  /** Ended. */
  | 'ENDED'
  /** Filed; the office has not decided yet. */
  | 'PENDING'
  /** Suspended. */
  | 'SUSPENDED'
  /** A code of the legacy system that this API does not know. */
  | 'UNKNOWN';

/** Status of an instalment today (Europe/Rome). */
export type InstalmentStatus =
  /** The direct debit was sent to the bank; no answer yet. */
  | 'DIRECT_DEBIT_PENDING'
  /** The direct debit was returned (*insoluto*). Pay it by a spontaneous payment. */
  | 'DIRECT_DEBIT_RETURNED'
  /** Unpaid; the due date is today, later or not set. */
  | 'DUE'
  /** Unpaid; the due date has passed. */
  | 'OVERDUE'
  /** Nothing is outstanding. */
  | 'PAID'
  /** Partly paid; an amount is outstanding. */
  | 'PARTIALLY_PAID';

/** Which invoices, or instalments, to list: only those that meet every given condition. */
export type InvoiceFilter = {
  /** Issued on this day or later. */
  issuedFrom?: string | null | undefined;
  /** Issued on this day or earlier. Errors: BAD_USER_INPUT if it is before `issuedFrom`. */
  issuedTo?: string | null | undefined;
  /** School year of the billed enrolment. Shape: `2026/2027`. */
  schoolYear?: string | null | undefined;
  /** Instalments in one of these states; invoices with at least one such instalment. An empty list matches nothing. */
  status?: Array<InstalmentStatus> | null | undefined;
};

/** Why an attempt to pay failed. */
export type PaymentFailure =
  /** The amount of the debt has changed. */
  | 'AMOUNT_CHANGED'
  /** The payer cancelled it. */
  | 'CANCELLED_BY_PAYER'
  /** pagoPA did not accept it. */
  | 'OTHER'
  /** The payment was refused. */
  | 'REFUSED';

/** Payment method of an enrolment’s invoices. */
export type PaymentMethod =
  /** By payment notice, through pagoPA. */
  | 'PAGOPA'
  /** By SEPA direct debit from the applicant's account. */
  | 'SDD'
  /** Not recorded, or a code that this API does not know. */
  | 'UNKNOWN';

/** Status of a payment attempt. A return to the return address proves nothing: only a receipt leads to SETTLED. A late receipt turns FAILED and EXPIRED into SETTLED; SETTLED is final. */
export type PaymentSessionStatus =
  /** It was not paid in time. */
  | 'EXPIRED'
  /** The attempt failed: see `failure`. */
  | 'FAILED'
  /** All its items are paid. */
  | 'SETTLED'
  /** The payer can pay. It locks nothing: others may pay the same debts first. */
  | 'STARTED';

/** Why the lists of a child may be empty: school data belongs to the parent who filed the application, year by year. */
export type SchoolAccess =
  /** The caller filed the application. Everything is shown once it is accepted. */
  | 'APPLICANT'
  /** No application was accepted, and the caller filed none. The lists are empty. */
  | 'NO_APPLICATION'
  /** Another person filed the accepted application. The lists are empty. */
  | 'OTHER_PARENT';

/** The debts to pay. */
export type StartPaymentInput = {
  /** 1 to 5 of the caller's own debts, all to one creditor. */
  debtIds: Array<string | number>;
  /** Where pagoPA writes to. Null for nowhere. */
  email?: string | null | undefined;
  /** Made by the client for each thing that the person wants to do, unguessable, at most 200 characters. Repeating with the same key and content is safe and comes to the same session. */
  idempotencyKey: string;
  /** Where pagoPA sends the payer back to, of an origin that the body allows. `session` is added to it, the id for `paymentSession`, and `outcome`: `ok`, `cancel` or `error`, which proves nothing. */
  returnUrl: string;
};

export type PortalHomeQueryVariables = Exact<{
  audience: Audience;
}>;


export type PortalHomeQuery = { serviceAreas: Array<{ id: string, title: string, description: string, url: string | null, services: Array<{ id: string, title: string, description: string, url: string | null }> }> | null };

export type PortalPaymentSessionQueryVariables = Exact<{
  id: string | number;
}>;


export type PortalPaymentSessionQuery = { paymentSession: { id: string, status: PaymentSessionStatus, checkoutUrl: string | null, amount: number, createdAt: string, expiresAt: string, endedAt: string | null, failure: PaymentFailure | null, items: Array<{ numeroAvviso: string, description: string, amount: number, status: DebtStatus, lockedUntil: string | null, receipt: { id: string, paidAt: string, amount: number, pspName: string, document: { fileName: string, downloadUrl: string, expiresAt: string, sizeBytes: number | null } | null } | null }> } | null };

export type PortalInstalmentsQueryVariables = Exact<{
  childIds?: Array<string | number> | string | number | null | undefined;
  filter?: InvoiceFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type PortalInstalmentsQuery = { me: { id: string, children: Array<{ id: string, firstName: string, lastName: string, schoolAccess: SchoolAccess | null, invoiceListPdf: { fileName: string, downloadUrl: string, expiresAt: string, sizeBytes: number | null } | null }> | null, instalments: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, number: number, amount: number, outstanding: number, paid: number, dueOn: string | null, status: InstalmentStatus, messaARuolo: boolean, invoice: { id: string, year: number, number: number, issuedOn: string, child: { id: string, firstName: string, lastName: string } | null } | null } }> } | null } | null };

export type PortalInvoiceQueryVariables = Exact<{
  id: string | number;
}>;


export type PortalInvoiceQuery = { invoice: { id: string, year: number, number: number, issuedOn: string, holderName: string, holderCodiceFiscale: string | null, amount: number, paid: number, outstanding: number, supportingBank: string | null, period: { label: string }, child: { id: string, firstName: string, lastName: string } | null, lines: Array<{ description: string, quantity: number, unitPrice: number, amount: number }>, instalments: Array<{ id: string, number: number, amount: number, paid: number, outstanding: number, dueOn: string | null, status: InstalmentStatus, messaARuolo: boolean, iuv: string | null, debt: { id: string, status: DebtStatus, numeroAvviso: string, notice: { fileName: string, downloadUrl: string, expiresAt: string, sizeBytes: number | null } | null, receipt: { id: string, document: { fileName: string, downloadUrl: string, expiresAt: string, sizeBytes: number | null } | null } | null } | null }>, attachments: Array<{ id: string, kind: string, description: string, document: { fileName: string, downloadUrl: string, expiresAt: string, sizeBytes: number | null } | null }> } | null };

export type PortalSchoolDebtsQueryVariables = Exact<{ [key: string]: never; }>;


export type PortalSchoolDebtsQuery = { me: { id: string, email: string | null, debts: Array<{ id: string, iuv: string, numeroAvviso: string, description: string, amount: number, dueOn: string | null, status: DebtStatus, lockedUntil: string | null, child: { id: string, firstName: string, lastName: string } | null, notice: { fileName: string, downloadUrl: string, expiresAt: string, sizeBytes: number | null } | null }> | null, instalments: { edges: Array<{ node: { id: string, number: number, outstanding: number, dueOn: string | null, invoice: { id: string, year: number, number: number, period: { label: string }, child: { id: string, firstName: string, lastName: string } | null } | null, spontaneousPaymentKind: { id: string, name: string } | null } }> } | null, children: Array<{ id: string, firstName: string, lastName: string, schoolAccess: SchoolAccess | null }> | null } | null };

export type PortalStartPaymentMutationVariables = Exact<{
  input: StartPaymentInput;
}>;


export type PortalStartPaymentMutation = { startPayment:
    | { __typename: 'IdempotencyKeyReused', code: string, message: string }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotPayable', code: string, message: string, debtIds: Array<string>, lockedUntil: string | null }
    | { __typename: 'PaymentRequestInvalid', code: string, message: string, problems: Array<{ path: string, code: string, message: string }> }
    | { __typename: 'PaymentStarted', session: { id: string, checkoutUrl: string | null } }
    | { __typename: 'PaymentUnavailable', code: string, message: string }
   | null };

export type PortalDebtFragment = { id: string, iuv: string, numeroAvviso: string, description: string, amount: number, dueOn: string | null, status: DebtStatus, lockedUntil: string | null, child: { id: string, firstName: string, lastName: string } | null, notice: { fileName: string, downloadUrl: string, expiresAt: string, sizeBytes: number | null } | null };

export type PortalSchoolRecordQueryVariables = Exact<{
  month: string;
}>;


export type PortalSchoolRecordQuery = { me: { id: string, firstName: string, lastName: string, codiceFiscale: string, birthDate: string | null, email: string | null, phone: string | null, residence: { street: string, houseNumber: string | null, postalCode: string, town: string, province: string | null } | null, household: Array<{ firstName: string, lastName: string, birthDate: string, relationship: string }> | null, children: Array<{ id: string, firstName: string, lastName: string, codiceFiscale: string, birthDate: string | null, birthPlace: string | null, schoolAccess: SchoolAccess | null, residence: { street: string, houseNumber: string | null, postalCode: string, town: string, province: string | null } | null, enrolments: Array<{ id: string, schoolYear: string, classroom: string | null, status: EnrolmentStatus, startsOn: string | null, endsOn: string | null, paymentMethod: PaymentMethod, diet: string | null, service: { name: string }, school: { name: string }, practice: { id: string, title: string } | null }> | null, attendance: { month: string, presences: number | null, absences: number | null, days: Array<{ date: string, status: AttendanceStatus }> } | null }> | null } | null };

export type PortalAttendanceQueryVariables = Exact<{
  childId: string | number;
  month: string;
}>;


export type PortalAttendanceQuery = { child: { id: string, attendance: { month: string, presences: number | null, absences: number | null, days: Array<{ date: string, status: AttendanceStatus }> } | null } | null };

export type PortalAttendanceMonthFragment = { month: string, presences: number | null, absences: number | null, days: Array<{ date: string, status: AttendanceStatus }> };

export type PortalAddressFragment = { street: string, houseNumber: string | null, postalCode: string, town: string, province: string | null };

export type PortalMunicipalityQueryVariables = Exact<{ [key: string]: never; }>;


export type PortalMunicipalityQuery = { municipality: { name: string, codiceFiscale: string, offices: Array<{ name: string, phone: string | null, email: string | null }> } | null };

export type PortalFileFragment = { fileName: string, downloadUrl: string, expiresAt: string, sizeBytes: number | null };

export const PortalAttendance = registered<PortalAttendanceQuery, PortalAttendanceQueryVariables>('sha256:26c00a417dea4a58000377a5686435756ebd2697977dae889a8cd2d42bcdb583');
export const PortalHome = registered<PortalHomeQuery, PortalHomeQueryVariables>('sha256:9255777f16d542606f959d321e6a349b4da0dca013a5ee76f035656e593e4705');
export const PortalInstalments = registered<PortalInstalmentsQuery, PortalInstalmentsQueryVariables>('sha256:56c6b4c44edda785aaaa4aec3cd006d28ba85d9d45881a6e492c3ad3e8f373ef');
export const PortalInvoice = registered<PortalInvoiceQuery, PortalInvoiceQueryVariables>('sha256:9172374d6e70a86c55333a719aff964b63528966aa132483ded6e0126ef888f0');
export const PortalMunicipality = registered<PortalMunicipalityQuery, PortalMunicipalityQueryVariables>('sha256:b1aa058775a36d9d786eadaf5be189e41276649598178b2d774a2c2935196df5');
export const PortalPaymentSession = registered<PortalPaymentSessionQuery, PortalPaymentSessionQueryVariables>('sha256:9cc205d44a6dac98944ace37d9dcd9611eab8114a7a6226ca59713421bc0fc86');
export const PortalSchoolDebts = registered<PortalSchoolDebtsQuery, PortalSchoolDebtsQueryVariables>('sha256:a7d99524dc3a0439ebfd87dda2b55832f51f4e0ed7ce27fbda3d6f9a24f26060');
export const PortalSchoolRecord = registered<PortalSchoolRecordQuery, PortalSchoolRecordQueryVariables>('sha256:c9d56f4cd754bdbae7d215c2f625aa4017879096041fb504c45fc3efd60641ba');
export const PortalStartPayment = registered<PortalStartPaymentMutation, PortalStartPaymentMutationVariables>('sha256:7eb42143eef40cd01fa676e1f15d0b6cce2658f64ed8584f3fe75249488f6ab6');

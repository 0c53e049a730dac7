/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import { registered } from '@school-services/client';
/** The relation of an actor to the child at the time. */
export type AccessLogRole =
  /** A program of an integrator. */
  | 'INTEGRATOR'
  /** Another applicant, or a member of the child’s household. */
  | 'OTHER_PARENT'
  /** Any other person: their requests were refused. */
  | 'OTHER_PERSON'
  /** A person with whom an applicant shared the child. */
  | 'SHARED_WITH'
  /** The municipality’s own programs. */
  | 'SYSTEM'
  /** The caller. */
  | 'YOU';

/** An answer. Fields that are not sent keep their answers. */
export type AnswerInput = {
  /** The field's code. */
  code: string | number;
  /** TEXT: the text. DATE: YYYY-MM-DD. CHECKBOX: `true` or `false`. Null clears the answer. */
  value?: string | null | undefined;
};

/** Attendance on one day. */
export type AttendanceStatus =
  /** The service ran, and the child did not use it. */
  | 'ABSENT'
  /** The service did not run. */
  | 'CLOSED'
  /** The child used the service. */
  | 'PRESENT';

/** The audience of a menu: the tabs of the portal's home page. */
export type Audience =
  /** Imprese. */
  | 'BUSINESSES'
  /** Cittadini. */
  | 'CITIZENS'
  /** Altri enti. */
  | 'OTHER_BODIES';

/** The session to cancel. */
export type CancelPaymentSessionInput = {
  /** The `id` of the session, or the `session` of the return address. */
  sessionId: string | number;
};

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

/** How a field is filled in. */
export type FormFieldKind =
  /** `true` or `false`. */
  | 'CHECKBOX'
  /** A day, YYYY-MM-DD. */
  | 'DATE'
  /** A note: a text to read, without an answer. */
  | 'NOTE'
  /** A text. */
  | 'TEXT';

/** The format of a TEXT answer. `savePractice` checks it. */
export type FormFieldRule =
  /** A codice fiscale with its check character, in any case. */
  | 'CODICE_FISCALE'
  /** An e-mail address. Shape: `name@example.it`. */
  | 'EMAIL'
  /** An IBAN with its check digits, with or without blanks. */
  | 'IBAN'
  /** Any text within `maxLength`. */
  | 'NONE'
  /** A telephone number of 6 to 15 digits, `+`, blanks, `.`, `/`, `-` and brackets allowed. */
  | 'PHONE'
  /** CAP: 5 digits. */
  | 'POSTAL_CODE'
  /** 4 digits, 1900 to 2099. */
  | 'YEAR';

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

/** A child that the municipality does not know yet. */
export type NewChildInput = {
  /** Birth date of a minor. */
  birthDate: string;
  /** Codice fiscale of a person: 16 characters, whose check letter and birth date are verified, or the 11 digits of a provisional code. */
  codiceFiscale: string;
  /** At most 100 characters. Blank for a person whose single name is in `lastName`. */
  firstName: string;
  /** At most 100 characters. Blank for a person whose single name is in `firstName`. */
  lastName: string;
};

/** The notice to pay, for any debtor. */
export type PayNoticeInput = {
  /** The creditor's codice fiscale, as printed on the notice. */
  creditor: string;
  /** E-mail address to which pagoPA writes. Null: pagoPA writes to nobody. */
  email?: string | null | undefined;
  /** Chosen by the client, unguessable, one for each payment: a repeated call comes to the same session. 1 to 255 characters. */
  idempotencyKey: string;
  /** As printed on the notice: 18 digits; blanks are accepted. */
  numeroAvviso: string;
  /** Where pagoPA sends the payer back to, of an origin that the municipality allows. `session` is added to it, the id for `paymentSession`, and `outcome`: `ok`, `cancel` or `error`, which proves nothing. */
  returnUrl: string;
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

/** Type of a field of a payment form. */
export type PaymentFieldKind =
  /** Integer euro cents. */
  | 'AMOUNT'
  /** A checkbox. */
  | 'CHECKBOX'
  /** One of `options`. */
  | 'CHOICE'
  /** A codice fiscale or partita IVA, with its check character. */
  | 'CODE'
  /** An e-mail address. */
  | 'EMAIL'
  /** A text on one line. */
  | 'TEXT';

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

/** Where a practice was filed. */
export type PracticeChannel =
  /** At the office. */
  | 'COUNTER'
  /** In this service. */
  | 'ONLINE'
  /** On the portal that the municipality used before, or that the legacy system has of its own. */
  | 'PREVIOUS_PORTAL';

/** Status of a practice. */
export type PracticeStatus =
  /** The office accepted it. */
  | 'ACCEPTED'
  /** In compilazione, or suspended: not filed. */
  | 'DRAFT'
  /** The office asks for an integration. */
  | 'INTEGRATION_REQUESTED'
  /** Protocollata: it has a protocol number. */
  | 'REGISTERED'
  /** The office rejected it: see `outcome` of its protocollo. */
  | 'REJECTED'
  /** Inviata: stored permanently here; the protocol register has not confirmed it yet. */
  | 'SUBMITTED'
  /** The legacy system has a status code that is not known here. */
  | 'UNKNOWN'
  /** The applicant withdrew it. */
  | 'WITHDRAWN';

/** A rating of a service, in the three steps of the published norm. */
export type RateServiceInput = {
  /** What was good for 4 or 5 stars, what was hard for 1 to 3. May be empty. */
  aspects: Array<RatedAspect>;
  /** A comment of at most 200 characters. The office reads it unchanged. */
  comment?: string | null | undefined;
  /** Chosen by the client, unguessable, one for each rating: a repeated call counts once. 1 to 255 characters. */
  idempotencyKey: string;
  /** Id of a PracticeTemplate or a PaymentKind. */
  service: string | number;
  /** «Quanto è stato facile usare questo servizio?»: 1 to 5. */
  stars: number;
};

/** A reason for a rating, in the words of the published norm. */
export type RatedAspect =
  /** «Le indicazioni erano chiare». With 4 or 5 stars. */
  | 'INSTRUCTIONS_CLEAR'
  /** «Le indicazioni erano complete». With 4 or 5 stars. */
  | 'INSTRUCTIONS_COMPLETE'
  /** «A volte le indicazioni non erano complete». With 1 to 3 stars. */
  | 'INSTRUCTIONS_INCOMPLETE'
  /** «A volte le indicazioni non erano chiare». With 1 to 3 stars. */
  | 'INSTRUCTIONS_UNCLEAR'
  /** «Non ho avuto problemi tecnici». With 4 or 5 stars. */
  | 'NO_TECHNICAL_PROBLEMS'
  /** «Altro». With any number of stars. */
  | 'OTHER'
  /** «Capivo sempre che stavo procedendo correttamente». With 4 or 5 stars. */
  | 'PROGRESS_CLEAR'
  /** «A volte non capivo se stavo procedendo correttamente». With 1 to 3 stars. */
  | 'PROGRESS_UNCLEAR'
  /** «Ho avuto problemi tecnici». With 1 to 3 stars. */
  | 'TECHNICAL_PROBLEMS';

/** The share to end. */
export type RevokeShareInput = {
  /** A share's id from `Child.shares`. */
  shareId: string | number;
};

/** The changes to save. */
export type SavePracticeInput = {
  /** The changed answers; fields that are not sent keep theirs. */
  answers: Array<AnswerInput>;
  /** The practice. */
  practiceId: string | number;
  /** Attachments to delete permanently. */
  removeAttachmentIds?: Array<string | number> | null | undefined;
  /** Received uploads of this practice to attach. */
  uploadIds?: Array<string | number> | null | undefined;
  /** The `version` that you read. */
  version: number;
};

/** Why the lists of a child may be empty: school data belongs to the parent who filed the application, year by year. */
export type SchoolAccess =
  /** The caller filed the application. Everything is shown once it is accepted. */
  | 'APPLICANT'
  /** No application was accepted, and the caller filed none. The lists are empty. */
  | 'NO_APPLICATION'
  /** Another person filed the accepted application. The lists are empty. */
  | 'OTHER_PARENT'
  /** The applicant shares the child with the caller. What the share names is shown. */
  | 'SHARED';

/** The level of a school. */
export type SchoolLevel =
  /** Scuola dell'infanzia: up to 6 years of age. */
  | 'INFANZIA'
  /** Scuola primaria: 6 to 11. */
  | 'PRIMARIA'
  /** Scuola secondaria di primo grado: 11 to 14. */
  | 'SECONDARIA'
  /** A code of the legacy system that this API does not know. */
  | 'UNKNOWN';

/** What to share with whom. */
export type ShareSchoolDataInput = {
  /** A child for whom an application of the caller was accepted. */
  childId: string | number;
  /** Last day of the share. Null: until revoked. */
  endsOn?: string | null | undefined;
  /** Chosen by the client, unguessable, one for each share: a repeated call changes nothing. 1 to 255 characters. */
  idempotencyKey: string;
  /** The recipient: a grown person. Blanks and lower case are accepted. */
  recipientCodiceFiscale: string;
  /** At least one. */
  scopes: Array<SharingScope>;
};

/** What a share shows. Never shared: the applicant’s residence, telephone, e-mail and IBAN, answers of applications, sign-ins. */
export type SharingScope =
  /** Attendance. */
  | 'ATTENDANCE'
  /** Invoices, instalments, attachments, the list as a PDF, debts and their notices. */
  | 'BILLING'
  /** The special diet, which is health data (GDPR art. 9) and part of no other scope. Shown on enrolments: share ENROLMENT with it. */
  | 'DIET'
  /** Enrolments: service, school, class, status and dates. `practice` is null, and `paymentMethod` is UNKNOWN without BILLING. */
  | 'ENROLMENT'
  /** BILLING, and `startPayment` for these debts. Each person sees their own sessions and receipts. */
  | 'PAYING';

/** The fields of a kind's form; `PaymentKindField.input` says which ones a kind has. Values are strings, so that each gets a message of its own. */
export type SpontaneousPaymentInput = {
  /** How much: at least 1, at most what the municipality accepts for this kind (AMOUNT_TOO_LARGE says it), never more than 9,999,999,999. Unit: euro cents. */
  amount: number;
  /** Whom it is paid for, the pupil for school meals. At most 70 characters. Only where the form of the kind has it. */
  beneficiaryName?: string | null | undefined;
  /** Where pagoPA writes to. */
  email: string;
  /** Chosen by the client, unguessable, one for each payment: a repeated call comes to the same session. 1 to 255 characters. */
  idempotencyKey: string;
  /** Signed in only: the caller's instalments that this payment settles, which have no notice to pay. Their outstanding amounts add up to `amount`. */
  instalmentIds?: Array<string | number> | null | undefined;
  /** Id of the payment kind. */
  kindId: string | number;
  /** Anything else. At most 140 characters. Only where the form of the kind has it. */
  notes?: string | null | undefined;
  /** The payer's codice fiscale or partita IVA. */
  payerCodice: string;
  /** The payer's name. At most 70 characters. */
  payerName: string;
  /** Which period or periods it pays. At most 80 characters. Only where the form of the kind has it. */
  period?: string | null | undefined;
  /** Whether the payer accepted the kind's privacy notice; must be true. */
  privacyAccepted: boolean;
  /** Where pagoPA sends the payer back to, of an origin that the municipality allows. `session` is added to it, the id for `paymentSession`, and `outcome`: `ok`, `cancel` or `error`, which proves nothing. */
  returnUrl: string;
  /** Which school. Only where the form of the kind has it. */
  school?: SchoolLevel | null | undefined;
  /** Codice utente. At most 40 characters. Only where the form of the kind has it. */
  userCode?: string | null | undefined;
};

/** The debts to pay. */
export type StartPaymentInput = {
  /** 1 to 5 of the caller's own debts, all to one creditor. */
  debtIds: Array<string | number>;
  /** E-mail address to which pagoPA writes. Null: pagoPA writes to nobody. */
  email?: string | null | undefined;
  /** Chosen by the client, unguessable, one for each payment: a repeated call comes to the same session. 1 to 255 characters. */
  idempotencyKey: string;
  /** Where pagoPA sends the payer back to, of an origin that the municipality allows. `session` is added to it, the id for `paymentSession`, and `outcome`: `ok`, `cancel` or `error`, which proves nothing. */
  returnUrl: string;
};

/** The practice to start. A template that concerns a child needs either `childId` or `newChild`. */
export type StartPracticeInput = {
  /** Id of one of `me.children`. */
  childId?: string | number | null | undefined;
  /** Chosen by the client, unguessable, one for each practice: a repeated call returns the same draft. 1 to 255 characters. */
  idempotencyKey?: string | null | undefined;
  /** A child that the municipality does not know yet; it appears in `children` once the application is accepted. */
  newChild?: NewChildInput | null | undefined;
  /** Id of a template, from the list of procedures. */
  templateId: string | number;
};

/** The practice to file. */
export type SubmitPracticeInput = {
  /** The practice. */
  practiceId: string | number;
  /** The `version` that you read: only a version that you have seen is filed. */
  version: number;
};

/** The practice to withdraw. */
export type WithdrawPracticeInput = {
  /** The practice. */
  practiceId: string | number;
  /** The reason, for the office; at most 1,000 characters, longer text is cut. Not stored for a draft. */
  reason?: string | null | undefined;
  /** The `version` that you read. */
  version: number;
};

export type PortalHomeQueryVariables = Exact<{
  audience: Audience;
}>;


export type PortalHomeQuery = { serviceAreas: Array<{ id: string, title: string, description: string, url: string | null, services: Array<{ id: string, title: string, description: string, url: string | null }> }> | null };

export type PortalPaymentKindsQueryVariables = Exact<{
  search?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type PortalPaymentKindsQuery = { paymentKinds: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, name: string } }> } | null };

export type PortalPaymentFormQueryVariables = Exact<{
  search?: string | null | undefined;
}>;


export type PortalPaymentFormQuery = { paymentKinds: { edges: Array<{ node: { id: string, name: string, privacyNotice: { fileName: string, downloadUrl: string, expiresAt: string, sizeBytes: number | null } | null, fields: Array<{ code: string, input: string | null, label: string, help: string | null, required: boolean, hidden: boolean, options: Array<string>, kind: PaymentFieldKind, maxLength: number | null }> } }> } | null };

export type PortalCreateSpontaneousPaymentMutationVariables = Exact<{
  input: SpontaneousPaymentInput;
}>;


export type PortalCreateSpontaneousPaymentMutation = { createSpontaneousPayment:
    | { __typename: 'IdempotencyKeyReused', code: string, message: string }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'PaymentRequestInvalid', code: string, message: string, problems: Array<{ path: string, code: string, message: string }> }
    | { __typename: 'PaymentUnavailable', code: string, message: string }
    | { __typename: 'SpontaneousPaymentStarted', numeroAvviso: string, notice: { fileName: string, downloadUrl: string, expiresAt: string, sizeBytes: number | null } | null, session: { id: string, checkoutUrl: string | null } }
   | null };

export type PortalNoticeQueryVariables = Exact<{
  numeroAvviso: string;
  creditor: string;
}>;


export type PortalNoticeQuery = { paymentNotice: { numeroAvviso: string, creditorName: string, description: string, amount: number, dueOn: string | null, status: DebtStatus } | null };

export type PortalPayNoticeMutationVariables = Exact<{
  input: PayNoticeInput;
}>;


export type PortalPayNoticeMutation = { payNotice:
    | { __typename: 'IdempotencyKeyReused', code: string, message: string }
    | { __typename: 'NoticeNotPayable', lockedUntil: string | null, code: string, message: string }
    | { __typename: 'NoticePaymentStarted', session: { id: string, checkoutUrl: string | null } }
    | { __typename: 'PaymentRequestInvalid', code: string, message: string, problems: Array<{ path: string, code: string, message: string }> }
    | { __typename: 'PaymentUnavailable', code: string, message: string }
   | null };

export type PortalArchiveEntryQueryVariables = Exact<{
  numeroAvviso: string;
  creditor: string;
  debtor: string;
}>;


export type PortalArchiveEntryQuery = { paymentArchive: { numeroAvviso: string, description: string, amount: number, status: DebtStatus, receipt: { id: string, paidAt: string, pspName: string, document: { fileName: string, downloadUrl: string, expiresAt: string, sizeBytes: number | null } | null } | null } | null };

export type PortalPaymentsQueryVariables = Exact<{
  paidFrom?: string | null | undefined;
  paidTo?: string | null | undefined;
  statementFrom: string;
  statementTo: string;
  after?: string | null | undefined;
}>;


export type PortalPaymentsQuery = { me: { id: string, payments: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, paidAt: string, amount: number, description: string, numeroAvviso: string, receipt: { id: string, pspName: string, payerName: string | null, document: { fileName: string, downloadUrl: string, expiresAt: string, sizeBytes: number | null } | null } | null } }> } | null, paymentStatementPdf: { fileName: string, downloadUrl: string, expiresAt: string, sizeBytes: number | null } | null } | null, myBusiness: { id: string, payments: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, paidAt: string, amount: number, description: string, numeroAvviso: string, receipt: { id: string, pspName: string, payerName: string | null, document: { fileName: string, downloadUrl: string, expiresAt: string, sizeBytes: number | null } | null } | null } }> } | null } | null };

export type PortalPaymentPageFragment = { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, paidAt: string, amount: number, description: string, numeroAvviso: string, receipt: { id: string, pspName: string, payerName: string | null, document: { fileName: string, downloadUrl: string, expiresAt: string, sizeBytes: number | null } | null } | null } }> };

export type PortalCancelPaymentMutationVariables = Exact<{
  input: CancelPaymentSessionInput;
}>;


export type PortalCancelPaymentMutation = { cancelPaymentSession:
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'PaymentSessionCancelled' }
    | { __typename: 'PaymentUnderWay', lockedUntil: string | null, code: string, message: string }
   | null };

export type PortalPaymentSessionQueryVariables = Exact<{
  id: string | number;
}>;


export type PortalPaymentSessionQuery = { paymentSession: { id: string, status: PaymentSessionStatus, checkoutUrl: string | null, amount: number, createdAt: string, expiresAt: string, endedAt: string | null, failure: PaymentFailure | null, items: Array<{ numeroAvviso: string, description: string, amount: number, status: DebtStatus, lockedUntil: string | null, receipt: { id: string, paidAt: string, amount: number, pspName: string, document: { fileName: string, downloadUrl: string, expiresAt: string, sizeBytes: number | null } | null } | null }> } | null };

export type PortalPersonalAreaQueryVariables = Exact<{ [key: string]: never; }>;


export type PortalPersonalAreaQuery = { me: { id: string, firstName: string, practices: { totalCount: number, edges: Array<{ node: { id: string, title: string, channel: PracticeChannel, status: PracticeStatus, createdAt: string, updatedAt: string, submittedAt: string | null, expectedBy: string | null, child: { id: string, firstName: string, lastName: string } | null, protocollo: { number: number, year: number } | null } }> } | null, debts: Array<{ id: string, amount: number, dueOn: string | null, status: DebtStatus, description: string }> | null } | null, myBusiness: { id: string, name: string, practices: { totalCount: number, edges: Array<{ node: { id: string, title: string, channel: PracticeChannel, status: PracticeStatus, createdAt: string, updatedAt: string, submittedAt: string | null, expectedBy: string | null, child: { id: string, firstName: string, lastName: string } | null, protocollo: { number: number, year: number } | null } }> } | null, debts: Array<{ id: string, amount: number, dueOn: string | null, status: DebtStatus, description: string }> | null } | null };

export type PortalPracticeCardFragment = { id: string, title: string, channel: PracticeChannel, status: PracticeStatus, createdAt: string, updatedAt: string, submittedAt: string | null, expectedBy: string | null, child: { id: string, firstName: string, lastName: string } | null, protocollo: { number: number, year: number } | null };

export type PortalCategoriesQueryVariables = Exact<{
  audience: Audience;
}>;


export type PortalCategoriesQuery = { practiceCategories: Array<{ code: string, title: string, notice: string | null, procedures: Array<{ id: string, title: string, templates: Array<{ id: string, title: string, schoolYear: string | null, isOpen: boolean, opensOn: string | null, closesOn: string | null }> }> }> | null };

export type PortalTemplateQueryVariables = Exact<{
  id: string | number;
}>;


export type PortalTemplateQuery = { practiceTemplate: { id: string, title: string, schoolYear: string | null, isOpen: boolean, opensOn: string | null, closesOn: string | null, concernsChild: boolean, decidedWithinDays: number | null, contact: { name: string, phone: string | null, email: string | null } | null, informationSheet: { fileName: string, downloadUrl: string, expiresAt: string, sizeBytes: number | null } | null, blankForm: { fileName: string, downloadUrl: string, expiresAt: string, sizeBytes: number | null } | null, form: { fields: Array<{ code: string, group: string | null, label: string, kind: FormFieldKind }> }, requiredAttachments: Array<{ code: string, label: string, mediaTypes: Array<string>, maxBytes: number, required: boolean }> } | null };

export type PortalStartQueryVariables = Exact<{
  templateId: string | number;
}>;


export type PortalStartQuery = { practiceTemplate: { id: string, title: string, isOpen: boolean, opensOn: string | null, closesOn: string | null, concernsChild: boolean } | null, me: { id: string, children: Array<{ id: string, firstName: string, lastName: string }> | null } | null };

export type PortalStartPracticeMutationVariables = Exact<{
  input: StartPracticeInput;
}>;


export type PortalStartPracticeMutation = { startPractice:
    | { __typename: 'AlreadyFiled', code: string, message: string, practice: { id: string } }
    | { __typename: 'AnswersInvalid', code: string, message: string, problems: Array<{ path: string, code: string, message: string }> }
    | { __typename: 'IdempotencyKeyReused', code: string, message: string }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'PracticeStarted', practice: { id: string } }
    | { __typename: 'TemplateClosed', code: string, message: string }
   | null };

export type PortalFieldProblemFragment = { path: string, code: string, message: string };

export type PortalRequiredAttachmentFragment = { code: string, label: string, mediaTypes: Array<string>, maxBytes: number, required: boolean };

export type PortalDraftQueryVariables = Exact<{
  id: string | number;
}>;


export type PortalDraftQuery = { practice: { id: string, title: string, status: PracticeStatus, version: number, updatedAt: string, template: { id: string, title: string, schoolYear: string | null, requiredAttachments: Array<{ code: string, label: string, mediaTypes: Array<string>, maxBytes: number, required: boolean }> } | null, form: { revision: string, fields: Array<{ code: string, kind: FormFieldKind, label: string, noteHtml: string | null, group: string | null, required: boolean, maxLength: number | null, defaultValue: string | null, linkedFieldCode: string | null, rule: FormFieldRule, options: Array<string> }>, choiceGroups: Array<{ id: string, label: string, fieldCodes: Array<string>, min: number, max: number }> } | null, child: { id: string, firstName: string, lastName: string } | null, answers: Array<{ code: string, value: string, certified: boolean, editable: boolean }>, attachments: Array<{ id: string, attachmentCode: string, document: { fileName: string, downloadUrl: string, expiresAt: string, sizeBytes: number | null } | null }>, problems: Array<{ path: string, code: string, message: string }>, integrationRequest: { requestedAt: string, message: string, dueOn: string | null, attachments: Array<{ code: string, label: string, mediaTypes: Array<string>, maxBytes: number, required: boolean }> } | null } | null };

export type PortalDraftPartsFragment = { id: string, title: string, status: PracticeStatus, version: number, updatedAt: string, child: { id: string, firstName: string, lastName: string } | null, answers: Array<{ code: string, value: string, certified: boolean, editable: boolean }>, attachments: Array<{ id: string, attachmentCode: string, document: { fileName: string, downloadUrl: string, expiresAt: string, sizeBytes: number | null } | null }>, problems: Array<{ path: string, code: string, message: string }>, integrationRequest: { requestedAt: string, message: string, dueOn: string | null, attachments: Array<{ code: string, label: string, mediaTypes: Array<string>, maxBytes: number, required: boolean }> } | null };

export type PortalFormFieldFragment = { code: string, kind: FormFieldKind, label: string, noteHtml: string | null, group: string | null, required: boolean, maxLength: number | null, defaultValue: string | null, linkedFieldCode: string | null, rule: FormFieldRule, options: Array<string> };

export type PortalSavePracticeMutationVariables = Exact<{
  input: SavePracticeInput;
}>;


export type PortalSavePracticeMutation = { savePractice:
    | { __typename: 'AnswersInvalid', code: string, message: string, problems: Array<{ path: string, code: string, message: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotEditable', code: string, message: string }
    | { __typename: 'PracticeSaved', practice: { id: string, title: string, status: PracticeStatus, version: number, updatedAt: string, child: { id: string, firstName: string, lastName: string } | null, answers: Array<{ code: string, value: string, certified: boolean, editable: boolean }>, attachments: Array<{ id: string, attachmentCode: string, document: { fileName: string, downloadUrl: string, expiresAt: string, sizeBytes: number | null } | null }>, problems: Array<{ path: string, code: string, message: string }>, integrationRequest: { requestedAt: string, message: string, dueOn: string | null, attachments: Array<{ code: string, label: string, mediaTypes: Array<string>, maxBytes: number, required: boolean }> } | null } }
    | { __typename: 'VersionConflict', code: string, message: string, current: { id: string, title: string, status: PracticeStatus, version: number, updatedAt: string, child: { id: string, firstName: string, lastName: string } | null, answers: Array<{ code: string, value: string, certified: boolean, editable: boolean }>, attachments: Array<{ id: string, attachmentCode: string, document: { fileName: string, downloadUrl: string, expiresAt: string, sizeBytes: number | null } | null }>, problems: Array<{ path: string, code: string, message: string }>, integrationRequest: { requestedAt: string, message: string, dueOn: string | null, attachments: Array<{ code: string, label: string, mediaTypes: Array<string>, maxBytes: number, required: boolean }> } | null } }
   | null };

export type PortalSubmitPracticeMutationVariables = Exact<{
  input: SubmitPracticeInput;
}>;


export type PortalSubmitPracticeMutation = { submitPractice:
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotEditable', code: string, message: string }
    | { __typename: 'PracticeIncomplete', code: string, message: string, problems: Array<{ path: string, code: string, message: string }> }
    | { __typename: 'PracticeSubmitted', practice: { id: string } }
    | { __typename: 'TemplateClosed', code: string, message: string }
    | { __typename: 'VersionConflict', code: string, message: string, current: { id: string, title: string, status: PracticeStatus, version: number, updatedAt: string, child: { id: string, firstName: string, lastName: string } | null, answers: Array<{ code: string, value: string, certified: boolean, editable: boolean }>, attachments: Array<{ id: string, attachmentCode: string, document: { fileName: string, downloadUrl: string, expiresAt: string, sizeBytes: number | null } | null }>, problems: Array<{ path: string, code: string, message: string }>, integrationRequest: { requestedAt: string, message: string, dueOn: string | null, attachments: Array<{ code: string, label: string, mediaTypes: Array<string>, maxBytes: number, required: boolean }> } | null } }
   | null };

export type PortalIntegratePracticeMutationVariables = Exact<{
  input: SavePracticeInput;
}>;


export type PortalIntegratePracticeMutation = { integratePractice:
    | { __typename: 'AnswersInvalid', code: string, message: string, problems: Array<{ path: string, code: string, message: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotEditable', code: string, message: string }
    | { __typename: 'PracticeIncomplete', code: string, message: string, problems: Array<{ path: string, code: string, message: string }> }
    | { __typename: 'PracticeIntegrated', practice: { id: string, title: string, status: PracticeStatus, version: number, updatedAt: string, child: { id: string, firstName: string, lastName: string } | null, answers: Array<{ code: string, value: string, certified: boolean, editable: boolean }>, attachments: Array<{ id: string, attachmentCode: string, document: { fileName: string, downloadUrl: string, expiresAt: string, sizeBytes: number | null } | null }>, problems: Array<{ path: string, code: string, message: string }>, integrationRequest: { requestedAt: string, message: string, dueOn: string | null, attachments: Array<{ code: string, label: string, mediaTypes: Array<string>, maxBytes: number, required: boolean }> } | null } }
    | { __typename: 'VersionConflict', code: string, message: string, current: { id: string, title: string, status: PracticeStatus, version: number, updatedAt: string, child: { id: string, firstName: string, lastName: string } | null, answers: Array<{ code: string, value: string, certified: boolean, editable: boolean }>, attachments: Array<{ id: string, attachmentCode: string, document: { fileName: string, downloadUrl: string, expiresAt: string, sizeBytes: number | null } | null }>, problems: Array<{ path: string, code: string, message: string }>, integrationRequest: { requestedAt: string, message: string, dueOn: string | null, attachments: Array<{ code: string, label: string, mediaTypes: Array<string>, maxBytes: number, required: boolean }> } | null } }
   | null };

export type PortalWithdrawPracticeMutationVariables = Exact<{
  input: WithdrawPracticeInput;
}>;


export type PortalWithdrawPracticeMutation = { withdrawPractice:
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotEditable', code: string, message: string }
    | { __typename: 'PracticeWithdrawn' }
    | { __typename: 'VersionConflict', code: string, message: string }
   | null };

export type PortalPracticesQueryVariables = Exact<{
  status?: Array<PracticeStatus> | PracticeStatus | null | undefined;
  after?: string | null | undefined;
}>;


export type PortalPracticesQuery = { me: { id: string, practices: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, title: string, channel: PracticeChannel, status: PracticeStatus, createdAt: string, updatedAt: string, submittedAt: string | null, expectedBy: string | null, child: { id: string, firstName: string, lastName: string } | null, protocollo: { number: number, year: number } | null } }> } | null } | null, myBusiness: { id: string, practices: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, title: string, channel: PracticeChannel, status: PracticeStatus, createdAt: string, updatedAt: string, submittedAt: string | null, expectedBy: string | null, child: { id: string, firstName: string, lastName: string } | null, protocollo: { number: number, year: number } | null } }> } | null } | null };

export type PortalPracticePageFragment = { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, title: string, channel: PracticeChannel, status: PracticeStatus, createdAt: string, updatedAt: string, submittedAt: string | null, expectedBy: string | null, child: { id: string, firstName: string, lastName: string } | null, protocollo: { number: number, year: number } | null } }> };

export type PortalProtocolliQueryVariables = Exact<{
  year?: number | null | undefined;
  number?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type PortalProtocolliQuery = { me: { id: string, protocolli: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, number: number, year: number, registeredAt: string, subject: string, status: PracticeStatus, outcome: string | null, practice: { id: string } | null } }> } | null } | null, myBusiness: { id: string, protocolli: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, number: number, year: number, registeredAt: string, subject: string, status: PracticeStatus, outcome: string | null, practice: { id: string } | null } }> } | null } | null };

export type PortalProtocolloPageFragment = { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, number: number, year: number, registeredAt: string, subject: string, status: PracticeStatus, outcome: string | null, practice: { id: string } | null } }> };

export type PortalPracticeQueryVariables = Exact<{
  id: string | number;
}>;


export type PortalPracticeQuery = { practice: { id: string, title: string, channel: PracticeChannel, status: PracticeStatus, version: number, createdAt: string, updatedAt: string, submittedAt: string | null, nextRegistrationAttemptAt: string | null, expectedBy: string | null, child: { id: string, firstName: string, lastName: string } | null, template: { id: string, title: string, decidedWithinDays: number | null, contact: { name: string, phone: string | null, email: string | null } | null } | null, form: { fields: Array<{ code: string, kind: FormFieldKind, label: string, noteHtml: string | null, group: string | null, required: boolean, maxLength: number | null, defaultValue: string | null, linkedFieldCode: string | null, rule: FormFieldRule, options: Array<string> }> } | null, answers: Array<{ code: string, value: string, certified: boolean, editable: boolean }>, attachments: Array<{ id: string, attachmentCode: string, document: { fileName: string, downloadUrl: string, expiresAt: string, sizeBytes: number | null } | null }>, history: Array<{ at: string, status: PracticeStatus, note: string | null }>, integrationRequest: { requestedAt: string, message: string, dueOn: string | null } | null, protocollo: { id: string, number: number, year: number, registeredAt: string, outcome: string | null } | null, summary: { fileName: string, downloadUrl: string, expiresAt: string, sizeBytes: number | null } | null, outcomeDocuments: Array<{ id: string, title: string, issuedAt: string, document: { fileName: string, downloadUrl: string, expiresAt: string, sizeBytes: number | null } | null }> | null } | null };

export type PortalRateServiceMutationVariables = Exact<{
  input: RateServiceInput;
}>;


export type PortalRateServiceMutation = { rateService:
    | { __typename: 'RatingInvalid', code: string, message: string, problems: Array<{ path: string, code: string, message: string }> }
    | { __typename: 'ServiceRated', stars: number }
   | null };

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


export type PortalSchoolDebtsQuery = { me: { id: string, email: string | null, debts: Array<{ id: string, iuv: string, numeroAvviso: string, description: string, amount: number, dueOn: string | null, status: DebtStatus, lockedUntil: string | null, paymentSession: { id: string, checkoutUrl: string | null, items: Array<{ numeroAvviso: string }> } | null, child: { id: string, firstName: string, lastName: string } | null, notice: { fileName: string, downloadUrl: string, expiresAt: string, sizeBytes: number | null } | null }> | null, instalments: { edges: Array<{ node: { id: string, number: number, outstanding: number, dueOn: string | null, invoice: { id: string, year: number, number: number, period: { label: string }, child: { id: string, firstName: string, lastName: string } | null } | null, spontaneousPaymentKind: { id: string, name: string } | null } }> } | null, children: Array<{ id: string, firstName: string, lastName: string, schoolAccess: SchoolAccess | null }> | null, receivedShares: Array<{ id: string, scopes: Array<SharingScope>, endsOn: string | null, child: { id: string } | null }> | null } | null };

export type PortalStartPaymentMutationVariables = Exact<{
  input: StartPaymentInput;
}>;


export type PortalStartPaymentMutation = { startPayment:
    | { __typename: 'IdempotencyKeyReused', code: string, message: string }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotPayable', code: string, message: string, debtIds: Array<string>, lockedUntil: string | null, own: { id: string, checkoutUrl: string | null } | null }
    | { __typename: 'PaymentRequestInvalid', code: string, message: string, problems: Array<{ path: string, code: string, message: string }> }
    | { __typename: 'PaymentStarted', session: { id: string, checkoutUrl: string | null } }
    | { __typename: 'PaymentUnavailable', code: string, message: string }
   | null };

export type PortalDebtFragment = { id: string, iuv: string, numeroAvviso: string, description: string, amount: number, dueOn: string | null, status: DebtStatus, lockedUntil: string | null, paymentSession: { id: string, checkoutUrl: string | null, items: Array<{ numeroAvviso: string }> } | null, child: { id: string, firstName: string, lastName: string } | null, notice: { fileName: string, downloadUrl: string, expiresAt: string, sizeBytes: number | null } | null };

export type PortalSchoolRecordQueryVariables = Exact<{
  month: string;
}>;


export type PortalSchoolRecordQuery = { me: { id: string, firstName: string, lastName: string, codiceFiscale: string, birthDate: string | null, email: string | null, phone: string | null, residence: { street: string, houseNumber: string | null, postalCode: string, town: string, province: string | null } | null, household: Array<{ firstName: string, lastName: string, birthDate: string, relationship: string }> | null, receivedShares: Array<{ id: string, scopes: Array<SharingScope>, endsOn: string | null, child: { id: string } | null }> | null, children: Array<{ id: string, firstName: string, lastName: string, codiceFiscale: string, birthDate: string | null, birthPlace: string | null, schoolAccess: SchoolAccess | null, residence: { street: string, houseNumber: string | null, postalCode: string, town: string, province: string | null } | null, enrolments: Array<{ id: string, schoolYear: string, classroom: string | null, status: EnrolmentStatus, startsOn: string | null, endsOn: string | null, paymentMethod: PaymentMethod, diet: string | null, service: { name: string }, school: { name: string }, practice: { id: string, title: string } | null }> | null, attendance: { month: string, presences: number | null, absences: number | null, days: Array<{ date: string, status: AttendanceStatus }> } | null }> | null } | null };

export type PortalAttendanceQueryVariables = Exact<{
  childId: string | number;
  month: string;
}>;


export type PortalAttendanceQuery = { child: { id: string, attendance: { month: string, presences: number | null, absences: number | null, days: Array<{ date: string, status: AttendanceStatus }> } | null } | null };

export type PortalAttendanceMonthFragment = { month: string, presences: number | null, absences: number | null, days: Array<{ date: string, status: AttendanceStatus }> };

export type PortalAddressFragment = { street: string, houseNumber: string | null, postalCode: string, town: string, province: string | null };

export type PortalSharingQueryVariables = Exact<{
  childId: string | number;
}>;


export type PortalSharingQuery = { child: { id: string, firstName: string, lastName: string, schoolAccess: SchoolAccess | null, shares: Array<{ id: string, recipientCodiceFiscale: string, scopes: Array<SharingScope>, createdAt: string, endsOn: string | null, revokedAt: string | null }> | null } | null };

export type PortalAccessLogQueryVariables = Exact<{
  childId: string | number;
  from?: string | null | undefined;
  to?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type PortalAccessLogQuery = { child: { id: string, firstName: string, lastName: string, schoolAccess: SchoolAccess | null, accessLog: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ cursor: string, node: { day: string, action: string, count: number, refused: number, actor: { role: AccessLogRole, name: string | null } } }> } | null } | null };

export type PortalShareSchoolDataMutationVariables = Exact<{
  input: ShareSchoolDataInput;
}>;


export type PortalShareSchoolDataMutation = { shareSchoolData:
    | { __typename: 'IdempotencyKeyReused', code: string, message: string }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'SchoolDataShared', share: { id: string, recipientCodiceFiscale: string, scopes: Array<SharingScope>, createdAt: string, endsOn: string | null, revokedAt: string | null } }
    | { __typename: 'ShareInvalid', code: string, message: string, problems: Array<{ path: string, code: string, message: string }> }
   | null };

export type PortalRevokeShareMutationVariables = Exact<{
  input: RevokeShareInput;
}>;


export type PortalRevokeShareMutation = { revokeShare:
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'ShareRevoked', share: { id: string, recipientCodiceFiscale: string, scopes: Array<SharingScope>, createdAt: string, endsOn: string | null, revokedAt: string | null } }
   | null };

export type PortalShareFragment = { id: string, recipientCodiceFiscale: string, scopes: Array<SharingScope>, createdAt: string, endsOn: string | null, revokedAt: string | null };

export type PortalReceivedShareFragment = { id: string, scopes: Array<SharingScope>, endsOn: string | null, child: { id: string } | null };

export type PortalMunicipalityQueryVariables = Exact<{ [key: string]: never; }>;


export type PortalMunicipalityQuery = { municipality: { name: string, codiceFiscale: string, offices: Array<{ name: string, phone: string | null, email: string | null }> } | null };

export type PortalFileFragment = { fileName: string, downloadUrl: string, expiresAt: string, sizeBytes: number | null };

export const PortalAccessLog = /* @__PURE__ */ registered<PortalAccessLogQuery, PortalAccessLogQueryVariables>('sha256:e9c1c813a122a846cbf751116f5d897ff90a31eb87b011499a54d3c72fda64f9');
export const PortalArchiveEntry = /* @__PURE__ */ registered<PortalArchiveEntryQuery, PortalArchiveEntryQueryVariables>('sha256:dc51d2e3f86945124741141e31f2f3daf1237fc6cf02beb10b31a99346759b07');
export const PortalAttendance = /* @__PURE__ */ registered<PortalAttendanceQuery, PortalAttendanceQueryVariables>('sha256:26c00a417dea4a58000377a5686435756ebd2697977dae889a8cd2d42bcdb583');
export const PortalCancelPayment = /* @__PURE__ */ registered<PortalCancelPaymentMutation, PortalCancelPaymentMutationVariables>('sha256:21e9b1d381cbbf7ed84fa50584f16e69bbf5a069de240da6b784a06071009f9b');
export const PortalCategories = /* @__PURE__ */ registered<PortalCategoriesQuery, PortalCategoriesQueryVariables>('sha256:2e990940165b9542da2edbe6582e487585114f090565d0641705bb8a0601da3c');
export const PortalCreateSpontaneousPayment = /* @__PURE__ */ registered<PortalCreateSpontaneousPaymentMutation, PortalCreateSpontaneousPaymentMutationVariables>('sha256:e6bd033634b4518e369d531966b8fed5ca217d38cc37c8e2353a0c59a16ce8de');
export const PortalDraft = /* @__PURE__ */ registered<PortalDraftQuery, PortalDraftQueryVariables>('sha256:35aea8c8bc763f6003456716e01b63cc58abf7d76a36dc6a485c85c73e808f97');
export const PortalHome = /* @__PURE__ */ registered<PortalHomeQuery, PortalHomeQueryVariables>('sha256:9255777f16d542606f959d321e6a349b4da0dca013a5ee76f035656e593e4705');
export const PortalInstalments = /* @__PURE__ */ registered<PortalInstalmentsQuery, PortalInstalmentsQueryVariables>('sha256:56c6b4c44edda785aaaa4aec3cd006d28ba85d9d45881a6e492c3ad3e8f373ef');
export const PortalIntegratePractice = /* @__PURE__ */ registered<PortalIntegratePracticeMutation, PortalIntegratePracticeMutationVariables>('sha256:628b5f6fb3a89378020cee24dd18a55fb92b4631b3d7119b928154cbd03577b5');
export const PortalInvoice = /* @__PURE__ */ registered<PortalInvoiceQuery, PortalInvoiceQueryVariables>('sha256:9172374d6e70a86c55333a719aff964b63528966aa132483ded6e0126ef888f0');
export const PortalMunicipality = /* @__PURE__ */ registered<PortalMunicipalityQuery, PortalMunicipalityQueryVariables>('sha256:b1aa058775a36d9d786eadaf5be189e41276649598178b2d774a2c2935196df5');
export const PortalNotice = /* @__PURE__ */ registered<PortalNoticeQuery, PortalNoticeQueryVariables>('sha256:08bfb77353225cc24346851dd4a2797361d8ecf68f7b37876aba626223ab1d7e');
export const PortalPayNotice = /* @__PURE__ */ registered<PortalPayNoticeMutation, PortalPayNoticeMutationVariables>('sha256:b60bb3d87534b6dc823e8863e30694ae07dbabeaf4e826571f96db65b1f7a507');
export const PortalPaymentForm = /* @__PURE__ */ registered<PortalPaymentFormQuery, PortalPaymentFormQueryVariables>('sha256:9faccd3c911d135663c59e4070d7bf537ba4753ddffee4a28fd40ac44f6575b4');
export const PortalPaymentKinds = /* @__PURE__ */ registered<PortalPaymentKindsQuery, PortalPaymentKindsQueryVariables>('sha256:6bd26d7ad441ba048ce457fb93452d7fe774265e56d55df80a9cf926dd70a6c7');
export const PortalPaymentSession = /* @__PURE__ */ registered<PortalPaymentSessionQuery, PortalPaymentSessionQueryVariables>('sha256:9cc205d44a6dac98944ace37d9dcd9611eab8114a7a6226ca59713421bc0fc86');
export const PortalPayments = /* @__PURE__ */ registered<PortalPaymentsQuery, PortalPaymentsQueryVariables>('sha256:a401efa1a221f40ba7bffcb95e0a76251b6f8cc71fbebd4e396bedf6a0a3a995');
export const PortalPersonalArea = /* @__PURE__ */ registered<PortalPersonalAreaQuery, PortalPersonalAreaQueryVariables>('sha256:ecf4d8f5fe0cb5d37097264c1b5e982f8e5287adfa8a31572ab0cb97f21b31a7');
export const PortalPractice = /* @__PURE__ */ registered<PortalPracticeQuery, PortalPracticeQueryVariables>('sha256:73f2541ed1473f06843f0c08ba945fddfa50a17c030e1015812fc325eba662de');
export const PortalPractices = /* @__PURE__ */ registered<PortalPracticesQuery, PortalPracticesQueryVariables>('sha256:9f21694a2a6bac6159e37544b50bf2a2866f45a10f871b20b239e7babfea2a5d');
export const PortalProtocolli = /* @__PURE__ */ registered<PortalProtocolliQuery, PortalProtocolliQueryVariables>('sha256:3bf8c1bb2d4f647efcb871767bef7a8a47a1c87d06012acf350926ebb28d2315');
export const PortalRateService = /* @__PURE__ */ registered<PortalRateServiceMutation, PortalRateServiceMutationVariables>('sha256:5be793f0c45a9c5e27dc976edf1864abc981bbd6d6e5b49f83efad9de7a6f858');
export const PortalRevokeShare = /* @__PURE__ */ registered<PortalRevokeShareMutation, PortalRevokeShareMutationVariables>('sha256:2ff59440bf9cbff466e2b643d11d4dedf6f2bd92ca3c0d9e96bfb7a2321f3421');
export const PortalSavePractice = /* @__PURE__ */ registered<PortalSavePracticeMutation, PortalSavePracticeMutationVariables>('sha256:1a7ff018f2649c4745ab17e07e5b41878b4d4349fdc84b17cd4d9d1820ce3151');
export const PortalSchoolDebts = /* @__PURE__ */ registered<PortalSchoolDebtsQuery, PortalSchoolDebtsQueryVariables>('sha256:a42c8869df9eb4eebc2c472182c721f2b04065e6bf29cf8b0f1f7eae3cf713fe');
export const PortalSchoolRecord = /* @__PURE__ */ registered<PortalSchoolRecordQuery, PortalSchoolRecordQueryVariables>('sha256:6f6356719c0fca770e2eb4c557063748abe97e2a5f7f02cc8a7a1eb2e9e3cf0a');
export const PortalShareSchoolData = /* @__PURE__ */ registered<PortalShareSchoolDataMutation, PortalShareSchoolDataMutationVariables>('sha256:5f83679990acbbaeb93de6cfc7b28bafaa8e5a93e08442e476ca9859d20ba16f');
export const PortalSharing = /* @__PURE__ */ registered<PortalSharingQuery, PortalSharingQueryVariables>('sha256:88fc418a5a3d6dec65e2c72e815f268a392246fec7fc77085035dfb0fe73c334');
export const PortalStart = /* @__PURE__ */ registered<PortalStartQuery, PortalStartQueryVariables>('sha256:4ef89a402e8fc23d25d8eb0ccbe3b5f249dbf687cc3dc95ecd63cb87d5cf4e20');
export const PortalStartPayment = /* @__PURE__ */ registered<PortalStartPaymentMutation, PortalStartPaymentMutationVariables>('sha256:9a884b065499a8011b1e0283ea1de4cadb433157a1cd989dfc16947b8c49508a');
export const PortalStartPractice = /* @__PURE__ */ registered<PortalStartPracticeMutation, PortalStartPracticeMutationVariables>('sha256:234ca3ff695c7e4ffc9139da297e793473a46f8c880f3ccf40c0d8f203938a1b');
export const PortalSubmitPractice = /* @__PURE__ */ registered<PortalSubmitPracticeMutation, PortalSubmitPracticeMutationVariables>('sha256:99ab1edfb55f8526e2d9f4bc967c95c017caaabbd24507322d7ce9f2b7d9bd2f');
export const PortalTemplate = /* @__PURE__ */ registered<PortalTemplateQuery, PortalTemplateQueryVariables>('sha256:3c4f4fe44545fdee6a71b65fd858d932ba7c4a415ecd45d46ce814d0ef185287');
export const PortalWithdrawPractice = /* @__PURE__ */ registered<PortalWithdrawPracticeMutation, PortalWithdrawPracticeMutationVariables>('sha256:201b566d4d47c01f4fd2748d04a26d821a26ead18420f3893a855c830db5794c');

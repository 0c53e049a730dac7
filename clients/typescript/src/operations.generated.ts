/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import { type Operation, operation } from './operation.ts';
/** An answer. Fields that are not sent keep their answers. */
export type AnswerInput = {
  /** The field's code. */
  code: string | number;
  /** TEXT: the text. DATE: YYYY-MM-DD. CHECKBOX: `true` or `false`. Null clears the answer. */
  value?: string | null | undefined;
};

/** A file to upload. */
export type CreateUploadInput = {
  /** Code of a required attachment, from the form or from the office's request. */
  attachmentCode: string | number;
  /** The file's name, at most 200 characters. Shape: `certificato.pdf`. */
  fileName: string;
  /** The media type that the browser reports. Shape: `application/pdf`, `image/jpg`, or empty if unknown. The bytes decide: a picture may be of another kind than reported, if the form accepts it. */
  mediaType: string;
  /** The practice. */
  practiceId: string | number;
  /** SHA-256 of the bytes, 64 hexadecimal digits. Verified if given. */
  sha256?: string | null | undefined;
  /** Unit: bytes. Exactly this many must arrive. */
  sizeBytes: number;
};

/** A new endpoint. */
export type CreateWebhookEndpointInput = {
  /** The events to receive, at least one. */
  eventTypes: Array<WebhookEventType>;
  /** Chosen by the client, unguessable, one for each endpoint: a repeated call answers the same. 1 to 255 characters. */
  idempotencyKey: string;
  /** Address of the receiver: https, without user and password, at most 2,000 characters. */
  url: string;
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

/** An endpoint of the caller. */
export type WebhookEndpointRefInput = {
  /** The endpoint. */
  endpointId: string | number;
};

/** An event that an endpoint can receive. */
export type WebhookEventType =
  /** `debt.settled`: A debt was paid, by whichever channel: any debt, with the scope payment:events. */
  | 'DEBT_SETTLED'
  /** `payment_session.ended`: A payment session that was started through the same client has ended; once more if a receipt settles it later. */
  | 'PAYMENT_SESSION_ENDED'
  /** `practice.status_changed`: A practice that was started through the same client has another status. */
  | 'PRACTICE_STATUS_CHANGED';

export type DebtsQueryVariables = Exact<{
  status?: Array<DebtStatus> | DebtStatus | null | undefined;
}>;


export type DebtsQuery = { me: { id: string, debts: Array<{ id: string, iuv: string, numeroAvviso: string, description: string, amount: number, dueOn: string | null, status: DebtStatus }> | null } | null };

export type PaymentSessionStatusQueryVariables = Exact<{
  id: string | number;
}>;


export type PaymentSessionStatusQuery = { paymentSession: { id: string, status: PaymentSessionStatus, failure: PaymentFailure | null, amount: number, checkoutUrl: string | null, endedAt: string | null, items: Array<{ numeroAvviso: string, amount: number, status: DebtStatus }> } | null };

export type StartPaymentMutationVariables = Exact<{
  input: StartPaymentInput;
}>;


export type StartPaymentMutation = { startPayment:
    | { __typename: 'IdempotencyKeyReused', code: string, message: string }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotPayable', lockedUntil: string | null, code: string, message: string }
    | { __typename: 'PaymentRequestInvalid', code: string, message: string, problems: Array<{ path: string, code: string, message: string }> }
    | { __typename: 'PaymentStarted', session: { id: string, checkoutUrl: string | null } }
    | { __typename: 'PaymentUnavailable', code: string, message: string }
   | null };

export type ChildrenQueryVariables = Exact<{ [key: string]: never; }>;


export type ChildrenQuery = { me: { id: string, firstName: string, lastName: string, children: Array<{ id: string, firstName: string, lastName: string, birthDate: string | null }> | null } | null };

export type TemplatesQueryVariables = Exact<{ [key: string]: never; }>;


export type TemplatesQuery = { practiceCategories: Array<{ procedures: Array<{ templates: Array<{ id: string, title: string, isOpen: boolean, concernsChild: boolean, requiredAttachments: Array<{ code: string, required: boolean }> }> }> }> | null };

export type TemplateFormQueryVariables = Exact<{
  id: string | number;
}>;


export type TemplateFormQuery = { practiceTemplate: { id: string, title: string, form: { fields: Array<{ code: string, kind: FormFieldKind, label: string, required: boolean, maxLength: number | null, linkedFieldCode: string | null, rule: FormFieldRule, options: Array<string> }>, choiceGroups: Array<{ label: string, fieldCodes: Array<string>, min: number, max: number }> }, requiredAttachments: Array<{ code: string, label: string, mediaTypes: Array<string>, maxBytes: number, required: boolean }> } | null };

export type PracticeNumberQueryVariables = Exact<{
  id: string | number;
}>;


export type PracticeNumberQuery = { practice: { id: string, status: PracticeStatus, protocollo: { number: number, year: number } | null } | null };

export type StartPracticeMutationVariables = Exact<{
  input: StartPracticeInput;
}>;


export type StartPracticeMutation = { startPractice:
    | { __typename: 'AlreadyFiled', code: string, message: string }
    | { __typename: 'AnswersInvalid', code: string, message: string }
    | { __typename: 'IdempotencyKeyReused', code: string, message: string }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'PracticeStarted', practice: { id: string, title: string, status: PracticeStatus, version: number, answers: Array<{ code: string, value: string, certified: boolean }>, problems: Array<{ path: string, code: string, message: string }> } }
    | { __typename: 'TemplateClosed', code: string, message: string }
   | null };

export type SavePracticeMutationVariables = Exact<{
  input: SavePracticeInput;
}>;


export type SavePracticeMutation = { savePractice:
    | { __typename: 'AnswersInvalid', code: string, message: string, problems: Array<{ path: string, code: string, message: string }> }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotEditable', code: string, message: string }
    | { __typename: 'PracticeSaved', practice: { id: string, title: string, status: PracticeStatus, version: number, answers: Array<{ code: string, value: string, certified: boolean }>, problems: Array<{ path: string, code: string, message: string }> } }
    | { __typename: 'VersionConflict', code: string, message: string, current: { id: string, title: string, status: PracticeStatus, version: number, answers: Array<{ code: string, value: string, certified: boolean }>, problems: Array<{ path: string, code: string, message: string }> } }
   | null };

export type SubmitPracticeMutationVariables = Exact<{
  input: SubmitPracticeInput;
}>;


export type SubmitPracticeMutation = { submitPractice:
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'NotEditable', code: string, message: string }
    | { __typename: 'PracticeIncomplete', code: string, message: string, problems: Array<{ path: string, code: string, message: string }> }
    | { __typename: 'PracticeSubmitted', practice: { id: string, status: PracticeStatus, submittedAt: string | null } }
    | { __typename: 'TemplateClosed', code: string, message: string }
    | { __typename: 'VersionConflict', code: string, message: string }
   | null };

export type CreateUploadMutationVariables = Exact<{
  input: CreateUploadInput;
}>;


export type CreateUploadMutation = { createUpload:
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'UploadRefused', code: string, message: string }
    | { __typename: 'UploadTicket', uploadId: string, uploadUrl: string, expiresAt: string }
   | null };

export type DraftFragment = { id: string, title: string, status: PracticeStatus, version: number, answers: Array<{ code: string, value: string, certified: boolean }>, problems: Array<{ path: string, code: string, message: string }> };

export type InvoicesQueryVariables = Exact<{
  childIds?: Array<string | number> | string | number | null | undefined;
  first?: number;
  after?: string | null | undefined;
}>;


export type InvoicesQuery = { me: { id: string, invoices: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, year: number, number: number, issuedOn: string, holderName: string, amount: number, paid: number, outstanding: number } }> } | null } | null };

export type WebhookEndpointsQueryVariables = Exact<{ [key: string]: never; }>;


export type WebhookEndpointsQuery = { webhookEndpoints: Array<{ id: string, url: string, eventTypes: Array<WebhookEventType>, isEnabled: boolean, disabledReason: string | null }> | null };

export type CreateWebhookEndpointMutationVariables = Exact<{
  input: CreateWebhookEndpointInput;
}>;


export type CreateWebhookEndpointMutation = { createWebhookEndpoint:
    | { __typename: 'IdempotencyKeyReused', code: string, message: string }
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'WebhookEndpointCreated', secret: string, endpoint: { id: string, url: string } }
    | { __typename: 'WebhookEndpointInvalid', code: string, message: string, problems: Array<{ path: string, code: string, message: string }> }
   | null };

export type SendTestWebhookMutationVariables = Exact<{
  input: WebhookEndpointRefInput;
}>;


export type SendTestWebhookMutation = { sendTestWebhook:
    | { __typename: 'NotAllowed', code: string, message: string }
    | { __typename: 'TestWebhookSent', status: number | null, milliseconds: number }
   | null };

export const Children: Operation<ChildrenQuery, ChildrenQueryVariables> = /* @__PURE__ */ operation("query Children {\n  me {\n    id\n    firstName\n    lastName\n    children {\n      id\n      firstName\n      lastName\n      birthDate\n    }\n  }\n}");
export const CreateUpload: Operation<CreateUploadMutation, CreateUploadMutationVariables> = /* @__PURE__ */ operation("mutation CreateUpload($input: CreateUploadInput!) {\n  createUpload(input: $input) {\n    __typename\n    ... on UploadTicket {\n      uploadId\n      uploadUrl\n      expiresAt\n    }\n    ... on Problem {\n      code\n      message\n    }\n  }\n}");
export const CreateWebhookEndpoint: Operation<CreateWebhookEndpointMutation, CreateWebhookEndpointMutationVariables> = /* @__PURE__ */ operation("mutation CreateWebhookEndpoint($input: CreateWebhookEndpointInput!) {\n  createWebhookEndpoint(input: $input) {\n    __typename\n    ... on WebhookEndpointCreated {\n      secret\n      endpoint {\n        id\n        url\n      }\n    }\n    ... on WebhookEndpointInvalid {\n      problems {\n        path\n        code\n        message\n      }\n    }\n    ... on Problem {\n      code\n      message\n    }\n  }\n}", { takesKey: true });
export const Debts: Operation<DebtsQuery, DebtsQueryVariables> = /* @__PURE__ */ operation("query Debts($status: [DebtStatus!]) {\n  me {\n    id\n    debts(status: $status) {\n      id\n      iuv\n      numeroAvviso\n      description\n      amount\n      dueOn\n      status\n    }\n  }\n}");
export const Invoices: Operation<InvoicesQuery, InvoicesQueryVariables> = /* @__PURE__ */ operation("query Invoices($childIds: [ID!], $first: Int! = 50, $after: String) {\n  me {\n    id\n    invoices(childIds: $childIds, first: $first, after: $after) {\n      totalCount\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      edges {\n        node {\n          id\n          year\n          number\n          issuedOn\n          holderName\n          amount\n          paid\n          outstanding\n        }\n      }\n    }\n  }\n}");
export const PaymentSessionStatus: Operation<PaymentSessionStatusQuery, PaymentSessionStatusQueryVariables> = /* @__PURE__ */ operation("query PaymentSessionStatus($id: ID!) {\n  paymentSession(id: $id) {\n    id\n    status\n    failure\n    amount\n    checkoutUrl\n    endedAt\n    items {\n      numeroAvviso\n      amount\n      status\n    }\n  }\n}");
export const PracticeNumber: Operation<PracticeNumberQuery, PracticeNumberQueryVariables> = /* @__PURE__ */ operation("query PracticeNumber($id: ID!) {\n  practice(id: $id) {\n    id\n    status\n    protocollo {\n      number\n      year\n    }\n  }\n}");
export const SavePractice: Operation<SavePracticeMutation, SavePracticeMutationVariables> = /* @__PURE__ */ operation("mutation SavePractice($input: SavePracticeInput!) {\n  savePractice(input: $input) {\n    __typename\n    ... on PracticeSaved {\n      practice {\n        ...Draft\n      }\n    }\n    ... on AnswersInvalid {\n      problems {\n        path\n        code\n        message\n      }\n    }\n    ... on VersionConflict {\n      current {\n        ...Draft\n      }\n    }\n    ... on Problem {\n      code\n      message\n    }\n  }\n}\n\nfragment Draft on Practice {\n  id\n  title\n  status\n  version\n  answers {\n    code\n    value\n    certified\n  }\n  problems {\n    path\n    code\n    message\n  }\n}");
export const SendTestWebhook: Operation<SendTestWebhookMutation, SendTestWebhookMutationVariables> = /* @__PURE__ */ operation("mutation SendTestWebhook($input: WebhookEndpointRefInput!) {\n  sendTestWebhook(input: $input) {\n    __typename\n    ... on TestWebhookSent {\n      status\n      milliseconds\n    }\n    ... on Problem {\n      code\n      message\n    }\n  }\n}");
export const StartPayment: Operation<StartPaymentMutation, StartPaymentMutationVariables> = /* @__PURE__ */ operation("mutation StartPayment($input: StartPaymentInput!) {\n  startPayment(input: $input) {\n    __typename\n    ... on PaymentStarted {\n      session {\n        id\n        checkoutUrl\n      }\n    }\n    ... on NotPayable {\n      lockedUntil\n    }\n    ... on PaymentRequestInvalid {\n      problems {\n        path\n        code\n        message\n      }\n    }\n    ... on Problem {\n      code\n      message\n    }\n  }\n}", { takesKey: true });
export const StartPractice: Operation<StartPracticeMutation, StartPracticeMutationVariables> = /* @__PURE__ */ operation("mutation StartPractice($input: StartPracticeInput!) {\n  startPractice(input: $input) {\n    __typename\n    ... on PracticeStarted {\n      practice {\n        ...Draft\n      }\n    }\n    ... on Problem {\n      code\n      message\n    }\n  }\n}\n\nfragment Draft on Practice {\n  id\n  title\n  status\n  version\n  answers {\n    code\n    value\n    certified\n  }\n  problems {\n    path\n    code\n    message\n  }\n}", { takesKey: true });
export const SubmitPractice: Operation<SubmitPracticeMutation, SubmitPracticeMutationVariables> = /* @__PURE__ */ operation("mutation SubmitPractice($input: SubmitPracticeInput!) {\n  submitPractice(input: $input) {\n    __typename\n    ... on PracticeSubmitted {\n      practice {\n        id\n        status\n        submittedAt\n      }\n    }\n    ... on PracticeIncomplete {\n      problems {\n        path\n        code\n        message\n      }\n    }\n    ... on Problem {\n      code\n      message\n    }\n  }\n}");
export const TemplateForm: Operation<TemplateFormQuery, TemplateFormQueryVariables> = /* @__PURE__ */ operation("query TemplateForm($id: ID!) {\n  practiceTemplate(id: $id) {\n    id\n    title\n    form {\n      fields {\n        code\n        kind\n        label\n        required\n        maxLength\n        linkedFieldCode\n        rule\n        options\n      }\n      choiceGroups {\n        label\n        fieldCodes\n        min\n        max\n      }\n    }\n    requiredAttachments {\n      code\n      label\n      mediaTypes\n      maxBytes\n      required\n    }\n  }\n}");
export const Templates: Operation<TemplatesQuery, TemplatesQueryVariables> = /* @__PURE__ */ operation("query Templates {\n  practiceCategories {\n    procedures {\n      templates {\n        id\n        title\n        isOpen\n        concernsChild\n        requiredAttachments {\n          code\n          required\n        }\n      }\n    }\n  }\n}");
export const WebhookEndpoints: Operation<WebhookEndpointsQuery, WebhookEndpointsQueryVariables> = /* @__PURE__ */ operation("query WebhookEndpoints {\n  webhookEndpoints {\n    id\n    url\n    eventTypes\n    isEnabled\n    disabledReason\n  }\n}");

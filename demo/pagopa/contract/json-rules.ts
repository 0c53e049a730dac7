import { z } from 'zod';

// The messages of pagoPA's APIs, as in facts of pagoPA §2.3, §2.4 and §2.6. Objects are closed, so that a
// misspelt field is found. test/demo/pagopa/specifications.test.ts compares it with the published files where they are at
// hand; what the services check beyond those is in checkout.ts and gpd.ts.

const shortText = z.string().max(140);
const cents = z.int().min(1);
const moment = z.iso.datetime({ offset: true });
const day = z.iso.date();
const kind = z.enum(['F', 'G']);
const twoCapitals = z.string().regex(/^[A-Z]{2}$/);

const pairs = z
  .array(z.strictObject({ key: shortText, value: shortText }))
  .min(0)
  .max(10);
const pairsRead = z.array(z.strictObject({ key: z.string().optional(), value: z.string().optional() }));

export const cartRequest = z.strictObject({
  emailNotice: z.email().optional(),
  paymentNotices: z
    .array(
      z.strictObject({
        noticeNumber: z.string().length(18),
        fiscalCode: z.string().length(11),
        amount: cents,
        companyName: shortText,
        description: shortText,
      }),
    )
    .min(1)
    .max(5),
  returnUrls: z.strictObject({ returnOkUrl: z.url(), returnCancelUrl: z.url(), returnErrorUrl: z.url() }),
  idCart: z.string().optional(),
  allCCP: z.boolean().optional(),
});

const status = z.int().min(100).max(600);
export const checkoutProblem = z.strictObject({
  type: z.url().optional(),
  title: z.string().optional(),
  status: z.int().min(100).lt(600).optional(),
  detail: z.string().optional(),
  instance: z.url().optional(),
});
export const apiProblem = z.strictObject({
  title: z.string().optional(),
  status: status.optional(),
  detail: z.string().optional(),
});

const stamp = z.strictObject({
  hashDocument: z.string().max(72),
  stampType: z.string().length(2),
  provincialResidence: twoCapitals,
});

const positionStatus = z.enum([
  'DRAFT',
  'PUBLISHED',
  'VALID',
  'INVALID',
  'EXPIRED',
  'PARTIALLY_PAID',
  'PAID',
  'REPORTED',
]);

export const positionRequest = z.strictObject({
  iupd: z.string(),
  type: kind,
  payStandIn: z.boolean().optional(),
  fiscalCode: z.string(),
  fullName: z.string(),
  streetName: z.string().optional(),
  civicNumber: z.string().optional(),
  postalCode: z.string().optional(),
  city: z.string().optional(),
  province: z.string().optional(),
  region: z.string().optional(),
  country: twoCapitals.optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
  switchToExpired: z.boolean(),
  companyName: shortText,
  officeName: shortText.optional(),
  validityDate: moment.optional(),
  paymentDate: moment.optional(),
  status: positionStatus.optional(),
  paymentOption: z
    .array(
      z.strictObject({
        nav: z.string().optional(),
        iuv: z.string(),
        amount: cents,
        description: shortText,
        isPartialPayment: z.boolean(),
        dueDate: moment,
        retentionDate: moment.optional(),
        fee: z.int().optional(),
        notificationFee: z.int().optional(),
        transfer: z
          .array(
            z.strictObject({
              idTransfer: z.enum(['1', '2', '3', '4', '5']),
              amount: cents,
              organizationFiscalCode: z.string().optional(),
              remittanceInformation: shortText,
              category: z.string(),
              iban: z
                .string()
                .min(1)
                .max(35)
                .regex(/^[A-Za-z0-9]{1,35}$/)
                .optional(),
              postalIban: z
                .string()
                .min(1)
                .max(35)
                .regex(/^$|^[A-Za-z0-9]{1,35}$/)
                .optional(),
              stamp: stamp.optional(),
              companyName: shortText.optional(),
              transferMetadata: pairs.optional(),
            }),
          )
          .optional(),
        paymentOptionMetadata: pairs.optional(),
      }),
    )
    .optional(),
});

export const positionRead = z.strictObject({
  iupd: z.string().optional(),
  organizationFiscalCode: z.string().optional(),
  type: kind.optional(),
  companyName: z.string().optional(),
  officeName: z.string().optional(),
  insertedDate: moment.optional(),
  publishDate: moment.optional(),
  validityDate: moment.optional(),
  paymentDate: moment.optional(),
  status: positionStatus.optional(),
  lastUpdatedDate: moment.optional(),
  paymentOption: z
    .array(
      z.strictObject({
        nav: z.string().optional(),
        iuv: z.string().optional(),
        organizationFiscalCode: z.string().optional(),
        amount: z.int().optional(),
        description: z.string().optional(),
        isPartialPayment: z.boolean().optional(),
        dueDate: moment.optional(),
        retentionDate: moment.optional(),
        paymentDate: moment.optional(),
        reportingDate: moment.optional(),
        insertedDate: moment.optional(),
        paymentMethod: z.string().optional(),
        fee: z.int().optional(),
        notificationFee: z.int().optional(),
        pspCompany: z.string().optional(),
        idReceipt: z.string().optional(),
        idFlowReporting: z.string().optional(),
        status: z.enum(['PO_UNPAID', 'PO_PAID', 'PO_PARTIALLY_REPORTED', 'PO_REPORTED']).optional(),
        lastUpdatedDate: moment.optional(),
        paymentOptionMetadata: pairsRead.optional(),
        transfer: z
          .array(
            z.strictObject({
              organizationFiscalCode: z.string().optional(),
              companyName: z.string().optional(),
              idTransfer: z.string().optional(),
              amount: z.int().optional(),
              remittanceInformation: z.string().optional(),
              category: z.string().optional(),
              iban: z.string().optional(),
              postalIban: z.string().optional(),
              stamp: stamp.optional(),
              insertedDate: moment.optional(),
              status: z.enum(['T_UNREPORTED', 'T_REPORTED']).optional(),
              lastUpdatedDate: moment.optional(),
              transferMetadata: pairsRead.optional(),
            }),
          )
          .optional(),
      }),
    )
    .optional(),
});

const subject = z.strictObject({
  entityUniqueIdentifierType: kind,
  entityUniqueIdentifierValue: z.string(),
  fullName: z.string(),
  streetName: z.string().optional(),
  civicNumber: z.string().optional(),
  postalCode: z.string().optional(),
  city: z.string().optional(),
  stateProvinceRegion: z.string().optional(),
  country: z.string().optional(),
  email: z.string().optional(),
});

export const receiptRead = z.strictObject({
  receiptId: z.string(),
  noticeNumber: z.string(),
  fiscalCode: z.string(),
  outcome: z.string(),
  creditorReferenceId: z.string(),
  paymentAmount: z.number(),
  description: z.string(),
  companyName: z.string(),
  officeName: z.string().optional(),
  debtor: subject,
  transferList: z.array(
    z.strictObject({
      idTransfer: z.int().min(1).max(5).optional(),
      transferAmount: z.number(),
      fiscalCodePA: z.string(),
      iban: z.string(),
      mbdAttachment: z.string(),
      remittanceInformation: z.string(),
      transferCategory: z.string(),
      metadata: pairsRead.optional(),
    }),
  ),
  idPSP: z.string(),
  pspFiscalCode: z.string().optional(),
  pspPartitaIVA: z.string().optional(),
  pspCompanyName: z.string(),
  idChannel: z.string(),
  channelDescription: z.string().optional(),
  payer: subject.optional(),
  paymentMethod: z.string().optional(),
  fee: z.number().optional(),
  primaryCiIncurredFee: z.number().optional(),
  idBundle: z.string().optional(),
  idCiBundle: z.string().optional(),
  paymentDateTime: day.optional(),
  paymentDateTimeFormatted: moment.optional(),
  applicationDate: day.optional(),
  transferDate: day.optional(),
  metadata: pairsRead.optional(),
});

/** Violations of a rule by a value, by place; empty if there are none. Values are not converted. */
export function problemsOfJson(rule: z.ZodType, value: unknown): readonly string[] {
  const { error } = rule.safeParse(value);
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
}

/** The same for a text. */
export function problemsOfJsonText(rule: z.ZodType, text: string): readonly string[] {
  try {
    return problemsOfJson(rule, JSON.parse(text));
  } catch {
    return ['JSON was expected.'];
  }
}

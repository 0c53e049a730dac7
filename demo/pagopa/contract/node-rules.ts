import {
  once,
  optional,
  type Rule,
  type SequenceRule,
  sequence,
  type TextRule,
  text,
  upTo,
  words,
} from '../../contract/xml-rules.ts';

// The messages between the node and a creditor's station, as in facts of pagoPA §2.5 and §2.6: names, order and
// limits. test/demo/pagopa/specifications.test.ts compares it with paForNode.xsd where that file is at hand.

const text35 = text(1, 35);
const text70 = text(1, 70);
const text140 = text(1, 140);
const anyText: TextRule = { base: 'string' };
const flag: TextRule = { base: 'boolean' };
const day: TextRule = { base: 'date' };
const moment: TextRule = { base: 'dateTime' };
/** Euros with two decimals. */
const amount: TextRule = { base: 'decimal', pattern: '\\d+\\.\\d{2}', most: 999_999_999.99 };
const amountNotZero: TextRule = { ...amount, least: 0.01 };
const bodyCode: TextRule = { base: 'string', minLength: 11, maxLength: 11, pattern: '[0-9]{11}' };
const noticeNumber: TextRule = { base: 'string', pattern: '[0-9]{18}' };
const twoCapitals: TextRule = { base: 'string', pattern: '[A-Z]{2,2}' };
const email: TextRule = {
  base: 'string',
  maxLength: 256,
  pattern: '[a-zA-Z0-9_\\.\\+\\-]+@[a-zA-Z0-9\\-]+(\\.[a-zA-Z0-9\\-]+)*',
};

const metadata = sequence({ mapEntry: upTo(15, sequence({ key: once(text140), value: once(text140) })) });

const subject = sequence({
  uniqueIdentifier: once(
    sequence({
      entityUniqueIdentifierType: once({ ...words('F', 'G'), minLength: 1, maxLength: 1 }),
      entityUniqueIdentifierValue: once(text(2, 16)),
    }),
  ),
  fullName: once(text70),
  streetName: optional(text70),
  civicNumber: optional(text(1, 16)),
  postalCode: optional(text(1, 16)),
  city: optional(text35),
  stateProvinceRegion: optional(text35),
  country: optional(twoCapitals),
  'e-mail': optional(email),
});

/** The transfers; a stamp instead of an account differs between request and receipt. */
const transfers = (stamp: Readonly<Record<string, Rule>>) =>
  sequence({
    transfer: upTo(
      5,
      sequence({
        idTransfer: once({ base: 'int', oneOf: ['1', '2', '3', '4', '5'] }),
        transferAmount: once(amountNotZero),
        fiscalCodePA: once(bodyCode),
        companyName: optional(text140),
        'IBAN or stamp': {
          choice: Object.fromEntries(
            Object.entries({ IBAN: text35, ...stamp }).map(([name, rule]) => [name, once(rule)]),
          ),
        },
        remittanceInformation: once(text140),
        transferCategory: once(text140),
        metadata: optional(metadata),
      }),
    ),
  });

const stampAsked = sequence({
  hashDocumento: once({ base: 'base64Binary', pattern: '.{4,72}' }),
  tipoBollo: once({ ...words('01'), minLength: 2, maxLength: 2 }),
  provinciaResidenza: once(twoCapitals),
});

const station = { idPA: once(text35), idBrokerPA: once(text35), idStation: once(text35) };
const qrCode = once(sequence({ fiscalCode: once(bodyCode), noticeNumber: once(noticeNumber) }));

const outcome = {
  outcome: once(words('OK', 'KO')),
  fault: optional(
    sequence({
      faultCode: once(anyText),
      faultString: once(anyText),
      id: once(anyText),
      description: optional(anyText),
      serial: optional({ base: 'int' }),
      originalFaultCode: optional(anyText),
      originalFaultString: optional(anyText),
      originalDescription: optional(anyText),
    }),
  ),
};

const receipt = sequence({
  receiptId: once(anyText),
  noticeNumber: once(noticeNumber),
  fiscalCode: once(bodyCode),
  outcome: once(words('OK', 'KO')),
  creditorReferenceId: once(text35),
  paymentAmount: once(amount),
  description: once(text140),
  companyName: once(text140),
  officeName: optional(text140),
  debtor: once(subject),
  transferList: once(transfers({ MBDAttachment: { base: 'base64Binary' } })),
  idPSP: once(text35),
  pspFiscalCode: optional(text70),
  pspPartitaIVA: optional(text(1, 20)),
  PSPCompanyName: once(text70),
  idChannel: once(text35),
  channelDescription: once(text35),
  payer: optional(subject),
  paymentMethod: optional(text35),
  paymentNote: optional(text(1, 210)),
  fee: optional(amount),
  primaryCiIncurredFee: optional(amount),
  idBundle: optional(text70),
  idCiBundle: optional(text70),
  paymentDateTime: optional(moment),
  applicationDate: optional(day),
  transferDate: optional(day),
  metadata: optional(metadata),
  standIn: optional(flag),
});

/** Messages by the name of their element. */
export const nodeRules = {
  paVerifyPaymentNoticeReq: sequence({ ...station, qrCode }),
  paVerifyPaymentNoticeRes: sequence({
    ...outcome,
    paymentList: optional(
      sequence({
        paymentOptionDescription: once(
          sequence({
            amount: once(amountNotZero),
            options: once(words('EQ', 'LS', 'GT', 'ANY')),
            dueDate: optional(day),
            detailDescription: optional(text140),
            allCCP: once(flag),
          }),
        ),
      }),
    ),
    paymentDescription: optional(text140),
    fiscalCodePA: optional(bodyCode),
    companyName: optional(text140),
    officeName: optional(text140),
  }),
  paGetPaymentV2Request: sequence({
    ...station,
    qrCode,
    amount: optional(amount),
    paymentNote: optional(text(1, 210)),
    transferType: optional(words('POSTAL', 'PAGOPA')),
    dueDate: optional(day),
  }),
  paGetPaymentV2Response: sequence({
    ...outcome,
    data: optional(
      sequence({
        creditorReferenceId: once(text35),
        paymentAmount: once(amountNotZero),
        dueDate: once(day),
        retentionDate: optional(moment),
        lastPayment: optional(flag),
        description: once(text140),
        companyName: once(text140),
        officeName: optional(text140),
        debtor: once(subject),
        transferList: once(transfers({ richiestaMarcaDaBollo: stampAsked })),
        metadata: optional(metadata),
      }),
    ),
  }),
  paSendRTV2Request: sequence({ ...station, receipt: once(receipt) }),
  paSendRTV2Response: sequence(outcome),
} as const satisfies Readonly<Record<string, SequenceRule>>;

export type NodeMessageName = keyof typeof nodeRules;

export const nodeNamespace = 'http://pagopa-api.pagopa.gov.it/pa/paForNode.xsd';

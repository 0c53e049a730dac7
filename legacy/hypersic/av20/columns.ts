import type { ReconciliationRow } from '../../ports/reconciliation.port.ts';

type Field = Exclude<keyof ReconciliationRow, 'quotas'>;
export type Column = {
  readonly name: string;
  readonly field: Field;
  readonly kind: 'text' | 'digits' | 'date' | 'cents';
  /** Longer values are cut on export. Senders exceed the length at times: import accepts that. */
  readonly maxLength: number;
  /** Required by the specification; `unless open` ones may be empty in a file of payments not yet reconciled. */
  readonly required: 'always' | 'unless open' | 'never';
};

function column(
  name: string,
  field: Field,
  kind: Column['kind'],
  maxLength: number,
  required: Column['required'] = 'never',
): Column {
  return { name, field, kind, maxLength, required };
}

/** [SPEC] AV20 v2.3 §6.2: the first 21 columns. */
export const columns: readonly Column[] = [
  column('CodiceServizio', 'serviceCode', 'text', 10, 'always'),
  column('DescrizioneServizio', 'serviceDescription', 'text', 120),
  column('CodiceDebitore', 'debtorReference', 'text', 20),
  column('CFPIVADebitore', 'debtor', 'text', 16),
  column('NominativoDebitore', 'debtorName', 'text', 70),
  column('CodiceDebito', 'debtReference', 'text', 30),
  column('DataEmissione', 'issuedOn', 'date', 10),
  column('CausaleDebito', 'description', 'text', 100),
  column('ImportoDebito', 'debtAmount', 'cents', 15),
  column('CodiceRata', 'instalmentReference', 'text', 30),
  column('CodiceAvviso', 'numeroAvviso', 'digits', 35),
  column('CodiceIUV', 'iuv', 'digits', 35, 'always'),
  column('DataScadenza', 'dueOn', 'date', 10),
  column('DataPagamento', 'paidOn', 'date', 10),
  column('ImportoPagato', 'paidAmount', 'cents', 15, 'unless open'),
  column('IstitutoMittente', 'pspName', 'text', 120),
  column('ModalitaPagamento', 'paymentMethod', 'text', 100),
  column('IBANIncasso', 'iban', 'text', 27),
  column('CodiceFlussoRiversamento', 'flowId', 'text', 60, 'unless open'),
  column('DataRiversamento', 'flowDate', 'date', 10),
  column('Annotazioni', 'notes', 'text', 255),
];

/** The limit of any imported text: the longest column's length. Senders exceed the shorter ones by a little. */
export const maxTextLength = 255;

export const maxQuotas = 10;
export const quotaCodeLength = 35;

/** [SPEC] §6.2: 21 columns and three for each of ten quotas. */
export const head: readonly string[] = [
  ...columns.map(({ name }) => name),
  ...Array.from({ length: maxQuotas }, (_, index) => index + 1).flatMap((number) => [
    `LivelloContabile${number}`,
    `CodificaContabile${number}`,
    `QuotaContabile${number}`,
  ]),
];

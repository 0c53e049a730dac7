import { codiceFiscaleAsHeld, iuvAsHeld, numeroAvvisoAsHeld } from '../../core/values/index.ts';
import type { ChildKey } from '../ports/anagrafe.port.ts';
import type {
  DebtRecord,
  PaymentKindInput,
  PaymentKindRecord,
  PaymentRecord,
  PositionStatus,
  ReceiptRecord,
} from '../ports/payments.port.ts';
import { calendarDate, codiceFiscale, euroCents, flag, localInstant, requiredText, text } from './formats.ts';
import type { KindRow, PaymentRow, PositionRow, ReceiptColumns } from './payments.statements.ts';

export function toDebt(row: PositionRow): DebtRecord {
  const { ANNO_FATT: year, NUM_FATT: number, NUM_RATA: rata } = row;
  return {
    key: row.ID_POS,
    creditor: codiceFiscaleAsHeld(row.CF_ENTE),
    debtor: codiceFiscaleAsHeld(row.COD_DEB),
    iuv: iuvAsHeld(row.COD_IUV),
    numeroAvviso: numeroAvvisoAsHeld(row.COD_AVVISO),
    description: requiredText(row.CAUSALE, 'PAG_POSIZ.CAUSALE'),
    amount: euroCents(row.IMPORTO, 'PAG_POSIZ.IMPORTO'),
    dueOn: calendarDate(row.DATA_SCAD, 'PAG_POSIZ.DATA_SCAD'),
    status: statuses[row.STATO] ?? 'UNKNOWN',
    childKey: text(row.COD_ALUN) as ChildKey | null,
    instalment: year === 0 ? null : { year, number, rata },
    receipt: toReceipt(row),
  };
}

export function toPayment(row: PaymentRow): PaymentRecord | null {
  const receipt = toReceipt(row);
  if (receipt === null) return null;
  return {
    debtor: codiceFiscaleAsHeld(row.COD_DEB),
    numeroAvviso: numeroAvvisoAsHeld(row.COD_AVVISO),
    description: requiredText(row.CAUSALE, 'PAG_POSIZ.CAUSALE'),
    receipt,
  };
}

/** The rows of one kind, one a field; a kind without fields has one row without a field. */
export function toKind(rows: readonly KindRow[]): PaymentKindRecord | null {
  const [first] = rows;
  if (first === undefined) return null;
  return {
    code: first.COD_TIPO.trim(),
    name: requiredText(first.DESCR, 'PAG_TIPI.DESCR'),
    fields: rows.filter((row) => row.COD_CAMPO !== null).map(toField),
  };
}

function toReceipt(row: ReceiptColumns): ReceiptRecord | null {
  if (row.ID_RICEV === null) return null;
  return {
    receiptId: row.ID_RICEV.trim(),
    // A getter, as clocks of Rome take their time and lists of debts are seldom asked when they were paid.
    get paidAt() {
      return localInstant(row.DATA_PAG, 'PAG_RICEV.DATA_PAG');
    },
    amount: euroCents(row.IMP_RICEV, 'PAG_RICEV.IMPORTO'),
    pspName: text(row.PSP) ?? 'non indicato',
    payerName: text(row.NOM_PAG),
    payer: codiceFiscale(row.COD_PAG),
  };
}

function toField(row: KindRow): PaymentKindRecord['fields'][number] {
  const options = text(row.OPZIONI);
  return {
    code: requiredText(row.COD_CAMPO, 'PAG_TIPI_CAMPI.COD_CAMPO'),
    input: inputs[row.COD_CAMPO?.trim() ?? ''] ?? null,
    label: requiredText(row.ETICH, 'PAG_TIPI_CAMPI.ETICH'),
    help: text(row.AIUTO),
    required: flag(row.OBBLIGO ?? 0, 'PAG_TIPI_CAMPI.OBBLIGO'),
    hidden: flag(row.NASCOSTO ?? 0, 'PAG_TIPI_CAMPI.NASCOSTO'),
    options: options === null ? [] : options.split(';').map((option) => option.trim()),
  };
}

// [PORTAL] facts §3.5 has these fields; the codes are ours, as README.md lists them.
const inputs: Readonly<Record<string, PaymentKindInput>> = {
  CF_PIVA: 'payerCodice',
  RAG_SOC: 'payerName',
  EMAIL: 'email',
  COD_UTENTE: 'userCode',
  BENEFICIARIO: 'beneficiaryName',
  PERIODO: 'period',
  STRUTTURA: 'school',
  ALTRI_DATI: 'notes',
  IMPORTO: 'amount',
};

// Codes of ours; README.md lists them.
const statuses: Readonly<Record<string, PositionStatus>> = {
  AP: 'PAYABLE',
  PA: 'PAID',
  SC: 'EXPIRED',
  AN: 'CANCELLED',
};

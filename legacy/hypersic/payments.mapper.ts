import { keepIncomplete } from '../../core/unreadable.ts';
import {
  codiceFiscaleAsHeld,
  iuvAsHeld,
  numeroAvvisoAsHeld,
  romeLocalToInstant,
} from '../../core/values/index.ts';
import type { ChildKey } from '../ports/anagrafe.port.ts';
import type {
  DebtRecord,
  PaymentCursor,
  PaymentKindCursor,
  PaymentKindInput,
  PaymentKindRecord,
  PaymentRecord,
  PositionStatus,
  ReceiptRecord,
} from '../ports/payments.port.ts';
import { codiceFiscale, euroCents, flag, localTime, optionalDate, text, trimmed } from './formats.ts';
import { toKey } from './keys.ts';
import type { KindRow, PaymentRow, PositionRow, ReceiptColumns } from './payments.statements.ts';
import { contractBroken } from './wire/errors.ts';
import { readRows, unlessBroken } from './wire/read-rows.ts';

export function toDebt(row: PositionRow): DebtRecord {
  const { ANNO_FATT: year, NUM_FATT: number, NUM_RATA: rata } = row;
  return {
    key: toKey(row.ID_POS),
    creditor: codiceFiscaleAsHeld(trimmed(row.CF_ENTE)),
    debtor: codiceFiscaleAsHeld(trimmed(row.COD_DEB)),
    iuv: iuvAsHeld(trimmed(row.COD_IUV)),
    numeroAvviso: numeroAvvisoAsHeld(trimmed(row.COD_AVVISO)),
    description: trimmed(row.CAUSALE),
    amount: euroCents(row.IMPORTO, 'PAG_POSIZ.IMPORTO'),
    dueOn: optionalDate('dueOn', row.DATA_SCAD, 'PAG_POSIZ.DATA_SCAD'),
    status: statuses[trimmed(row.STATO)] ?? 'UNKNOWN',
    childKey: text(row.COD_ALUN) as ChildKey | null,
    instalment: !year ? null : { year, number, rata },
    receipt: unlessBroken('receipt', () => toReceipt(row)),
  };
}

export function toPayment(row: PaymentRow): PaymentRecord {
  const receipt = toReceipt(row) ?? contractBroken('PAG_RICEV.ID_RICEV', 'a key');
  return {
    debtor: codiceFiscaleAsHeld(trimmed(row.COD_DEB)),
    numeroAvviso: numeroAvvisoAsHeld(trimmed(row.COD_AVVISO)),
    description: trimmed(row.CAUSALE),
    receipt,
  };
}

export function toPaymentCursor(row: PaymentRow): PaymentCursor {
  return {
    receiptId: trimmed(row.ID_RICEV),
    paidAt: romeLocalToInstant(localTime(row.DATA_PAG, 'PAG_RICEV.DATA_PAG')),
  };
}

export function toKindCursor({ COD_TIPO, DESCR }: KindRow): PaymentKindCursor {
  return { name: DESCR, code: COD_TIPO };
}

/** The rows of one kind, one for each field; a kind without fields has one row with a null field. */
export function toKind(rows: readonly [KindRow, ...KindRow[]]): PaymentKindRecord {
  const [first] = rows;
  const fields = readRows(
    rows.filter((row) => row.COD_CAMPO !== null),
    toField,
  );
  return keepIncomplete(fields, {
    code: trimmed(first.COD_TIPO),
    name: trimmed(first.DESCR),
    fields,
  });
}

function toReceipt(row: ReceiptColumns): ReceiptRecord | null {
  if (row.ID_RICEV === null) return null;
  const local = localTime(row.DATA_PAG, 'PAG_RICEV.DATA_PAG');
  return {
    receiptId: trimmed(row.ID_RICEV),
    // A getter: converting Rome's local time costs time, and lists of debts rarely need the day of payment.
    get paidAt() {
      return romeLocalToInstant(local);
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
    code: trimmed(row.COD_CAMPO),
    input: inputs[trimmed(row.COD_CAMPO)] ?? null,
    label: trimmed(row.ETICH),
    help: text(row.AIUTO),
    required: flag(row.OBBLIGO ?? 0, 'PAG_TIPI_CAMPI.OBBLIGO'),
    hidden: flag(row.NASCOSTO ?? 0, 'PAG_TIPI_CAMPI.NASCOSTO'),
    options: options === null ? [] : options.split(';').map((option) => option.trim()),
  };
}

// [PORTAL] facts §3.5 has these fields; the codes are our design, listed in README.md.
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

// The codes are our design; README.md lists them.
const statuses: Readonly<Record<string, PositionStatus>> = {
  AP: 'PAYABLE',
  PA: 'PAID',
  SC: 'EXPIRED',
  AN: 'CANCELLED',
};

import type { DataSource, EntityManager } from 'typeorm';
import { type Prepared, readPrepared } from '../../../core/internals/prepared-statements.ts';
import {
  type CalendarDate,
  type CodiceFiscale,
  type EuroCents,
  type Instant,
  type Iuv,
  type NumeroAvviso,
  toInstant,
} from '../../../core/values/index.ts';
import type { InstalmentKey } from '../../../legacy/ports/school-billing.port.ts';

/** A debt that pagoPA is collecting: until it ends, no other payment is possible. */
export interface Lock {
  readonly creditor: CodiceFiscale;
  readonly iuv: Iuv;
  /** The latest time at which pagoPA gives up. */
  readonly lockedUntil: Instant;
  /** The cart that is being paid; null if the payment has no cart of this gateway. */
  readonly cartId: string | null;
}

/** A receipt in our database. */
export interface HeldReceipt {
  readonly receiptId: string;
  readonly creditor: CodiceFiscale;
  readonly iuv: Iuv;
  readonly numeroAvviso: NumeroAvviso;
  readonly amount: EuroCents;
  readonly paidAt: Instant;
  readonly description: string;
  readonly pspName: string;
  readonly debtor: CodiceFiscale | null;
  readonly payer: CodiceFiscale | null;
  readonly payerName: string | null;
}

/** A debt made by a pagamento spontaneo, which GPD holds or held. */
export interface SpontaneousRecord {
  readonly id: number;
  readonly creditor: CodiceFiscale;
  readonly numeroAvviso: NumeroAvviso;
  readonly iuv: Iuv;
  readonly payer: CodiceFiscale;
  readonly payerName: string;
  readonly description: string;
  readonly amount: EuroCents;
  readonly dueOn: CalendarDate;
  /** CANCELLED: withdrawn because it was not paid in time. */
  readonly status: 'PAYABLE' | 'PAID' | 'CANCELLED';
  readonly instalments: readonly (InstalmentKey & { readonly childKey: string | null })[];
}

/** Our own records about debts, beside the legacy system's. */
export interface PaymentRecords {
  readonly locks: readonly Lock[];
  /** The receipt that settled each debt. */
  readonly receipts: readonly HeldReceipt[];
  readonly spontaneous: readonly SpontaneousRecord[];
}

/** Instants to the second, as the legacy system stores them: lists of both sort alike. */
export const heldReceipt = (alias: string) => `jsonb_build_object('receiptId', ${alias}.receipt_id,
  'creditor', ${alias}.creditor, 'iuv', ${alias}.iuv, 'numeroAvviso', ${alias}.numero_avviso, 'amount', ${alias}.amount,
  'paidAt', date_trunc('second', ${alias}.paid_at), 'description', ${alias}.description, 'pspName', ${alias}.psp_name,
  'debtor', ${alias}.debtor, 'payer', ${alias}.payer, 'payerName', ${alias}.payer_name)`;

const list = (item: string, from: string) => `(SELECT coalesce(jsonb_agg(${item}), '[]') FROM ${from})`;

/** `isWanted` selects rows of a table, which all have `iuv`; `spontaneous` selects spontaneous payments. */
const select = (isWanted: (alias: string) => string, isWantedSpontaneous: string) => `
  WITH mine AS (SELECT p.* FROM spontaneous_payment p WHERE p.state IN ('CREATED', 'WITHDRAWN') AND ${isWantedSpontaneous})
  SELECT ${list(
    `jsonb_build_object('creditor', a.creditor, 'iuv', a.iuv, 'lockedUntil', a.locked_until, 'cartId', a.cart_id)`,
    `payment_activation a WHERE a.locked_until > $2 AND ${isWanted('a')}`,
  )} AS locks,
  ${list(heldReceipt('r'), `payment_receipt r WHERE r.settles AND ${isWanted('r')}`)} AS receipts,
  ${list(
    `jsonb_build_object('id', m.id, 'creditor', m.creditor, 'numeroAvviso', m.numero_avviso, 'iuv', m.iuv,
       'payer', m.payer, 'payerName', m.payer_name, 'description', m.description, 'amount', m.amount, 'dueOn', m.due_on,
       'status', CASE WHEN EXISTS (SELECT 1 FROM settlement q WHERE q.iuv = m.iuv AND q.creditor = m.creditor) THEN 'PAID'
         WHEN m.state = 'WITHDRAWN' THEN 'CANCELLED' ELSE 'PAYABLE' END, 'instalments',
       ${list(
         `jsonb_build_object('year', t.year, 'number', t.number, 'rata', t.rata, 'childKey', t.child_key)`,
         'spontaneous_instalment t WHERE t.payment_id = m.id',
       )})`,
    'mine m',
  )} AS spontaneous`;

// A debt that a stranger made in another person's name is hidden from that person until it is paid.
export const recordsOfDebtor = {
  name: 'records_of_debtor',
  text: select(
    (alias) => `(${alias}.debtor = ANY($3::text[]) OR ${alias}.iuv IN (SELECT iuv FROM mine))`,
    `(p.owner = $1 OR (p.payer = $1 AND (EXISTS (SELECT 1 FROM payment_receipt q WHERE q.iuv = p.iuv AND q.creditor = p.creditor)
     OR EXISTS (SELECT 1 FROM settlement q WHERE q.iuv = p.iuv AND q.creditor = p.creditor))))`,
  ),
};
const recordsByIuv = {
  name: 'records_by_iuv',
  text: select((alias) => `${alias}.iuv = ANY($1::text[])`, 'p.iuv = ANY($1::text[])'),
};

/** Of all that somebody owes or made, and of what those owe who share their debts. One statement. */
export function ownRecordsOf(
  database: DataSource | EntityManager,
  debtor: CodiceFiscale,
  now: Date,
  givers: readonly CodiceFiscale[] = [],
): Promise<PaymentRecords> {
  return read(database, recordsOfDebtor, [debtor, now, [debtor, ...givers]]);
}

/** The records of certain debts, whoever owes them. One statement. */
export function ownRecordsByIuv(
  database: DataSource | EntityManager,
  iuvs: readonly Iuv[],
  now: Date,
): Promise<PaymentRecords> {
  return read(database, recordsByIuv, [iuvs, now]);
}

async function read(
  database: DataSource | EntityManager,
  statement: Prepared,
  values: readonly unknown[],
): Promise<PaymentRecords> {
  const [row] = await readPrepared<PaymentRecords>(database, statement, values);
  const { locks = [], receipts = [], spontaneous = [] } = row ?? {};
  return {
    locks: locks.map((lock) => ({ ...lock, lockedUntil: instantOf(lock.lockedUntil) })),
    receipts: receipts.map((receipt) => ({ ...receipt, paidAt: instantOf(receipt.paidAt) })),
    spontaneous,
  };
}

/** The instant in the database's JSON notation. */
export function instantOf(text: string): Instant {
  return toInstant(new Date(text));
}

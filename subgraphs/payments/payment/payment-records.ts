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

/** A debt that pagoPA collects at the moment: it lets nobody else pay it meanwhile. */
export interface Lock {
  readonly creditor: CodiceFiscale;
  readonly iuv: Iuv;
  /** When pagoPA gives up at the latest. */
  readonly lockedUntil: Instant;
  /** The cart that is being paid; null if the debt is paid without a cart of ours. */
  readonly cartId: string | null;
}

/** A receipt that we hold ourselves. */
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

/** A debt that somebody made by a pagamento spontaneo, and GPD holds or held. */
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
  /** CANCELLED: it was withdrawn because nobody paid it. */
  readonly status: 'PAYABLE' | 'PAID' | 'CANCELLED';
  readonly instalments: readonly InstalmentKey[];
}

/** What we know of debts beside the register. */
export interface PaymentRecords {
  readonly locks: readonly Lock[];
  /** The one that settled each debt. */
  readonly receipts: readonly HeldReceipt[];
  readonly spontaneous: readonly SpontaneousRecord[];
}

/** As the register keeps moments, to the second: lists of both have one order. */
export const heldReceipt = (alias: string) => `jsonb_build_object('receiptId', ${alias}.receipt_id,
  'creditor', ${alias}.creditor, 'iuv', ${alias}.iuv, 'numeroAvviso', ${alias}.numero_avviso, 'amount', ${alias}.amount,
  'paidAt', date_trunc('second', ${alias}.paid_at), 'description', ${alias}.description, 'pspName', ${alias}.psp_name,
  'debtor', ${alias}.debtor, 'payer', ${alias}.payer, 'payerName', ${alias}.payer_name)`;

const list = (item: string, from: string) => `(SELECT coalesce(jsonb_agg(${item}), '[]') FROM ${from})`;

/** `isWanted` of the rows of a table, which all have `iuv`; `spontaneous` of those that somebody made. */
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
         `jsonb_build_object('year', t.year, 'number', t.number, 'rata', t.rata)`,
         'spontaneous_instalment t WHERE t.payment_id = m.id',
       )})`,
    'mine m',
  )} AS spontaneous`;

// A debt that a stranger made in somebody's name is not theirs to see before it is paid.
export const recordsOfDebtor = {
  name: 'records_of_debtor',
  text: select(
    (alias) => `(${alias}.debtor = $1 OR ${alias}.iuv IN (SELECT iuv FROM mine))`,
    `(p.owner = $1 OR (p.payer = $1 AND (EXISTS (SELECT 1 FROM payment_receipt q WHERE q.iuv = p.iuv AND q.creditor = p.creditor)
     OR EXISTS (SELECT 1 FROM settlement q WHERE q.iuv = p.iuv AND q.creditor = p.creditor))))`,
  ),
};
const recordsByIuv = {
  name: 'records_by_iuv',
  text: select((alias) => `${alias}.iuv = ANY($1::text[])`, 'p.iuv = ANY($1::text[])'),
};

/** Of all that somebody owes or made. One statement. */
export function ownRecordsOf(
  database: DataSource | EntityManager,
  debtor: CodiceFiscale,
  now: Date,
): Promise<PaymentRecords> {
  return read(database, recordsOfDebtor, debtor, now);
}

/** Of certain debts, whoever owes them. One statement. */
export function ownRecordsByIuv(
  database: DataSource | EntityManager,
  iuvs: readonly Iuv[],
  now: Date,
): Promise<PaymentRecords> {
  return read(database, recordsByIuv, iuvs, now);
}

async function read(
  database: DataSource | EntityManager,
  statement: Prepared,
  of: unknown,
  now: Date,
): Promise<PaymentRecords> {
  const [row] = await readPrepared<PaymentRecords>(database, statement, [of, now]);
  const { locks = [], receipts = [], spontaneous = [] } = row ?? {};
  return {
    locks: locks.map((lock) => ({ ...lock, lockedUntil: instantOf(lock.lockedUntil) })),
    receipts: receipts.map((receipt) => ({ ...receipt, paidAt: instantOf(receipt.paidAt) })),
    spontaneous,
  };
}

/** As the database writes moments in JSON. */
export function instantOf(text: string): Instant {
  return toInstant(new Date(text));
}

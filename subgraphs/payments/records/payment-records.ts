import type { DataSource, EntityManager } from 'typeorm';
import { type Prepared, readPrepared } from '../../../core/internals/prepared-statements.ts';
import type { CodiceFiscale, Iuv } from '../../../core/values/index.ts';
import { isSettled } from '../../shared/settlements/settlement.store.ts';
import { type Lock, openLocks } from './activation.store.ts';
import { instantOf } from './instant-of.ts';
import { type HeldReceipt, hasReceipt, settlingReceipts } from './receipt.store.ts';
import { type SpontaneousRecord, shownPayments, spontaneousRecords } from './spontaneous.store.ts';

/** Our own records about debts, beside the legacy system's. */
export interface PaymentRecords {
  readonly locks: readonly Lock[];
  /** The receipt that settled each debt. */
  readonly receipts: readonly HeldReceipt[];
  readonly spontaneous: readonly SpontaneousRecord[];
}

/** `isWanted` selects rows of a table, which all have `iuv`; `isWantedSpontaneous` selects spontaneous payments. */
const select = (isWanted: (alias: string) => string, isWantedSpontaneous: string) => `
  WITH mine AS (${shownPayments(isWantedSpontaneous)})
  SELECT ${openLocks(isWanted, '$2')} AS locks, ${settlingReceipts(isWanted)} AS receipts,
    ${spontaneousRecords('mine')} AS spontaneous`;

// A debt that a stranger made in another person's name is hidden from that person until it is paid.
export const recordsOfDebtor = {
  name: 'records_of_debtor',
  text: select(
    (alias) => `(${alias}.debtor = ANY($3::text[]) OR ${alias}.iuv IN (SELECT iuv FROM mine))`,
    `(p.owner = $1 OR (p.payer = $1 AND (${hasReceipt('p.iuv', 'p.creditor')} OR ${isSettled('p.iuv', 'p.creditor')})))`,
  ),
};
const recordsByIuv = {
  name: 'records_by_iuv',
  text: select((alias) => `${alias}.iuv = ANY($1::text[])`, 'p.iuv = ANY($1::text[])'),
};

/** Our records of debts that `debtor` owes or made, and of those that `givers` owe. One statement. */
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

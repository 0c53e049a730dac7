import type { EntityManager } from 'typeorm';
import { AppError } from '../../../core/errors.ts';
import { orThrow } from '../../../core/unreadable.ts';
import type { CodiceFiscale } from '../../../core/values/index.ts';
import type { PagopaReceipt } from '../../shared/pagopa/pagopa.port.ts';
import type { Services } from '../../shared/request-context.ts';
import { createSettlements } from '../../shared/settlements/settlement.store.ts';
import { lockDebts } from '../records/lock-debts.ts';
import { findHeld, insertReceipt, type ReceiptSource, settledSoFar } from '../records/receipt.store.ts';
import type { ReceiptRemark } from '../records/receipt-remarks.ts';
import { settleItems } from '../records/session.store.ts';
import { findOwed, recordInstalments } from '../records/spontaneous-settling.store.ts';
import type { OwedDebt } from './owed-debt.ts';
import { remarksOf } from './receipt.rules.ts';
import { toReconciliationRow } from './reconciliation-row.ts';

type ReceiptServices = Pick<Services, 'database' | 'legacy' | 'clock' | 'log'>;

/**
 * Stores a receipt, from either source and however often it arrives, and settles its debt with the first one.
 *
 * Receipt, settlement, sessions and instalments are written in one transaction, and a repetition finds them
 * written. No payment is lost: a receipt of an unknown debt is stored, and so is one that arrives while the legacy
 * system is down.
 *
 * Errors: throws if nothing was stored.
 */
export async function receiveReceipt(
  services: ReceiptServices,
  receipt: PagopaReceipt,
  source: ReceiptSource,
): Promise<'new' | 'known'> {
  if (await findHeld(services.database, receipt)) {
    if (receipt.cartId !== null) await noteCart(services, receipt);
    return 'known';
  }
  const owed = await owedDebtOf(services, receipt);
  const remarks = await services.database.transaction((manager) =>
    keep(services, manager, receipt, source, owed),
  );
  if (remarks === null) return 'known';
  const { iuv } = receipt;
  const isOrphan = remarks.includes('UNKNOWN_DEBT');
  if (remarks.length === 0) services.log.info('payments.receipt.kept', { iuv, source });
  else
    services.log.warn(isOrphan ? 'payments.receipt.orphaned' : 'payments.receipt.remarks', {
      iuv,
      source,
      remarks,
    });
  return 'new';
}

/** Stores each of several receipts, even if another one fails. Errors: that of the first failure. */
export async function receiveReceipts(
  services: ReceiptServices,
  receipts: readonly PagopaReceipt[],
  source: ReceiptSource,
): Promise<void> {
  const errors: unknown[] = [];
  for (const receipt of receipts)
    await receiveReceipt(services, receipt, source).catch((error: unknown) => errors.push(error));
  if (errors.length > 0) throw errors[0];
}

/** The receipt service does not name the paid cart: the node's copy of the receipt may. */
async function noteCart({ database, clock }: ReceiptServices, receipt: PagopaReceipt): Promise<void> {
  await database.transaction(async (manager) => {
    await lockDebts(manager, [receipt]);
    await settleItems(manager, receipt, false, clock.now());
  });
}

/** The finding for the operator; null if the receipt was known. */
async function keep(
  { clock }: ReceiptServices,
  manager: EntityManager,
  receipt: PagopaReceipt,
  source: ReceiptSource,
  owed: OwedDebt | 'unreachable' | null,
): Promise<readonly ReceiptRemark[] | null> {
  const now = clock.now();
  await lockDebts(manager, [receipt]);
  if (await findHeld(manager, receipt)) return null;
  const { isPaid, isSettled } = await settledSoFar(manager, receipt);
  const { hasSession, payer } = await settleItems(manager, receipt, !isPaid, now);
  const remarks = remarksOf(receipt, owed, { isPaid, hasSession });
  const debtor =
    typeof owed === 'object' && owed !== null ? owed.debtor : (receipt.debtor?.codiceFiscale ?? null);
  await insertReceipt(manager, {
    ...{ receipt, source, debtor, settles: !isPaid, remarks, receivedAt: now },
    // The person who started the cart's session paid, if pagoPA names nobody.
    payer: receipt.payer?.codiceFiscale ?? payer,
  });
  if (isPaid) return remarks;
  if (!isSettled) await settle(manager, receipt, debtor, owed, now);
  await recordInstalments(manager, receipt.creditor, [receipt.iuv]);
  return remarks;
}

/** Adds the settlement, unless reconciliation has already recorded this payment. */
async function settle(
  manager: EntityManager,
  receipt: PagopaReceipt,
  debtor: CodiceFiscale | null,
  owed: OwedDebt | 'unreachable' | null,
  now: Date,
): Promise<void> {
  const { creditor, iuv, amount, receiptId } = receipt;
  const record = toReconciliationRow(receipt, debtor, typeof owed === 'object' ? owed : null);
  await createSettlements(manager).record(
    [
      {
        creditor,
        iuv,
        debtor,
        amount,
        paidOn: record.paidOn,
        source: 'RECEIPT',
        evidence: receiptId,
        record,
      },
    ],
    now,
  );
}

/** The debt in our records or in the legacy system's; null if neither knows it. */
async function owedDebtOf(
  { database, legacy, log }: ReceiptServices,
  { creditor, iuv }: PagopaReceipt,
): Promise<OwedDebt | 'unreachable' | null> {
  const own = await findOwed(database, { creditor, iuv });
  if (own !== null) return { ...own, paidInLegacy: false, legacyReceiptId: null };
  try {
    const debt = orThrow((await legacy.payments.debtsByIuv([iuv], []))[0] ?? null);
    if (debt === null || debt.creditor !== creditor) return null;
    return {
      debtor: debt.debtor,
      amount: debt.amount,
      description: debt.description,
      instalments: debt.instalment === null ? [] : [debt.instalment],
      paidInLegacy: debt.status === 'PAID',
      legacyReceiptId: debt.receipt?.receiptId ?? null,
    };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log.warn('payments.receipt.register', { code: error.code });
    return 'unreachable';
  }
}

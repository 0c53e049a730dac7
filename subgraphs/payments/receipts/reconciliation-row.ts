import { type CodiceFiscale, romeDateOf } from '../../../core/values/index.ts';
import type { ReconciliationRow } from '../../../legacy/ports/reconciliation.port.ts';
import type { PagopaReceipt } from '../../shared/pagopa/pagopa.port.ts';
import type { OwedDebt } from './owed-debt.ts';

/** A receipt as a reconciliation row, before the bank's settlement flow is known. */
export function toReconciliationRow(
  receipt: PagopaReceipt,
  debtor: CodiceFiscale | null,
  owed: OwedDebt | null,
): ReconciliationRow {
  const instalments = owed?.instalments ?? [];
  const only = instalments.length === 1 ? instalments[0] : undefined;
  return {
    serviceCode: 'PAGOPA',
    serviceDescription: null,
    debtorReference: null,
    debtor,
    debtorName: receipt.debtor?.name ?? null,
    debtReference: only === undefined ? null : `${only.year}/${only.number}`,
    issuedOn: null,
    description: owed?.description ?? receipt.description,
    debtAmount: owed?.amount ?? null,
    instalmentReference: only === undefined ? null : String(only.rata),
    numeroAvviso: receipt.numeroAvviso,
    iuv: receipt.iuv,
    dueOn: null,
    paidOn: romeDateOf(new Date(receipt.paidAt)),
    paidAmount: receipt.amount,
    pspName: receipt.pspName,
    paymentMethod: receipt.paymentMethod,
    iban: null,
    // The settlement flow refers to the payment by the receipt's id: until it arrives, the id takes its place.
    flowId: receipt.receiptId,
    flowDate: null,
    notes: instalments.map(({ year, number, rata }) => `${year}/${number}/${rata}`).join(' ') || null,
    quotas: [],
  };
}

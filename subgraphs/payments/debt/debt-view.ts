import type { Instant } from '../../../core/values/index.ts';
import type { DebtRecord, ReceiptRecord } from '../../../legacy/ports/payments.port.ts';
import type { InstalmentKey } from '../../../legacy/ports/school-billing.port.ts';
import type { Settled } from '../../shared/settlements/settlements.ts';
import type { HeldReceipt, PaymentRecords, SpontaneousRecord } from '../payment/payment-records.ts';
import type { DebtStatus } from './debt-status.type.ts';

/** A debt with all that is known of it: by the register, receipts and reconciliation, and pagoPA's activation. */
export interface DebtView extends Omit<DebtRecord, 'key' | 'status'> {
  /** The register's, or `S` and ours. */
  readonly key: number | string;
  readonly status: DebtStatus;
  readonly lockedUntil: Instant | null;
  /** The cart that pagoPA collects for; null if it collects nothing, or without a cart of ours. */
  readonly cartId: string | null;
  readonly isSpontaneous: boolean;
  /** As somebody typed it who made the debt; null for the register's own, which names nobody. */
  readonly debtorName: string | null;
  /** Every instalment that it pays. */
  readonly instalments: readonly InstalmentKey[];
}

/** Lays what we know over what the register shows, and adds what only we know. In the register's order, then ours. */
export function toDebtViews(
  debts: readonly DebtRecord[],
  settled: readonly Settled[],
  own: PaymentRecords,
): readonly DebtView[] {
  const stand = debtStateIn(settled, own);
  return [
    ...debts.map((debt) => ({
      ...debt,
      ...stand(debt),
      isSpontaneous: false,
      debtorName: null,
      instalments: debt.instalment === null ? [] : [debt.instalment],
    })),
    ...own.spontaneous.map((record) => {
      const debt = toDebtRecord(record);
      const { instalments, payerName: debtorName } = record;
      return { ...debt, ...stand(debt), isSpontaneous: true, debtorName, instalments };
    }),
  ];
}

export function toReceiptRecord(receipt: HeldReceipt): ReceiptRecord {
  const { receiptId, paidAt, amount, pspName, payerName, payer } = receipt;
  return { receiptId, paidAt, amount, pspName, payerName, payer };
}

type DebtState = Pick<DebtView, 'status' | 'lockedUntil' | 'cartId' | 'receipt'>;
type Debt = Omit<DebtRecord, 'key'> & { readonly key: number | string };

/** Money that came makes a debt PAID, whatever it was before; one that pagoPA is collecting is locked. */
function debtStateIn(settled: readonly Settled[], own: PaymentRecords): (debt: Debt) => DebtState {
  const noticeKeyOf = ({ creditor, iuv }: Pick<Debt, 'creditor' | 'iuv'>) => `${creditor}/${iuv}`;
  const receipts = new Map(own.receipts.map((receipt) => [noticeKeyOf(receipt), toReceiptRecord(receipt)]));
  const locks = new Map(own.locks.map((lock) => [noticeKeyOf(lock), lock]));
  const paid = new Set(settled.filter(({ instalment }) => !instalment).map(({ iuv }) => iuv));
  return (debt) => {
    const receipt = receipts.get(noticeKeyOf(debt)) ?? debt.receipt;
    if (receipts.has(noticeKeyOf(debt)) || paid.has(debt.iuv) || debt.status === 'PAID')
      return { status: 'PAID', lockedUntil: null, cartId: null, receipt };
    const lock = locks.get(noticeKeyOf(debt));
    if (lock === undefined) return { status: debt.status, lockedUntil: null, cartId: null, receipt };
    const { lockedUntil, cartId } = lock;
    return { status: 'PAYMENT_IN_PROGRESS', lockedUntil, cartId, receipt };
  };
}

/** Payable after its day too, until it is withdrawn: so GPD has it, and its instalment is paid by nothing else. */
function toDebtRecord(record: SpontaneousRecord): Debt {
  const { id, creditor, numeroAvviso, iuv, payer, description, amount, dueOn, status, instalments } = record;
  const [instalment = null, ...more] = instalments;
  return {
    key: `S${id}`,
    creditor,
    debtor: payer,
    iuv,
    numeroAvviso,
    description,
    amount,
    dueOn,
    status,
    childKey: null,
    instalment: more.length > 0 ? null : instalment,
    receipt: null,
  };
}

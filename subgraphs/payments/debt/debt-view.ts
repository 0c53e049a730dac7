import type { CodiceFiscale, Instant } from '../../../core/values/index.ts';
import type { DebtRecord, ReceiptRecord } from '../../../legacy/ports/payments.port.ts';
import type { InstalmentKey } from '../../../legacy/ports/school-billing.port.ts';
import { type Entitlement, isHiddenKey } from '../../shared/entitlement.ts';
import type { Settled } from '../../shared/settlements/settlement.store.ts';
import type { PaymentRecords } from '../records/payment-records.ts';
import type { HeldReceipt } from '../records/receipt.store.ts';
import type { SpontaneousRecord } from '../records/spontaneous.store.ts';
import type { DebtStatus } from './debt-status.type.ts';

/**
 * A debt with everything known of it: from the legacy system, receipts, reconciliation and pagoPA's activation.
 */
export interface DebtView extends Omit<DebtRecord, 'key' | 'status'> {
  /** The legacy system's key, or `S` and our own. */
  readonly key: string;
  readonly status: DebtStatus;
  readonly lockedUntil: Instant | null;
  /**
   * The cart that pagoPA collects for; null if it collects nothing, or collects without a cart of this gateway.
   */
  readonly cartId: string | null;
  readonly isSpontaneous: boolean;
  /**
   * The debtor's name as typed by the person who made the debt; null for debts of the legacy system, which holds
   * no name.
   */
  readonly debtorName: string | null;
  /** Every instalment that it pays. */
  readonly instalments: readonly PaidInstalment[];
  /** Whether another person owes it and shares it with the caller. */
  readonly isShared: boolean;
  /** Whether the caller may start to pay it: their own, or shared with PAYING. */
  readonly mayPay: boolean;
  /** Whether the caller may see the whole receipt: as debtor or payer. */
  readonly isReceiptVisible: boolean;
}

/** An instalment, with the child that it is for where that is known. */
type PaidInstalment = InstalmentKey & { readonly childKey?: string | null };

/** The legacy system's key of the child that a debt is for. */
export function childKeyOfDebt({
  childKey,
  instalments,
}: Pick<DebtView, 'childKey' | 'instalments'>): string | null {
  return childKey ?? instalments.find((one) => one.childKey != null)?.childKey ?? null;
}

/**
 * Whether a debt that somebody made concerns a child that does not exist for the caller. A debt that pays an
 * instalment of an unknown child is hidden from every caller for whom some child is blocked.
 */
export function isHiddenSpontaneous(
  entitlement: Entitlement,
  { instalments }: Pick<SpontaneousRecord, 'instalments'>,
): boolean {
  return instalments.some(({ childKey }) =>
    childKey === null ? entitlement.blocks.length > 0 : isHiddenKey(entitlement, childKey),
  );
}

const asOwn = { isShared: false, mayPay: true, isReceiptVisible: true } as const;

/** The legacy system's debts in its order, completed with our own records; then the debts that only we know. */
export function toDebtViews(
  debts: readonly DebtRecord[],
  settled: readonly Settled[],
  own: PaymentRecords,
): readonly DebtView[] {
  const stateOf = debtStateIn(settled, own);
  return [
    ...debts.map((debt) => ({
      ...debt,
      ...stateOf(debt),
      ...asOwn,
      isSpontaneous: false,
      debtorName: null,
      instalments: debt.instalment === null ? [] : [debt.instalment],
    })),
    ...own.spontaneous.map((record) => {
      const debt = toDebtRecord(record);
      const { instalments, payerName: debtorName } = record;
      return { ...debt, ...stateOf(debt), ...asOwn, isSpontaneous: true, debtorName, instalments };
    }),
  ];
}

type OwnReceipt = ReceiptRecord & Partial<Pick<HeldReceipt, 'isPayersOwn'>>;

export function toReceiptRecord(receipt: HeldReceipt): OwnReceipt {
  const { receiptId, paidAt, amount, pspName, payerName, payer, isPayersOwn } = receipt;
  return { receiptId, paidAt, amount, pspName, payerName, payer, isPayersOwn };
}

/**
 * A receipt as its debtor or its payer sees it: a debtor is not shown the person who paid by a session of their own.
 */
export function receiptFor(person: CodiceFiscale, receipt: OwnReceipt): ReceiptRecord {
  const isOfOther = receipt.isPayersOwn === true && receipt.payer !== person;
  return isOfOther ? { ...receipt, payer: null, payerName: null } : receipt;
}

type DebtState = Pick<DebtView, 'status' | 'lockedUntil' | 'cartId' | 'receipt'>;
type Debt = Omit<DebtRecord, 'key'> & { readonly key: string };

/** A received payment makes a debt PAID, whatever its status was; pagoPA's collection locks it. */
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

/** Payable after its due day too, until it is withdrawn: GPD accepts it, and nothing else pays its instalment. */
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

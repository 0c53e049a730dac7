import { ContractBroken, keepIncomplete } from '../../../core/unreadable.ts';
import type { CalendarDate, CodiceFiscale } from '../../../core/values/index.ts';
import type { Page, PageRequest } from '../../../legacy/ports/page.ts';
import type { PaymentCursor, PaymentRecord } from '../../../legacy/ports/payments.port.ts';
import { entitlementOf, hiddenChildren, isHiddenKey } from '../../shared/entitlement.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import { receiptFor, toReceiptRecord } from '../debt/debt-view.ts';
import { type PersonalReceipt, receiptsOfPerson } from '../records/receipt.store.ts';

interface Range {
  readonly from: CalendarDate | null;
  readonly to: CalendarDate | null;
}

/**
 * Payments that a person made, or that were made for them: our receipts, and those that only the legacy system
 * has. A payment in both is listed once, as ours. One statement to each.
 */
export async function paymentPage(
  context: RequestContext,
  payer: CodiceFiscale,
  range: Range,
  request: PageRequest<PaymentCursor>,
): Promise<Page<PaymentRecord, PaymentCursor>> {
  const held = await withoutHidden(context, await receiptsOfPerson(context.database, payer, range));
  const [legacyPage] = await context.legacy.payments.paymentsOf([payer], range, request, {
    receiptIds: held.map(({ receiptId }) => receiptId),
    // If our receipt settled a debt, the legacy system's payment of that debt is the same one.
    iuvs: held.filter(({ settles }) => settles).map(({ iuv }) => iuv),
    hidden: await hiddenChildren(context),
  });
  const known = legacyPage ?? { rows: [], totalCount: 0, hasNextPage: false, hasPreviousPage: false };
  const { after, first } = request;
  const ours = held.map(toPaymentRecord);
  const next = ours.filter(({ receipt }) => after === null || isNewer(after, receipt));
  const rows = [...known.rows, ...next].sort((a, b) => (isNewer(a.receipt, b.receipt) ? -1 : 1));
  return keepIncomplete(known, {
    rows: rows.slice(0, first).map((row) => ({ ...row, receipt: receiptFor(payer, row.receipt) })),
    totalCount: known.totalCount + ours.length,
    hasNextPage: known.hasNextPage || rows.length > first,
    hasPreviousPage: known.hasPreviousPage || next.length < ours.length,
  });
}

/**
 * Without the receipts of children that do not exist for the caller. The debts are read even if there is no such
 * child, so that the statements are always the same.
 */
async function withoutHidden(
  context: RequestContext,
  held: readonly PersonalReceipt[],
): Promise<readonly PersonalReceipt[]> {
  if (held.length === 0) return held;
  const iuvs = held.map(({ iuv }) => iuv);
  const [entitlement, debts] = await Promise.all([
    entitlementOf(context),
    context.legacy.payments.debtsByIuv(iuvs, []),
  ]);
  if (entitlement.blocks.length === 0) return held;
  return held.filter(({ childKeys }, position) => {
    const debt = debts[position] ?? null;
    // A debt that cannot be read may be a hidden child's.
    if (debt instanceof ContractBroken) return false;
    const keys = [...childKeys, ...(debt?.childKey == null ? [] : [debt.childKey])];
    return !keys.some((key) => key === '' || isHiddenKey(entitlement, key));
  });
}

function toPaymentRecord(held: PersonalReceipt): PaymentRecord {
  const { debtor, payer, numeroAvviso, description } = held;
  // The person of the list is one of the two.
  const owed = debtor ?? (payer as CodiceFiscale);
  return { debtor: owed, numeroAvviso, description, receipt: toReceiptRecord(held) };
}

/** The list's order: newest first, then by receipt, descending. */
function isNewer(a: PaymentCursor, b: PaymentCursor): boolean {
  return a.paidAt === b.paidAt ? a.receiptId > b.receiptId : a.paidAt > b.paidAt;
}

import { keepIncomplete } from '../../../core/unreadable.ts';
import type { CalendarDate, CodiceFiscale } from '../../../core/values/index.ts';
import type { Page, PageRequest } from '../../../legacy/ports/page.ts';
import type { PaymentCursor, PaymentRecord } from '../../../legacy/ports/payments.port.ts';
import type { RequestContext } from '../../shared/request-context.ts';
import { toReceiptRecord } from '../debt/debt-view.ts';
import { type HeldReceipt, heldReceipt, instantOf } from '../debt/payment-records.ts';

interface Range {
  readonly from: CalendarDate | null;
  readonly to: CalendarDate | null;
}
type Held = HeldReceipt & { readonly settles: boolean };

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
  const held = await heldReceiptsOf(context, payer, range);
  const [register] = await context.legacy.payments.paymentsOf([payer], range, request, {
    receiptIds: held.map(({ receiptId }) => receiptId),
    // If our receipt settled a debt, the legacy system's payment of that debt is the same one.
    iuvs: held.filter(({ settles }) => settles).map(({ iuv }) => iuv),
  });
  const known = register ?? { rows: [], totalCount: 0, hasNextPage: false, hasPreviousPage: false };
  const { after, first } = request;
  const ours = held.map(toPaymentRecord);
  const next = ours.filter(({ receipt }) => after === null || isNewer(after, receipt));
  const rows = [...known.rows, ...next].sort((a, b) => (isNewer(a.receipt, b.receipt) ? -1 : 1));
  return keepIncomplete(known, {
    rows: rows.slice(0, first),
    totalCount: known.totalCount + ours.length,
    hasNextPage: known.hasNextPage || rows.length > first,
    hasPreviousPage: known.hasPreviousPage || next.length < ours.length,
  });
}

async function heldReceiptsOf(
  { database }: RequestContext,
  payer: CodiceFiscale,
  { from, to }: Range,
): Promise<readonly Held[]> {
  const rows = await database.query<{ receipt: HeldReceipt; settles: boolean }[]>(
    `SELECT ${heldReceipt('r')} AS receipt, r.settles FROM payment_receipt r
     WHERE (r.debtor = $1 OR r.payer = $1) AND ($2::date IS NULL OR r.paid_at >= $2::date::timestamp AT TIME ZONE 'Europe/Rome')
       AND ($3::date IS NULL OR r.paid_at < ($3::date + 1)::timestamp AT TIME ZONE 'Europe/Rome')`,
    [payer, from, to],
  );
  return rows.map(({ receipt, settles }) => ({ ...receipt, paidAt: instantOf(receipt.paidAt), settles }));
}

function toPaymentRecord(held: Held): PaymentRecord {
  const { debtor, payer, numeroAvviso, description } = held;
  // The person of the list is one of the two.
  const owed = debtor ?? (payer as CodiceFiscale);
  return { debtor: owed, numeroAvviso, description, receipt: toReceiptRecord(held) };
}

/** The list's order: newest first, then by receipt, descending. */
function isNewer(a: PaymentCursor, b: PaymentCursor): boolean {
  return a.paidAt === b.paidAt ? a.receiptId > b.receiptId : a.paidAt > b.paidAt;
}

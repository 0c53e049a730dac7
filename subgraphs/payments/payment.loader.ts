import type { CalendarDate, CodiceFiscale } from '../../core/values/index.ts';
import type { Page, PageRequest } from '../../legacy/ports/page.ts';
import type { PaymentCursor, PaymentRecord } from '../../legacy/ports/payments.port.ts';
import type { Scope } from '../skeleton/scope.ts';

interface Range {
  readonly from: CalendarDate | null;
  readonly to: CalendarDate | null;
}

/** What somebody paid, or was paid for them, newest first. One statement. */
export async function paymentPage(
  { legacy }: Scope,
  payer: CodiceFiscale,
  range: Range,
  request: PageRequest<PaymentCursor>,
): Promise<Page<PaymentRecord>> {
  const [page] = await legacy.payments.paymentsOf([payer], range, request);
  return page ?? { rows: [], totalCount: 0, hasNextPage: false, hasPreviousPage: false };
}

import type { DebtView } from '../debt/debt-view.ts';
import type { NotPayableCode } from './payment-problems.ts';

/** The reason why a debt cannot be paid now; null if it can. */
export function whyNotPayable({
  status,
  amount,
}: Pick<DebtView, 'status' | 'amount'>): NotPayableCode | null {
  switch (status) {
    case 'PAYABLE':
      return amount > 0 ? null : 'DEBT_STATUS_UNKNOWN';
    case 'PAID':
      return 'DEBT_PAID';
    case 'PAYMENT_IN_PROGRESS':
      return 'PAYMENT_IN_PROGRESS';
    case 'EXPIRED':
      return 'DEBT_EXPIRED';
    case 'CANCELLED':
      return 'DEBT_CANCELLED';
    case 'UNKNOWN':
      return 'DEBT_STATUS_UNKNOWN';
  }
}

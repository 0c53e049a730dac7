import { expect, it } from '@jest/globals';
import { whyNotPayable } from '../../../../subgraphs/payments/sessions/payable.rules.ts';

it.each([
  ['PAYABLE', 1, null],
  // Nothing is left to pay, whatever the legacy system says of it.
  ['PAYABLE', 0, 'DEBT_STATUS_UNKNOWN'],
  ['PAYABLE', -5, 'DEBT_STATUS_UNKNOWN'],
  ['PAID', 100, 'DEBT_PAID'],
  ['PAYMENT_IN_PROGRESS', 100, 'PAYMENT_IN_PROGRESS'],
  ['EXPIRED', 100, 'DEBT_EXPIRED'],
  ['CANCELLED', 100, 'DEBT_CANCELLED'],
  ['UNKNOWN', 100, 'DEBT_STATUS_UNKNOWN'],
] as const)('a debt that is %s, of %i cents, is not payable for the reason %s', (status, amount, why) => {
  expect(whyNotPayable({ status, amount: amount as never })).toBe(why);
});

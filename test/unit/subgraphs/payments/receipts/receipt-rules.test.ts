import { describe, expect, it } from '@jest/globals';
import type { OwedDebt } from '../../../../../subgraphs/payments/receipts/owed-debt.ts';
import { remarksOf } from '../../../../../subgraphs/payments/receipts/receipt.rules.ts';

const receipt = { receiptId: 'R1', amount: 4_610 } as Parameters<typeof remarksOf>[0];
const owed = {
  ...{ debtor: 'RSSCLD84C52A794Q', amount: 4_610, description: 'Mensa', instalments: [] },
  ...{ paidInLegacy: false, legacyReceiptId: null },
} as unknown as OwedDebt;
const first = { isPaid: false, hasSession: true };

describe('the remarks of a receipt', () => {
  it.each([
    ['as it was owed', owed, first, []],
    ['of one cent more', { ...owed, amount: 4_609 }, first, ['AMOUNT_DIFFERS']],
    ['of one cent less', { ...owed, amount: 4_611 }, first, ['AMOUNT_DIFFERS']],
    ['of no debt', null, first, ['UNKNOWN_DEBT']],
    ['while the legacy system is down', 'unreachable', first, ['REGISTER_UNREACHABLE']],
    ['without a session', owed, { ...first, hasSession: false }, ['NO_SESSION']],
    ['of a debt that was paid', owed, { ...first, isPaid: true }, ['DOUBLE_PAYMENT']],
    // The very receipt that the legacy system has is no contradiction.
    ['that the legacy system has', { ...owed, paidInLegacy: true, legacyReceiptId: 'R1' }, first, []],
    [
      'beside another in the legacy system',
      { ...owed, paidInLegacy: true, legacyReceiptId: 'R2' },
      first,
      ['PAID_IN_REGISTER'],
    ],
    [
      'of a debt that the legacy system has as paid without one',
      { ...owed, paidInLegacy: true },
      first,
      ['PAID_IN_REGISTER'],
    ],
    ['that the legacy system has of an open debt', { ...owed, legacyReceiptId: 'R2' }, first, []],
  ] as const)('%s', (_, debt, state, remarks) => {
    expect(remarksOf(receipt, debt as OwedDebt | 'unreachable' | null, state)).toEqual(remarks);
  });
});

import { describe, expect, it } from '@jest/globals';
import type { EuroCents } from '../../../../../core/values/index.ts';
import { describeReview } from '../../../../../subgraphs/payments/receipts/review-receipts.ts';

const receipt = {
  receivedAt: new Date('2026-10-12T08:00:00Z'),
  creditor: '00300120169',
  iuv: '01000002600731190',
  numeroAvviso: '301000002600731190',
  receiptId: 'r-1',
  amount: 4615 as EuroCents,
  remarks: ['NO_SESSION'] as const,
};

describe('a review of receipts', () => {
  it('says that there is nothing', () => {
    expect(describeReview([])).toBe('Nothing to look at.');
  });

  it('counts each finding that there is, and lists the receipts', () => {
    const other = { ...receipt, receiptId: 'r-2', remarks: ['DOUBLE_PAYMENT', 'NO_SESSION'] as const };
    expect(describeReview([receipt, other]).split('\n')).toEqual([
      'DOUBLE_PAYMENT: 1, the debt was paid before with another receipt: money to give back',
      'NO_SESSION: 2, paid elsewhere, without a session here',
      '2026-10-12T08:00:00.000Z IUV 01000002600731190 receipt r-1 46,15 EUR NO_SESSION',
      '2026-10-12T08:00:00.000Z IUV 01000002600731190 receipt r-2 46,15 EUR DOUBLE_PAYMENT NO_SESSION',
    ]);
  });
});

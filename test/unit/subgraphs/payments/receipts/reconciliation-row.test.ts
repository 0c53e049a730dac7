import { describe, expect, it } from '@jest/globals';
import {
  type CodiceFiscale,
  type EuroCents,
  parseIuv,
  parseNumeroAvviso,
  toInstant,
} from '../../../../../core/values/index.ts';
import type { OwedDebt } from '../../../../../subgraphs/payments/receipts/owed-debt.ts';
import { toReconciliationRow } from '../../../../../subgraphs/payments/receipts/reconciliation-row.ts';

const claudia = 'RSSCLD84C52A794Q' as CodiceFiscale;
const receipt = {
  receiptId: 'r-1',
  creditor: '00300120169' as CodiceFiscale,
  numeroAvviso: parseNumeroAvviso('301000002600731190'),
  iuv: parseIuv('01000002600731190'),
  amount: 4615 as EuroCents,
  // A quarter past midnight in Rome.
  paidAt: toInstant(new Date('2026-10-11T22:15:00Z')),
  description: 'Mensa di ottobre',
  pspName: 'Banca di prova',
  paymentMethod: 'CP',
  debtor: { codiceFiscale: claudia, name: 'Claudia Rossi' },
  payer: null,
  cartId: null,
};
const owed: OwedDebt = {
  debtor: claudia,
  amount: 4600 as EuroCents,
  description: 'Mensa',
  instalments: [],
  paidInLegacy: false,
  legacyReceiptId: null,
};
const rata = (number: number) => ({ year: 2026, number, rata: 2 });

describe('a receipt as a reconciliation row', () => {
  it('names its invoice and instalment if it pays one', () => {
    expect(toReconciliationRow(receipt, claudia, { ...owed, instalments: [rata(731)] })).toMatchObject({
      debtReference: '2026/731',
      instalmentReference: '2',
      notes: '2026/731/2',
      description: 'Mensa',
      debtAmount: 4600,
      paidAmount: 4615,
      paidOn: '2026-10-12',
      flowId: 'r-1',
    });
  });

  it('lists several instalments in its notes only', () => {
    const row = toReconciliationRow(receipt, claudia, { ...owed, instalments: [rata(731), rata(732)] });
    expect([row.debtReference, row.instalmentReference, row.notes]).toEqual([
      null,
      null,
      '2026/731/2 2026/732/2',
    ]);
  });

  it('says what the receipt says of an unknown debt', () => {
    expect(toReconciliationRow(receipt, null, null)).toMatchObject({
      debtor: null,
      debtorName: 'Claudia Rossi',
      debtReference: null,
      description: 'Mensa di ottobre',
      debtAmount: null,
      notes: null,
    });
  });
});

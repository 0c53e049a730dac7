import { beforeAll, describe, expect, it } from '@jest/globals';
import { orThrow } from '../../core/unreadable.ts';
import { parseCalendarDate } from '../../core/values/index.ts';
import { alone } from '../support/people.ts';
import { basis, type Contract, first, ofClaudia, ofMarco, ofPaolo } from './contract.ts';

export function describePayments(contract: () => Contract): void {
  describe('payments', () => {
    let legacy: Contract['legacy'];
    let counted: Contract['counted'];
    beforeAll(() => {
      ({ legacy, counted } = contract());
    });

    it('lists the debts of each debtor, linked with their instalments, in one statement', async () => {
      const [[debts = [], none], sent] = await counted(() =>
        legacy.payments.debtsOf([ofClaudia, ofMarco], []),
      );
      expect([none, sent]).toEqual([[], 1]);
      expect(debts.some(({ status }) => status === 'PAYABLE')).toBe(true);
      const keys = debts.flatMap(({ instalment }) => (instalment === null ? [] : [instalment]));
      const rate = await legacy.schoolBilling.instalments(alone(ofClaudia), keys, basis);
      expect(rate.map((rata) => orThrow(rata)?.iuv)).toEqual(debts.map(({ iuv }) => iuv));
      for (const debt of debts) {
        expect(debt.numeroAvviso).toBe(`3${debt.iuv}`);
        expect(debt.receipt !== null).toBe(debt.status === 'PAID');
      }
      const days = debts.map(({ dueOn }) => dueOn ?? '9999');
      expect(days).toEqual([...days].sort());
    });

    it('finds debts by notice and creditor, and by IUV', async () => {
      const [[debt] = []] = await legacy.payments.debtsOf([ofClaudia], []);
      if (debt === undefined) throw new Error('Claudia has a debt.');
      const { numeroAvviso, creditor, iuv } = debt;
      const other = { numeroAvviso, creditor: ofPaolo };
      expect(await legacy.payments.debtsByNotice([other, { numeroAvviso, creditor }], [])).toEqual([
        null,
        debt,
      ]);
      expect(await legacy.payments.debtsByIuv([iuv, '00000000000000000' as never], [])).toEqual([debt, null]);
    });

    it('pages payments by the days of Rome', async () => {
      const { payments } = legacy;
      const whole = { from: null, to: null };
      const noneKnown = { receiptIds: [], iuvs: [], hidden: [] };
      const [[all], sent] = await counted(() =>
        payments.paymentsOf([ofClaudia], whole, first(100), noneKnown),
      );
      expect(sent).toBe(1);
      const moments = all?.rows.map(({ receipt }) => receipt.paidAt) ?? [];
      expect(moments).toEqual([...moments].sort().reverse());
      const { receipt } = all?.rows[3] ?? {};
      if (receipt === undefined) throw new Error('Claudia paid more than three times.');
      const day = parseCalendarDate(receipt.paidAt.slice(0, 10));
      const [that] = await payments.paymentsOf([ofClaudia], { from: day, to: day }, first(10), noneKnown);
      expect(that?.rows.every((payment) => payment.receipt.paidAt.startsWith(day))).toBe(true);
      const after = { paidAt: receipt.paidAt, receiptId: receipt.receiptId };
      const [rest] = await payments.paymentsOf([ofClaudia], whole, { first: 100, after }, noneKnown);
      expect(rest?.rows).toEqual(all?.rows.slice(4));
      expect((await payments.paymentsOf([ofPaolo], whole, first(10), noneKnown))[0]?.totalCount).toBe(0);
    });

    it('pages and searches the kinds of payment with their fields', async () => {
      const { payments } = legacy;
      const [page, sent] = await counted(() => payments.paymentKinds(null, first(10)));
      expect([page.rows.length, page.hasNextPage, sent]).toEqual([10, true, 1]);
      const last = page.rows.at(-1);
      const after = last === undefined ? null : { name: last.name, code: last.code };
      const next = await payments.paymentKinds(null, { first: 100, after });
      expect(next.rows.length + 10).toBe(next.totalCount);
      const meals = await payments.paymentKinds('mensa SCOL', first(10));
      expect(meals.rows.map(({ name }) => name)).toEqual(['Mensa scolastica']);
      expect(meals.rows[0]?.fields.find(({ code: field }) => field === 'STRUTTURA')?.options).toEqual([
        'scuola infanzia',
        'scuola primaria',
      ]);
      expect((await payments.paymentKinds('%', first(10))).totalCount).toBe(0);
      expect(await payments.paymentKindsByCode(['MENSA', 'NO'])).toEqual([meals.rows[0], null]);
    });
  });
}

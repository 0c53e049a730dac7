import { beforeAll, describe, expect, it } from '@jest/globals';
import { orThrow } from '../../core/unreadable.ts';
import {
  addDays,
  type CalendarDate,
  type CodiceFiscale,
  parseSchoolYear,
  parseYearMonth,
} from '../../core/values/index.ts';
import { type ChildKey } from '../../legacy/ports/anagrafe.port.ts';
import { type InvoiceKey } from '../../legacy/ports/school-billing.port.ts';
import { alone } from '../support/people.ts';
import {
  basis,
  type Contract,
  everything,
  first,
  guides,
  ofClaudia,
  ofGiulia,
  ofMarco,
  ofPaolo,
} from './contract.ts';

export function describeSchoolBilling(contract: () => Contract): void {
  describe('school billing', () => {
    let legacy: Contract['legacy'];
    let counted: Contract['counted'];
    let children: Contract['children'];
    beforeAll(() => {
      ({ legacy, counted, children } = contract());
    });
    const invoicesOf = (applicant: CodiceFiscale, filter = everything, page = first(100)) =>
      legacy.schoolBilling.invoicesOf(alone(applicant), null, filter, page, basis);

    it("gives the guide's invoice as the guide shows it", async () => {
      const { schoolBilling } = legacy;
      const [[invoice], [[rata] = []], attachments] = await Promise.all([
        schoolBilling.invoices(alone(ofClaudia), [guides], basis),
        schoolBilling.instalmentsByInvoice(alone(ofClaudia), [guides], basis),
        schoolBilling.attachmentsByInvoice(alone(ofClaudia), [guides]),
      ]);
      expect(invoice).toMatchObject({
        issuedOn: '2020-12-18',
        periodFrom: '2020-09',
        periodTo: '2020-10',
        holderName: 'Rossi Claudia',
        amount: 10142,
        paid: 10142,
        supportingBank: null,
      });
      expect(rata).toMatchObject({ dueOn: '2021-01-15', status: 'PAID', messaARuolo: true, iuv: null });
      expect(attachments[0]?.map(({ kind, description }) => [kind, description])).toEqual([
        ['Fatturazione', 'Fattura 2020/684'],
        ['Fatturazione', 'Fattura 2020/684'],
      ]);
    });

    it.each([
      ['the other parent', () => ofMarco],
      ['a stranger', () => ofPaolo],
      ['another applicant', () => ofGiulia],
    ])('answers %s as if nothing existed, with as many statements', async (_, viewer) => {
      const ask = (applicant: CodiceFiscale, keys: readonly InvoiceKey[]) =>
        counted(async () => [
          await legacy.schoolBilling.invoices(alone(applicant), keys, basis),
          await legacy.schoolBilling.instalmentsByInvoice(alone(applicant), keys, basis),
          await legacy.schoolBilling.linesByInvoice(alone(applicant), keys),
          await legacy.schoolBilling.attachmentsByInvoice(alone(applicant), keys),
          await legacy.schoolBilling.instalments(
            alone(applicant),
            keys.map((key) => ({ ...key, rata: 1 })),
            basis,
          ),
        ]);
      const others = await ask(viewer(), [guides]);
      expect(others).toEqual(await ask(viewer(), [{ year: 1999, number: 1 }]));
      expect(others).toEqual([[[null], [[]], [[]], [[]], [null]], 5]);
    });

    it('pages each child in one statement, and a page changes nothing else', async () => {
      const { schoolBilling } = legacy;
      const [whole, sent] = await counted(() =>
        schoolBilling.invoicesByChild(alone(ofClaudia), children, everything, first(100), basis),
      );
      expect([whole.length, sent]).toEqual([children.length, 1]);
      for (const [index, all] of whole.entries()) {
        const seen: InvoiceKey[] = [];
        let after = null as { issuedOn: never; key: InvoiceKey } | null;
        for (let more = true; more; ) {
          const pages = await schoolBilling.invoicesByChild(
            alone(ofClaudia),
            children,
            everything,
            { first: 3, after },
            basis,
          );
          const page = pages[index];
          expect(page?.totalCount).toBe(all.totalCount);
          expect(page?.hasPreviousPage).toBe(after !== null);
          seen.push(...(page?.rows ?? []).map(({ key }) => key));
          const last = page?.rows.at(-1);
          after = last === undefined ? null : { issuedOn: last.issuedOn as never, key: last.key };
          more = page?.hasNextPage ?? false;
        }
        expect(seen).toEqual(all.rows.map(({ key }) => key));
        expect(all.rows).toHaveLength(all.totalCount);
      }
    });

    it('still counts what it skipped when nothing follows the cursor', async () => {
      const page = await invoicesOf(ofClaudia, everything, first(100));
      const last = page.rows.at(-1);
      const after = last === undefined ? null : { issuedOn: last.issuedOn, key: last.key };
      expect(
        await legacy.schoolBilling.invoicesOf(alone(ofClaudia), null, everything, { first: 5, after }, basis),
      ).toEqual({
        rows: [],
        totalCount: page.totalCount,
        hasNextPage: false,
        hasPreviousPage: true,
      });
    });

    it('filters by day, school year and status', async () => {
      const all = (await invoicesOf(ofClaudia)).rows;
      // A day on which one was issued: it belongs to both sides.
      const day = all[4]?.issuedOn ?? null;
      const onTheDay = all.filter(({ issuedOn }) => issuedOn === day);
      const since = await invoicesOf(ofClaudia, { ...everything, issuedFrom: day });
      const until = await invoicesOf(ofClaudia, { ...everything, issuedTo: day });
      const on = await invoicesOf(ofClaudia, { ...everything, issuedFrom: day, issuedTo: day });
      expect(since.rows).toEqual(all.filter(({ issuedOn }) => day !== null && issuedOn >= day));
      expect(until.rows).toEqual(all.filter(({ issuedOn }) => day !== null && issuedOn <= day));
      expect(on.rows).toEqual(onTheDay);
      expect(onTheDay.length).toBeGreaterThan(0);
      const year = await invoicesOf(ofClaudia, { ...everything, schoolYear: parseSchoolYear('2020/2021') });
      expect(year.rows.at(-1)?.key).toEqual(guides);
      expect(year.totalCount).toBe(4);
      const overdue = await invoicesOf(ofClaudia, { ...everything, status: ['OVERDUE'] });
      const rate = await legacy.schoolBilling.instalmentsByInvoice(
        alone(ofClaudia),
        all.map(({ key }) => key),
        basis,
      );
      const expected = all.filter((_, index) => rate[index]?.some(({ status }) => status === 'OVERDUE'));
      expect(overdue.rows).toEqual(expected);
      expect(expected.length).toBeGreaterThan(0);
    });

    it("sums an invoice from its instalments, and lists the portal's rows in one statement", async () => {
      const all = (await invoicesOf(ofClaudia)).rows;
      const [rows, sent] = await counted(() =>
        legacy.schoolBilling.instalmentsOf(alone(ofClaudia), null, everything, first(100), basis),
      );
      expect([rows.totalCount, sent]).toEqual([rows.rows.length, 1]);
      for (const { key, amount, paid } of all) {
        const own = rows.rows.filter((rata) => rata.key.year === key.year && rata.key.number === key.number);
        expect(own.reduce((sum, rata) => sum + rata.amount, 0)).toBe(amount);
        expect(own.reduce((sum, rata) => sum + rata.paid, 0)).toBe(paid);
        expect(own.map((rata) => rata.key.rata)).toEqual(own.map((_, index) => index + 1));
      }
      const lines = await legacy.schoolBilling.linesByInvoice(
        alone(ofClaudia),
        all.map(({ key }) => key),
      );
      expect(lines.map((of) => of.reduce((sum, line) => sum + line.amount, 0))).toEqual(
        all.map(({ amount }) => amount),
      );
    });

    it('judges by the day it is given what is overdue', async () => {
      const rate = (
        await legacy.schoolBilling.instalmentsOf(alone(ofClaudia), null, everything, first(100), basis)
      ).rows;
      const due = rate.find(({ status, dueOn }) => status === 'DUE' && dueOn !== null);
      if (due?.dueOn == null) throw new Error('Claudia has an instalment that is due.');
      const on = async (day: CalendarDate) => {
        const [rata = null] = await legacy.schoolBilling.instalments(alone(ofClaudia), [due.key], {
          ...basis,
          today: day,
        });
        return orThrow(rata)?.status;
      };
      expect([await on(due.dueOn), await on(addDays(due.dueOn, 1))]).toEqual(['DUE', 'OVERDUE']);
    });

    it('tells direct debits pending, collected and returned apart', async () => {
      const { rows } = await legacy.schoolBilling.instalmentsOf(
        alone(ofGiulia),
        null,
        everything,
        first(100),
        basis,
      );
      const statuses = rows.map(({ status }) => status);
      expect(new Set(statuses)).toEqual(new Set(['DIRECT_DEBIT_PENDING', 'DIRECT_DEBIT_RETURNED', 'PAID']));
      expect(statuses.filter((status) => status === 'DIRECT_DEBIT_RETURNED')).toHaveLength(1);
      const keys = rows.map(({ key }) => key);
      const kinds = await legacy.payments.spontaneousKinds(alone(ofGiulia), keys);
      expect(kinds).toEqual(statuses.map((status) => (status === 'DIRECT_DEBIT_RETURNED' ? 'MENSA' : null)));
      expect(new Set(await legacy.payments.spontaneousKinds(alone(ofClaudia), keys))).toEqual(
        new Set([null]),
      );
    });

    it('says year by year who filed, and shows enrolments to the applicant only', async () => {
      const [[mother], sent] = await counted(() =>
        legacy.schoolBilling.recordsByChild(alone(ofClaudia), children),
      );
      const [father] = await legacy.schoolBilling.recordsByChild(alone(ofMarco), children);
      expect(sent).toBe(1);
      expect(mother?.applications.map(({ isApplicant }) => isApplicant)).toEqual(Array(7).fill(true));
      expect(mother?.enrolments[0]).toMatchObject({
        schoolYear: '2026/2027',
        school: { level: 'SECONDARIA' },
        service: { code: 'MENSA' },
        status: 'ACTIVE',
        paymentMethod: 'PAGOPA',
      });
      // The rejected application of 2023 is not among them.
      expect(mother?.enrolments).toHaveLength(7);
      expect(father?.applications.map(({ isApplicant }) => isApplicant)).toEqual(Array(7).fill(false));
      expect(father?.enrolments).toEqual([]);
      const keys = mother?.enrolments.map(({ key }) => key) ?? [];
      expect(await legacy.schoolBilling.enrolments(alone(ofClaudia), keys)).toEqual(mother?.enrolments);
      expect(await legacy.schoolBilling.enrolments(alone(ofMarco), keys)).toEqual(keys.map(() => null));
    });

    it('knows days of attendance, closed ones among them, for the applicant only', async () => {
      const keys = ['2025-12', '2019-01'].map((month) => ({
        childKey: children[0] as ChildKey,
        month: parseYearMonth(month),
      }));
      const [[december = [], empty], sent] = await counted(() =>
        legacy.schoolBilling.attendance(alone(ofClaudia), keys),
      );
      expect(sent).toBe(1);
      expect(empty).toEqual([]);
      expect(december.find(({ date }) => date === '2025-12-08')?.status).toBe('CLOSED');
      expect(december.map(({ date }) => date)).toEqual(december.map(({ date }) => date).sort());
      expect(new Set(december.map(({ status }) => status))).toEqual(new Set(['PRESENT', 'ABSENT', 'CLOSED']));
      expect(await legacy.schoolBilling.attendance(alone(ofMarco), keys)).toEqual([[], []]);
      expect(await legacy.schoolBilling.attendance(alone(ofClaudia), [])).toEqual([]);
    });
  });
}

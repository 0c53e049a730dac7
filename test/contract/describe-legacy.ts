import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { orThrow } from '../../core/unreadable.ts';
import {
  addDays,
  type CalendarDate,
  type CodiceFiscale,
  parseCalendarDate,
  parseCodiceFiscale,
  parseSchoolYear,
  parseYearMonth,
} from '../../core/values/index.ts';
import { claudia, creditorCode, giulia, luca, marco, paolo, trattoria } from '../../demo/town/people.ts';
import type { ChildKey } from '../../legacy/ports/anagrafe.port.ts';
import type { EntryKey, FileKey } from '../../legacy/ports/keys.ts';
import type { Legacy } from '../../legacy/ports/legacy.ts';
import type { SenderKey, Written } from '../../legacy/ports/protocol-register.port.ts';
import type { InvoiceFilter, InvoiceKey } from '../../legacy/ports/school-billing.port.ts';
import { alone, nothingHidden } from '../support/people.ts';

/** A vendor's adapter in front of the demo town, with the statements that it sent. */
export interface ObservedLegacy {
  readonly legacy: Legacy;
  readonly statements: string[];
}

const today = parseCalendarDate('2026-10-15');
const basis = { today, settled: [] };
const code = (person: { readonly codiceFiscale: string }) => parseCodiceFiscale(person.codiceFiscale);
const [ofClaudia, ofMarco, ofGiulia, ofPaolo] = [code(claudia), code(marco), code(giulia), code(paolo)];
const everything: InvoiceFilter = { issuedFrom: null, issuedTo: null, status: null, schoolYear: null };
const guides: InvoiceKey = { year: 2020, number: 684 };
const first = (count: number) => ({ first: count, after: null });

/** What any vendor's adapter must do, told by the demo town. */
export function describeLegacy(vendor: string, open: () => Promise<ObservedLegacy>): void {
  describe(`the legacy adapter for ${vendor}`, () => {
    let legacy: Legacy;
    let statements: string[];
    let children: readonly ChildKey[];
    beforeAll(async () => {
      ({ legacy, statements } = await open());
      const [family] = await legacy.anagrafe.familiesOf([ofClaudia], { shares: [], hidden: [] });
      children = family?.children.filter(({ hasApplication }) => hasApplication).map(({ key }) => key) ?? [];
    });
    afterAll(() => legacy.close());

    const counted = async <T>(work: () => Promise<T>): Promise<readonly [T, number]> => {
      statements.length = 0;
      return [await work(), statements.length];
    };
    const invoicesOf = (applicant: CodiceFiscale, filter = everything, page = first(100)) =>
      legacy.schoolBilling.invoicesOf(alone(applicant), null, filter, page, basis);

    describe('anagrafe', () => {
      it('knows families, in the order asked for, in one statement', async () => {
        const [families, sent] = await counted(() =>
          legacy.anagrafe.familiesOf([ofPaolo, ofClaudia, 'NBDNBD80A01A794X' as CodiceFiscale], {
            shares: [],
            hidden: [],
          }),
        );
        expect(sent).toBe(1);
        expect(families.map(({ citizen }) => citizen?.firstName ?? null)).toEqual(['Paolo', 'Claudia', null]);
        expect(
          families[1]?.household.map(({ firstName, relationship }) => [firstName, relationship]),
        ).toEqual([
          ['Marco', 'coniuge'],
          ['Luca', 'figlio/a'],
          ['Sofia', 'figlio/a'],
        ]);
        expect(families[0]).toMatchObject({ household: [], children: [] });
        expect(families[2]).toEqual({ citizen: null, household: [], children: [] });
      });

      it('tells who filed an application from who lives there', async () => {
        const ties = async (citizen: CodiceFiscale) => {
          const [family] = await legacy.anagrafe.familiesOf([citizen], { shares: [], hidden: [] });
          const found = family?.children.find(({ codiceFiscale }) => codiceFiscale === luca.codiceFiscale);
          return [found?.isInHousehold, found?.hasApplication, found?.birthDate, found?.residence?.street];
        };
        expect(await ties(ofClaudia)).toEqual([true, true, '2014-05-09', 'Via Roma']);
        expect(await ties(ofMarco)).toEqual([true, false, '2014-05-09', 'Via Roma']);
        expect(await ties(ofPaolo)).toEqual([undefined, undefined, undefined, undefined]);
      });

      it('knows the body, its offices and businesses', async () => {
        expect(await legacy.anagrafe.municipality()).toMatchObject({
          name: 'Comune di Calvenzano',
          codiceFiscale: creditorCode,
          offices: [{ name: 'Servizio Istruzione', email: 'segreteria@comunecalvenzano.net' }],
        });
        const [businesses, sent] = await counted(() =>
          legacy.anagrafe.businesses([trattoria.partitaIva, '00000000000'] as never),
        );
        expect([businesses.map((business) => business?.name ?? null), sent]).toEqual([
          [trattoria.name, null],
          1,
        ]);
      });
    });

    describe('school billing', () => {
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
      ])('answers %s as if nothing existed, with as many statements', async (_, who) => {
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
        const others = await ask(who(), [guides]);
        expect(others).toEqual(await ask(who(), [{ year: 1999, number: 1 }]));
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
          await legacy.schoolBilling.invoicesOf(
            alone(ofClaudia),
            null,
            everything,
            { first: 5, after },
            basis,
          ),
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
          const own = rows.rows.filter(
            (rata) => rata.key.year === key.year && rata.key.number === key.number,
          );
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
        expect(kinds).toEqual(
          statuses.map((status) => (status === 'DIRECT_DEBIT_RETURNED' ? 'MENSA' : null)),
        );
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
        const [[december = [], nothing], sent] = await counted(() =>
          legacy.schoolBilling.attendance(alone(ofClaudia), keys),
        );
        expect(sent).toBe(1);
        expect(nothing).toEqual([]);
        expect(december.find(({ date }) => date === '2025-12-08')?.status).toBe('CLOSED');
        expect(december.map(({ date }) => date)).toEqual(december.map(({ date }) => date).sort());
        expect(new Set(december.map(({ status }) => status))).toEqual(
          new Set(['PRESENT', 'ABSENT', 'CLOSED']),
        );
        expect(await legacy.schoolBilling.attendance(alone(ofMarco), keys)).toEqual([[], []]);
      });
    });

    describe('payments', () => {
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
        expect(await legacy.payments.debtsByIuv([iuv, '00000000000000000' as never], [])).toEqual([
          debt,
          null,
        ]);
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

    describe('practices', () => {
      it('has the cards of each audience', async () => {
        const areas = await legacy.practices.serviceAreas('CITIZENS');
        expect(areas.map(({ title }) => title)).toEqual([
          'Prenotazioni',
          'Pratiche',
          'Servizi anagrafici',
          'Trasparenza',
          'Servizi scolastici',
          'Pagamenti online',
        ]);
        expect(areas[4]?.services.map(({ title }) => title)).toEqual([
          'Scheda anagrafica',
          'Documenti contabili',
          'Pagamento servizi scolastici',
        ]);
        expect((await legacy.practices.serviceAreas('OTHER_BODIES')).length).toBeGreaterThan(0);
        const [category] = await legacy.practices.categories('CITIZENS');
        expect([category?.code, category?.title, category?.procedures.length]).toEqual([
          'SCUO',
          'SERVIZI SCOLASTICI',
          5,
        ]);
      });

      it('lists practices filed elsewhere with events and documents, in one statement', async () => {
        const business = trattoria.partitaIva as CodiceFiscale;
        const [[own = [], none, ofBusiness], sent] = await counted(() =>
          legacy.practices.practicesOf([ofClaudia, ofPaolo, business], nothingHidden),
        );
        expect([none, ofBusiness?.length, sent]).toEqual([[], 1, 1]);
        const statuses = new Set(own.map(({ status }) => status));
        expect(statuses).toEqual(new Set(['ACCEPTED', 'REGISTERED', 'REJECTED']));
        const rejected = own.find(({ status }) => status === 'REJECTED');
        expect(rejected?.protocollo?.outcome).toMatch(/respinta/);
        const certificate = own.find(({ documents }) => documents.length > 0);
        expect(certificate).toMatchObject({
          channel: 'COUNTER',
          documents: [{ isOutcome: true, file: { mediaType: 'application/pdf' } }],
        });
        expect(certificate?.history).toHaveLength(2);
        expect(own.map(({ createdAt }) => createdAt)).toEqual(
          own
            .map(({ createdAt }) => createdAt)
            .sort()
            .reverse(),
        );
        expect(new Set(own.map(({ protocollo }) => protocollo?.year)).size).toBeGreaterThan(3);
      });

      it('pages register entries, newest first, and answers keys to their sender only', async () => {
        const { practices } = legacy;
        const anyYear = { year: null, number: null, hidden: nothingHidden };
        const [[all], sent] = await counted(() => practices.protocolliOf([ofClaudia], anyYear, first(100)));
        expect(sent).toBe(1);
        const entries = all?.rows ?? [];
        const [third] = entries.slice(2);
        if (third === undefined) throw new Error('Claudia has several entries.');
        const after = { registeredAt: third.registeredAt, key: third.key };
        const [rest] = await practices.protocolliOf([ofClaudia], anyYear, { first: 100, after });
        expect(rest?.rows).toEqual(entries.slice(3));
        const [one] = await practices.protocolliOf(
          [ofClaudia],
          { year: third.year, number: third.number, hidden: nothingHidden },
          first(5),
        );
        expect(one?.rows).toEqual([third]);
        expect(await practices.protocolli(ofClaudia, [third.key, 'none' as EntryKey], nothingHidden)).toEqual(
          [third, null],
        );
        expect(await practices.protocolli(ofPaolo, [third.key], nothingHidden)).toEqual([null]);
      });
    });

    describe('files', () => {
      const bytesOf = async (key: FileKey, range?: { start: number; end: number }) => {
        const opened = await legacy.files.open(key, range);
        if (opened === null) return null;
        const chunks: Buffer[] = [];
        for await (const chunk of opened.bytes) chunks.push(chunk as Buffer);
        return Buffer.concat(chunks);
      };

      it('streams whole files and ranges', async () => {
        const [[attachment] = []] = await legacy.schoolBilling.attachmentsByInvoice(alone(ofClaudia), [
          guides,
        ]);
        const file = attachment?.file;
        if (file == null) throw new Error('The invoice has a file.');
        const whole = await bytesOf(file.key);
        expect(whole?.subarray(0, 5).toString()).toBe('%PDF-');
        expect(whole?.length).toBe(file.sizeBytes);
        expect(await bytesOf(file.key, { start: 10, end: 99 })).toEqual(whole?.subarray(10, 100));
        expect(await bytesOf('none' as FileKey)).toBeNull();
      });
    });

    describe('the general register', () => {
      const sent = <Value>(written: Written<Value>): Value => {
        if (written.outcome === 'sent') return written.value;
        throw new Error(`It was ${written.outcome}.`);
      };
      const senderOf = async (person: CodiceFiscale) => {
        const [key] = await legacy.register.findSenders(person);
        if (key === undefined) throw new Error('The town knows them.');
        return { key, name: 'Locatelli Paolo' };
      };
      const days = { from: parseCalendarDate('2026-10-14'), to: parseCalendarDate('2026-10-16') };

      it('knows senders by their code, and takes new ones', async () => {
        const stranger = parseCodiceFiscale('VRDLRA85A41F205B');
        expect(await legacy.register.findSenders(stranger)).toEqual([]);
        const added = sent(
          await legacy.register.insertSender({
            codiceFiscale: stranger,
            name: `Verdi Laura ${'di Sant’Angelo '.repeat(12)}`,
            email: 'laura.verdi@example.com',
          }),
        );
        expect(await legacy.register.findSenders(stranger)).toEqual([added]);
      });

      it('enters what is sent, and finds it again by reference, sender and day', async () => {
        const sender = await senderOf(ofPaolo);
        const subject = 'Richiesta <dieta> & altro “speciale” - Rif. 7F3KQ2M9XA4T';
        const entry = sent(await legacy.register.insertEntry({ subject, sender, previous: null }));
        expect(entry).toMatchObject({ year: 2026, registeredAt: '2026-10-15T07:00:00.000Z' });
        const find = (reference: string, of = sender.key) =>
          legacy.register.findEntries({ reference, sender: of, ...days });
        expect(await find('7F3KQ2M9XA4T')).toEqual([entry]);
        expect(await find('7F3KQ2M9XA4U')).toEqual([]);
        expect(await find('7F3KQ2M9XA4T', (await senderOf(ofClaudia)).key)).toEqual([]);
        const [page] = await legacy.practices.protocolliOf(
          [ofPaolo],
          { year: null, number: null, hidden: nothingHidden },
          first(5),
        );
        expect(page?.rows).toMatchObject([{ ...entry, subject, status: 'REGISTERED', outcome: null }]);
        const next = sent(await legacy.register.insertEntry({ subject, sender, previous: entry }));
        expect(next.number).toBe(entry.number + 1);
        // Oldest first: which is the double of which.
        expect((await find('7F3KQ2M9XA4T')).map(({ key }) => key)).toEqual([entry.key, next.key]);
      });

      it('shows attachments by their names, as often as they are there', async () => {
        const sender = await senderOf(ofPaolo);
        const subject = 'Con allegati - Rif. AAAAAAAAAAAA';
        const { key } = sent(await legacy.register.insertEntry({ subject, sender, previous: null }));
        expect(await legacy.register.attachmentNames(key)).toEqual([]);
        const attach = (name: string, bytes: Buffer) =>
          legacy.register.insertAttachment(key, { name, bytes });
        sent(await attach('AAAAAAAAAAAA-01-perché è così.pdf', Buffer.alloc(200_000, '%PDF-')));
        expect(await legacy.register.attachmentNames(key)).toEqual(['AAAAAAAAAAAA-01-perché è così.pdf']);
        sent(await attach('vuoto.txt', Buffer.alloc(0)));
        sent(await attach('vuoto.txt', Buffer.alloc(0)));
        expect((await legacy.register.attachmentNames(key)).slice(1)).toEqual(['vuoto.txt', 'vuoto.txt']);
        expect(await legacy.register.attachmentNames('999999999' as EntryKey)).toEqual([]);
      });

      it('refuses what it cannot enter, with its reason', async () => {
        const sender = { key: 'nobody' as SenderKey, name: 'Nessuno' };
        const written = await legacy.register.insertEntry({ subject: 'Di nessuno', sender, previous: null });
        expect(written).toMatchObject({ outcome: 'rejected', reason: expect.any(String) });
      });
    });
  });
}

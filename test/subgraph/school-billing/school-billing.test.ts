import { describe, expect, it } from '@jest/globals';
import { AppError } from '../../../core/errors.ts';
import { createId } from '../../../core/ids.ts';
import { parseCalendarDate, parseYearMonth } from '../../../core/values/index.ts';
import type { InvoiceRecord } from '../../../legacy/ports/school-billing.port.ts';
import { ask, askChildren, askEntities, luca, theInvoice, wholeInvoice } from '../../support/ask-billing.ts';
import { billingTown, childKey, invoice, pageOf, registeredChild } from '../../support/billing-town.ts';
import { alone, claudia } from '../../support/people.ts';

describe('the school-billing subgraph: one question for many keys', () => {
  const many = (childNumber: number): readonly InvoiceRecord[] =>
    Array.from({ length: 200 }, (_, index) => ({
      ...invoice,
      key: { year: 2020, number: childNumber * 1_000 + index },
      childKey: childKey(childNumber),
    }));
  const children = [1, 2, 3, 4, 5].map(registeredChild);
  const ids = children.map(({ key }) => createId('Child', key));

  it('asks each method once for 5 children with 200 invoices each, whatever the fields', async () => {
    const invoicesByChild = async (_: unknown, keys: readonly string[]) =>
      keys.map((key) => pageOf(many(Number(key)), 200));
    const { legacy, asked } = billingTown({ invoicesByChild }, children);
    const selection = `schoolAccess enrolments { id } recent: enrolments(schoolYear: "2026/2027") { id } invoices(first: 100) { edges { node { ${wholeInvoice} } } } attendance(month: "2026-10") { presences }`;
    const { data, errors } = await askChildren(ids, selection, legacy);
    expect(errors).toBeUndefined();
    const answered = data as { _entities: { invoices: { edges: unknown[] } }[] };
    expect(answered._entities.map(({ invoices }) => invoices.edges.length)).toEqual([
      200, 200, 200, 200, 200,
    ]);
    expect(asked()).toEqual([
      'attachmentsByInvoice',
      'attendance',
      'familiesOf',
      'instalmentsByInvoice',
      'invoicesByChild',
      'linesByInvoice',
      'recordsByChild',
    ]);
  });

  it('asks once a filter and page, and once for what hangs on the invoices of all of them', async () => {
    const { legacy, asked, calls } = billingTown({}, children);
    const list = '{ edges { node { instalments { id } } } }';
    const selection = `a: invoices ${list} b: invoices(first: 20, filter: {}) ${list} c: invoices(filter: { status: [DUE] }) ${list} d: invoices(first: 5) ${list}`;
    await askChildren(ids, selection, legacy);
    expect(asked()).toEqual([
      'familiesOf',
      'instalmentsByInvoice',
      'invoicesByChild',
      'invoicesByChild',
      'invoicesByChild',
    ]);
    for (const { args } of calls.filter(({ method }) => method === 'invoicesByChild')) {
      expect(args[0]).toEqual(alone(claudia.codiceFiscale));
      expect(args[1]).toEqual(['1', '2', '3', '4', '5']);
      expect(args[4]).toEqual({ today: '2026-10-15', settled: [] });
    }
  });

  it('asks once for a thousand invoices, and once for as many instalments with their invoices', async () => {
    const { legacy, asked } = billingTown();
    const numbers = Array.from({ length: 1_000 }, (_, index) => index);
    const of = [
      ...numbers.map((number) => ({ __typename: 'Invoice', id: createId('Invoice', 2020, number) })),
      ...numbers.map((number) => ({ __typename: 'Instalment', id: createId('Instalment', 2020, number, 1) })),
    ];
    const selection = '... on Invoice { amount } ... on Instalment { id invoice { number } }';
    const { data } = await askEntities(selection, legacy, of);
    expect((data as { _entities: unknown[] })._entities.every((entity) => entity !== null)).toBe(true);
    expect(asked()).toEqual(['instalments', 'invoices']);
  });
});

describe('the school-billing subgraph: what it shows', () => {
  it("shows the guide's invoice whole; two attachments with one description stay two", async () => {
    const { legacy, asked } = billingTown();
    const { data, errors } = await ask(`{ invoice(id: "${theInvoice}") { ${wholeInvoice} } }`, legacy);
    expect(errors).toBeUndefined();
    const attachment = (sequence: number) => ({
      id: createId('InvoiceAttachment', 2020, 684, sequence),
      kind: 'Fatturazione',
      description: 'Fattura 2020/684',
      document: { fileName: `fattura-${sequence}.pdf` },
    });
    expect(data).toEqual({
      invoice: {
        id: theInvoice,
        year: 2020,
        number: 684,
        issuedOn: '2020-12-18',
        period: { from: '2020-09', to: '2020-10', label: 'Set. 2020 - Ott. 2020' },
        child: { id: luca },
        holderName: 'Rossi Claudia',
        holderCodiceFiscale: 'RSSCLD84C52A794Q',
        amount: 10_142,
        paid: 10_000,
        outstanding: 142,
        supportingBank: null,
        lines: [],
        instalments: [
          {
            id: createId('Instalment', 2020, 684, 1),
            number: 1,
            outstanding: 0,
            status: 'PAID',
            messaARuolo: true,
            iuv: null,
            dueOn: '2021-01-15',
            invoice: { id: theInvoice },
          },
        ],
        attachments: [attachment(1), attachment(2)],
      },
    });
    expect(asked()).toEqual(['attachmentsByInvoice', 'instalmentsByInvoice', 'invoices', 'linesByInvoice']);
  });

  it.each([
    ['2020-09', '2020-10', 'Set. 2020 - Ott. 2020'],
    ['2020-09', '2020-09', 'Set. 2020'],
    ['2020-12', '2021-01', 'Dic. 2020 - Gen. 2021'],
    ['2021-02', '2021-03', 'Feb. 2021 - Mar. 2021'],
    ['2021-04', '2021-05', 'Apr. 2021 - Mag. 2021'],
    ['2021-06', '2021-07', 'Giu. 2021 - Lug. 2021'],
    ['2021-08', '2021-11', 'Ago. 2021 - Nov. 2021'],
  ])('calls %s to %s %s', async (from, to, label) => {
    const period = { periodFrom: parseYearMonth(from), periodTo: parseYearMonth(to) };
    const { legacy } = billingTown({ invoices: async () => [{ ...invoice, ...period }] });
    const { data } = await ask(`{ invoice(id: "${theInvoice}") { period { label } } }`, legacy);
    expect(data).toEqual({ invoice: { period: { label } } });
  });

  it('counts the days of a month, and knows nothing of one without data', async () => {
    const day = (date: string, status: 'PRESENT' | 'ABSENT' | 'CLOSED') => ({
      date: parseCalendarDate(date),
      status,
    });
    const october = [
      day('2026-10-01', 'PRESENT'),
      day('2026-10-02', 'PRESENT'),
      day('2026-10-05', 'ABSENT'),
      day('2026-10-06', 'CLOSED'),
    ];
    const { legacy, asked } = billingTown({
      attendance: async (_, keys) => keys.map(({ month }) => (month === '2026-10' ? october : [])),
    });
    const month = '{ month presences absences days { date status } }';
    const { data } = await askChildren(
      [luca],
      `october: attendance(month: "2026-10") ${month} august: attendance(month: "2026-08") ${month}`,
      legacy,
    );
    expect(data).toMatchObject({
      _entities: [
        {
          october: { month: '2026-10', presences: 2, absences: 1, days: october },
          august: { month: '2026-08', presences: null, absences: null, days: [] },
        },
      ],
    });
    expect(asked()).toEqual(['attendance', 'familiesOf']);
  });

  it('loses one list and nothing else when the legacy system does not respond', async () => {
    const { legacy } = billingTown({
      invoicesByChild: async () => {
        throw new AppError('LEGACY_UNAVAILABLE', 'The legacy system does not respond.', {
          cause: 'ORA-12541',
        });
      },
    });
    const { data, errors } = await askChildren([luca], 'schoolAccess invoices { totalCount }', legacy);
    expect(data).toEqual({
      _entities: [{ __typename: 'Child', schoolAccess: 'NO_APPLICATION', invoices: null }],
    });
    expect(errors).toMatchObject([
      { path: ['_entities', 0, 'invoices'], extensions: { code: 'LEGACY_UNAVAILABLE' } },
    ]);
    expect(JSON.stringify(errors)).not.toMatch(/ORA/);
  });
});

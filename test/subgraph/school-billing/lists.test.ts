import { describe, expect, it } from '@jest/globals';
import { createId } from '../../../core/ids.ts';
import { askChildren, askCitizen, luca, theInvoice } from '../../support/ask-billing.ts';
import { billingTown, registeredChild } from '../../support/billing-town.ts';
import { alone, claudia } from '../../support/people.ts';

describe('the school-billing subgraph: pages and filters', () => {
  it('goes on where a page ended, in both lists', async () => {
    const page =
      '{ totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor } }';
    const first = await askCitizen(
      `invoices(first: 1) ${page} instalments(first: 1) ${page}`,
      billingTown().legacy,
    );
    const cursors = [
      createId('InvoiceCursor', '2020-12-18', 2020, 684),
      createId('InstalmentCursor', '2020-12-18', 2020, 684, 1),
    ];
    const [invoices, instalments] = cursors.map((cursor) => ({
      totalCount: 1,
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: cursor, endCursor: cursor },
      edges: [{ cursor }],
    }));
    expect(first.data).toMatchObject({ _entities: [{ invoices, instalments }] });
    const { legacy, calls } = billingTown();
    await askCitizen(
      `invoices(after: "${cursors[0]}") { totalCount } instalments(after: "${cursors[1]}") { totalCount }`,
      legacy,
    );
    const key = { year: 2020, number: 684 };
    expect(calls.map(({ args }) => args[3])).toEqual([
      { first: 20, after: { issuedOn: '2020-12-18', key } },
      { first: 20, after: { issuedOn: '2020-12-18', key: { ...key, rata: 1 } } },
    ]);
  });

  it.each([
    ['(first: 0)'],
    ['(first: 101)'],
    ['(after: "nonsense")'],
    [`(after: "${createId('PracticeCursor', '2020-12-18', 2020, 684)}")`],
    [`(after: "${createId('InvoiceCursor', '2020-13-18', 2020, 684)}")`],
    [`(after: "${createId('InvoiceCursor', '2020-12-18', 2020)}")`],
    [`(after: "${createId('InvoiceCursor', '2020-12-18', 2020, 'x')}")`],
    ['(filter: { issuedFrom: "2021-01-02", issuedTo: "2021-01-01" })'],
  ])('refuses %s before it asks', async (args) => {
    for (const list of ['invoices', 'instalments']) {
      const { legacy, asked } = billingTown();
      const { errors } = await askCitizen(`${list}${args} { totalCount }`, legacy);
      expect(errors).toMatchObject([
        { path: ['_entities', 0, list], extensions: { code: 'BAD_USER_INPUT' } },
      ]);
      expect(asked()).toEqual([]);
    }
    const { legacy, asked } = billingTown();
    const { errors } = await askChildren([luca], `invoices${args} { totalCount }`, legacy);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(asked()).toEqual(['familiesOf']);
  });

  it('passes the filter on, one day included', async () => {
    const { legacy, calls } = billingTown();
    const filter =
      '{ issuedFrom: "2021-01-01", issuedTo: "2021-01-01", status: [DUE, OVERDUE], schoolYear: "2020/2021" }';
    await askCitizen(`invoices(filter: ${filter}) { totalCount } instalments { totalCount }`, legacy);
    expect(calls.map(({ args }) => args.slice(0, 3))).toEqual([
      [
        alone(claudia.codiceFiscale),
        null,
        {
          issuedFrom: '2021-01-01',
          issuedTo: '2021-01-01',
          status: ['DUE', 'OVERDUE'],
          schoolYear: '2020/2021',
        },
      ],
      [
        alone(claudia.codiceFiscale),
        null,
        { issuedFrom: null, issuedTo: null, status: null, schoolYear: null },
      ],
    ]);
  });

  it('looks among the children given only; what is malformed or not visible matches nothing', async () => {
    const { legacy, calls, asked } = billingTown({}, [1, 2].map(registeredChild));
    const stranger = createId('Child', '9');
    const { events } = await askCitizen(
      `invoices(childIds: ["${luca}", "nonsense", "${stranger}", "${luca}"]) { totalCount } instalments(childIds: ["${stranger}"]) { totalCount }`,
      legacy,
    );
    expect(asked()).toEqual(['familiesOf', 'instalmentsOf', 'invoicesOf']);
    expect(calls.find(({ method }) => method === 'invoicesOf')?.args[1]).toEqual(['1']);
    expect(calls.find(({ method }) => method === 'instalmentsOf')?.args[1]).toEqual([]);
    expect(events).toMatchObject([
      { action: 'Child.read', outcome: 'allowed', subjectIds: [luca] },
      { action: 'Child.read', outcome: 'refused', subjectIds: ['nonsense', stranger] },
      { action: 'Citizen.invoices', subjectIds: [claudia.id, luca, theInvoice] },
      { action: 'Citizen.instalments', subjectIds: [claudia.id, luca, createId('Instalment', 2020, 684, 1)] },
    ]);
  });
});

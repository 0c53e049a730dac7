import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import type { Caller } from '../../../core/identity/caller.ts';
import { createId } from '../../../core/ids.ts';
import { parseSchoolYear } from '../../../core/values/index.ts';
import type { FileKey } from '../../../legacy/ports/keys.ts';
import type { SchoolRecord } from '../../../legacy/ports/school-billing.port.ts';
import type { RequestContext } from '../../../subgraphs/shared/request-context.ts';
import {
  ask,
  askChildren,
  askEntities,
  billingSubgraph,
  luca,
  theInvoice,
  wholeInvoice,
} from '../../support/ask-billing.ts';
import { type FakeLegacy, nothingStored } from '../../support/ask-subgraph.ts';
import {
  attachmentOf,
  billingTown,
  enrolment,
  invoice,
  registeredChild,
} from '../../support/billing-town.ts';
import { alone, claudia, marco } from '../../support/people.ts';

describe('the school-billing subgraph: whose data it is', () => {
  const others = (...filed: [string, boolean][]) => ({
    recordsByChild: async (_: unknown, keys: readonly unknown[]): Promise<readonly SchoolRecord[]> =>
      keys.map(() => ({
        applications: filed.map(([year, isApplicant]) => ({
          schoolYear: parseSchoolYear(year),
          isApplicant,
          isShared: false,
        })),
        enrolments: filed.some(([, isApplicant]) => isApplicant) ? [enrolment] : [],
      })),
  });

  it.each<[string, [string, boolean][], string, string]>([
    ['nobody filed', [], 'schoolAccess', 'NO_APPLICATION'],
    ['the caller filed', [['2020/2021', true]], 'schoolAccess', 'APPLICANT'],
    ['somebody else filed', [['2020/2021', false]], 'schoolAccess', 'OTHER_PARENT'],
    [
      'both did',
      [
        ['2020/2021', false],
        ['2021/2022', true],
      ],
      'schoolAccess',
      'APPLICANT',
    ],
    [
      'both did, the other one that year',
      [
        ['2020/2021', false],
        ['2021/2022', true],
      ],
      'schoolAccess(schoolYear: "2020/2021")',
      'OTHER_PARENT',
    ],
    [
      'nobody did that year',
      [['2020/2021', true]],
      'schoolAccess(schoolYear: "2026/2027")',
      'NO_APPLICATION',
    ],
    [
      'both did in one year',
      [
        ['2020/2021', false],
        ['2020/2021', true],
      ],
      'schoolAccess(schoolYear: "2020/2021")',
      'APPLICANT',
    ],
  ])('answers when %s', async (_, filed, field, expected) => {
    const { data } = await askChildren([luca], `access: ${field}`, billingTown(others(...filed)).legacy);
    expect(data).toMatchObject({ _entities: [{ access: expected }] });
  });

  it('shows an enrolment with its practice as a stub, and only those of the year asked for', async () => {
    const { legacy } = billingTown(others(['2020/2021', true]));
    const fields =
      'id schoolYear service { code name } school { id name level } classroom status startsOn endsOn paymentMethod diet practice { id }';
    const { data } = await askChildren(
      [luca],
      `enrolments { ${fields} } none: enrolments(schoolYear: "2021/2022") { id }`,
      legacy,
    );
    const { key: _, childKey: __, practiceKey: ___, entryKey: ____, sharedBy: _____, ...shown } = enrolment;
    expect(data).toEqual({
      _entities: [
        {
          __typename: 'Child',
          enrolments: [
            {
              ...shown,
              id: createId('Enrolment', 2020, 12),
              school: { id: createId('School', 'PRI'), name: 'Scuola primaria', level: 'PRIMARIA' },
              practice: { id: createId('Practice', 'L', 77) },
            },
          ],
          none: [],
        },
      ],
    });
  });

  it('asks in the name of who is signed in', async () => {
    const { legacy, calls } = billingTown();
    await askChildren([luca], 'schoolAccess invoices { totalCount }', legacy, marco);
    expect(calls.map(({ args }) => args[0])).toEqual([
      [marco.codiceFiscale],
      alone(marco.codiceFiscale),
      alone(marco.codiceFiscale),
    ]);
  });

  it('resolves a child that may be seen, and no other, in one statement', async () => {
    const { legacy, asked, ...town } = billingTown();
    const strangers = [createId('Child', '2'), 'nonsense', createId('Invoice', '1'), ''];
    const { data, events } = await askChildren([luca, ...strangers, luca], 'schoolAccess', legacy);
    const seen = { __typename: 'Child', schoolAccess: 'NO_APPLICATION' };
    expect(data).toEqual({ _entities: [seen, null, null, null, null, seen] });
    expect(asked()).toEqual(['familiesOf', 'recordsByChild']);
    expect(town.calls[1]?.args[1]).toEqual(['1']);
    expect(events.map(({ action, outcome, subjectIds }) => [action, outcome, subjectIds])).toEqual([
      ['Child.read', 'allowed', [luca]],
      ['Child.read', 'refused', strangers],
      ['Child.schoolRecord', 'allowed', [luca]],
    ]);
  });

  it.each<[Caller]>([
    [{ kind: 'anonymous' }],
    [{ kind: 'machine', clientId: 'integrator', scopes: ['payment:status'] }],
    [
      {
        ...claudia,
        kind: 'business',
        partitaIva: '03123450169' as never,
        name: 'Trattoria del Borgo S.r.l.',
      },
    ],
  ])('answers null without asking anybody to who is no citizen: %p', async (caller) => {
    const { legacy, asked } = billingTown();
    const of = [
      { __typename: 'Child', id: luca },
      { __typename: 'Citizen', id: claudia.id },
      { __typename: 'Invoice', id: theInvoice },
      { __typename: 'Instalment', id: createId('Instalment', 2020, 684, 1) },
      { __typename: 'Enrolment', id: createId('Enrolment', 2020, 12) },
    ];
    const { data, errors } = await askEntities('', legacy, of, caller);
    const root = await ask(`{ invoice(id: "${theInvoice}") { id } }`, legacy, {}, caller);
    expect([data, errors, root.data, root.errors, asked()]).toEqual([
      { _entities: [null, null, null, null, null] },
      undefined,
      { invoice: null },
      undefined,
      [],
    ]);
  });

  it('resolves the citizen who asks and nobody else', async () => {
    const { data } = await askEntities('', billingTown().legacy, [
      { __typename: 'Citizen', id: claudia.id },
      { __typename: 'Citizen', id: marco.id },
    ]);
    expect(data).toEqual({ _entities: [{ __typename: 'Citizen' }, null] });
  });

  it('tells malformed, unknown and other ids apart neither in the answer nor in what it asks or records', async () => {
    const ids = [
      'nonsense',
      createId('Invoice', 1999, 1),
      createId('Child', 1),
      '',
      createId('Invoice', 2020, '1000000000000000'),
    ];
    const answers = await Promise.all(
      ids.map(async (id) => {
        const { legacy, asked } = billingTown();
        const { data, errors, events } = await ask('query ($id: ID!) { invoice(id: $id) { id } }', legacy, {
          id,
        });
        expect(events.map(({ subjectIds }) => subjectIds)).toEqual([[id]]);
        return {
          data,
          errors,
          asked: asked(),
          events: events.map(({ action, outcome }) => [action, outcome]),
        };
      }),
    );
    const events = [['Invoice.read', 'refused']];
    for (const answer of answers)
      expect(answer).toEqual({ data: { invoice: null }, errors: undefined, asked: ['invoices'], events });
  });
});

describe('the school-billing subgraph: audit and documents', () => {
  it('leaves one event an operation, with opaque ids only', async () => {
    const children = [1, 2].map(registeredChild);
    const { legacy } = billingTown({}, children);
    const ids = children.map(({ key }) => createId('Child', key));
    const { events } = await askChildren(
      ids,
      `schoolAccess enrolments { id } invoices { edges { node { ${wholeInvoice} } } } attendance(month: "2026-10") { month }`,
      legacy,
    );
    expect(events.map(({ action, subjectIds }) => [action, subjectIds]).sort()).toEqual([
      ['Child.attendance', ids],
      ['Child.invoices', [...ids, theInvoice]],
      ['Child.read', ids],
      ['Child.schoolRecord', ids],
    ]);
    expect(JSON.stringify(events)).not.toMatch(/[A-Z]{6}\d{2}[A-Z]\d{2}/);
  });

  const file = attachmentOf(invoice.key, 2).file;
  const source = async (legacy: FakeLegacy, caller: Caller, parts: readonly (string | number)[]) =>
    (await billingSubgraph()).documents.InvoiceAttachment?.(
      { caller, legacy, database: nothingStored, today: '2026-10-15' } as unknown as RequestContext,
      parts,
    );

  it('sends a file of the attachment that was asked for, to who may see the invoice', async () => {
    const open = async (key: FileKey) =>
      file === null ? null : { file: { ...file, key }, bytes: Readable.from([`file ${key}`]) };
    const { legacy, asked } = billingTown();
    const document = await source({ ...legacy, files: { open } }, claudia, [2020, 684, 2]);
    expect(document).toMatchObject({
      fileName: 'fattura-2.pdf',
      mediaType: 'application/pdf',
      sizeBytes: 10,
    });
    const bytes = await document?.read({ start: 0, end: 9 });
    expect(await bytes?.toArray()).toEqual(['file 2']);
    expect(asked()).toEqual(['attachmentsByInvoice']);
  });

  it('has nothing for an unknown attachment, a lost right or who is no citizen', async () => {
    const { legacy } = billingTown();
    expect(await source(legacy, claudia, [2020, 684, 3])).toBeNull();
    expect(await source(legacy, claudia, [])).toBeNull();
    expect(await source(legacy, { kind: 'anonymous' }, [2020, 684, 1])).toBeNull();
    const lost = billingTown({ attachmentsByInvoice: async (_, keys) => keys.map(() => []) });
    expect(await source(lost.legacy, claudia, [2020, 684, 1])).toBeNull();
  });

  it('lists an attachment without a file without an address', async () => {
    const { legacy } = billingTown({
      attachmentsByInvoice: async (_, keys) => keys.map((key) => [{ ...attachmentOf(key, 1), file: null }]),
    });
    const { data } = await ask(
      `{ invoice(id: "${theInvoice}") { attachments { kind document { downloadUrl } } } }`,
      legacy,
    );
    expect(data).toEqual({ invoice: { attachments: [{ kind: 'Fatturazione', document: null }] } });
  });
});

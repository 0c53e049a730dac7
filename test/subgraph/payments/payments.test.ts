import { beforeAll, describe, expect, it } from '@jest/globals';
import type { GraphQLSchema } from 'graphql';
import type { Caller } from '../../../core/identity/caller.ts';
import { createId } from '../../../core/ids.ts';
import {
  createNumeroAvviso,
  type EuroCents,
  iuvOf,
  parseCodiceFiscale,
  parseInstant,
} from '../../../core/values/index.ts';
import type { ChildKey } from '../../../legacy/ports/anagrafe.port.ts';
import type { PositionKey } from '../../../legacy/ports/keys.ts';
import type { PageRequest } from '../../../legacy/ports/page.ts';
import type {
  DebtRecord,
  PaymentCursor,
  PaymentKindInput,
  PaymentRecord,
} from '../../../legacy/ports/payments.port.ts';
import type { InstalmentRecord } from '../../../legacy/ports/school-billing.port.ts';
import { askSubgraph, type FakeLegacy } from '../../support/ask-subgraph.ts';
import { paymentsSubgraph } from '../../support/paying-town.ts';
import { birthOfLuca, claudia, marco } from '../../support/people.ts';

const creditor = parseCodiceFiscale('00300120169');
const business: Caller = {
  kind: 'business',
  id: 'business-1',
  partitaIva: '03123450169' as never,
  codiceFiscale: parseCodiceFiscale('03123450169'),
  name: 'Trattoria',
  signInMethod: 'VAT_PASSWORD',
};
const machine = (...scopes: string[]): Caller => ({ kind: 'machine', clientId: 'm', scopes });

function debt(key: number, more: Partial<DebtRecord> = {}): DebtRecord {
  const numeroAvviso = createNumeroAvviso({ segregationCode: 1, base: key });
  return {
    key: String(key) as PositionKey,
    creditor,
    debtor: claudia.codiceFiscale,
    iuv: iuvOf(numeroAvviso),
    numeroAvviso,
    description: 'Mensa di Bianchi Luca anno 2026',
    amount: (key * 100) as EuroCents,
    dueOn: null,
    status: 'PAYABLE',
    childKey: '1' as ChildKey,
    instalment: { year: 2026, number: key, rata: 1 },
    receipt: null,
    ...more,
  };
}

const receipt = (key: number) => ({
  receiptId: `R${key}`,
  paidAt: parseInstant(`2026-10-0${key}T10:00:00Z`),
  amount: 100 as EuroCents,
  pspName: 'Banca',
  payerName: 'Marco Bianchi',
  payer: marco.codiceFiscale,
});

/** Ports that answer for Claudia's debts, and count what they are asked. */
function portsOf(debts: readonly DebtRecord[], payments: readonly PaymentRecord[] = []) {
  const asked: string[] = [];
  const answer = <T>(name: string, value: T): Promise<T> => {
    asked.push(name);
    return Promise.resolve(value);
  };
  const children = ['1', '2'].map((key) => ({
    key: key as ChildKey,
    codiceFiscale: claudia.codiceFiscale,
    firstName: 'Luca',
    lastName: 'Bianchi',
    birthDate: birthOfLuca,
    birthPlace: null,
    residence: null,
    isInHousehold: true,
    hasApplication: true,
    sharedBy: [],
  }));
  const legacy: FakeLegacy = {
    anagrafe: {
      familiesOf: (codes) =>
        answer(
          'familiesOf',
          codes.map(() => ({ citizen: null, household: [], children })),
        ),
      municipality: () =>
        answer('municipality', { name: 'Comune', province: 'BG', codiceFiscale: creditor, offices: [] }),
    },
    schoolBilling: {
      // What was filed for by somebody else is not shown: here, of years before 2026.
      instalments: (_applicant, keys) =>
        answer(
          'instalments',
          keys.map((key) => (key.year < 2026 ? null : ({ key } as InstalmentRecord))),
        ),
    },
    payments: {
      debtsOf: (codes) =>
        answer(
          'debtsOf',
          codes.map((code) => debts.filter(({ debtor }) => debtor === code)),
        ),
      debtsByNotice: (keys) =>
        answer(
          'debtsByNotice',
          keys.map(
            (key) =>
              debts.find((one) => one.numeroAvviso === key.numeroAvviso && one.creditor === key.creditor) ??
              null,
          ),
        ),
      debtsByIuv: (iuvs) =>
        answer(
          'debtsByIuv',
          iuvs.map((iuv) => debts.find((one) => one.iuv === iuv) ?? null),
        ),
      paymentsOf: (codes, _range, { first, after }: PageRequest<PaymentCursor>) => {
        const start =
          after === null ? 0 : payments.findIndex((one) => one.receipt.receiptId === after.receiptId) + 1;
        const rows = payments.slice(start, start + first);
        const more = start + rows.length < payments.length;
        return answer(
          'paymentsOf',
          codes.map(() => ({
            rows,
            totalCount: payments.length,
            hasNextPage: more,
            hasPreviousPage: start > 0,
          })),
        );
      },
      spontaneousKinds: (_applicant, keys) =>
        answer(
          'spontaneousKinds',
          keys.map(({ number }) => (number === 2 || number === 60 ? 'MENSA' : null)),
        ),
      paymentKindsByCode: (codes) =>
        answer(
          'paymentKindsByCode',
          codes.map((code) => ({ code, name: 'Mensa scolastica', fields: [] })),
        ),
    },
  };
  return { legacy, asked };
}

describe('the payments subgraph', () => {
  let schema: GraphQLSchema;
  beforeAll(async () => {
    ({ schema } = await paymentsSubgraph());
  });
  const entities = 'query ($representations: [_Any!]!) { _entities(representations: $representations) {';

  it('says of each field of a kind how it is filled in and how long it may be', async () => {
    const field = (code: string, input: PaymentKindInput | null, options: readonly string[] = []) => ({
      ...{ code, input, options, label: code, help: null, required: true, hidden: false },
    });
    const fields = [
      field('CF_PIVA', 'payerCodice'),
      field('RAG_SOC', 'payerName'),
      field('EMAIL', 'email'),
      field('COD_UTENTE', 'userCode'),
      field('PERIODO', 'period', ['Gennaio', 'Febbraio']),
      field('STRUTTURA', 'school', ['scuola infanzia']),
      field('ALTRI_DATI', 'notes'),
      field('IMPORTO', 'amount'),
      field('ALTRO', null),
    ];
    const legacy: FakeLegacy = {
      payments: {
        paymentKindsByCode: async (codes) => codes.map((code) => ({ code, name: 'Mensa', fields })),
      },
    };
    const of = `{ __typename: "PaymentKind", id: "${createId('PaymentKind', 'MENSA')}" }`;
    const { data } = await askSubgraph(
      schema,
      `{ _entities(representations: [${of}]) { ... on PaymentKind { fields { code kind maxLength } } } }`,
      { kind: 'anonymous' },
      legacy,
    );
    expect(data).toEqual({
      _entities: [
        {
          fields: [
            { code: 'CF_PIVA', kind: 'CODE', maxLength: 16 },
            { code: 'RAG_SOC', kind: 'TEXT', maxLength: 70 },
            { code: 'EMAIL', kind: 'EMAIL', maxLength: 254 },
            { code: 'COD_UTENTE', kind: 'TEXT', maxLength: 40 },
            { code: 'PERIODO', kind: 'CHOICE', maxLength: null },
            { code: 'STRUTTURA', kind: 'CHOICE', maxLength: null },
            { code: 'ALTRI_DATI', kind: 'TEXT', maxLength: 140 },
            { code: 'IMPORTO', kind: 'AMOUNT', maxLength: null },
            { code: 'ALTRO', kind: 'TEXT', maxLength: null },
          ],
        },
      ],
    });
  });

  it('asks for the debts once, however many children, instalments and lists want them', async () => {
    const { legacy, asked } = portsOf(Array.from({ length: 50 }, (_, index) => debt(index + 1)));
    const representations = [
      { __typename: 'Citizen', id: claudia.id },
      ...['1', '2'].map((key) => ({ __typename: 'Child', id: createId('Child', key) })),
      ...Array.from({ length: 200 }, (_, index) => ({
        __typename: 'Instalment',
        id: createId('Instalment', 2026, index + 1, 1),
      })),
    ];
    const query = `${entities} ... on Citizen { debts { id } } ... on Child { debts(status: [PAYABLE]) { id } } ... on Instalment { debt { id } spontaneousPaymentKind { name } } } }`;
    const { data, errors } = await askSubgraph(schema, query, claudia, legacy, { representations });
    expect(errors).toBeUndefined();
    expect([...asked].sort()).toEqual(['debtsOf', 'familiesOf', 'paymentKindsByCode', 'spontaneousKinds']);
    const [citizen, first, second, ...instalments] = (data as { _entities: Record<string, unknown[]>[] })
      ._entities;
    expect([citizen?.debts?.length, first?.debts?.length, second?.debts?.length]).toEqual([50, 50, 0]);
    expect(instalments.filter((instalment) => instalment.debt !== null)).toHaveLength(50);
    expect(instalments[59]?.spontaneousPaymentKind).toEqual({ name: 'Mensa scolastica' });
    // What has a debt to pay is not offered otherwise.
    expect(instalments[1]?.spontaneousPaymentKind).toBeNull();
    expect(instalments[2]?.spontaneousPaymentKind).toBeNull();
  });

  it.each<[string, Caller, string[]]>([
    ['another person', marco, ['debtsOf']],
    ['a business', business, ['debtsOf']],
    ['nobody', { kind: 'anonymous' }, []],
    ['a machine', machine('payment:status'), []],
  ])('shows a debt to its debtor and not to %s, as if it did not exist', async (_, caller, statements) => {
    const ask = async (id: string) => {
      const { legacy, asked } = portsOf([debt(7)]);
      const { data, events } = await askSubgraph(
        schema,
        'query ($id: ID!) { debt(id: $id) { amount } }',
        caller,
        legacy,
        { id },
      );
      return { data, asked, outcomes: events.map(({ action, outcome }) => [action, outcome]) };
    };
    const refused = { data: { debt: null }, asked: statements, outcomes: [['Debt.read', 'refused']] };
    for (const id of [createId('Debt', 7), createId('Debt', 8), createId('Debt', 7, 1), 'nonsense', ''])
      expect(await ask(id)).toEqual(refused);
    const { legacy } = portsOf([debt(7)]);
    const own = await askSubgraph(
      schema,
      `{ debt(id: "${createId('Debt', 7)}") { amount child { id } instalment { id } notice { fileName } } }`,
      claudia,
      legacy,
    );
    expect(own.data).toEqual({
      debt: {
        amount: 700,
        child: { id: createId('Child', '1') },
        instalment: { id: createId('Instalment', 2026, 7, 1) },
        notice: { fileName: 'avviso-301000000000000750.pdf' },
      },
    });
  });

  it('points to the instalments that the debtor may see, in one statement, and to no other', async () => {
    const older = { year: 2020, number: 1, rata: 1 };
    const { legacy, asked } = portsOf([
      debt(1),
      debt(2, { instalment: older }),
      debt(3, { instalment: null }),
    ]);
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Citizen { debts { instalment { id } } } } }`;
    const of = [{ __typename: 'Citizen', id: claudia.id }];
    const { data } = await askSubgraph(schema, query, claudia, legacy, { of });
    const shown = { instalment: { id: createId('Instalment', 2026, 1, 1) } };
    expect(data).toEqual({ _entities: [{ debts: [shown, { instalment: null }, { instalment: null }] }] });
    expect(asked).toEqual(['debtsOf', 'instalments']);
  });

  it('names no person to who holds a notice', async () => {
    const { legacy } = portsOf([debt(1, { instalment: null, status: 'PAID', receipt: receipt(1) })]);
    const { numeroAvviso } = debt(1);
    const query = `{ paymentNotice(numeroAvviso: "${numeroAvviso}", creditor: "${creditor}") { creditorName description status }
      mine: paymentArchive(numeroAvviso: "${numeroAvviso}", creditor: "${creditor}", debtor: " rsscld84c52a794q ") { description receipt { amount payerName } }
      guess: paymentArchive(numeroAvviso: "${numeroAvviso}", creditor: "${creditor}", debtor: "RSSCLD84C52A794") { status } }`;
    const { data } = await askSubgraph(schema, query, { kind: 'anonymous' }, legacy);
    expect(data).toEqual({
      paymentNotice: {
        creditorName: 'Comune',
        description: 'Avviso di pagamento, anno 2026',
        status: 'PAID',
      },
      mine: { description: 'Avviso di pagamento, anno 2026', receipt: { amount: 100, payerName: null } },
      guess: null,
    });
    expect(JSON.stringify(data)).not.toMatch(/Bianchi|Luca|Marco/);
  });

  it.each<[string, Caller, string]>([
    ['nobody', { kind: 'anonymous' }, 'UNAUTHENTICATED'],
    ['a citizen', claudia, 'FORBIDDEN'],
    ['a machine without the scope', machine('other'), 'FORBIDDEN'],
  ])('tells the state by IUV not to %s', async (_, caller, code) => {
    const { legacy, asked } = portsOf([debt(1)]);
    const query = `{ paymentStatusByIuv(iuv: "${debt(1).iuv}") { status } }`;
    const { data, errors } = await askSubgraph(schema, query, caller, legacy);
    expect([data, errors?.[0]?.extensions, asked]).toEqual([{ paymentStatusByIuv: null }, { code }, []]);
    const allowed = await askSubgraph(schema, query, machine('payment:status'), legacy);
    expect(allowed.data).toEqual({ paymentStatusByIuv: { status: 'PAYABLE' } });
  });

  it('pages what was paid, and refuses days the wrong way round', async () => {
    const payments = [3, 2, 1].map((key) => ({
      debtor: claudia.codiceFiscale,
      numeroAvviso: debt(key).numeroAvviso,
      description: 'Mensa',
      receipt: receipt(key),
    }));
    const { legacy } = portsOf([], payments);
    const representations = [{ __typename: 'Citizen', id: claudia.id }];
    const query = (args: string) =>
      `${entities} ... on Citizen { payments(${args}) { totalCount pageInfo { hasNextPage hasPreviousPage endCursor } edges { node { paidAt receipt { payerName } } } } } } }`;
    const ask = async (args: string) => {
      const { data, errors } = await askSubgraph(schema, query(args), claudia, legacy, { representations });
      const [entity] = (data as { _entities: ({ payments: { pageInfo: { endCursor: string } } } | null)[] })
        ._entities;
      return { payments: entity?.payments, errors };
    };
    const first = await ask('first: 2');
    expect(first.payments).toMatchObject({
      totalCount: 3,
      pageInfo: { hasNextPage: true, hasPreviousPage: false },
    });
    const next = await ask(`first: 2, after: "${first.payments?.pageInfo.endCursor}"`);
    expect(next.payments).toMatchObject({
      pageInfo: { hasNextPage: false, hasPreviousPage: true },
      edges: [{ node: { paidAt: '2026-10-01T10:00:00.000Z', receipt: { payerName: 'Marco Bianchi' } } }],
    });
    const wrong = await ask('paidFrom: "2026-02-01", paidTo: "2026-01-01"');
    expect(wrong.errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
  });

  it('resolves no entity of somebody else', async () => {
    const { legacy } = portsOf([debt(7)]);
    const representations = [
      { __typename: 'Citizen', id: claudia.id },
      { __typename: 'Child', id: createId('Child', '1') },
      { __typename: 'Debt', id: createId('Debt', 7) },
      { __typename: 'Business', id: 'business-1' },
    ];
    const query = `${entities} __typename } }`;
    const stranger = { ...marco, id: 'stranger' };
    const none: FakeLegacy = {
      ...legacy,
      anagrafe: {
        familiesOf: async (codes) => codes.map(() => ({ citizen: null, household: [], children: [] })),
      },
    };
    const { data } = await askSubgraph(schema, query, stranger, none, { representations });
    expect(data).toEqual({ _entities: [null, null, null, null] });
  });
});

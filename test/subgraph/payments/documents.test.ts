import { buffer } from 'node:stream/consumers';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { frozenClock } from '../../../core/clock.ts';
import type { Caller } from '../../../core/identity/caller.ts';
import { createId } from '../../../core/ids.ts';
import { createNumeroAvviso, type EuroCents, iuvOf, parseInstant } from '../../../core/values/index.ts';
import type { PositionKey } from '../../../legacy/ports/keys.ts';
import type { DebtRecord, PaymentRecord } from '../../../legacy/ports/payments.port.ts';
import { createGrants } from '../../../subgraphs/shared/grants.ts';
import type { Subgraph } from '../../../subgraphs/shared/subgraph/create-subgraph.ts';
import { askSubgraph, type FakeLegacy, nothingSettled, nothingStored } from '../../support/ask-subgraph.ts';
import { registeredChild } from '../../support/billing-town.ts';
import { calvenzano } from '../../support/filings.ts';
import { paymentsSubgraph } from '../../support/paying-town.ts';
import { claudia, marco, paolo } from '../../support/people.ts';
import { openPdf, structureOf, textOf } from '../../support/read-pdf.ts';

const anonymous: Caller = { kind: 'anonymous' };
const numeroAvvisoOf = (key: number) => createNumeroAvviso({ segregationCode: 1, base: key });

function receiptOf(key: number, payer = claudia) {
  return {
    receiptId: `R${key}`,
    paidAt: parseInstant(`2026-10-0${key}T22:30:00Z`),
    amount: (key * 100) as EuroCents,
    pspName: 'Banca',
    payerName: `${payer.firstName} ${payer.lastName}`,
    payer: payer.codiceFiscale,
  };
}

function debtOf(key: number, more: Partial<DebtRecord> = {}): DebtRecord {
  const numeroAvviso = numeroAvvisoOf(key);
  return {
    key: String(key) as PositionKey,
    creditor: calvenzano.codiceFiscale,
    debtor: claudia.codiceFiscale,
    iuv: iuvOf(numeroAvviso),
    numeroAvviso,
    description: `Mensa di Bianchi Luca rata ${key}`,
    amount: (key * 100) as EuroCents,
    dueOn: null,
    status: 'PAYABLE',
    childKey: registeredChild(1).key,
    instalment: { year: 2026, number: key, rata: 1 },
    receipt: null,
    ...more,
  };
}

const paymentOf = (key: number, payer = claudia): PaymentRecord => ({
  debtor: claudia.codiceFiscale,
  numeroAvviso: numeroAvvisoOf(key),
  description: `Mensa di Bianchi Luca rata ${key}`,
  receipt: receiptOf(key, payer),
});

/** A legacy system with debts and payments of Claudia's, one of which Marco paid; and what it was asked. */
function townWith(debts: readonly DebtRecord[], payments: readonly PaymentRecord[] = []) {
  const asked: string[] = [];
  const answer = async <T>(name: string, value: T): Promise<T> => {
    asked.push(name);
    return value;
  };
  const isPaidBy = (code: string) => (one: PaymentRecord) =>
    one.debtor === code || one.receipt.payer === code;
  const legacy: FakeLegacy = {
    anagrafe: {
      familiesOf: (codes) =>
        answer(
          'familiesOf',
          codes.map(() => ({ citizen: null, household: [], children: [registeredChild(1)] })),
        ),
      municipality: () => answer('municipality', calvenzano),
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
          keys.map((key) => debts.find((one) => one.numeroAvviso === key.numeroAvviso) ?? null),
        ),
      paymentsOf: (codes) =>
        answer(
          'paymentsOf',
          codes.map((code) => {
            const rows = payments.filter(isPaidBy(code));
            return { rows, totalCount: rows.length, hasNextPage: false, hasPreviousPage: false };
          }),
        ),
      paymentKinds: () => answer('paymentKinds', { ...page, rows: [mensa] }),
      paymentKindsByCode: (codes) =>
        answer(
          'paymentKindsByCode',
          codes.map((code) => (code === 'MENSA' ? mensa : null)),
        ),
    },
  };
  return { legacy, asked };
}

const page = { totalCount: 1, hasNextPage: false, hasPreviousPage: false };
const fieldOf = (label: string, more: object = {}) => ({
  ...{ code: label, input: null, help: null, required: true, hidden: false, options: [] },
  label,
  ...more,
});
const mensa = {
  code: 'MENSA',
  name: 'Mensa scolastica',
  fields: [
    fieldOf('Codice fiscale'),
    fieldOf('Note', { required: false }),
    fieldOf('Interno', { hidden: true }),
  ],
} as never;

describe('documents of payments', () => {
  let subgraph: Subgraph;
  beforeAll(async () => {
    subgraph = await paymentsSubgraph();
  });

  type Town = ReturnType<typeof townWith>;
  const clock = frozenClock('2026-10-15T09:00');
  const secrets = ['a secret of the test'] as const;
  const grants = createGrants({ secrets, publicUrl: 'http://town.test', lifetimeMs: 300_000, clock });

  async function ask<Data>(query: string, { legacy }: Town, as: Caller, variables = {}) {
    const { data, errors } = await askSubgraph(subgraph.schema, query, as, legacy, variables);
    return { data: data as Data, errors };
  }

  /** Fetches an address as the server does: its grant names source, parts and caller. */
  async function fetchText(address: string, { legacy }: Town, as?: Caller): Promise<string | null> {
    const grant = grants.read('payments', new URL(address).pathname.split('/')[3] ?? '');
    if (grant === null || grant === 'expired') throw new Error('The address does not work.');
    const context = {
      ...{ legacy, caller: as ?? grant.caller, settlements: nothingSettled, today: clock.today(), clock },
      database: nothingStored,
      notices: { cbillCode: null, postal: null },
    };
    const document = await subgraph.documents[grant.kind]?.(context as never, grant.parts);
    if (document == null) return null;
    const bytes = await buffer(await document.read({ start: 0, end: document.sizeBytes - 1 }));
    return textOf(await structureOf(await openPdf(bytes)));
  }

  type WithNotice = { debt: { notice: { fileName: string; downloadUrl: string } | null } | null };
  const askNotice = (town: Town, as: Caller = claudia) =>
    ask<WithNotice>(`{ debt(id: "${createId('Debt', 7)}") { notice { fileName downloadUrl } } }`, town, as);

  it('a notice is made when it is fetched, for the debtor alone', async () => {
    const town = townWith([debtOf(7)]);
    const { data } = await askNotice(town);
    expect(town.asked).toEqual(['debtsOf']);
    const address = data.debt?.notice?.downloadUrl ?? '';
    expect(data.debt?.notice?.fileName).toBe(`avviso-${numeroAvvisoOf(7)}.pdf`);
    const text = await fetchText(address, town);
    expect(text).toContain('Destinatario dell’avviso Claudia Rossi');
    expect(text).toContain('7,00 euro');
    expect((await askNotice(town, paolo)).data.debt).toBeNull();
    expect(await fetchText(address, town, paolo)).toBeNull();
    expect(await fetchText(address, town, anonymous)).toBeNull();
  });

  it.each<[string, Partial<DebtRecord>]>([
    ['was paid', { status: 'PAID' }],
    ['expired', { status: 'EXPIRED' }],
    ['was withdrawn', { status: 'CANCELLED' }],
    ['is in a state that is not known', { status: 'UNKNOWN' }],
    ['has a number with wrong check digits', { numeroAvviso: '301000000000004286' as never }],
    ['is of more than the codes hold', { amount: 10_000_000_000 as EuroCents }],
    ['is of nothing', { amount: 0 as EuroCents }],
  ])('there is no notice of a debt that %s, neither asked for nor fetched', async (_, more) => {
    expect((await askNotice(townWith([debtOf(7, more)]))).data).toEqual({ debt: { notice: null } });
    const { data } = await askNotice(townWith([debtOf(7)]));
    expect(await fetchText(data.debt?.notice?.downloadUrl ?? '', townWith([debtOf(7, more)]))).toBeNull();
  });

  type WithPayments = {
    _entities: { payments: { edges: { node: { receipt: { document: { downloadUrl: string } } } }[] } }[];
  };
  const askReceipts = async (town: Town, as: typeof claudia) => {
    const query = `{ _entities(representations: [{ __typename: "Citizen", id: "${as.id}" }]) { ... on Citizen { payments { edges { node { receipt { document { downloadUrl } } } } } } } }`;
    const { data } = await ask<WithPayments>(query, town, as);
    return data._entities[0]?.payments.edges.map(({ node }) => node.receipt.document.downloadUrl) ?? [];
  };

  it('a receipt proves to its debtor what was paid, when and by whom', async () => {
    const town = townWith([], [paymentOf(3)]);
    const [address = ''] = await askReceipts(town, claudia);
    expect(town.asked).toEqual(['paymentsOf']);
    const text = await fetchText(address, town);
    // 22:30 UTC is the next day in Rome.
    expect(text).toContain('Pagato il 04/10/2026 alle 00:30');
    expect(text).toContain('Debitore Claudia Rossi, RSSCLD84C52A794Q');
    expect(text).toContain('Pagato da Claudia Rossi, RSSCLD84C52A794Q');
    expect(text).toContain('Mensa di Bianchi Luca rata 3 3,00 euro');
    expect(text).toContain('Ente creditore Comune di Calvenzano, 00300120169');
    expect(text).toContain('Identificativo della ricevuta R3');
    expect(await fetchText(address, town, paolo)).toBeNull();
    expect(await fetchText(address, town, anonymous)).toBeNull();
  });

  it('who paid another’s debt gets a receipt that does not name the debtor, and the debtor no code of who paid', async () => {
    const town = townWith([], [paymentOf(3, marco)]);
    const [payers = ''] = await askReceipts(town, marco);
    const [debtors = ''] = await askReceipts(town, claudia);
    expect(await fetchText(payers, town)).not.toMatch(/Claudia|RSSCLD84C52A794Q/);
    expect(await fetchText(debtors, town)).toContain('Pagato da Marco Bianchi Ente creditore');
    expect(await fetchText(debtors, town)).not.toContain(marco.codiceFiscale);
  });

  it('who holds a paid notice and knows its debtor gets a receipt that names nobody', async () => {
    const town = townWith([debtOf(3, { status: 'PAID', receipt: receiptOf(3, marco) })]);
    const query = `{ paymentArchive(numeroAvviso: "${numeroAvvisoOf(3)}", creditor: "${calvenzano.codiceFiscale}", debtor: "${claudia.codiceFiscale}") { receipt { document { downloadUrl } } } }`;
    type Archive = { paymentArchive: { receipt: { document: { downloadUrl: string } } } };
    const { data } = await ask<Archive>(query, town, anonymous);
    const text = await fetchText(data.paymentArchive.receipt.document.downloadUrl, town);
    expect(text).toContain('Fattura 2026/3, rata 1 3,00 euro');
    expect(text).not.toMatch(/Claudia|Marco|Luca|RSSCLD|BNCMRC/);
  });

  const statement = (args: string, town: Town, as = claudia) =>
    ask<{ _entities: { paymentStatementPdf: { fileName: string; downloadUrl: string } }[] }>(
      `{ _entities(representations: [{ __typename: "Citizen", id: "${as.id}" }]) { ... on Citizen { paymentStatementPdf(${args}) { fileName downloadUrl } } } }`,
      town,
      as,
    );

  it('an estratto conto lists what the caller paid, with its total, and asks nobody for its address', async () => {
    const town = townWith([], [paymentOf(4), paymentOf(3, marco)]);
    const { data } = await statement('paidFrom: "2026-01-01", paidTo: "2026-12-31"', town);
    expect(town.asked).toEqual([]);
    const { fileName = '', downloadUrl = '' } = data._entities[0]?.paymentStatementPdf ?? {};
    expect(fileName).toBe('estratto-conto-2026-01-01-2026-12-31.pdf');
    const text = await fetchText(downloadUrl, town);
    expect(text).toContain(
      'Intestato a Claudia Rossi, RSSCLD84C52A794Q Periodo dal 01/01/2026 al 31/12/2026',
    );
    expect(text).toMatch(/05\/10\/2026 Mensa di Bianchi Luca rata 4 .* Claudia Rossi Banca 4,00/);
    expect(text).toContain('Totale di 2 pagamenti: 7,00 euro');
    expect(await fetchText(downloadUrl, townWith([]))).toContain('Nessun pagamento in questo periodo.');
    expect(await fetchText(downloadUrl, town, anonymous)).toBeNull();
  });

  it('an estratto conto of days the wrong way round is refused before anybody is asked', async () => {
    const town = townWith([]);
    const { errors } = await statement('paidFrom: "2026-12-31", paidTo: "2026-01-01"', town);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(town.asked).toEqual([]);
  });

  it('a kind’s privacy notice is public and says what is asked', async () => {
    const town = townWith([]);
    const query = '{ paymentKinds { edges { node { privacyNotice { downloadUrl } } } } }';
    type Kinds = { paymentKinds: { edges: { node: { privacyNotice: { downloadUrl: string } } }[] } };
    const { data } = await ask<Kinds>(query, town, anonymous);
    expect(town.asked).toEqual(['paymentKinds']);
    const text = await fetchText(data.paymentKinds.edges[0]?.node.privacyNotice.downloadUrl ?? '', town);
    expect(text).toContain('Pagamento spontaneo: Mensa scolastica');
    expect(text).toContain('Titolare del trattamento è Comune di Calvenzano, codice fiscale 00300120169');
    expect(text).toContain('Codice fiscale (obbligatorio) • Note');
    expect(text).not.toContain('Interno');
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { loadChildren } from '../../../demo/town/load-children.ts';
import { claudia, giulia } from '../../../demo/town/people.ts';
import { legacyTownCopy, testClock } from '../../support/databases.ts';
import { flat, openPdf, structureOf } from '../../support/read-pdf.ts';
import { openTestTown, type TestTown, transports } from '../open-test-town.ts';

interface Rata {
  readonly number: number;
  readonly amount: number;
  readonly outstanding: number;
  readonly paid: number;
  readonly dueOn: string | null;
  readonly messaARuolo: boolean;
  readonly iuv: string | null;
  readonly invoice: {
    readonly number: number;
    readonly year: number;
    readonly issuedOn: string;
    readonly holderName: string;
    readonly holderCodiceFiscale: string;
    readonly amount: number;
    readonly supportingBank: string | null;
    readonly period: { readonly label: string };
    readonly lines: readonly { readonly amount: number }[];
    readonly attachments: readonly {
      readonly id: string;
      readonly kind: string;
      readonly description: string;
      readonly document: { readonly downloadUrl: string; readonly sizeBytes: number } | null;
    }[];
  };
}

/** The three tabs of the portal's page, Ricerca, Elenco and Dettaglio, as one question. */
const storico = `query ($filter: InvoiceFilter) {
  me {
    children { firstName lastName invoiceListPdf(filter: $filter) { downloadUrl } }
    instalments(filter: $filter) {
      totalCount
      edges { node {
        number amount outstanding paid dueOn messaARuolo iuv
        invoice {
          number year issuedOn holderName holderCodiceFiscale amount supportingBank period { label }
          lines { amount }
          attachments { id kind description document { downloadUrl sizeBytes } }
        }
      } }
    }
  }
}`;

const date = (iso: string | null) => iso?.split('-').reverse().join('/') ?? '';
const euro = (cents: number) => (cents / 100).toFixed(2).replace('.', ',');

async function answerOf<Data>(town: TestTown, token: string, query: string, variables: object = {}) {
  const response = await town.post({ query, variables }, { authorization: `Bearer ${token}` });
  return (await response.json()) as {
    readonly data: { readonly me: Data };
    readonly errors?: readonly { path: unknown[]; message: string; extensions: { code: string } }[];
  };
}

/** What a screen reader makes of a PDF: its texts, and the rows of its tables. */
async function readAloud(bytes: Buffer) {
  const pdf = await openPdf(bytes);
  const { info } = await pdf.getMetadata();
  const elements = flat(await structureOf(pdf));
  await pdf.destroy();
  return {
    language: (info as { readonly Language?: string }).Language,
    texts: elements.map(({ text }) => text),
    rows: elements
      .filter(({ role }) => role === 'TR')
      .map((row) =>
        row.children.map(
          (cell) =>
            cell.text ||
            flat(cell.children)
              .map(({ text }) => text)
              .join(''),
        ),
      ),
  };
}

describe.each(transports)('"Storico documenti contabili", subgraphs %s', (transport) => {
  let town: TestTown;
  let token: string;
  beforeAll(async () => {
    town = await openTestTown(transport);
    token = await town.tokenOf(claudia.codiceFiscale);
  });
  afterAll(() => town.close());

  it("is rebuilt from one query, column by column, with the guide's own row", async () => {
    const filter = { issuedFrom: '2020-09-19', issuedTo: '2021-01-19' };
    const { data, errors } = await answerOf<{
      readonly children: readonly { readonly invoiceListPdf: { readonly downloadUrl: string } }[];
      readonly instalments: {
        readonly totalCount: number;
        readonly edges: readonly { readonly node: Rata }[];
      };
    }>(town, token, storico, { filter });
    expect(errors).toBeUndefined();
    const { totalCount, edges } = data.me.instalments;
    expect(totalCount).toBe(1);
    const rows = edges.map(({ node }) => [
      date(node.invoice.issuedOn),
      node.invoice.number,
      node.number,
      node.invoice.holderName,
      euro(node.amount),
      euro(node.outstanding),
      euro(node.paid),
      date(node.dueOn),
      node.messaARuolo ? '✓' : '',
    ]);
    expect(rows).toEqual([
      ['18/12/2020', 684, 1, 'Rossi Claudia', '101,42', '0,00', '101,42', '15/01/2021', '✓'],
    ]);

    const [
      {
        node: { invoice, iuv },
      } = {} as { node: Rata },
    ] = edges;
    expect([iuv, invoice.holderCodiceFiscale, invoice.period.label, euro(invoice.amount)]).toEqual([
      null,
      claudia.codiceFiscale,
      'Set. 2020 - Ott. 2020',
      '101,42',
    ]);
    expect(invoice.lines.reduce((sum, { amount }) => sum + amount, 0)).toBe(invoice.amount);
    expect(invoice.attachments.map(({ kind, description }) => [kind, description])).toEqual([
      ['Fatturazione', 'Fattura 2020/684'],
      ['Fatturazione', 'Fattura 2020/684'],
    ]);
    expect(new Set(invoice.attachments.map(({ id }) => id)).size).toBe(2);
    for (const { document } of invoice.attachments) {
      const response = await fetch(document?.downloadUrl ?? '');
      const bytes = Buffer.from(await response.arrayBuffer());
      expect([response.status, bytes.length]).toEqual([200, document?.sizeBytes]);
      const { texts, language } = await readAloud(bytes);
      expect(texts).toEqual(expect.arrayContaining(['Fattura 2020/684', '18/12/2020', '101,42 €']));
      expect(language).toBe('it-IT');
    }

    const list = await fetch(data.me.children[0]?.invoiceListPdf.downloadUrl ?? '');
    const { texts, rows: printed, language } = await readAloud(Buffer.from(await list.arrayBuffer()));
    expect([language, texts.includes('Trovato 1 risultato')]).toEqual(['it-IT', true]);
    expect(printed).toEqual([
      ['DATA', 'NUMERO', 'RATA', 'NOMINATIVO', 'IMPORTO', 'DA PAGARE', 'PAGATO', 'SCADENZA', 'MESSA A RUOLO'],
      ['18/12/2020', '684', '1', 'Bianchi Luca', '101,42', '0,00', '101,42', '15/01/2021', 'sì'],
    ]);
  });

  it('answers an invalid search with the reason, and the rest of the query normally', async () => {
    const cursor = 'endCursor of the same list';
    const { data, errors = [] } = await answerOf<Record<string, unknown>>(
      town,
      token,
      `query ($foreign: String) { me {
        firstName
        backwards: instalments(filter: { issuedFrom: "2021-01-02", issuedTo: "2021-01-01" }) { totalCount }
        none: instalments(first: 0) { totalCount }
        many: invoices(first: 10000) { totalCount }
        foreign: invoices(after: $foreign) { totalCount }
        good: invoices(first: 1) { totalCount }
      } }`,
      { foreign: (await someCursor()) ?? '' },
    );
    expect(data.me).toEqual({
      firstName: 'Claudia',
      backwards: null,
      none: null,
      many: null,
      foreign: null,
      good: { totalCount: expect.any(Number) },
    });
    expect(errors.map(({ path, extensions }) => [path.join('.'), extensions.code]).sort()).toEqual(
      ['me.backwards', 'me.foreign', 'me.many', 'me.none'].map((path) => [path, 'BAD_USER_INPUT']),
    );
    expect(errors.map(({ message }) => message).join()).toContain(cursor);
  });

  async function someCursor(): Promise<string | undefined> {
    const query = '{ me { instalments(first: 1) { pageInfo { endCursor } } } }';
    const { data } = await answerOf<{ instalments: { pageInfo: { endCursor: string } } }>(town, token, query);
    return data.me.instalments.pageInfo.endCursor;
  }

  it("shows Giulia's direct debits apart: the returned one has no notice and says what to pay it with", async () => {
    const query = `{ me { instalments(first: 100) { edges { node {
      status iuv debt { notice { downloadUrl } } spontaneousPaymentKind { name } } } } } }`;
    const { data, errors } = await answerOf<{
      readonly instalments: { readonly edges: readonly { readonly node: { readonly status: string } }[] };
    }>(town, await town.tokenOf(giulia.codiceFiscale), query);
    expect(errors).toBeUndefined();
    const rate = data.me.instalments.edges.map(({ node }) => node);
    expect(new Set(rate.map(({ status }) => status))).toEqual(
      new Set(['PAID', 'DIRECT_DEBIT_PENDING', 'DIRECT_DEBIT_RETURNED']),
    );
    expect(rate.filter(({ status }) => status === 'DIRECT_DEBIT_RETURNED')).toEqual([
      {
        status: 'DIRECT_DEBIT_RETURNED',
        iuv: null,
        debt: null,
        spontaneousPaymentKind: { name: 'Mensa scolastica' },
      },
    ]);
    expect(
      rate.filter(({ status }) => status === 'PAID').every((rata) => 'debt' in rata && rata.debt === null),
    ).toBe(true);
  });
});

describe('the list of a child with two hundred invoices', () => {
  const listed = `totalCount pageInfo { endCursor hasNextPage }
    edges { node { id number lines { amount } instalments { amount } attachments { document { downloadUrl } } } }`;
  const page = `query ($child: ID!, $first: Int!, $after: String) {
    child(id: $child) { invoices(first: $first, after: $after) { ${listed} } } }`;
  const ownPage = `query ($child: ID!) { me { invoices(childIds: [$child], first: 100) { ${listed} } } }`;
  interface Page {
    readonly totalCount: number;
    readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean };
    readonly edges: readonly {
      readonly node: Readonly<Record<'lines' | 'instalments' | 'attachments', readonly unknown[]>> & {
        readonly id: string;
        readonly number: number;
      };
    }[];
  }
  let town: TestTown;
  let client: pg.Client;
  let token: string;
  let child: string;
  let legacyUrl: string;
  let parent: string;

  beforeAll(async () => {
    legacyUrl = await legacyTownCopy();
    await loadChildren(legacyUrl, 1, testClock);
    client = new pg.Client(legacyUrl);
    await client.connect();
    await addInvoices(1, 190);
    town = await openTestTown('in-process', { legacyUrl });
    const { rows } = await client.query(
      `SELECT "COD_FISC" FROM "AN_SOGG" JOIN "SDI_DOMANDE" ON "COD_SOGG" = "COD_RICH" WHERE "COD_ALUN" = 'H000000000'`,
    );
    parent = rows[0]?.COD_FISC;
    token = await town.tokenOf(parent);
    const { data } = await answerOf<{ children: readonly { id: string }[] }>(
      town,
      token,
      '{ me { children { id } } }',
    );
    child = data.me.children[0]?.id ?? '';
  });
  afterAll(async () => {
    await client.end();
    await town.close();
  });

  /** Of one day each, newer and newer. */
  async function addInvoices(from: number, to: number): Promise<void> {
    await client.query(
      `INSERT INTO "SDI_FATT" ("ANNO_FATT", "NUM_FATT", "DATA_FATT", "COD_ALUN", "COD_INTE", "ANNO_DOM", "NUM_DOM", "PER_DA", "PER_A", "IMPORTO")
       SELECT 2026, 900000 + n, DATE '2026-01-01' + n, "COD_ALUN", "COD_RICH", "ANNO_DOM", "NUM_DOM", '202601', '202601', 10
       FROM (SELECT * FROM "SDI_DOMANDE" WHERE "COD_ALUN" = 'H000000000' LIMIT 1) d, generate_series($1::int, $2::int) n`,
      [from, to],
    );
    const parts = [
      `"SDI_FATT_RIGHE" ("ANNO_FATT", "NUM_FATT", "NUM_RIGA", "DESCR", "QTA", "PREZZO", "IMPORTO") SELECT 2026, 900000 + n, 1, 'Pasti', 2, 5, 10`,
      `"SDI_FATT_RATE" ("ANNO_FATT", "NUM_FATT", "NUM_RATA", "IMPORTO") SELECT 2026, 900000 + n, 1, 10`,
      `"SDI_FATT_ALLEG" ("ANNO_FATT", "NUM_FATT", "PROGR", "TIPOLOGIA", "DESCR", "ID_FILE") SELECT 2026, 900000 + n, 1, 'Fatturazione', 'Fattura', 2000000000`,
    ];
    for (const part of parts)
      await client.query(`INSERT INTO ${part} FROM generate_series($1::int, $2::int) n`, [from, to]);
  }

  async function pageAfter(after: string | null, first: number, at = town, as = token): Promise<Page> {
    const response = await at.post(
      { query: page, variables: { child, first, after } },
      { authorization: `Bearer ${as}` },
    );
    return ((await response.json()) as { data: { child: { invoices: Page } } }).data.child.invoices;
  }

  it('costs five statements a page with lines, instalments and attachments, the last page as the first', async () => {
    let after: string | null = null;
    let seen = 0;
    for (let more = true; more; ) {
      town.statements.length = 0;
      const found: Page = await pageAfter(after, 100);
      expect(town.statements.toSorted()).toEqual([
        'attachments_by_invoice',
        'families',
        'instalments_by_invoice',
        'invoice_pages_by_child',
        'lines_by_invoice',
      ]);
      expect(found.totalCount).toBeGreaterThanOrEqual(200);
      for (const { node } of found.edges)
        expect(Math.min(node.lines.length, node.instalments.length, node.attachments.length)).toBeGreaterThan(
          0,
        );
      seen += found.edges.length;
      after = found.pageInfo.endCursor;
      more = found.pageInfo.hasNextPage;
      if (!more) expect(seen).toBe(found.totalCount);
    }
  });

  it('costs one more where subgraphs run alone: each asks for itself whose child it is', async () => {
    const apart = await openTestTown('http', { legacyUrl });
    const as = await apart.tokenOf(parent);
    apart.statements.length = 0;
    const found = await pageAfter(null, 100, apart, as);
    expect(found.edges).toHaveLength(100);
    expect(apart.statements.toSorted()).toEqual([
      'attachments_by_invoice',
      'families',
      'families',
      'instalments_by_invoice',
      'invoice_pages_by_child',
      'lines_by_invoice',
    ]);
    // Asked by the citizen's own list it is five here too: nobody but the subgraph of invoices needs the family.
    apart.statements.length = 0;
    const own = await answerOf<{ invoices: Page }>(apart, as, ownPage, { child });
    expect([own.data.me.invoices.edges.length, apart.statements.length]).toEqual([100, 5]);
    await apart.close();
  });

  it('neither repeats nor leaves out any while invoices are added', async () => {
    const before = await pageAfter(null, 100);
    await addInvoices(191, 200);
    const second = await pageAfter(before.pageInfo.endCursor, 100);
    expect(second.totalCount).toBe(before.totalCount + 10);
    const numbers = [...before.edges, ...second.edges].map(({ node }) => node.id);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers).toHaveLength(before.totalCount);
  });
});

describe('a document that the archive lost', () => {
  it('is refused with a sentence and without a byte, whatever was lost of it, and the list stays whole', async () => {
    const legacyUrl = await legacyTownCopy();
    const town = await openTestTown('http', { legacyUrl });
    const token = await town.tokenOf(claudia.codiceFiscale);
    const filter = { schoolYear: '2020/2021' };
    const addresses = async () => {
      const { data, errors } = await answerOf<{
        readonly instalments: { readonly edges: readonly { readonly node: Rata }[] };
      }>(town, token, storico, { filter });
      expect(errors).toBeUndefined();
      return data.me.instalments.edges.at(-1)?.node.invoice.attachments.map(({ document }) => document);
    };
    const [document] = (await addresses()) ?? [];
    const url = document?.downloadUrl ?? '';
    const client = new pg.Client(legacyUrl);
    await client.connect();
    const file = `(SELECT "ID_FILE" FROM "SDI_FATT_ALLEG" WHERE "ANNO_FATT" = 2020 AND "NUM_FATT" = 684 AND "PROGR" = 1)`;
    const outcome = async () => {
      const response = await fetch(url, { headers: { 'accept-language': 'it' } });
      const { errors } = (await response.json()) as {
        errors: readonly { message: string; extensions: { code: string } }[];
      };
      return [response.status, errors[0]?.extensions.code, errors[0]?.message];
    };
    await client.query(
      `UPDATE "DOC_FILE_BLOCCHI" SET "DATI" = substr("DATI", 1, 10) WHERE "ID_FILE" = ${file}`,
    );
    const broken = [502, 'LEGACY_CONTRACT_BROKEN', expect.stringMatching(/archivio del Comune/)];
    expect(await outcome()).toEqual(broken);
    await client.query(`DELETE FROM "DOC_FILE_BLOCCHI" WHERE "ID_FILE" = ${file}`);
    expect(await outcome()).toEqual(broken);
    await client.query(`DELETE FROM "DOC_FILE" WHERE "ID_FILE" = ${file}`);
    expect(await outcome()).toEqual([404, 'NOT_FOUND', expect.stringMatching(/non esiste/)]);
    expect(await addresses()).toEqual([null, expect.objectContaining({ sizeBytes: expect.any(Number) })]);
    await client.end();
    await town.close();
  });
});

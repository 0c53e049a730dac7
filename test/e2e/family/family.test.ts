import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadChildren } from '../../../demo/town/load-children.ts';
import { amina, claudia, giulia, luca, marco, paolo, trattoria } from '../../../demo/town/people.ts';
import { legacyTownCopy, testClock } from '../../support/databases.ts';
import {
  BusinessDocument,
  FamilyDocument,
  FlagshipDocument,
  InvoiceListDocument,
  OneOfEachDocument,
  PortalDocument,
} from '../client.generated.ts';
import { openTestTown, type TestTown, transports } from '../open-test-town.ts';

describe.each(transports)('a family, subgraphs %s', (transport) => {
  let town: TestTown;
  let ofClaudia: string;
  beforeAll(async () => {
    town = await openTestTown(transport);
    ofClaudia = await town.tokenOf(claudia.codiceFiscale);
  });
  afterAll(() => town.close());

  it("shows Claudia her children with the guide's invoice, exactly", async () => {
    const { data, errors } = await town.ask(FlagshipDocument, { invoices: 50 }, ofClaudia);
    expect(errors).toBeUndefined();
    expect(data?.me?.children?.map(({ firstName, schoolAccess }) => [firstName, schoolAccess])).toEqual([
      ['Luca', 'APPLICANT'],
      ['Sofia', 'APPLICANT'],
    ]);
    const invoices = data?.me?.children?.[0]?.invoices?.edges.map(({ node }) => node) ?? [];
    expect(invoices.at(-1)).toMatchObject({
      year: 2020,
      number: 684,
      issuedOn: '2020-12-18',
      period: { from: '2020-09', to: '2020-10', label: 'Set. 2020 - Ott. 2020' },
      amount: 10142,
      paid: 10142,
      outstanding: 0,
      instalments: [
        {
          number: 1,
          amount: 10142,
          paid: 10142,
          outstanding: 0,
          dueOn: '2021-01-15',
          messaARuolo: true,
          iuv: null,
          debt: null,
        },
      ],
      attachments: [
        { kind: 'Fatturazione', description: 'Fattura 2020/684' },
        { kind: 'Fatturazione', description: 'Fattura 2020/684' },
      ],
    });
  });

  it('answers the same whatever the client calls it, keys of entities included', async () => {
    const query = `{ me { children { id: firstName schoolAccess invoices(first: 100) { id: totalCount } } } }`;
    const response = await town.post({ query }, { authorization: `Bearer ${ofClaudia}` });
    expect(await response.json()).toEqual({
      data: {
        me: {
          children: [
            { id: 'Luca', schoolAccess: 'APPLICANT', invoices: { id: expect.any(Number) } },
            { id: 'Sofia', schoolAccess: 'APPLICANT', invoices: { id: expect.any(Number) } },
          ],
        },
      },
    });
  });

  it('costs a constant number of statements of the legacy system', async () => {
    town.statements.length = 0;
    await town.ask(FlagshipDocument, { invoices: 50 }, ofClaudia);
    const own = [...town.statements];
    // Subgraphs that run apart share no answers: each asks for the family itself.
    expect(own.length).toBeLessThanOrEqual(transport === 'in-process' ? 8 : 12);
    for (const code of [marco.codiceFiscale, giulia.codiceFiscale]) {
      const token = await town.tokenOf(code);
      town.statements.length = 0;
      await town.ask(FlagshipDocument, { invoices: 1 }, token);
      expect(town.statements.length).toBeLessThanOrEqual(own.length);
    }
  });

  it('downloads the PDF of the invoice by its address, and a range of it', async () => {
    const { data } = await town.ask(FlagshipDocument, { invoices: 50 }, ofClaudia);
    const document = data?.me?.children?.[0]?.invoices?.edges.at(-1)?.node.attachments[1]?.document;
    const whole = await fetch(document?.downloadUrl ?? '');
    const bytes = Buffer.from(await whole.arrayBuffer());
    expect([whole.status, whole.headers.get('content-type'), bytes.length]).toEqual([
      200,
      'application/pdf',
      document?.sizeBytes,
    ]);
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    const part = await fetch(document?.downloadUrl ?? '', { headers: { range: 'bytes=5-9' } });
    expect([part.status, await part.text()]).toEqual([206, bytes.subarray(5, 10).toString('latin1')]);
    const tampered = await fetch(
      (document?.downloadUrl ?? '').replace(/\/[\w-]{20}/, '/AAAAAAAAAAAAAAAAAAAA'),
    );
    expect(tampered.status).toBe(404);
    expect(town.events.filter(({ action }) => action === 'Document.download').length).toBeGreaterThanOrEqual(
      2,
    );
  });

  it("makes the portal's list as a PDF when it is fetched, and reads nothing before", async () => {
    town.statements.length = 0;
    const { data } = await town.ask(InvoiceListDocument, { filter: { schoolYear: '2020/2021' } }, ofClaudia);
    expect(town.statements.filter((name) => name !== 'families')).toEqual([]);
    const list = data?.me?.children?.[0]?.invoiceListPdf;
    expect(list).toMatchObject({ fileName: 'documenti-contabili.pdf', sizeBytes: null, sha256: null });
    const response = await fetch(list?.downloadUrl ?? '');
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([response.status, response.headers.get('content-length')]).toEqual([200, String(bytes.length)]);
    const text = bytes.toString('latin1');
    // Tagged, in Italian, with a font of its own.
    for (const mark of [
      '%PDF-1.7',
      '/Lang (it-IT)',
      '/MarkInfo',
      '/StructTreeRoot',
      '/FontFile2',
      '/S /Table',
      '/S /TH',
    ]) {
      expect(text).toContain(mark);
    }
    const again = await fetch(list?.downloadUrl ?? '', {
      headers: { 'if-none-match': response.headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
  });

  it('shows Marco his children, and that another parent filed for them', async () => {
    const { data, errors } = await town.ask(FamilyDocument, {}, await town.tokenOf(marco.codiceFiscale));
    expect(errors).toBeUndefined();
    expect(data?.me?.children).toMatchObject(
      ['Luca', 'Sofia'].map((firstName) => ({
        firstName,
        schoolAccess: 'OTHER_PARENT',
        enrolments: [],
        invoices: { totalCount: 0, edges: [] },
        debts: [],
        practices: { totalCount: 0, edges: [] },
      })),
    );
  });

  it('shows Paolo nothing, and ids of others as if they did not exist', async () => {
    const own = (await town.ask(FamilyDocument, {}, ofClaudia)).data?.me?.children?.[0];
    const ids = {
      child: own?.id ?? '',
      invoice: own?.invoices?.edges[0]?.node.id ?? '',
      debt: own?.debts?.[0]?.id ?? '',
      practice: own?.practices?.edges[0]?.node.id ?? '',
    };
    const seen = await town.ask(OneOfEachDocument, ids, ofClaudia);
    expect(seen.data).toMatchObject({
      child: { firstName: luca.firstName },
      invoice: { child: { firstName: luca.firstName } },
      debt: { child: { firstName: luca.firstName }, instalment: { invoice: { number: expect.any(Number) } } },
      practice: { child: { firstName: luca.firstName } },
    });
    const ofPaolo = await town.tokenOf(paolo.codiceFiscale);
    expect((await town.ask(FamilyDocument, {}, ofPaolo)).data).toMatchObject({
      me: { firstName: 'Paolo', children: [] },
    });
    const absent = { data: { child: null, invoice: null, debt: null, practice: null } };
    const unknown = Object.fromEntries(Object.keys(ids).map((name) => [name, 'bm90aGluZw'])) as typeof ids;
    const asked = async (variables: typeof ids, token?: string) => {
      town.statements.length = 0;
      const answer = await town.ask(OneOfEachDocument, variables, token);
      return [answer, [...town.statements].sort()];
    };
    const foreign = await asked(ids, ofPaolo);
    expect(foreign[0]).toEqual(absent);
    expect(await asked(unknown, ofPaolo)).toEqual(foreign);
    expect(await asked(ids)).toEqual([absent, []]);
  });

  it("has the data of the portal's pages: instalments, protocol entries, drafts, payments", async () => {
    const { data, errors } = await town.ask(PortalDocument, {}, ofClaudia);
    expect(errors).toBeUndefined();
    const { instalments, protocolli, practices, payments } = data?.me ?? {};
    expect(instalments?.totalCount).toBeGreaterThan(50);
    expect(
      instalments?.edges.some(
        ({ node }) => node.status === 'PARTIALLY_PAID' && node.debt?.status === 'PAYABLE',
      ),
    ).toBe(true);
    const outcomes = protocolli?.edges.map(({ node }) => [
      node.status,
      node.outcome !== null,
      node.practice !== null,
    ]);
    expect(outcomes).toContainEqual(['REJECTED', true, true]);
    expect(outcomes).toContainEqual(['REGISTERED', false, true]);
    expect(practices?.edges.every(({ node }) => node.template === null && node.history.length > 0)).toBe(
      true,
    );
    expect(payments?.edges).toHaveLength(3);
    expect(payments?.edges[0]?.node.receipt?.payerName).toBe('Claudia Rossi');
  });

  it('shows Giulia how to pay her returned debit, and Amina what her draft lacks', async () => {
    const ofGiulia = (await town.ask(PortalDocument, {}, await town.tokenOf(giulia.codiceFiscale))).data?.me;
    const returned = ofGiulia?.instalments?.edges.filter(
      ({ node }) => node.status === 'DIRECT_DEBIT_RETURNED',
    );
    expect(returned?.map(({ node }) => [node.debt, node.spontaneousPaymentKind?.name])).toEqual([
      [null, 'Mensa scolastica'],
    ]);
    const ofAmina = (await town.ask(PortalDocument, {}, await town.tokenOf(amina.codiceFiscale))).data?.me;
    const draft = ofAmina?.practices?.edges.find(({ node }) => node.status === 'DRAFT')?.node;
    expect(draft).toMatchObject({ version: 2, child: { firstName: 'Yasmine' }, template: { isOpen: true } });
    expect(draft?.problems.map(({ path }) => path)).toEqual([
      'answers.CLASSE',
      'answers.PRIVACY',
      'answers.GIORNO_1',
      'answers.PAG_PAGOPA',
    ]);
    expect(draft?.answers.filter(({ certified }) => certified)).toHaveLength(9);
  });

  it('knows a business by its password, and nobody else by one', async () => {
    const token = await town.tokenOf(trattoria.partitaIva, 'password', 1);
    const { data, errors } = await town.ask(BusinessDocument, {}, token);
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      me: null,
      myBusiness: {
        name: trattoria.name,
        debts: [{ status: 'PAID' }, { status: 'PAYABLE' }],
        payments: { totalCount: 1 },
        practices: { edges: [{ node: { title: 'Richiesta di occupazione di suolo pubblico' } }] },
        protocolli: { totalCount: 1 },
      },
    });
    await expect(town.tokenOf(claudia.codiceFiscale, 'password', 1)).rejects.toThrow('partita IVA only');
  });

  it('writes no code, name or token of anybody to the log', () => {
    const log = town.logLines.join('\n');
    expect(log).not.toMatch(/RSSCLD84C52A794Q|Claudia|Rossi|eyJ/);
    const events = JSON.stringify(town.events);
    expect(events).not.toMatch(/RSSCLD84C52A794Q|BNCLCU14E09L400F|Claudia|Rossi|Luca/);
  });
});

describe('a larger family', () => {
  it('costs no statement more with five children and two hundred invoices each', async () => {
    const legacyUrl = await legacyTownCopy();
    await loadChildren(legacyUrl, 10, testClock);
    const { default: pg } = await import('pg');
    const client = new pg.Client(legacyUrl);
    await client.connect();
    // Five of the loaded children become Paolo's, with two hundred invoices each.
    await client.query(
      `UPDATE "SDI_DOMANDE" SET "COD_RICH" = 'A000000009' WHERE "COD_ALUN" < 'H000000005' AND "COD_ALUN" LIKE 'H%'`,
    );
    await client.query(`
      INSERT INTO "SDI_FATT" ("ANNO_FATT", "NUM_FATT", "DATA_FATT", "COD_ALUN", "COD_INTE", "ANNO_DOM", "NUM_DOM", "PER_DA", "PER_A", "IMPORTO")
      SELECT 2024, 500000 + d."NUM_DOM" * 300 + n, DATE '2024-01-01' + n, d."COD_ALUN", d."COD_RICH", d."ANNO_DOM", d."NUM_DOM", '202401', '202401', 10
      FROM "SDI_DOMANDE" d, generate_series(1, 195) n WHERE d."COD_RICH" = 'A000000009' AND d."ANNO_DOM" = 2024`);
    await client.query(`
      INSERT INTO "SDI_FATT_RATE" ("ANNO_FATT", "NUM_FATT", "NUM_RATA", "IMPORTO") SELECT "ANNO_FATT", "NUM_FATT", 1, 10 FROM "SDI_FATT" WHERE "NUM_FATT" > 500000`);
    await client.end();
    const town = await openTestTown('in-process', { legacyUrl });
    const token = await town.tokenOf(paolo.codiceFiscale);
    town.statements.length = 0;
    const { data, errors } = await town.ask(FlagshipDocument, { invoices: 100 }, token);
    expect(errors).toBeUndefined();
    expect(data?.me?.children?.map(({ invoices }) => invoices?.edges.length)).toEqual([
      100, 100, 100, 100, 100,
    ]);
    expect(town.statements.length).toBeLessThanOrEqual(8);
    expect(new Set(town.statements).size).toBe(town.statements.length);
    await town.close();
  });
});

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildSchema } from 'graphql';
import { projectFile } from '../../../core/project-root.ts';
import { claudia, trattoria } from '../../../demo/town/people.ts';
import { calendarFields, calendarInputs, calendarOf } from '../../support/calendar-arguments.ts';
import { flat, layoutOf, openPdf, structureOf, textOf } from '../../support/read-pdf.ts';
import { scanPage } from '../../support/scan-pdf.ts';
import { PapersDocument, PublicPapersDocument } from '../client.generated.ts';
import { openTestTown, type TestTown } from '../open-test-town.ts';

let town: TestTown;
beforeAll(async () => {
  town = await openTestTown('http');
});
afterAll(() => town.close());

describe('every kind of PDF, as who fetches it meets it', () => {
  async function papersOfClaudia() {
    const range = { paidFrom: '2020-01-01', paidTo: '2030-12-31' };
    const { data, errors } = await town.ask(PapersDocument, range, await town.tokenOf(claudia.codiceFiscale));
    expect(errors).toBeUndefined();
    const debts = data?.me?.debts ?? [];
    return {
      debt: debts.find(({ notice }) => notice !== null),
      notice: debts.find(({ notice }) => notice !== null)?.notice?.downloadUrl,
      receipt: debts.find(({ receipt }) => receipt !== null)?.receipt?.document?.downloadUrl,
      statement: data?.me?.paymentStatementPdf?.downloadUrl,
      list: data?.me?.children?.[0]?.invoiceListPdf?.downloadUrl,
    };
  }

  async function publicPapers() {
    const { data } = await town.ask(PublicPapersDocument, {});
    const templates = data?.practiceCategories?.flatMap(({ procedures }) =>
      procedures.flatMap((procedure) => procedure.templates),
    );
    return {
      privacy: data?.paymentKinds?.edges[0]?.node.privacyNotice?.downloadUrl,
      form: templates?.find(({ title }) => title.includes('Iscrizione'))?.blankForm?.downloadUrl,
    };
  }

  async function fetchPdf(address: string | undefined) {
    const response = await fetch(address ?? '');
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    const bytes = Buffer.from(await response.arrayBuffer());
    const pdf = await openPdf(bytes);
    return { bytes, pdf, elements: await structureOf(pdf) };
  }

  it.each(['notice', 'receipt', 'statement', 'list', 'privacy', 'form'] as const)(
    'the %s can be read by who does not see it',
    async (kind) => {
      const papers = { ...(await papersOfClaudia()), ...(await publicPapers()) };
      const { pdf, elements, bytes } = await fetchPdf(papers[kind]);
      const { info } = await pdf.getMetadata();
      expect(info).toMatchObject({ Language: 'it-IT', Author: 'Comune di Calvenzano' });
      expect((info as { Title: string }).Title.length).toBeGreaterThan(10);
      expect(await pdf.getMarkInfo()).toMatchObject({ Marked: true });
      const all = flat(elements);
      expect(all.filter(({ role }) => role === 'H1')).toHaveLength(1);
      expect(all.filter(({ role, alt }) => role === 'Figure' && alt === null)).toEqual([]);
      // Nothing is drawn that is neither in the structure nor for the eye alone; fields are met in its order.
      expect(await layoutOf(pdf)).toEqual({ textOutside: [], pages: pdf.numPages });
      expect(bytes.toString('latin1').match(/\/Tabs \/S\b/g)).toHaveLength(pdf.numPages);
      expect(bytes.length).toBeLessThan(100_000);
    },
  );

  it('a notice scans to what the debt says', async () => {
    const { debt, notice } = await papersOfClaudia();
    const { pdf } = await fetchPdf(notice);
    const codes = await scanPage(pdf);
    expect(codes.map(({ format }) => format).sort()).toEqual(['DataMatrix', 'QRCode']);
    for (const { text } of codes) expect(text).toContain(debt?.numeroAvviso);
    expect(
      codes
        .find(({ format }) => format === 'QRCode')
        ?.text.split('|')
        .at(-1),
    ).toBe(String(debt?.amount));
  });

  it('an estratto conto adds up what is listed', async () => {
    const { statement } = await papersOfClaudia();
    const { elements } = await fetchPdf(statement);
    const rows = flat(elements).filter(
      ({ role, children }) => role === 'TR' && children[5]?.role === 'TD' && children.length === 6,
    );
    const cents = (euros: string) => Number(euros.replace(/[.,]/g, ''));
    const sum = rows.reduce((total, { children }) => total + cents(children[5]?.text ?? ''), 0);
    const [, count, total = ''] = /Totale di (\d+) pagamenti: ([\d.,]+) euro/.exec(textOf(elements)) ?? [];
    expect([Number(count), cents(total)]).toEqual([rows.length, sum]);
    expect(rows.length).toBeGreaterThan(3);
  });
});

describe('a day, month or school year of any calendar', () => {
  const schema = buildSchema(readFileSync(projectFile('schema', 'api.graphql'), 'utf8'));
  /** How to come to each type that has such arguments. */
  const ways = {
    Citizen: (fields: string) => `me { ${fields} }`,
    Child: (fields: string) => `me { children { ${fields} } }`,
    Business: (fields: string) => `myBusiness { ${fields} }`,
  };
  const day = fc
    .integer({ min: -719_162, max: 2_932_896 })
    .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));

  async function ask(query: string, code: string) {
    const token = await (code === trattoria.partitaIva ? town.tokenOf(code, 'password') : town.tokenOf(code));
    const response = await town.post({ query }, { authorization: `Bearer ${token}` });
    return (await response.json()) as { readonly data: unknown; readonly errors?: unknown };
  }

  async function askBetween(one: string, other: string) {
    const [from, to] = [one, other].toSorted().map((of) => calendarOf(of ?? '')) as [never, never];
    const answers: unknown[] = [];
    for (const [type, way] of Object.entries(ways)) {
      const fields = calendarFields(schema, type, from, to);
      expect(fields.length).toBeGreaterThan(0);
      const query = `{ ${way(fields.join(' '))} }`;
      const answer = await ask(query, type === 'Business' ? trattoria.partitaIva : claudia.codiceFiscale);
      expect([query, answer.errors]).toEqual([query, undefined]);
      answers.push(answer.data);
    }
    return answers;
  }

  it('is taken by these arguments: a new one is asked below, or gets a test of its own', () => {
    expect(calendarInputs(schema)).toEqual([
      'Business.payments(paidFrom)',
      'Business.payments(paidTo)',
      'Child.accessLog(from)',
      'Child.accessLog(to)',
      'Child.attendance(month)',
      'Child.enrolments(schoolYear)',
      'Child.schoolAccess(schoolYear)',
      'Citizen.paymentStatementPdf(paidFrom)',
      'Citizen.paymentStatementPdf(paidTo)',
      'Citizen.payments(paidFrom)',
      'Citizen.payments(paidTo)',
      'InvoiceFilter.issuedFrom',
      'InvoiceFilter.issuedTo',
      'InvoiceFilter.schoolYear',
      // test/unit/subgraphs/practices/form.test.ts
      'NewChildInput.birthDate',
      // test/subgraph/integrations
      'ReplayWebhooksInput.since',
      'ReplayWebhooksInput.until',
      // test/e2e/access/sharing.test.ts
      'ShareSchoolDataInput.endsOn',
    ]);
  });

  it('is answered by every field that takes one', async () => {
    await fc.assert(
      fc.asyncProperty(day, day, async (one, other) => {
        await askBetween(one, other);
      }),
      { numRuns: 8 },
    );
  });

  it.each([
    ['0001-01-01', '0001-01-01'],
    ['0001-01-01', '9999-12-31'],
    ['0099-02-28', '0999-12-31'],
    ['1582-10-10', '1893-10-31'],
    ['9999-12-31', '9999-12-31'],
  ])('from %s to %s is answered, and printed', async (one, other) => {
    const answers = await askBetween(one, other);
    const addresses = JSON.stringify(answers).match(/http:[^"]+\/documents\/[^"]+/g) ?? [];
    expect(addresses.length).toBeGreaterThan(2);
    for (const address of addresses) {
      const response = await fetch(address);
      expect([response.status, await response.text()]).toEqual([200, expect.stringMatching(/^%PDF-/)]);
    }
  });

  it('leaves the months beside it as they are', async () => {
    const attendance = (alias: string, month: string) =>
      `${alias}: attendance(month: "${month}") { presences days { date } }`;
    const month = attendance('good', '2026-10');
    const others = ['0001-01', '0001-12', '0999-12', '1000-02', '9999-12'].map((of, index) =>
      attendance(`m${index}`, of),
    );
    const alone = await ask(`{ ${ways.Child(month)} }`, claudia.codiceFiscale);
    const together = await ask(`{ ${ways.Child([month, ...others].join(' '))} }`, claudia.codiceFiscale);
    const { children } = (alone.data as { me: { children: { good: { presences: number | null } }[] } }).me;
    expect(children.some(({ good }) => (good.presences ?? 0) > 5)).toBe(true);
    const empty = { presences: null, days: [] };
    const none = { m0: empty, m1: empty, m2: empty, m3: empty, m4: empty };
    expect(together).toEqual({
      data: { me: { children: children.map((child) => ({ ...child, ...none })) } },
    });
  });
});

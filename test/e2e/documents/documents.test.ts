import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { claudia } from '../../../demo/town/people.ts';
import { flat, layoutOf, openPdf, structureOf, textOf } from '../../support/read-pdf.ts';
import { scanPage } from '../../support/scan-pdf.ts';
import { PapersDocument, PublicPapersDocument } from '../client.generated.ts';
import { openTestTown, type TestTown } from '../open-test-town.ts';

describe('every kind of PDF, as who fetches it meets it', () => {
  let town: TestTown;
  beforeAll(async () => {
    town = await openTestTown('http');
  });
  afterAll(() => town.close());

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

import { describe, expect, it } from '@jest/globals';
import { renderPdf } from '../../../../../core/pdf/render-pdf.ts';
import { type EuroCents, parseCalendarDate } from '../../../../../core/values/index.ts';
import { noticeContent } from '../../../../../subgraphs/payments/documents/notice.content.ts';
import { noticeOfClaudia } from '../../../../support/notices.ts';
import { flat, openPdf, structureOf, textOf } from '../../../../support/read-pdf.ts';
import { scanPage } from '../../../../support/scan-pdf.ts';

async function read(more: Parameters<typeof noticeOfClaudia>[0] = {}) {
  const bytes = await renderPdf(noticeContent(noticeOfClaudia(more)));
  const pdf = await openPdf(bytes);
  const elements = await structureOf(pdf);
  return { bytes, pdf, elements, spoken: textOf(elements) };
}

const dataMatrix = `codfase=NBPA;18301000000000004285120000163020931000000101423896${'1P1'}00300120169RSSCLD84C52A794Q${'Claudia Rossi'.padEnd(40)}${'Mensa scolastica fattura 2026/731 rata 1'.padEnd(110)}${' '.repeat(12)}A`;

describe('a notice of payment', () => {
  it('is one page of less than 100 kB whose codes scan', async () => {
    const { bytes, pdf } = await read();
    expect(pdf.numPages).toBe(1);
    expect(bytes.length).toBeLessThan(100_000);
    expect(await scanPage(pdf)).toEqual(
      expect.arrayContaining([
        {
          format: 'QRCode',
          text: 'PAGOPA|002|301000000000004285|00300120169|10142',
          ecLevel: 'M',
          version: '4',
        },
        expect.objectContaining({ format: 'DataMatrix', text: dataMatrix }),
      ]),
    );
  });

  it('tells who pays whom, what for, how much, until when and with which number', async () => {
    const { spoken, pdf } = await read();
    for (const told of [
      'Comune di Calvenzano Codice fiscale 00300120169',
      'tel. 0363/860734-33, segreteria@comunecalvenzano.net',
      'Destinatario dell’avviso Claudia Rossi Codice fiscale destinatario RSSCLD84C52A794Q',
      'Indirizzo Via Roma 12, 24040 Calvenzano (BG) Alunno Luca Bianchi',
      'Mensa scolastica fattura 2026/731 rata 1',
      '101,42 euro entro il 15/11/2026',
      'Codice avviso 3010 0000 0000 0042 85',
      'Codice CBILL DEMO0',
      'Sul conto corrente postale numero 16302093 Intestato a Comune di Calvenzano',
      'Autorizzazione AUT. DI PROVA',
    ])
      expect(spoken).toContain(told);
    expect((await pdf.getMetadata()).info).toMatchObject({
      Title: 'Avviso di pagamento 3010 0000 0000 0042 85',
      Language: 'it-IT',
    });
  });

  it('says when the day has passed and it can still be paid', async () => {
    const { spoken } = await read({ dueOn: parseCalendarDate('2026-10-14') });
    expect(spoken).toContain('scadeva il 14/10/2026: si può ancora pagare');
  });

  it('has codes with words for who cannot see them', async () => {
    const figures = flat((await read()).elements).filter(({ role }) => role === 'Figure');
    expect(figures.map(({ alt }) => alt)).toEqual([
      expect.stringContaining('Codice QR'),
      expect.stringContaining('Codice Data Matrix'),
    ]);
  });

  it('has no bollettino without a postal account, nor for another body’s debt', async () => {
    for (const more of [{ terms: { cbillCode: null, postal: null } }, { body: null }]) {
      const { pdf, spoken } = await read(more);
      expect((await scanPage(pdf)).map(({ format }) => format)).toEqual(['QRCode']);
      expect(spoken).not.toMatch(/Bollettino|CBILL|AUT\./);
    }
  });

  it('still scans and overflows nothing with the longest of everything', async () => {
    const { pdf, spoken, bytes } = await read({
      subject: `Łukasz Çelik 李 ${'MENSA SCOLASTICA '.repeat(40)}`,
      debtorName: 'MARIANTONIETTA BIANCHI ROSSI '.repeat(10),
      creditorName: 'UNIONE DEI COMUNI '.repeat(10),
      amount: 9_999_999_999 as EuroCents,
      dueOn: null,
      childName: null,
    });
    const scanned = (await Promise.all([1, pdf.numPages].map((page) => scanPage(pdf, page)))).flat();
    const matrix = scanned.find(({ format }) => format === 'DataMatrix')?.text ?? '';
    expect(scanned.find(({ format }) => format === 'QRCode')?.text).toMatch(/\|9999999999$/);
    expect(matrix).toHaveLength(256);
    expect(matrix.slice(133, 160)).toBe('Lukasz Celik Li MENSA SCOLA');
    expect(spoken).toContain('99.999.999,99 euro senza scadenza');
    expect(pdf.numPages).toBe(2);
    expect(bytes.length).toBeLessThan(100_000);
  });
});

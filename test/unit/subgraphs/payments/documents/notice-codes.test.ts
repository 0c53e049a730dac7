import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CodiceFiscale, EuroCents, NumeroAvviso } from '../../../../../core/values/index.ts';
import {
  dataMatrixTextOf,
  qrTextOf,
} from '../../../../../subgraphs/payments/documents/notice-codes.rules.ts';

// Figures derived from the published layouts (SACI, avviso analogico, Data Matrix of the bollettino PA). The body's
// code has no valid check digit: it stands for layout only.
const numeroAvviso = '301000000000004285' as NumeroAvviso;
const creditor = '77777777777' as CodiceFiscale;

describe('the codes of a notice', () => {
  it.each([
    [1, 'PAGOPA|002|301000000000004285|77777777777|01'],
    [9, 'PAGOPA|002|301000000000004285|77777777777|09'],
    [10, 'PAGOPA|002|301000000000004285|77777777777|10'],
    [10_142, 'PAGOPA|002|301000000000004285|77777777777|10142'],
    [9_999_999_999, 'PAGOPA|002|301000000000004285|77777777777|9999999999'],
  ])('write %i cents into the QR code as payers’ apps read them', (cents, text) => {
    expect(qrTextOf({ numeroAvviso, creditor, amount: cents as EuroCents })).toBe(text);
  });

  const postal = {
    numeroAvviso,
    creditor,
    amount: 10_142 as EuroCents,
    account: '000016302093',
    debtor: 'RSSMRA80A01H501U' as CodiceFiscale,
    debtorName: 'MARIO ROSSI',
    subject: 'Refezione scolastica Set-Ott 2020',
  };

  it('fill the Data Matrix as Poste read it', () => {
    expect(dataMatrixTextOf(postal)).toBe(
      `codfase=NBPA;183010000000000042851200001630209310000001014238961P177777777777RSSMRA80A01H501U${'MARIO ROSSI'.padEnd(40)}${'Refezione scolastica Set-Ott 2020'.padEnd(110)}${' '.repeat(12)}A`,
    );
  });

  it('have each part of the Data Matrix in its place, whatever people are called', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 300 });
    fc.assert(
      fc.property(text, text, fc.integer({ min: 1, max: 9_999_999_999 }), (debtorName, subject, cents) => {
        const data = dataMatrixTextOf({ ...postal, debtorName, subject, amount: cents as EuroCents });
        expect(data).toHaveLength(256);
        expect(Buffer.byteLength(data, 'utf8')).toBe(256);
        expect(data.slice(15, 33)).toBe(numeroAvviso);
        expect(data.slice(35, 47)).toBe('000016302093');
        expect(Number(data.slice(49, 59))).toBe(cents);
        expect(data.slice(66, 77)).toBe(creditor);
        expect(data.slice(77, 93)).toBe('RSSMRA80A01H501U');
        expect(data.slice(243)).toBe(`${' '.repeat(12)}A`);
      }),
    );
  });

  it('write names in letters that every scanner has, and cut them', () => {
    const data = dataMatrixTextOf({
      ...postal,
      debtor: '03123450169' as CodiceFiscale,
      debtorName: `Łukasz Çelik 李 ${'x'.repeat(60)}`,
      subject: `Caffè\n${'y'.repeat(140)}`,
    });
    expect(data.slice(77, 93)).toBe('03123450169     ');
    expect(data.slice(93, 133)).toBe('Lukasz Celik Li'.padEnd(16) + 'x'.repeat(24));
    expect(data.slice(133, 243)).toBe(`Caffe ${'y'.repeat(104)}`);
  });
});

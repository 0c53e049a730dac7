import { describe, expect, it } from '@jest/globals';
import anyAscii from 'any-ascii';
import { fontOf } from '../../../../core/pdf/fonts.ts';
import { toPrintable, toPrintableText } from '../../../../core/pdf/printable.ts';
import { dataMatrixTextOf } from '../../../../subgraphs/payments/documents/notice-codes.rules.ts';

const everyLetterAndMark = Array.from({ length: 0x110000 }, (_, code) => code)
  .filter((code) => code < 0xd800 || code > 0xdfff)
  .map((code) => String.fromCodePoint(code))
  .filter((letter) => /[\p{L}\p{M}\p{N}]/u.test(letter));
const isInFont = (letter: string) => fontOf('400Regular').hasGlyphForCodePoint(letter.codePointAt(0) ?? 0);

describe('a text in the letters of the font', () => {
  it.each([
    ['Claudia Rossi D’Angelo', 'Claudia Rossi D’Angelo'],
    ['Ade\u0301ba\u0301yo\u0323\u0300 Ola\u0301', 'Adébáyo Olá'],
    ['Adébáyọ̀ Olá', 'Adébáyo Olá'],
    ['Nguyễn Thị Hồng', 'Nguyễn Thi Hông'],
    ['أحمد الإدريسي', "'hmd l'drysy"],
    ['মোহাম্মদ', 'mohammd'],
    ['Łukasz Çelik', 'Łukasz Çelik'],
    ['李小龙', 'LiXiaoLong'],
    ['Київ', 'Kiiv'],
    ['Ștefan Țiriac', 'Ștefan Țiriac'],
    ['Jürgen\u200d Groß\u00ad', 'Jürgen Groß'],
    ['𠮷田', 'KichiTian'],
    ['\u{32a00}', 'U+32A00'],
    ['\u{32a00}田', 'Tian'],
    ['𗅷', 'j'],
    ['？', '?'],
    ['😀\ufe0f', ':grinning:'],
    ['1\u20e3', '1'],
    ['\u0301', 'U+301'],
    ['\ud800a', 'a'],
    ['a\tb\nc\u0000', 'a b\nc'],
    ['', ''],
    ['  ', '  '],
  ])('writes %j as %j', (text, expected) => {
    expect(toPrintableText(text)).toBe(expected);
  });

  it('keeps every letter that the font has, and writes all of Unicode’s letters and marks in those', () => {
    const wrong: string[] = [];
    for (const letter of everyLetterAndMark) {
      const written = toPrintableText(`a ${letter}`);
      const isWritten = written.startsWith('a') && [...written].every(isInFont) && !written.includes('?');
      const composed = letter.normalize('NFC');
      const isKept = [...composed].length > 1 || !isInFont(composed) || written === `a ${composed}`;
      if (!isWritten || !isKept) wrong.push(`${letter} U+${letter.codePointAt(0)?.toString(16)} ${written}`);
    }
    expect(wrong).toEqual([]);
    expect(everyLetterAndMark.length).toBeGreaterThan(130_000);
  });

  it('is what the code of a notice says, letter by letter', () => {
    const nameIn = (debtorName: string) =>
      dataMatrixTextOf({
        ...{ numeroAvviso: '301000000000004285', creditor: '00300120169', amount: 10142 },
        ...{ account: '000016302093', debtor: 'RSSCLD84C52A794Q', subject: '', debtorName },
      } as never)
        .slice(-12 - 1 - 110 - 40, -12 - 1 - 110)
        .trimEnd();
    const differing = everyLetterAndMark.filter((letter) => {
      const onPaper = toPrintableText(`a ${letter} b`);
      const inCode = nameIn(`a ${letter} b`);
      return inCode !== anyAscii(onPaper).slice(0, 40).trimEnd() || inCode.includes('?');
    });
    expect(differing).toEqual([]);
    expect(nameIn('Adébáyọ̀ Olá')).toBe('Adebayo Ola');
    expect(nameIn('أحمد الإدريسي')).toBe("'hmd l'drysy");
    expect(nameIn('মোহাম্মদ')).toBe('mohammd');
  });

  it('is explained on the document only when something is written otherwise', () => {
    const noteOf = (text: string) =>
      toPrintable({
        ...{ title: '', author: '', date: '2026-10-15' },
        blocks: [{ kind: 'text', text }],
      }).blocks.length;
    expect(['Claudia Rossi', 'e\u0301', 'a\u200d\tb', ''].map(noteOf)).toEqual([1, 1, 1, 1]);
    expect(['Adébáyọ̀', '李', '\u0301'].map(noteOf)).toEqual([2, 2, 2]);
  });
});

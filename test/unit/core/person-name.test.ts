import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fullName, listedName, nameProblem, tidyName } from '../../../core/values/index.ts';

describe('a name', () => {
  it.each([
    'Maria',
    'Maria,Caterina',
    'Maria, Caterina',
    'NICOLO`',
    "NICOLO'",
    'D´Angelo',
    'D’Angelo',
    'Dʼ Angelo',
    'D′Angelo',
    'Anna–Maria',
    'Anna—Maria',
    'Anna‑Maria',
    'De Luca-Rossi',
    'St. John',
    'Gal·la',
    'Maria (Mary)',
    'Rossi/Bianchi',
    'Ọlábísí',
    "Sa'īd",
    'محمد',
    'علی‌رضا',
    'শ্রীমতী রহমান',
    'ক্‍ষ',
    'ג׳ורג׳',
    'བསྟན་འཛིན',
    '李小龍',
    'ジャン・ポール',
    'Ναταλία',
    'Зоя',
    'Nguyễn Thị Ánh',
    'Ὀδυσσεύς',
    '𠮷野',
    'Mª José',
    'O',
  ])('is %j', (name) => {
    expect(nameProblem(tidyName(name))).toBeNull();
    expect(tidyName(tidyName(name))).toBe(tidyName(name));
  });

  it.each([
    [' \tMaria   Rosa\u00a0', 'Maria Rosa'],
    ['\u200fMaria\u200e', 'Maria'],
    ['\ufeffMa\u00adria', 'Maria'],
    ['\u202eMaria\u202c', 'Maria'],
    ['Nicolo\u0300', 'Nicolò'],
    ['\u200dMaria\u200c', 'Maria'],
    ['علی\u200cرضا', 'علی\u200cرضا'],
    ['\u3164', ''],
    ['\u2003\u3000', ''],
  ])('is %j in one spelling: %j', (typed, name) => {
    expect(tidyName(typed)).toBe(name);
  });

  it.each([
    ['Maria\nRosa', 'LINE_BREAK'],
    ['Maria\u2028Rosa', 'LINE_BREAK'],
    ['Maria\u0000', 'NAME_INVALID'],
    ['Maria2', 'NAME_INVALID'],
    ['RSSCLD84C52A794Q', 'NAME_INVALID'],
    ['<b>Maria</b>', 'NAME_INVALID'],
    ['Maria & Anna', 'NAME_INVALID'],
    ['maria@example.it', 'NAME_INVALID'],
    ['Maria 😀', 'NAME_INVALID'],
    ['-', 'NAME_INVALID'],
    ["'", 'NAME_INVALID'],
    ['\u0301', 'NAME_INVALID'],
    ['Maria\ud83d', 'NAME_INVALID'],
    [`M${'a'.repeat(100)}`, 'TOO_LONG'],
    ['𠮷'.repeat(51), 'TOO_LONG'],
  ])('is not %j: %s', (typed, problem) => {
    expect(nameProblem(tidyName(typed))).toBe(problem);
  });

  it('is any letters with their marks, and comes back as it was', () => {
    const letter = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .filter((text) => /^[\p{L}\p{M}]+$/u.test(text) && /\p{L}/u.test(text));
    fc.assert(
      fc.property(letter, (text) => {
        expect(nameProblem(tidyName(text))).toBeNull();
      }),
    );
  });

  it('may be the only one of a person', () => {
    expect(nameProblem('')).toBeNull();
    const names = [
      { firstName: 'Claudia', lastName: 'Rossi' },
      { firstName: '', lastName: 'Rahman' },
      { firstName: 'Rahman', lastName: ' ' },
      { firstName: null, lastName: null },
    ];
    expect(names.map(fullName)).toEqual(['Claudia Rossi', 'Rahman', 'Rahman', '']);
    expect(names.map(listedName)).toEqual(['Rossi Claudia', 'Rahman', 'Rahman', '']);
  });
});

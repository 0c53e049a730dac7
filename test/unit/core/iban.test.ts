import { describe, expect, it } from '@jest/globals';
import { InvalidValue, ibanOf, isSepaIban, parseIban } from '../../../core/values/index.ts';

const italian = 'IT60X0542811101000000123456';

describe('an IBAN', () => {
  it.each([
    italian,
    'it60x0542811101000000123456',
    'IT60 X054 2811 1010 0000 0123 456',
    'IT60-X0542-81110-1000000123456',
    // As a browser, a PDF or a bank's app gives it: no-break and narrow blanks, tabs, zero-width and direction marks.
    '\u202aIT60\u00a0X0542\u202f81110\u200b1000000\u2060123\t456\u202c\r\n',
  ])('%p is read', (given) => {
    expect(parseIban(given)).toBe(italian);
  });

  it.each([
    ...['', 'IT', 'IT61X0542811101000000123456', 'IT60X054281110100000012345', `${italian}7`],
    ...['IT60X0542811101000000123456@', 'IT60x0542811101000000ı23456', 'XX60X0542811101000000123456'],
    ...['IT60X054281110100000012345６', 'IT06X0542811101000000123465', 'US64SVBKUS6S3300958879'],
  ])('is not %p', (given) => {
    expect(ibanOf(given)).toBeNull();
    expect(() => parseIban(given)).toThrow(InvalidValue);
  });

  it.each([
    [italian, true],
    ['DE89370400440532013000', true],
    ['SM86U0322509800000000270100', true],
    ['GB29NWBK60161331926819', true],
    ['CH9300762011623852957', true],
    ['VA59001123000012345678', true],
    ['AL47212110090000000235698741', true],
    ['RS35260005601001611379', true],
    ['MD24AG000225100013104168', true],
    ['TR330006100519786457841326', false],
    ['BR1800360305000010009795493C1', false],
    ['UA213223130000026007233566001', false],
    ['TN5910006035183598478831', false],
  ])('%s is inside SEPA: %s', (given, inside) => {
    expect(isSepaIban(parseIban(given))).toBe(inside);
  });
});

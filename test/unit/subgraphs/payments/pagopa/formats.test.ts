import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseChaos } from '../../../../../demo/pagopa/chaos.ts';
import {
  centsOfDecimal,
  cut,
  firstMoment,
  momentOf,
} from '../../../../../subgraphs/payments/pagopa/formats.ts';
import { parseExactJson } from '../../../../../subgraphs/payments/pagopa/wire/exact-json.ts';

describe('an amount of the receipts', () => {
  it.each([
    ['0.29', 29],
    ['1.10', 110],
    ['101.42', 10_142],
    ['7', 700],
    ['83.5', 8_350],
    ['83.500', 8_350],
    ['1.0142E+2', 10_142],
    ['1E+1', 1_000],
    ['4.35e2', 43_500],
    ['999999999.99', 99_999_999_999],
  ])('%s is %i cents', (text, cents) => {
    expect(centsOfDecimal(text)).toBe(cents);
  });

  it.each(['0.005', '1.0142E+1', '1e-2', 'NaN', '', '1,5'])('"%s" is none', (text) => {
    expect(() => centsOfDecimal(text)).toThrow();
  });

  it('is read from JSON as it was written, for every number of cents', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), (cents) => {
        const text = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
        const { amount } = parseExactJson(`{"amount":${text}}`) as { amount: string };
        expect(amount).toBe(text);
        expect(centsOfDecimal(amount)).toBe(cents);
      }),
    );
  });
});

describe('a text for pagoPA', () => {
  it('has no line ends, controls or blanks around it, and at most so many characters', () => {
    expect(cut('  Mensa\n\tscolastica\u0000 2026 ', 140)).toBe('Mensa scolastica 2026');
    expect(cut('àèìòù', 3)).toBe('àèì');
    expect(cut('ab cd', 3)).toBe('ab');
  });

  it('is counted in UTF-16 units, as its readers do, and has no half characters', () => {
    // Two units each: 𝒜 and 🎒.
    expect(cut('𝒜'.repeat(80), 140)).toBe('𝒜'.repeat(70));
    expect(cut(`a${'🎒'.repeat(80)}`, 140)).toBe(`a${'🎒'.repeat(69)}`);
    expect(cut('a\ud800b', 140)).toBe('a\ufffdb');
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), fc.nat(20), (text, most) => {
        const short = cut(text, most);
        expect(short.length).toBeLessThanOrEqual(most);
        expect(short.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('a moment of pagoPA', () => {
  it.each([
    ['2026-07-01T10:00:00+02:00', '2026-07-01T08:00:00.000Z'],
    ['2026-07-01T10:00:00', '2026-07-01T08:00:00.000Z'],
    ['2026-01-01T10:00:00.123456', '2026-01-01T09:00:00.000Z'],
    ['2026-07-01', '2026-06-30T22:00:00.000Z'],
  ])('%s is %s', (text, moment) => {
    expect(momentOf(text)).toBe(moment);
  });
});

describe('the moment of a receipt', () => {
  const now = new Date('2026-10-15T07:00:00Z');

  it.each([
    [['2026-10-01T10:00:00+02:00', '2026-09-30'], '2026-10-01T08:00:00.000Z'],
    [[null, undefined, '2026-10-01'], '2026-09-30T22:00:00.000Z'],
    [['yesterday', '2026-13-01', '2026-10-01'], '2026-09-30T22:00:00.000Z'],
    [['0001-01-01T00:00:00', '9999-12-31'], '2026-10-15T07:00:00.000Z'],
    [[], '2026-10-15T07:00:00.000Z'],
  ])('of %j is %s', (texts, moment) => {
    expect(firstMoment(texts, now)).toBe(moment);
  });
});

describe('chaos in words', () => {
  it('is read from names and values', () => {
    expect(parseChaos('duplicateReceipts=1, checkout=422,reorderReceipts=true')).toMatchObject({
      duplicateReceipts: 1,
      checkout: '422',
      reorderReceipts: true,
      delayMs: 0,
    });
  });

  it.each([
    ['nothing=1', 'nothing is none of'],
    ['checkout=418', 'checkout is one of hang, lost'],
    ['delayMs=soon', 'delayMs is a whole number'],
    ['reorderReceipts=1', 'reorderReceipts is true or false'],
  ])('%s is told what is possible', (text, sentence) => {
    expect(() => parseChaos(text)).toThrow(sentence);
  });
});

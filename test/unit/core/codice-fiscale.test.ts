import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  checkLetterOf,
  InvalidValue,
  isCodiceFiscale,
  parseCodiceFiscale,
} from '../../../core/values/index.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
const omocodia = 'LMNPQRSTUV';
const letter = fc.constantFrom(...letters);
const digit = fc.integer({ min: 0, max: 9 }).chain((d) => fc.constantFrom(String(d), omocodia[d] ?? ''));
const month = fc.constantFrom(...'ABCDEHLMPRST'.split(''));
const first15 = fc
  .tuple(
    fc.array(letter, { minLength: 6, maxLength: 6 }),
    digit,
    digit,
    month,
    digit,
    digit,
    letter,
    digit,
    digit,
    digit,
  )
  .map((parts) => parts.flat().join(''));

describe('a codice fiscale', () => {
  it.each([
    'RSSCLD84C52A794Q',
    'BNCMRC82L25L400X',
    'BNCLCU14E09L400F',
    'BNCSFO21B58L400K',
    'FRRGLI88S43F205Z',
    'CLMTMS16P21A794F',
    'LDRMNA90A55Z330T',
    'LAAYMN17D42A794O',
    'LCTPLA79T30B731A',
    '00300120169',
  ])('of the demo town is valid: %s', (code) => {
    expect(isCodiceFiscale(code)).toBe(true);
  });

  it('with the right check letter is accepted, omocodia included, and with any other refused', () => {
    fc.assert(
      fc.property(first15, letter, (start, last) => {
        expect(isCodiceFiscale(start + last)).toBe(last === checkLetterOf(start));
      }),
    );
  });

  it('is read with blanks around it and in lower case', () => {
    expect(parseCodiceFiscale(' rsscld84c52a794q ')).toBe('RSSCLD84C52A794Q');
  });

  it.each([
    '',
    'RSSCLD84C52A794R',
    'RSSCLD84C52A794',
    '00300120168',
    'RSSCLD84Z52A794Q',
    '１２３４５６７８９０１',
  ])('is refused as %p, without repeating it', (text) => {
    expect(() => parseCodiceFiscale(text)).toThrow(InvalidValue);
    expect(() => parseCodiceFiscale(text)).toThrow(/was expected\.$/);
  });
});

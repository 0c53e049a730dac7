import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  checkLetterOf,
  codiceFiscaleOf,
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

  // From published examples, and by hand from the tables of the decree: every letter in an odd and an even place.
  it.each([
    'RSSMRA85T10A562S',
    'VRDGPP13R10B293P',
    'MRTMTT25D09F205Z',
    'MLLSNT82P65Z404U',
    'VYZKXW80A01H501Y',
    'YVAZBQ75T61L219L',
    'ZAYBVC99M15F205P',
    'KZXWYV01H41Z404D',
    'JUQIOH62P22G273V',
  ])('%s has its one check letter', (code) => {
    expect(letters.filter((last) => isCodiceFiscale(code.slice(0, 15) + last))).toEqual([code[15]]);
  });

  it('with the right check letter is accepted, omocodia included, and with any other refused', () => {
    fc.assert(
      fc.property(first15, letter, (start, last) => {
        expect(isCodiceFiscale(start + last)).toBe(last === checkLetterOf(start));
      }),
    );
  });

  // DM 23.12.1976: what a character adds in an odd and in an even position. Literal, not computed as the code does.
  it('has the check letter of the decree, whichever letters and digits it is made of', () => {
    const alphabet = [...letters, '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
    const odd = alphabet.map((one) => checkLetterOf(`${one}AAAAAAAAAAAAAA`)).join('');
    expect(odd).toBe('IHMOQUWYACJLZBSKNPTVXRDGFEIHMOQUWYAC');
    const even = alphabet.map((one) => checkLetterOf(`A${one}AAAAAAAAAAAAA`)).join('');
    expect(even).toBe('IJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQR');
  });

  it.each([
    ' rsscld84c52a794q ',
    'RSS CLD 84C52 A794Q',
    'RSS\u00a0CLD\u202f84C52\u2009A794Q\n',
    '\ufeffRSSCLD84\u200bC52A794Q\u200e',
    '\tRssCld84c52\u3000a794Q',
  ])('is read from %j', (text) => {
    expect(parseCodiceFiscale(text)).toBe('RSSCLD84C52A794Q');
    expect(codiceFiscaleOf(text)).toBe('RSSCLD84C52A794Q');
  });

  it.each([
    ['of a body, or provisional of a person', ' 003 0012\u00a00169', '00300120169'],
    ['with omocodia', 'rss cld 84c52 a79q n', 'RSSCLD84C52A79QN'],
  ])('is read %s', (_, text, code) => {
    expect(parseCodiceFiscale(text)).toBe(code);
  });

  it.each([
    '',
    'RSSCLD84C52A794R',
    'RSSCLD84C52A794',
    '00300120168',
    'RSSCLD84Z52A794Q',
    '１２３４５６７８９０１',
    // Capitals of other letters than ASCII's would make them valid: SS of ß, I of ı, S of ſ, K of the Kelvin sign.
    'RßCLD84C52A794Q',
    'RſSCLD84C52A794Q',
    'RSSCLD84C52A79-4Q',
  ])('is refused as %p, without repeating it', (text) => {
    expect(() => parseCodiceFiscale(text)).toThrow(InvalidValue);
    expect(() => parseCodiceFiscale(text)).toThrow(/was expected\.$/);
  });
});

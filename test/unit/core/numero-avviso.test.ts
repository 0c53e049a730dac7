import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  createNumeroAvviso,
  isIuv,
  isNumeroAvviso,
  iuvOf,
  parseNumeroAvviso,
} from '../../../core/values/index.ts';

describe('a notice number', () => {
  it.each([
    ['301000000000004285', true],
    ['301000000000004286', false],
    ['300715700000000032', true],
    // The official OpenAPI example, whose check digits are wrong: it should end with 86.
    ['302012387654312384', false],
    ['302012387654312386', true],
    ['101234567890123456', true],
    ['401000000000004285', false],
    ['30100000000000428', false],
  ])('%s is valid: %p', (text, isValid) => {
    expect(isNumeroAvviso(text)).toBe(isValid);
  });

  it('that we make is valid, and its IUV is its last 17 digits', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 49 }),
        fc.bigInt({ min: 0n, max: 9_999_999_999_999n }),
        (segregationCode, base) => {
          const number = createNumeroAvviso({ segregationCode, base });
          expect(parseNumeroAvviso(number)).toBe(number);
          expect(iuvOf(number)).toBe(number.slice(1));
          expect(isIuv(iuvOf(number))).toBe(true);
        },
      ),
    );
  });

  it('with any single digit changed is refused', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 9_999_999_999_999n }),
        fc.integer({ min: 1, max: 17 }),
        fc.integer({ min: 1, max: 9 }),
        (base, at, by) => {
          const number = createNumeroAvviso({ segregationCode: 1, base });
          const changed = number.slice(0, at) + ((Number(number[at]) + by) % 10) + number.slice(at + 1);
          expect(isNumeroAvviso(changed)).toBe(false);
        },
      ),
    );
  });

  it('of aux digit 0 holds an IUV of 15 digits', () => {
    const first16 = '0011234567890123';
    const number = parseNumeroAvviso(first16 + String(BigInt(first16) % 93n).padStart(2, '0'));
    expect(iuvOf(number)).toHaveLength(15);
  });

  it('is read as a notice prints it, in groups of four', () => {
    expect(parseNumeroAvviso('3010 0000 0000 0042 85')).toBe('301000000000004285');
  });
});

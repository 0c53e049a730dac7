import { describe, expect, it } from '@jest/globals';
import { atMostInteger, atMostRata, storable, toInteger, toKey } from '../../../../legacy/hypersic/keys.ts';

describe('keys of hyperSIC', () => {
  it('are texts in the ports, and come back as the integer', () => {
    expect(toKey(10_000_007)).toBe('10000007');
    expect(toInteger('10000007')).toBe(10_000_007);
    expect(toInteger('2147483647')).toBe(2_147_483_647);
  });

  it.each(['', '0', '-3', '03', '3.0', '1e3', ' 7', '7\n', '\u0000', '2147483648', '99999999999999', 'ABC'])(
    'are 0, which no record has, for %j',
    (text) => {
      expect(toInteger(text)).toBe(0);
    },
  );

  it('keep numbers of invoices within 32 bits, and of instalments within 16', () => {
    expect([684, 2_147_483_647, 2_147_483_648].map(storable)).toEqual([684, 2_147_483_647, -1]);
    expect([684, 2_147_483_648].map(atMostInteger)).toEqual([684, 2_147_483_647]);
    expect([1, 32_767, 32_768].map(atMostRata)).toEqual([1, 32_767, 32_767]);
  });
});

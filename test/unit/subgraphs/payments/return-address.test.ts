import { describe, expect, it } from '@jest/globals';
import {
  allowedReturnAddress,
  returnUrlsOf,
} from '../../../../subgraphs/payments/sessions/return-address.rules.ts';

describe('the address that a payer comes back to', () => {
  it.each([
    ['https://p.test/', 'https://p.test/?session=S&outcome=ok'],
    ['https://p.test/pay?', 'https://p.test/pay?session=S&outcome=ok'],
    ['https://p.test/pay#end', 'https://p.test/pay?session=S&outcome=ok#end'],
    // What a page brings is left as it is, letter for letter.
    [
      'https://p.test/?a=%20b+c%2B&flag&~x=*&e=',
      'https://p.test/?a=%20b+c%2B&flag&~x=*&e=&session=S&outcome=ok',
    ],
    ['https://p.test/?a&&b', 'https://p.test/?a&&b&session=S&outcome=ok'],
    ['https://p.test/?q=a/b?c', 'https://p.test/?q=a/b?c&session=S&outcome=ok'],
    ['https://p.test/?mysession=1', 'https://p.test/?mysession=1&session=S&outcome=ok'],
    // But for our own names: a page must not read another's session.
    ['https://p.test/?session=X&a=1&outcome=ok', 'https://p.test/?a=1&session=S&outcome=ok'],
    ['https://p.test/?ses%73ion=X', 'https://p.test/?session=S&outcome=ok'],
  ])('%s is %s', (address, ok) => {
    expect(returnUrlsOf(new URL(address), 'S').ok).toBe(ok);
  });
});

describe('an address that payers may be redirected to', () => {
  it.each(['https://p.test/', 'https://p.test/pay?a=1#end'])(
    'is of an origin of the configuration: %s',
    (text) => {
      expect(allowedReturnAddress(text, ['https://p.test'])?.href).toBe(text);
    },
  );

  it('has 2,000 characters at most', () => {
    const ofLength = (length: number) => 'https://p.test/'.padEnd(length, 'x');
    expect(allowedReturnAddress(ofLength(2_000), ['https://p.test'])?.href).toBe(ofLength(2_000));
    expect(allowedReturnAddress(ofLength(2_001), ['https://p.test'])).toBeNull();
  });

  it.each([
    'https://user@p.test/',
    'https://:password@p.test/',
    'https://user:password@p.test/',
    'https://p.test@other.test/',
    'https://p.test.other.test/',
    'http://p.test/',
    '//p.test/',
    'p.test',
    '',
  ])('is not %s', (text) => {
    expect(allowedReturnAddress(text, ['https://p.test'])).toBeNull();
  });
});
